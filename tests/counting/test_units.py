"""How long a text is, in the unit a network counts in."""

import pytest
from hypothesis import given, settings

from bot.counting import COUNTERS, count
from bot.errors import UnknownName
from tests.counting.texts import LINKISH, TEXTS

PLAIN = ("graphemes", "utf16", "codepoints", "bytes")
TABLE = [
    ("", 0, 0, 0, 0),
    ("feet", 4, 4, 4, 4),
    ("é", 1, 1, 1, 2),
    ("e\u0301", 1, 2, 2, 3),
    ("👍🏽", 1, 4, 2, 8),
    ("👩‍👩‍👧‍👦", 1, 11, 7, 25),
    ("🇫🇷🇩🇪", 2, 8, 4, 16),
    ("🐦‍🔥", 1, 5, 3, 11),
    ("क्षि", 1, 4, 4, 12),
    ("한글", 2, 2, 2, 6),
    ("\r\n", 1, 2, 2, 2),
    ("足圧", 2, 2, 2, 6),
    ("\ud800", 1, 1, 1, 3),
]
COLUMNS = ("codepoints", "utf16", "bytes", "graphemes", "x_weighted")
VECTORS = [
    ("café", 4, 4, 5, 4, 4),
    ("cafe\u0301", 5, 5, 6, 4, 4),
    ("H🐱☺👨‍👩‍👧‍👦", 10, 15, 33, 4, 7),
    ("🙋🏽👨‍🎤", 5, 9, 19, 2, 4),
    ("日本語", 3, 3, 9, 3, 6),
    ("👍", 1, 2, 4, 1, 2),
    ("🇬🇧", 2, 4, 8, 1, 2),
]


@pytest.mark.parametrize(("text", *PLAIN), TABLE)
def test_the_table_of_lengths(text, graphemes, utf16, codepoints, bytes):  # noqa: A002
    lengths = {"graphemes": graphemes, "utf16": utf16, "codepoints": codepoints, "bytes": bytes}
    assert {unit: count(text, unit) for unit in PLAIN} == lengths


@pytest.mark.parametrize(("text", "lengths"), [(text, dict(zip(COLUMNS, row, strict=True))) for text, *row in VECTORS])
def test_one_text_has_another_length_on_each_network(text, lengths):
    assert {unit: count(text, unit) for unit in COLUMNS} == lengths
    assert count(text, "mastodon") == lengths["graphemes"]


@pytest.mark.parametrize(
    ("text", "length"), [("café", 4), ("H🐱☺👨‍👩‍👧‍👦", 33), ("🙋🏽👨‍🎤", 19), ("日本語", 3), ("👍", 4), ("🇬🇧", 8)]
)
def test_threads_counts_an_emoji_by_its_bytes(text, length):
    assert count(text, "threads") == length


def test_an_unknown_unit_names_the_known_ones():
    with pytest.raises(UnknownName, match=r"stone.*graphemes, utf16, codepoints, threads, bytes, x_weighted, mastodon"):
        count("feet", "stone")


@pytest.mark.parametrize("unit", COUNTERS)
@settings(deadline=None)
@given(text=TEXTS | LINKISH)
def test_every_text_has_a_length(unit, text):
    assert count(text, unit) >= 0


@pytest.mark.parametrize("unit", ["utf16", "codepoints", "bytes"])
@settings(deadline=None)
@given(first=TEXTS, second=TEXTS)
def test_the_parts_of_a_text_add_up_where_a_character_counts_alone(unit, first, second):
    assert count(first + second, unit) == count(first, unit) + count(second, unit)


@settings(deadline=None)
@given(first=TEXTS, second=TEXTS)
def test_more_text_never_has_fewer_graphemes(first, second):
    assert count(first, "graphemes") <= count(first + second, "graphemes")
