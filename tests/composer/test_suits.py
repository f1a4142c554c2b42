"""Which template a picture gets by its words."""

import pytest

from bot.composer.suits import image_of, simpler
from bot.images import alt_text
from bot.model import Image, Kind, Snippet


def image(text):
    return image_of(Snippet(text, Kind.BENEFIT, 2.0, (), (0, 9)))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("20 minutes is all it takes.", "20 minutes"),
        ("3 times a week keeps your back free of pain.", "3 times"),
        ("40 % less tension after one visit.", "40 %"),
        ("40% less tension after one visit.", "40%"),
        ("20–30 minutes of stretching calm your mind.", "20–30 minutes"),
        ("1.5 hours a month make a difference.", "1.5 hours"),
        ("10 Minuten täglich entspannen den Nacken.", "10 Minuten"),
        ("20 minutos bastan para relajar la espalda.", "20 minutos"),
    ],
)
def test_a_figure_that_begins_the_sentence_stands_large_and_the_sentence_still_reads_word_for_word(text, number):
    made = image(text)
    assert (made.template, made.number) == ("number", number)
    assert f"{made.number} {made.headline}" == text
    assert made.alt == text


@pytest.mark.parametrize(
    "text",
    [
        "It takes 20 minutes.",
        "20-minute sessions fit into your lunch break.",
        "10 reasons to love massage.",
        "2026 minutes of calm a year.",
        "20 minutes.",
        "Ashiatsu massage reduces chronic tension.",
    ],
)
def test_any_other_sentence_is_a_quote(text):
    assert (image(text).template, image(text).headline, image(text).number) == ("quote", text, "")


def test_what_cannot_be_drawn_is_made_simpler_and_never_says_other_words():
    whole = Image("is all it takes.", "So book it.", "", "number", number="20 minutes")
    first, second, third = simpler(whole)
    assert first == whole
    assert second == Image("20 minutes is all it takes.", "So book it.", alt_text(whole))
    assert third == Image("20 minutes is all it takes.", "", "20 minutes is all it takes.")
    photo = Image("Rest.", "", "", "photo", photo="images/backgrounds/a.jpg", credit="Ann Lee")
    assert list(simpler(photo)) == [photo, Image("Rest.", "", "Rest.")]
