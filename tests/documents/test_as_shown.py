"""Saved pages, read as a browser shows them: what is marked as said there is what we read, and nothing else."""

from pathlib import Path

import pytest

from bot.documents import read
from bot.snippets.wording import words
from tests.browser.conftest import CHROMIUM, why_missing
from tests.reference import skip

SAVED = sorted((Path(__file__).parent / "saved").iterdir())
SAID = "() => [...document.querySelectorAll('[data-said]')].map(one => one.innerText)"


@pytest.fixture(scope="module")
def browser():
    if told := why_missing():
        skip(told)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.mark.parametrize("path", SAVED, ids=lambda path: path.name)
def test_a_block_says_what_the_browser_shows(browser, path):
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        page.goto(path.as_uri(), wait_until="domcontentloaded")
        shown = [" ".join(one.split()) for one in page.evaluate(SAID)]
    document = read(path, path.name)
    assert [words(document, block.span) for block in document.blocks] == shown
    assert len(shown) >= 3
