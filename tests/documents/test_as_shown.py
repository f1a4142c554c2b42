"""Saved pages, read as a browser shows them: what is marked as said there is what we read, and nothing else."""

from pathlib import Path

import pytest

from bot.documents import read
from bot.snippets.wording import words
from tests.browser.chromium import chromium

SAVED = sorted((Path(__file__).parent / "saved").iterdir())
SAID = "() => [...document.querySelectorAll('[data-said]')].map(one => one.innerText)"


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.mark.parametrize("path", SAVED, ids=lambda path: path.name)
def test_a_block_says_what_the_browser_shows(browser, path):
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        page.goto(path.as_uri(), wait_until="domcontentloaded")
        shown = [" ".join(one.split()) for one in page.evaluate(SAID)]
    document = read(path, path.name)
    assert [words(document, block.span) for block in document.blocks] == shown
    assert len(shown) >= 3


COLUMNS = """<!doctype html><meta charset=utf-8><style>body { font: 11pt serif } div { columns: 2; text-align: justify;
hyphens: auto }</style><html lang=en><h1>Sauna</h1><div>{}</div>"""
STORY = " ".join(f"Sentence {n} says that nobody is in a hurry, and that the stones stay warm." for n in range(60))


def test_the_columns_of_a_printed_page_are_read_one_after_the_other(browser, tmp_path):
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        page.set_content(COLUMNS.replace("{}", f"<p>{STORY}</p><ul><li>Warm feet</li><li>Deep sleep</li></ul>"))
        (tmp_path / "a.pdf").write_bytes(page.pdf())
    document = read(tmp_path / "a.pdf", "a.pdf")
    said = [(block.kind.value, words(document, block.span)) for block in document.blocks]
    assert said[0] == ("heading", "Sauna")
    assert " ".join(text for _, text in said[1:-2]) == STORY
    assert said[-2:] == [("bullet", "Warm feet"), ("bullet", "Deep sleep")]
