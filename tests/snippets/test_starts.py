"""Where a pattern can begin is looked at first, and nothing is missed by it."""

import re

import pytest

from bot.snippets.cues import cues
from bot.snippets.starts import Finder, starts
from bot.snippets.wording import small
from tests.corpus.labels import CORPUS


@pytest.mark.parametrize(
    ("pattern", "begun"),
    [
        (r"\b(?:reduce|improve)s?\b", {"re", "im"}),
        (r"\b(?:re)?use", {"re", "us"}),
        (r"\bx+y", {"x"}),
        (r"[$€]\d", {f"{sign}{digit}" for sign in "$€" for digit in "0123456789"}),
        (r"(?<!not )\bneeds?", {"ne"}),
        (r"\b\w+est", {""}),
        (r"(?:reduce)?", {"re", ""}),
    ],
)
def test_a_pattern_tells_how_its_matches_begin(pattern, begun):
    assert {start.signs for start in starts(re.compile(pattern))} == begun


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"use\b", "to reuse and use"),
        (r"^use|\bsave", "we use, we save"),
        (r"^\W*use", "(use"),
        (r"\bsave|’t", "don’t save"),
        (r"_x", "a_x"),
        (r"\d%", "up to 35%"),
        (r"\ need", "no need"),
        (r"(?i)\bsave", "SAVE"),
        (r"(?m)^save", "lines\nsave"),
    ],
)
def test_the_first_place_is_that_of_a_search(pattern, text):
    compiled = re.compile(pattern)
    searched = compiled.search(text)
    assert searched
    assert Finder.of([re.compile("never"), compiled]).first(text) == [(1, searched.span())]


def test_every_cue_is_found_where_a_search_finds_it():
    lines = [line for path in (CORPUS / "docs").glob("*.md") for line in path.read_text().splitlines() if line.strip()]
    for line in lines[::4]:
        text = small(line)
        searched = [(cue.name, at) for cue in cues().sentence if (at := cue.where(text))]
        assert [(cue.name, at) for cue, at in cues().seen_in(text)] == searched, line


def test_nearly_every_cue_tells_where_it_can_begin():
    assert [cues().sentence[n].name for n in cues().finder.anywhere] == ["the most"]
