"""A post beside its source."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents import read
from bot.footnotes import Change, Footnote, Piece, footnote, footnotes, is_said, unsourced
from bot.model import Image, Post, Status
from bot.posts import parse
from bot.snippets.wording import words

ROOT = Path(__file__).parents[1]
SAMPLES = sorted((ROOT / "posts").glob("*.md"))
SIGNS = {Change.SAME: "{}", Change.LEFT_OUT: "[-{}-]", Change.PUT_IN: "{{+{}+}}"}
LEAD, ITEM = "Massage may help to:", "Reduce pain"


def saying(text="", headline="", support="", **texts):
    images = (Image(headline, support),) if headline else ()
    return Post("a", Status.DRAFT, ("feed",), text, images=images, texts=texts)


def merged(found: Footnote) -> str:
    assert found.said
    return " ".join(SIGNS[piece.change].format(piece.text) for piece in found.pieces)


def told(quote, text):
    return merged(footnote(quote, saying(text)))


def plain(text):
    return re.findall(r"\w+", text.casefold())


def sample(path):
    post = parse(path.read_text(), str(path))
    document = read(ROOT / post.source.document, post.source.document)
    return post, [words(document, span) for span in post.source.spans]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:20])
def test_every_word_of_a_sample_post_is_the_articles_but_for_its_subject(path):
    post, quotes = sample(path)
    assert unsourced(post, quotes) == ()
    for found in footnotes(quotes, post):
        assert found.said
        assert {piece.text for piece in found.pieces if piece.change is Change.PUT_IN} <= {
            "Ashiatsu massage",
            "Ashiatsu massage is",
        }


def test_the_pronoun_that_gave_way_to_the_subject_is_marked():
    found = [merged(note) for path in SAMPLES for note in footnotes(*reversed(sample(path)))]
    assert [one for one in found if "{+" in one] == [
        "[-It-] {+Ashiatsu massage+} reduces chronic tension.",
        "[-It’s-] {+Ashiatsu massage is+} great for the psoas, glutes, and hips.",
        "[-It-] {+Ashiatsu massage+} forces you to relax and increases systemic balance.",
    ]


@pytest.mark.parametrize(
    ("quote", "text", "shown"),
    [
        ("Feet are strong.", "Feet are strong.", "Feet are strong."),
        ("Muscles “fight back”\n it’s said.", 'Muscles "fight back" it\'s  said.', "Muscles “fight back” it’s said."),
        ("Furthermore, many systems gain.", "Many systems gain.", "[-Furthermore,-] many systems gain."),
        ("It reduces pain.", "It reduces pain, and it cures all.", "It reduces pain. {+and it cures all.+}"),
        ("It eases pain.", "We promise that it eases pain.", "{+We promise that+} It eases pain."),
        ("It eases pain.", "Hello. Ashiatsu eases pain. Book now.", "[-It-] {+Ashiatsu+} eases pain."),
        ("Is it good?", "Is it good!", "Is it [-good?-] {+good!+}"),
        ("Eases pain", "- sleep\n- eases pain\n- more", "Eases pain"),
        ("Feet are strong.", "Hello\n---\nFeet are strong.\n---\nBye", "Feet are strong."),
    ],
)
def test_a_change_is_shown_where_it_was_made(quote, text, shown):
    assert told(quote, text) == shown


def test_the_passage_with_the_fewest_words_put_in_is_shown():
    post = saying("And so our feet reduce pain.", headline="Reduce pain", support="Much more.")
    assert merged(footnote("Reduce pain.", post)) == "Reduce pain."


def test_words_for_one_account_alone_are_the_posts_too():
    post = saying("Nothing.", studio="Ashiatsu reduces pain.")
    assert merged(footnote("It reduces pain.", post)) == "[-It-] {+Ashiatsu+} reduces pain."
    assert unsourced(post, ["It reduces pain."]) == ("Nothing.",)


def test_an_item_and_its_lead_in_keep_to_their_own_words():
    post = saying("Massage may help to reduce pain.", headline="Massage may help to reduce pain")
    assert [merged(found) for found in footnotes([ITEM, LEAD], post)] == [ITEM, LEAD]
    assert unsourced(post, [ITEM, LEAD]) == ()


def test_an_item_whose_lead_in_is_not_quoted_shows_it_as_put_in():
    assert told(ITEM, "Massage may help to reduce pain.") == "{+Massage may help to+} Reduce pain"


def test_what_the_post_no_longer_says_is_shown_alone():
    quote = "Feet carry us all day long."
    post = saying("Feet carry us all night long.")
    assert not is_said(quote, post)
    assert footnote(quote, post) == Footnote(quote, (Piece(quote, Change.SAME),), said=False)
    assert unsourced(post, [quote]) == ("Feet carry us all night long.",)


@pytest.mark.parametrize("quote", ["", " ", "…"])
def test_a_quote_without_words_is_said_nowhere(quote):
    found = footnote(quote, saying("Feet are strong …"))
    assert (found.said, " ".join(piece.text for piece in found.pieces)) == (False, quote.strip())


def test_a_persons_sentences_are_told_once_wherever_they_stand():
    post = saying("Pain is gone in a day! It reduces pain. Book now.", headline="Pain is gone in a day!")
    assert unsourced(post, ["It reduces pain."]) == ("Pain is gone in a day!", "Book now.")
    assert unsourced(saying(), ["It reduces pain."]) == ()


def test_a_change_that_only_one_of_two_places_shows_is_not_hidden_by_the_other():
    post = saying("Ashiatsu reduces pain.", headline="Ashiatsu reduces pain and cures cancer.")
    assert merged(footnote("It reduces pain.", post)) == "[-It-] {+Ashiatsu+} reduces pain."
    assert unsourced(post, ["It reduces pain."]) == ("Ashiatsu reduces pain and cures cancer.",)


def test_links_and_tags_alone_are_no_sentence_of_a_person():
    post = saying("It reduces pain.\n\nhttps://example.com/book\n\n#massage #feet")
    assert unsourced(post, ["It reduces pain."]) == ()
    assert unsourced(replace(post, text="Book: https://example.com"), []) == ("Book: https://example.com",)


TEXTS = st.lists(
    st.sampled_from(
        ["It", "feet", "Massage", "may", "help.", "–", "pain,", "hands-on", "“now”", "\n\n", "---\n", "• "]
    ),
    max_size=24,
).map(" ".join)


@given(st.lists(TEXTS, max_size=4), TEXTS, TEXTS)
def test_nothing_is_lost_and_nothing_is_made_up(quotes, headline, text):
    post = saying(text, headline=headline)
    everything = f" {' '.join(plain(headline) + plain(text))} "
    for found in footnotes(quotes, post):
        document = [piece.text for piece in found.pieces if piece.change is not Change.PUT_IN]
        posted = [piece.text for piece in found.pieces if piece.change is not Change.LEFT_OUT]
        assert " ".join(document) == " ".join(found.quote.split())
        assert found.said == is_said(found.quote, post)
        assert not found.said or f" {' '.join(plain(' '.join(posted)))} " in everything


@given(st.lists(TEXTS, max_size=4), TEXTS, TEXTS)
def test_every_word_of_the_post_is_in_a_footnote_or_unsourced(quotes, headline, text):
    post = saying(text, headline=headline)
    pieces = [piece for found in footnotes(quotes, post) if found.said for piece in found.pieces]
    shown = {word for piece in pieces if piece.change is not Change.LEFT_OUT for word in plain(piece.text)}
    assert {*plain(headline), *plain(text)} <= shown | {*plain(" ".join(unsourced(post, quotes)))}


@given(TEXTS, TEXTS)
def test_a_post_that_quotes_nothing_is_a_persons_word_for_word(headline, text):
    said = " ".join(unsourced(saying(text, headline=headline), []))
    assert {*plain(said)} == {*plain(headline), *plain(text)}
