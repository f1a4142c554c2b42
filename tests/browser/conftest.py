"""A real browser, a judge of what everybody can read and use, running bots with their desks, and people who come."""

import shutil
import subprocess

import pytest

from tests.browser.chromium import chromium
from tests.browser.running import ARTICLE, BOT, ROOT, begin, running
from tests.browser.showroom import furnish
from tests.browser.stumbles import stumbles
from tests.reference import skip

AXE = ROOT / ".servers" / "browser" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LAPTOP = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}


@pytest.fixture(scope="package")  # not the session: while it is open, asyncio is taken in this thread
def browser():
    """Debian's Chromium, one for the tests of this folder in each worker: give each test a context of its own."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser):
    """A new page in a context of its own, 1280 x 800; what it stumbles over fails the test."""
    with browser.new_context(**LAPTOP) as context:
        context.set_default_timeout(15_000)
        wrong = stumbles(context)
        yield context.new_page()
    assert wrong == []


@pytest.fixture
def axe():
    """Judges a page as it stands: one line for each element that breaks a rule of WCAG 2.2 AA or of good practice."""
    if not AXE.exists():
        skip("axe is not installed: `make servers`")

    def judged(page, rules=RULES):
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules)
        return [f"{one['id']}: {one['help']}: {node['html']}" for one in found["violations"] for node in one["nodes"]]

    return judged


@pytest.fixture
def desk(tmp_path):
    """`bot run` over a new, empty workspace."""
    with running(begin(tmp_path / "studio")) as desk:
        yield desk


@pytest.fixture
def drafted(tmp_path):
    """`bot run` over a new workspace with the posts of the sample article, none of which has a yes."""
    with running(drafted_in(tmp_path / "studio")) as desk:
        yield desk


@pytest.fixture(scope="package")
def studio(tmp_path_factory):
    """The same, kept running for the tests of a worker: each writes and changes posts of its own only."""
    with running(drafted_in(tmp_path_factory.mktemp("desk") / "studio")) as desk:
        yield desk


@pytest.fixture(scope="package")
def showroom(tmp_path_factory):
    """A desk that shows one of everything, kept running for the tests of a worker: they look, and change nothing."""
    folder = drafted_in(tmp_path_factory.mktemp("desk") / "studio")
    furnish(folder)
    with running(folder) as desk:
        yield desk


@pytest.fixture(scope="package")
def sessions():
    """What a browser keeps of each desk once it is in, by the link that opened it."""
    return {}


@pytest.fixture
def come(browser, sessions):
    """Lets people come to a desk: `come(desk, "/texts", **ways)` is a page in a browser of its own, which is in.

    What any of them stumbles over fails the test.
    """
    contexts, wrong = [], []

    def come(desk, address="/", **ways):
        if desk.link not in sessions:
            with browser.new_context() as context:
                context.new_page().goto(desk.link)
                sessions[desk.link] = context.storage_state()
        context = browser.new_context(**{**LAPTOP, **ways}, storage_state=sessions[desk.link])
        context.set_default_timeout(15_000)
        contexts.append(context)
        wrong.append(stumbles(context))
        page = context.new_page()
        page.goto(desk.url + address)
        return page

    yield come
    for context in contexts:
        context.close()
    assert [line for told in wrong for line in told] == []


def drafted_in(folder):
    """A new workspace with the posts of the sample article."""
    begin(folder)
    shutil.copy(ARTICLE, folder / "documents")
    compose = [*BOT, "-C", str(folder), "compose", f"documents/{ARTICLE.name}"]
    subprocess.run(compose, cwd=ROOT, check=True, capture_output=True)
    return folder


@pytest.fixture
def come_in_again():
    """A new link to a running desk, as `bot desk` gives it."""

    def link(desk):
        told = subprocess.run(
            [*BOT, "-C", str(desk.folder), "desk"], cwd=ROOT, check=True, capture_output=True, text=True
        )
        return told.stdout.split()[2]

    return link
