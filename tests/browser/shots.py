"""The pictures of the desk for README and docs, from a run of the sample article: `python -m tests.browser.shots`."""

import io
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import sync_playwright

from bot.app import App, open_app
from bot.composer import compose_document
from bot.planner import approve
from bot.web.desk.server import open_desk
from tests.browser.chromium import CHROMIUM
from tests.browser.running import ARTICLE, ROOT, begin

PICTURES = ROOT / "docs" / "pictures"
BEGUN, NOW = datetime(2026, 10, 30, 18, tzinfo=UTC), datetime(2026, 11, 4, 16, 10, tzinfo=UTC)
"""A Friday, and ten past nine on the Wednesday after it, at the studio."""
LAPTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
LARGEST = 200_000
REVIEW = "ashiatsu-massage-forces-you-to-relax-and"
OUT, WAIT = 2, {REVIEW, "deep-tissue-massage-is-beneficial-in-reducing"}


class Season:
    """The sample article's posts, of which some are out, some are planned and the others wait."""

    def __init__(self, folder: Path) -> None:
        self.now = BEGUN
        config = begin(folder) / "config.toml"
        config.write_text(config.read_text("utf-8").replace('handle = ""', 'handle = "@quietfeet"'), "utf-8")
        shutil.copy(ARTICLE, folder / "documents")
        self.app: App = open_app(folder, now=lambda: self.now)
        compose_document(self.app.config, self.app.ledger.records, folder / "documents" / ARTICLE.name, self.now)
        chosen = [one for one in self.app.season().waiting if one.id not in WAIT]
        for standing in chosen:
            approve(self.app.config, self.app.ledger, standing.file, self.now)
            self.app.plan(only=standing.id)
        for standing in chosen[:OUT]:
            self._send(standing.id)
        self.now = NOW
        self.app.plan()

    def _send(self, post: str) -> None:
        [row] = self.app.deliveries_of(post)
        self.now = row.due_at
        with self.app.ledger.lock(), ThreadPoolExecutor(1) as pool:
            self.app.publisher().run(pool)


def main() -> None:
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        season = Season(Path(folder) / "studio")
        desk = open_desk(season.app)
        link = desk.start().split()[0]
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        context = browser.new_context(viewport=LAPTOP, device_scale_factor=2)
        page = context.new_page()
        page.goto(link)
        url = link.partition("/enter/")[0]
        for name, address, size in (
            ("desk-today", "/", LAPTOP),
            ("desk-review", f"/posts/{REVIEW}", LAPTOP),
            ("desk-month", "/calendar?month=2026-11", LAPTOP),
            ("desk-phone", f"/posts/{REVIEW}", PHONE),
        ):
            page.set_viewport_size(size)
            page.goto(url + address, wait_until="networkidle")
            keep(name, page.screenshot())
        context.close()
        browser.close()
        desk.stop()
        season.app.close()


def keep(name: str, png: bytes) -> None:
    """The picture, half as large as it was drawn, with as few colours as it needs."""
    drawn = Image.open(io.BytesIO(png)).convert("RGB")
    half = drawn.resize((drawn.width // 2, drawn.height // 2), Image.Resampling.LANCZOS)
    path = PICTURES / f"{name}.png"
    half.quantize(256, kmeans=8, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    if size > LARGEST:
        raise SystemExit(f"{path.relative_to(ROOT)} has {size} bytes: {LARGEST} at most")


if __name__ == "__main__":
    main()
