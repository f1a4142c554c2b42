"""Promises that hold for any text whatever."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents import markdown, plain
from bot.model import Document
from bot.snippets import choose, find_snippets
from bot.snippets.wording import words

PIECES = [
    "It reduces tension.", "• ", "- ", "# ", "1. ", "\n", "\n\n", "  ", "\u00a0", "**", "_", "`", "```\n", "---\n",
    "+++\n", "subject: x\n", "[a](b)", "![a](b)", "<b>", "</b>", "<li>", "<!--", "-->", "<br>", "&amp;", "> ",
    "| a | b |\n|---|---|\n", "In fact, they help you. ", "This means that you can rest. ", "Sauna helps to:\n\n",
    "Reduce stress", "It’s ", "z. B. ", "Why?", "import x from 'y'\n", "{x}", "\\", "\0", "\x0b", "\u2028", "温かい。",
    "🌟", "ß", "İ",
]  # fmt: skip
TEXTS = st.one_of(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.text(max_size=200))
READERS = pytest.mark.parametrize("parse", [plain.parse, markdown.parse], ids=["txt", "md"])
EXPANDED = {"is", "are", "will", "have"}


def spoken(text):
    return re.findall(r"\w+", text.casefold())


@READERS
@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
def test_the_readable_twin_has_the_same_length_and_only_loses_ink(parse, text):
    parsed = parse(text)
    assert len(parsed.readable) == len(text)
    assert all(seen in {" ", source} for seen, source in zip(parsed.readable, text, strict=True))
    ends = 0
    for block in parsed.blocks:
        start, end = block.span
        assert ends <= start < end <= len(text)
        ends = end


@READERS
@settings(max_examples=150, deadline=None)
@given(text=TEXTS, subject=st.sampled_from(["", "Sauna", "Solar panels"]))
def test_every_word_of_a_snippet_comes_from_its_span_or_is_the_subject(parse, text, subject):
    parsed = parse(text)
    document = Document("a", text, parsed.readable, parsed.blocks, "")
    snippets = find_snippets(document, subject)
    for snippet in snippets:
        start, end = snippet.span
        assert 0 <= start < end <= len(text)
        told = set(spoken(words(document, snippet.span))) | set(spoken(subject)) | EXPANDED
        assert set(spoken(snippet.text)) <= told
        if snippet.support:
            assert snippet.support.text == words(document, snippet.support.span)
    assert len(choose(snippets, 3)) <= 3


def test_nothing_that_a_terminal_obeys_is_read_out():
    text = "Ha\u00e9r \x1b]0;owned\x07 falls \x1b[31msoftly\x9b1m &#27;[0m, at\tlast."
    parsed = plain.parse(text)
    document = Document("a.txt", text, parsed.readable, parsed.blocks, "")
    assert all(map(str.isprintable, words(document, (0, len(text)))))
