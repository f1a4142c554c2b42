"""Post + Limits -> Message, or everything that does not fit."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import DoesNotFit
from bot.fitting import fit, from_json, to_json
from bot.model import Account, Image, Limits, Media, Message, Part, Post, Status

FEED = Account("feed", "site")
PICTURE = Media("aa", "image/jpeg", "Words, spoken.", 1080, 1350, 90_000)
POST = Post(
    id="tension",
    status=Status.APPROVED,
    accounts=("feed", "studio-x"),
    text="Ashiatsu reduces tension.\n\nWith the feet.",
    images=(Image("Ashiatsu reduces tension", alt="Words, spoken."),),
    texts={"studio-x": "Short."},
    link="https://example.com/book",
    tags=("massage",),
)


def fitted(post=POST, account=FEED, media=(PICTURE,), **limits):
    return fit(post, account, Limits(**limits), media, language="en", quotes=("It reduces tension.",))


def reasons(**what):
    with pytest.raises(DoesNotFit) as caught:
        fitted(**what)
    return caught.value.reasons


def test_what_fits_is_sent_word_for_word():
    assert fitted() == Message(
        post="tension",
        account="feed",
        network="site",
        title="Ashiatsu reduces tension",
        parts=(Part(0, POST.text, (PICTURE,)),),
        link="https://example.com/book",
        tags=("massage",),
        quotes=("It reduces tension.",),
    )


def test_an_account_with_its_own_words_gets_them():
    assert fitted(account=Account("studio-x", "x")).parts[0].text == "Short."


@pytest.mark.parametrize(("images", "text", "title"), [((), "One.\nTwo.", "One."), ((Image(""),), "", "tension")])
def test_a_post_without_a_headline_still_has_a_title(images, text, title):
    post = replace(POST, images=images, text=text)
    assert fitted(post=post, media=(PICTURE,) * len(images)).title == title


def test_a_text_of_exactly_the_limit_fits_and_one_more_does_not():
    post = replace(POST, text="👩‍👩‍👧‍👦" * 300)
    assert fitted(post=post, text_max=300)
    assert reasons(post=post, text_max=299) == ("the text has 300 graphemes, 1 more than the 299 allowed",)


def test_everything_that_does_not_fit_is_said_at_once():
    bad = replace(PICTURE, mime="image/png", size=2_000_001, alt=" ")
    long = replace(PICTURE, alt="x" * 1501)
    post = replace(POST, images=POST.images * 2)
    assert reasons(
        post=post, media=(bad, long), text_max=10, text_unit="bytes", image_bytes_max=2_000_000, alt_max=1500
    ) == (
        "the text has 41 bytes, 31 more than the 10 allowed",
        "2 pictures, 1 allowed",
        "picture 1 has 2,000,001 bytes, 2,000,000 allowed",
        "picture 1 is image/png, allowed: image/jpeg",
        "picture 1 has no alt text: write what it says for those who cannot see it",
        "picture 2 has an alt text of 1501 characters, 1500 allowed",
    )


def test_a_picture_that_was_not_drawn_is_not_left_out_in_silence():
    assert reasons(media=()) == ("0 of 1 pictures are drawn",)


words = st.text(max_size=20)
medias = st.builds(Media, words, words, words, st.integers(0), st.integers(0), st.integers(0))
messages = st.builds(
    Message,
    post=words,
    account=words,
    network=words,
    title=words,
    parts=st.lists(st.builds(Part, st.integers(0, 9), words, st.lists(medias, max_size=2).map(tuple)), max_size=3).map(
        tuple
    ),
    link=words,
    tags=st.lists(words, max_size=2).map(tuple),
    quotes=st.lists(words, max_size=2).map(tuple),
)


@given(messages)
def test_a_message_survives_its_canonical_text(message):
    text = to_json(message)
    assert from_json(text) == message
    assert to_json(from_json(text)) == text


def test_a_message_written_before_a_field_existed_can_be_read():
    assert from_json('{"post":"a","account":"b","network":"c","title":"d","parts":[],"tags":[],"quotes":[]}')
