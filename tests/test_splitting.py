"""A long text in pieces."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.splitting import pieces_of


def short(most):
    return lambda piece, n: len(piece) <= most


def test_a_text_that_fits_stays_whole():
    assert pieces_of("One.\n\nTwo.", short(20)) == ["One.\n\nTwo."]
    assert pieces_of("", short(5)) == [""]


def test_it_is_broken_between_paragraphs_first():
    assert pieces_of("One. Two.\n\nThree. Four.\n\nFive.", short(22)) == ["One. Two.", "Three. Four.\n\nFive."]


def test_a_paragraph_is_broken_between_sentences():
    text = "Feet are wide. They spread the weight. Hands tire sooner."
    assert pieces_of(text, short(40)) == ["Feet are wide. They spread the weight.", "Hands tire sooner."]


def test_a_sentence_is_broken_between_words_and_a_word_between_characters():
    assert pieces_of("one two three", short(8)) == ["one two", "three"]
    assert pieces_of("a👨‍👩‍👧‍👦b", short(7)) == ["a", "👨‍👩‍👧‍👦", "b"]


def test_the_first_piece_may_be_shorter_than_the_others():
    assert pieces_of("One two. Three four five.", lambda piece, n: len(piece) <= (8, 20)[n > 0]) == [
        "One two.",
        "Three four five.",
    ]


@given(st.text(alphabet="ab .\n\u00e4🙂", max_size=200), st.integers(1, 30))
def test_nothing_is_lost_and_every_piece_fits(text, most):
    pieces = pieces_of(text, short(most))
    assert re.sub(r"\s", "", "".join(pieces)) == re.sub(r"\s", "", text)
    assert all(len(piece) <= most for piece in pieces)
