"""What X links and what a text weighs there, beyond the published suite."""

from unicodedata import normalize

import pytest
from hypothesis import given, settings

from bot.counting import count, links
from tests.counting.texts import LINKISH, TEXTS

EMOJI = [
    ("☺", 2),
    ("☺\ufe0f", 2),
    ("☺\ufe0e", 4),  # asked to look like text, it is two characters
    ("⭐\ufe0f", 2),
    ("©", 1),
    ("©\ufe0f", 2),
    ("1", 1),
    ("1\ufe0f", 3),
    ("1\ufe0f\u20e3", 2),
    ("👍🏽", 2),
    ("☝🏽", 2),
    ("🐱🏽", 4),  # a cat takes no skin tone
    ("❤\ufe0f\u200d🔥", 2),
    ("🏳\ufe0f\u200d🌈", 2),
    ("👁\u200d🗨", 2),
    ("🏃🏽\u200d♀\ufe0f\u200d➡\ufe0f", 2),
    ("🏃\u200d♀", 5),  # not an emoji without its U+FE0F
    ("👩\u200d❤\ufe0f\u200d💋\u200d👨", 2),
    ("🧑🏽\u200d🤝\u200d🧑🏿", 2),
    ("🇬🇧🇫🇷", 4),
    ("🇬", 2),
    ("🇬\u200d🇧", 5),  # letters are joined by nothing
    ("🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", 2),  # Scotland
    ("🏴\U000e0075\U000e0073\U000e007f", 8),  # no such flag: nothing hides in tags
]


@pytest.mark.parametrize(("text", "weight"), EMOJI)
def test_an_emoji_weighs_two_however_it_is_composed(text, weight):
    assert count(text, "x_weighted") == weight


@pytest.mark.parametrize("text", ["spa.example", "3.14", "end.Start", "a@b.com", "tension. And", "www.x.notreal"])
def test_not_every_dot_makes_a_link(text):
    assert links(text) == ()


@pytest.mark.parametrize("text", ["Example.Com", "HTTP://EXAMPLE.CO.UK/A?b=C", "http://пример.РФ/путь"])
def test_letters_may_be_large(text):
    assert links(text) == ((0, len(text)),)


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("see http://example.com/a_(b).", "http://example.com/a_(b)"),
        ("see http://example.com/a_(b_(c)).", "http://example.com/a_(b_(c))"),
        ("(see http://example.com/a)", "http://example.com/a"),
        ("http://example.com/a,(b)", "http://example.com/a"),
        ("http://example.com/()", "http://example.com/"),
        ("http://example.com:8080/a", "http://example.com:8080/a"),
        ("example.com:8080", "example.com"),
        ("漢example.com/漢", "example.com/"),
    ],
)
def test_a_link_ends_where_x_ends_it(text, link):
    assert [text[start:end] for start, end in links(text)] == [link]


def test_links_are_where_they_stand_in_the_text_as_given():
    decomposed = "cafe\u0301 example.com"
    assert [decomposed[start:end] for start, end in links(decomposed)] == ["example.com"]


@settings(deadline=None)
@given(TEXTS | LINKISH)
def test_links_are_in_order_and_apart_and_never_empty(text):
    ends = 0
    for start, end in links(text):
        assert ends <= start < end <= len(text)
        ends = end


@settings(deadline=None)
@given(TEXTS | LINKISH)
def test_no_character_weighs_more_than_two_but_for_links(text):
    composed = normalize("NFC", text)
    assert count(text, "x_weighted") <= 2 * len(composed) + 23 * len(links(composed))
