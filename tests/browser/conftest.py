"""A real browser, a judge of what everybody can read and use, and a running bot with its desk."""

import importlib.util
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.browser.stumbles import stumbles
from tests.reference import skip

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium")
AXE = ROOT / ".servers" / "browser" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def why_missing():
    """The sentence that says what is not installed and how to get it; empty where a browser can start."""
    if not CHROMIUM:
        return "chromium is not installed: `apt-get install chromium`"
    if not importlib.util.find_spec("playwright"):
        return "playwright is not installed: `make servers`"
    return ""


@pytest.fixture(scope="package")  # not the session: while it is open, asyncio is taken in this thread
def browser():
    """Debian's Chromium, one for the tests of this folder in each worker: give each test a context of its own."""
    if told := why_missing():
        skip(told)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    """A new page in a context of its own, 1280 x 800; what it stumbles over fails the test."""
    with browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce") as context:
        context.set_default_timeout(15_000)
        wrong = stumbles(context)
        yield context.new_page()
    assert wrong == []


@pytest.fixture
def axe():
    """Judges a page as it stands: one line for each element that breaks a rule of WCAG 2.2 AA or of good practice."""
    if not AXE.exists():
        skip("axe is not installed: `make servers`")

    def judged(page):
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
        return [f"{one['id']}: {one['help']}: {node['html']}" for one in found["violations"] for node in one["nodes"]]

    return judged


class Desk(NamedTuple):
    """A running bot: the link that opens its desk once, the desk's and the feed's addresses, its workspace."""

    link: str
    url: str
    feed: str
    folder: Path


@pytest.fixture
def desk(tmp_path):
    """`bot run` over a new, empty workspace; it must end well when it is asked to."""
    folder = tmp_path / "studio"
    bot = [sys.executable, "-m", "bot"]
    made = [*bot, "init", str(folder), "--name", "Quiet Feet Studio", "--zone", "America/Denver"]
    subprocess.run([*made, "--subject", "Ashiatsu massage"], cwd=ROOT, check=True, capture_output=True)
    config = folder / "config.toml"
    config.write_text(config.read_text().replace("port = 8040", "port = 0") + "\n[desk]\nport = 0\n")
    with (tmp_path / "log").open("w") as log:
        run = [*bot, "-C", str(folder), "run"]
        running = subprocess.Popen(run, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True)
    with running:
        try:
            told = _told(running.stdout)
            assert told.keys() >= {"Your desk", "The feed"}, (tmp_path / "log").read_text()
            link = told["Your desk"]
            yield Desk(link, link.partition("/enter/")[0], told["The feed"].rstrip("/"), folder)
        finally:
            running.send_signal(signal.SIGTERM)
            ended = running.wait(30)
    assert ended == 0, (tmp_path / "log").read_text()


def _told(lines):
    """The addresses that the bot says as it starts; the feed's is the last."""
    told = {}
    for line in lines:
        name, colon, rest = line.partition(": ")
        if colon and rest.startswith("http"):
            told[name] = rest.split()[0]
        if name == "The feed":
            break
    return told
