"""How long a text is, in the unit a network counts in."""

import pytest

from bot.counting import COUNTERS, count
from bot.errors import UnknownName

TABLE = [  # text, graphemes, utf16, codepoints, bytes
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


@pytest.mark.parametrize(("text", *COUNTERS), TABLE)
def test_the_table_of_lengths(text, graphemes, utf16, codepoints, bytes):  # noqa: A002
    lengths = {"graphemes": graphemes, "utf16": utf16, "codepoints": codepoints, "bytes": bytes}
    assert {unit: count(text, unit) for unit in COUNTERS} == lengths


def test_an_unknown_unit_names_the_known_ones():
    with pytest.raises(UnknownName, match=r"stone.*graphemes, utf16, codepoints, bytes"):
        count("feet", "stone")
