"""A text's length on Mastodon: graphemes, links shortened, mentions without their servers."""

import pytest
from hypothesis import given, settings

from bot.counting import count
from tests.counting.texts import LINKISH, TEXTS

TABLE = [
    ("Hi https://example.com/a/very/long/path @alice@example.org #tea", 38),
    ("", 0),
    (" \n", 0),  # blank is nothing
    ("👩‍👩‍👧‍👦", 1),
    ("http://a.co", 23),  # shorter ones too
    ("example.com", 11),  # only with a scheme
    ("gemini://example.com", 20),
    ("https://example.notreal/a", 25),
    ("(https://example.com/a_(b)_c)", 25),
    ("https://example.com/足圧/café?名=値 .", 25),
    ("@alice", 6),
    ("@alice@example.org", 6),
    ("@alice.b-c_d@example.org!", 13),
    ("@alice.", 7),
    ("a@alice@example.org", 19),  # an address, not a mention
    ("/@alice@example.org", 19),
    ("@alice@example.org@more", 23),
    ("@alice@example.orgé", 6),  # a letter of any script may be of the server's name
    ("https://example.org/@alice@example.org/1", 23),
    ("@alice@bücher.example @bob@example.org", 11),
]


@pytest.mark.parametrize(("text", "length"), TABLE)
def test_the_table_of_lengths(text, length):
    assert count(text, "mastodon") == length


@settings(deadline=None)
@given(TEXTS | LINKISH)
def test_nothing_but_a_short_link_is_made_longer(text):
    assert count(text, "mastodon") <= count(text, "graphemes") + 23 * text.count("://")
