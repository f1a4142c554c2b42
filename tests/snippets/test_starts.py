"""Where a pattern can begin is looked at first, and nothing is missed by it."""

import re

import pytest

from bot.snippets import claims
from bot.snippets.claims_file import rules
from bot.snippets.cues import cues
from bot.snippets.starts import Finder, starts
from bot.snippets.wording import small
from tests.corpus.labels import CORPUS


@pytest.mark.parametrize(
    ("pattern", "begun"),
    [
        (r"\b(?:reduce|improve)s?\b", {"reduce", "improv"}),
        (r"\b(?:re)?use", {"reuse", "use"}),
        (r"\bx+y", {"x"}),
        (r"[$€]\d", {f"{sign}{digit}" for sign in "$€" for digit in "0123456789"}),
        (r"\bno\s+more", {"no "}),
        (r"\bno\smore", {"no mor"}),
        (r"(?<!not )\bneeds?", {"need", "needs"}),
        (r"\b\w+est", {""}),
        (r"(?:reduce)?", {"reduce", ""}),
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
        (r"(?<!\w)use", "to reuse and use"),
        (r"\bno\smore", "no\N{NO-BREAK SPACE}more"),
        (r"(?<!\w)%", "35%, %"),
        (r"1[\t-\r]", "1\t"),
        (r"½", "b½"),
        (r"(?i:%a)", "%A"),
    ],
)
def test_the_first_place_is_that_of_a_search(pattern, text):
    compiled = re.compile(pattern)
    searched = compiled.search(text)
    assert searched
    assert Finder.of([re.compile("never"), compiled]).first(text) == [(1, searched.span())]


@pytest.mark.parametrize("finder", [cues().finder, claims.finder()])
def test_many_patterns_are_found_where_a_search_finds_them(finder):
    lines = [line for path in (CORPUS / "docs").glob("*.md") for line in path.read_text().splitlines() if line.strip()]
    for line in lines[::4]:
        text = small(line)
        searched = [(n, found.span()) for n, one in enumerate(finder.patterns) if (found := one.search(text))]
        assert finder.first(text) == searched, line


def test_nearly_every_cue_and_rule_tells_where_it_can_begin():
    assert [cues().sentence[n].name for n in cues().finder.anywhere] == ["the most"]
    assert [rules()[n].name for n in claims.finder().anywhere] == []
