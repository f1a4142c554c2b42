"""What a pattern cannot match without is looked for first, and nothing is missed by it."""

import pytest

from bot.snippets.cues import cues
from bot.snippets.literals import needed, pieces_of
from bot.snippets.wording import small
from tests.corpus.labels import CORPUS


@pytest.mark.parametrize(
    ("pattern", "pieces"),
    [
        (r"\b(?:reduce|improve)s?\b", {"red", "imp"}),
        (r"\bno\ longer\b", {"no "}),
        (r"\b(?:reduce|\d+)\b", set()),
        (r"(?:reduce)?", set()),
        (r"(?:reduce)+", {"red"}),
        (r"[ab]|reduce", set()),
        (r"\d{2}\ percent", {" pe"}),
        (r"it", set()),
    ],
)
def test_a_pattern_tells_the_letters_it_needs(pattern, pieces):
    assert needed(pattern) == pieces


def test_every_cue_finds_the_same_with_and_without_looking_for_its_letters_first():
    lines = [line for path in (CORPUS / "docs").glob("*.md") for line in path.read_text().splitlines() if line.strip()]
    for line in lines[::4]:
        text = small(line)
        for cue in cues().sentence:
            assert cue.where(text) == cue.where(text, pieces_of(text)), (cue.name, line)
