"""A headless Chromium that draws the same card from HTML, and the CPU time that all of its processes take."""

from __future__ import annotations

import base64
import html
import os
import shutil
import statistics
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from bot.images.typesetting.fonts import FOLDER

PAGE = """<!doctype html><style>
@font-face {{ font-family: display; src: url(data:font/ttf;base64,{display}) }}
@font-face {{ font-family: text; src: url(data:font/ttf;base64,{text}) }}
body {{ margin: 0; width: 1080px; height: 1350px; background: linear-gradient(160deg, #0d3b3e, #15534a); color: #fdf8ef;
  position: relative }}
h1 {{ font: 94px/1.1 display; position: absolute; left: 96px; top: 96px; width: 888px; margin: 0; text-wrap: balance }}
p {{ font: 36px/1.4 text; position: absolute; left: 96px; bottom: 200px; width: 888px; margin: 0; text-wrap: pretty }}
</style><h1></h1><p></p>"""


class Browser:
    """One page of one browser, kept open for all pictures; without playwright or Chromium it measures nothing."""

    def __init__(self) -> None:
        self._at = shutil.which("chromium")
        self._page = None

    def __enter__(self) -> Browser:
        try:
            from playwright.sync_api import sync_playwright
        except ImportError:
            return self
        if not self._at:
            return self
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=self._at, args=["--no-sandbox"])
        self._page = self._browser.new_page(viewport={"width": 1080, "height": 1350})
        fonts = {
            name: base64.b64encode((FOLDER / file).read_bytes()).decode()
            for name, file in (("display", "DMSerifDisplay.ttf"), ("text", "DMSans.ttf"))
        }
        self._page.set_content(PAGE.format(**fonts))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._page:
            self._browser.close()
            self._playwright.stop()

    def draw(self, headline: str, support: str) -> bytes:
        """The card as a JPEG."""
        assert self._page
        said = "([h, p]) => { document.querySelector('h1').innerHTML = h; document.querySelector('p').innerHTML = p }"
        self._page.evaluate(said, [html.escape(headline), html.escape(support)])
        return self._page.screenshot(type="jpeg", quality=88)

    def measured(self, rounds: int, words: Callable[[int], tuple[str, str]]) -> dict[str, tuple[float, int]]:
        """Median CPU milliseconds of a picture, of every process involved, and its bytes; {} without a browser."""
        if not self._page:
            return {}
        spent, size = [], 0
        for n in range(rounds + 3):
            before = cpu_of_all(os.getpid())
            size = len(self.draw(*words(n)))
            spent.append((cpu_of_all(os.getpid()) - before) * 1e3)
        return {"headless Chromium, JPEG, one page kept open": (statistics.fmean(spent[3:]), size)}


def cpu_of_all(pid: int) -> float:
    """Seconds of CPU that a process and all its descendants have used."""
    parents, spent = {}, {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(folder.name)] = int(fields[1])
            spent[int(folder.name)] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    family, grew = {pid}, True
    while grew:
        more = {child for child, parent in parents.items() if parent in family} - family
        family, grew = family | more, bool(more)
    return sum(spent.get(one, 0.0) for one in family)
