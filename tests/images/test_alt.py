"""What is spoken for a picture."""

import pytest

from bot.counting import count
from bot.images import alt_text
from bot.images.alt import needless, spoken
from bot.model import Image, Limits
from tests.images.headlines import FEET, HEADLINES

LIST = Image("Massage may help to", template="list", items=("Reduce pain", "Sleep better!", "Move freely"))
STEP = Image("is all it takes.", number="20 minutes", template="number")


@pytest.mark.parametrize(("headline", "support"), HEADLINES)
def test_alt_text_begins_with_the_drawn_words(headline, support):
    said = alt_text(Image(headline, support))
    assert said.startswith(headline)
    assert said.endswith(support)
    assert len(said) <= 420
    assert not needless(said)


def test_long_alt_text_is_cut_where_a_sentence_ends():
    assert alt_text(Image("Rest.", f"{FEET} {FEET} {FEET}")) == f"Rest. {FEET} {FEET}"
    assert alt_text(Image("word " * 200)).endswith("word…")
    assert len(alt_text(Image("word " * 200))) <= 420


def test_a_list_is_read_as_sentences_and_a_number_with_what_it_counts():
    assert alt_text(LIST) == "Massage may help to: Reduce pain. Sleep better! Move freely."
    assert alt_text(STEP) == "20 minutes is all it takes."


def test_a_closing_page_says_where():
    closing = Image("Book your session", "example.com/book", template="closing")
    assert alt_text(closing, page=6, pages=6) == "Book your session: example.com/book. Page 6 of 6."
    assert alt_text(Image("Book your session", template="closing")) == "Book your session"


def test_what_is_plain_to_see_comes_after_the_words():
    photo = Image("Rest.", photo="images/backgrounds/a.jpg", template="photo")
    assert alt_text(photo) == "Rest. Behind the words: a photo."
    beside = alt_text(Image("Rest", photo="images/a.jpg", template="split"), page=2, pages=6)
    assert beside == "Rest. Beside the words: a photo. Page 2 of 6."
    assert alt_text(Image("Ruhe."), page=2, pages=6, language="de") == "Ruhe. Seite 2 von 6."
    assert alt_text(Image("Rust."), page=2, pages=6, language="nl") == "Rust. Page 2 of 6."


def test_words_go_before_what_else_there_is_to_know():
    words = "w" * 415 + "."
    assert alt_text(Image(words), page=2, pages=3) == words


@pytest.mark.parametrize("unit", ["codepoints", "utf16", "graphemes", "bytes"])
def test_our_alt_text_is_cut_to_what_a_network_takes_however_it_counts(unit):
    image = Image("Füße 🦶🏽 ruhen. Sie tragen uns.", FEET)
    cut = spoken(image, Limits(alt_max=40, alt_unit=unit))
    assert cut in {"Füße 🦶🏽 ruhen. Sie tragen uns.", "Füße 🦶🏽 ruhen."}
    assert count(cut, unit) <= 40
    assert spoken(image, Limits()) == alt_text(image)


def test_our_alt_text_is_ours_also_where_it_is_written_in_the_file_and_a_persons_own_is_never_cut():
    written = Image("Rest. Sleep.", FEET, alt=alt_text(Image("Rest. Sleep.", FEET), page=1, pages=4, language="de"))
    assert spoken(written, Limits(alt_max=20), page=1, pages=4, language="de") == "Rest. Sleep."
    own = Image("Rest. Sleep.", FEET, alt=f"A studio at dawn. {FEET}")
    assert spoken(own, Limits(alt_max=20)) == own.alt


@pytest.mark.parametrize(
    ("alt", "said"),
    [
        ("Image of two feet.", "Image of"),
        ("Rest. A picture of two feet.", "A picture of"),
        ("Ein Bild von Füßen.", "Ein Bild von"),
        ("Photo de deux pieds", "Photo de"),
        ("Una mesa. Imagen de dos pies.", "Imagen de"),
        ("Two feet on a towel.", ""),
        ("Massage changes the image of rest.", ""),
    ],
)
def test_words_that_a_voice_says_anyway_are_noticed(alt, said):
    assert needless(alt) == said
