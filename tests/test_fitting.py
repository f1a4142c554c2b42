"""Post + Limits -> Message, or everything that does not fit."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import DoesNotFit
from bot.fitting import fit, from_json, fullest, preview, shorter, to_json
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
    assert reasons(post=post, text_max=299)[:1] == ("the text has 300 characters, 1 more than the 299 allowed",)


def test_everything_that_does_not_fit_is_said_at_once():
    bad = replace(PICTURE, mime="image/png", size=2_000_001, alt=" ")
    long = replace(PICTURE, alt="x" * 1501)
    post = replace(POST, images=POST.images * 2)
    assert reasons(
        post=post, media=(bad, long), text_max=10, text_unit="bytes", image_bytes_max=2_000_000, alt_max=1500
    ) == (
        "the text has 41 bytes, 31 more than the 10 allowed",
        "not even its first sentence fits: write a shorter text under [text] as feed",
        "2 pictures, 1 allowed",
        "picture 1 has 2,000,001 bytes, 2,000,000 allowed",
        "picture 1 is image/png, allowed: image/jpeg",
        "picture 1 has no alt text: write what it says for those who cannot see it",
        "picture 2 has an alt text of 1501 characters, 1500 allowed",
    )


NET = {"inline": True, "text_max": 60, "parts_max": 3}


def test_the_link_and_the_tags_are_written_into_the_text_where_a_network_wants_them_there():
    assert fitted(inline=True).parts[0].text == f"{POST.text}\n\nhttps://example.com/book\n\n#massage"
    said = replace(POST, text="Book at https://example.com/book for a #Massage.")
    assert fitted(post=said, inline=True).parts[0].text == said.text


def test_a_line_of_hyphens_begins_the_next_post_of_a_thread():
    post = replace(POST, text="One.\n---\nTwo.\n\n---\n\nThree.")
    thread = fitted(post=post, **NET)
    assert [part.text for part in thread.parts] == ["One.", "Two.", "Three.\n\nhttps://example.com/book\n\n#massage"]
    assert [part.media for part in thread.parts] == [(PICTURE,), (), ()]
    assert [part.text for part in fitted(post=post).parts] == ["One.\n\nTwo.\n\nThree."]


def test_a_thread_that_is_too_long_is_refused_with_the_post_that_is_too_long():
    post = replace(POST, text="One.\n---\n" + "Two " * 20 + "\n---\nThree.\n---\nFour.", link="", tags=())
    assert reasons(post=post, **NET) == (
        "a thread of 4 posts, 3 allowed",
        "post 2 of the thread has 79 characters, 19 more than the 60 allowed",
    )


def test_a_text_that_is_too_long_comes_with_a_cut_of_whole_sentences_that_fits_with_its_link_and_tags():
    post = replace(POST, text='It eases the back. It eases the neck. It eases everything else too.\n\nSay "when".')
    *_, offer = reasons(post=post, **{**NET, "text_max": 75})
    assert offer == (
        'this much fits, put it under [text]: feed = "It eases the back. It eases the neck.", '
        'or begin the next post of a thread with a line of "---"'
    )
    cut = replace(post, texts={"feed": "It eases the back. It eases the neck."})
    fitted(post=cut, **{**NET, "text_max": 75})


def test_a_preview_is_what_would_be_sent_and_is_there_for_what_does_not_fit_too():
    post = replace(POST, text="One.\n---\nTwo.\n---\nThree.", texts={"studio-x": "Short."})
    for account, limits in ((FEED, Limits(**NET)), (FEED, Limits()), (Account("studio-x", "x"), Limits(**NET))):
        sent = fit(post, account, limits, (PICTURE,)).parts
        assert preview(post, account, limits) == tuple(part.text for part in sent)
    assert preview(POST, FEED, Limits(text_max=3)) == (POST.text,)
    assert preview(POST, FEED, Limits(text_max=3, inline=True)) == (
        f"{POST.text}\n\nhttps://example.com/book\n\n#massage",
    )


def test_a_shorter_text_is_offered_only_where_the_whole_is_too_long():
    post = replace(POST, text="It eases the back. It eases the neck.")
    assert shorter(post, FEED, Limits(text_max=20)) == "It eases the back."
    assert shorter(post, FEED, Limits(text_max=40)) == ""
    assert shorter(post, FEED, Limits(text_max=10)) == ""
    assert shorter(replace(post, text="It eases.\n---\nThe back."), FEED, Limits(text_max=5, parts_max=3)) == ""


def test_bytes_and_cashtags_are_counted_where_a_network_counts_them():
    post = replace(POST, text="Füße $ABC $DEF", link="", tags=())
    assert reasons(post=post, text_bytes_max=10, cashtags_max=1)[:2] == (
        "the text has 16 bytes, 6 more than the 10 allowed",
        "the text has 2 cashtags, 1 allowed",
    )


def test_a_post_without_words_and_pictures_is_refused_where_it_would_be_empty():
    empty = replace(POST, text="---", texts={}, images=(), link="", tags=())
    assert reasons(post=empty, media=(), inline=True, parts_max=3) == ("there are neither words nor a picture",)


def test_an_account_may_go_without_the_link_and_a_character_that_x_refuses_is_named():
    quiet = Account("studio-x", "x", {"link": "false"})
    post = replace(POST, texts={})
    assert fitted(post=post, account=quiet, inline=True).parts[0].text == f"{POST.text}\n\n#massage"
    odd = replace(post, text="Calm\ufefffeet.")
    said = "the text has a character that is refused there (U+FEFF): delete it"
    assert reasons(post=odd, refused="\ufeff\uffff")[0] == said


def test_a_picture_that_was_not_drawn_is_not_left_out_in_silence():
    assert reasons(media=()) == ("0 of 1 pictures are drawn",)


PHOTO = Image("Rest.", photo="images/backgrounds/a.jpg", credit="Ann Lee", licence="CC BY 4.0")


@pytest.mark.parametrize("limits", [{}, {"inline": True}])
def test_whose_photo_it_is_stands_before_the_link_and_the_tags_on_every_network(limits):
    post = replace(POST, text="Calm feet.", images=(PHOTO,))
    text = fitted(post=post, **limits).parts[0].text
    closing = "\n\nhttps://example.com/book\n\n#massage" if limits else ""
    assert text == f"Calm feet.\n\nPhoto: Ann Lee, CC BY 4.0{closing}"
    assert preview(post, FEED, Limits(**limits)) == (text,)


@pytest.mark.parametrize(
    ("text", "image", "line"),
    [
        ("We sleep. Photo: ann  LEE (CC BY 4.0).", PHOTO, ""),
        ("Ann Lee took it.", PHOTO, "Photo: Ann Lee, CC BY 4.0"),
        ("Ann Lee took it.", replace(PHOTO, licence=""), ""),
        ("We sleep.", replace(PHOTO, credit="Lee", licence=""), "Photo: Lee"),
        ("Rest.", replace(PHOTO, credit="Foto: Ann Lee"), "Foto: Ann Lee, CC BY 4.0"),
        ("Rest.", replace(PHOTO, credit="© Ann Lee", licence=""), "© Ann Lee"),
        ("Rest.", replace(PHOTO, credit=""), "Photo: CC BY 4.0"),
        ("Rest.", replace(PHOTO, credit="", licence=""), ""),
        ("Rest.", replace(PHOTO, photo=""), ""),
    ],
)
def test_a_credit_is_added_only_where_the_text_does_not_say_it(text, image, line):
    post = replace(POST, text=text, images=(image,))
    assert fitted(post=post).parts[0].text == "\n\n".join(filter(None, [text, line]))


def test_each_photographer_is_named_once_behind_the_last_post_of_a_thread():
    images = (PHOTO, replace(PHOTO, photo="images/b.jpg"), replace(PHOTO, photo="images/c.jpg", credit="Bo Ek"))
    post = replace(POST, text="One.\n---\nTwo.", images=images, link="", tags=())
    thread = fitted(post=post, media=(PICTURE,) * 3, images_max=3, **NET)
    assert [part.text for part in thread.parts] == [
        "One.",
        "Two.\n\nPhoto: Ann Lee, CC BY 4.0\nPhoto: Bo Ek, CC BY 4.0",
    ]


def test_a_credit_counts_and_a_shorter_text_leaves_room_for_it():
    post = replace(POST, text="It eases the back. It eases the neck.", images=(PHOTO,), link="", tags=())
    assert "the text has 64 characters, 4 more than the 60 allowed" in reasons(post=post, **NET)
    assert shorter(post, FEED, Limits(**NET)) == "It eases the back."
    assert reasons(post=replace(post, text=""), text_max=20) == (
        "the text has 25 characters, 5 more than the 20 allowed",
        "not even its first sentence fits: write a shorter text under [text] as feed",
    )


def test_a_title_says_the_figure_that_stands_large():
    post = replace(POST, images=(Image("is all it takes.", number="20 minutes", template="number"),))
    assert fitted(post=post).title == "20 minutes is all it takes."


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


def test_a_long_text_goes_on_in_the_next_part_where_the_network_splits():
    post = replace(POST, text="One two three.\n\n" + "Four five six. " * 4, tags=(), link="")
    message = fitted(post, inline=True, text_max=40, text_max_pictured=20, splits=True, parts_max=5)
    assert [part.text for part in message.parts] == [
        "One two three.",
        "Four five six. Four five six.",
        "Four five six. Four five six.",
    ]
    assert [len(part.media) for part in message.parts] == [1, 0, 0]


def test_a_post_in_more_parts_than_the_network_takes_is_refused():
    post = replace(POST, text="One two three. " * 4)
    wrong = reasons(post=post, inline=True, text_max=20, splits=True, parts_max=2)
    assert any("a thread of" in one for one in wrong)


def test_only_the_first_tags_are_written_where_so_many_are_taken():
    post = replace(POST, text="Calm #feet.", tags=("feet", "massage", "running", "spa"))
    (part,) = fitted(post, inline=True, tags_max=3).parts
    assert part.text == "Calm #feet.\n\nhttps://example.com/book\n\n#massage #running"
    assert any("4 hashtags, 3 allowed" in one for one in reasons(post=replace(post, text="#a #b #c #d"), tags_max=3))


def test_a_link_that_nobody_could_follow_is_not_written():
    assert fitted(inline=True, links=False).parts[0].text.endswith("#massage")
    assert "example.com" not in fitted(inline=True, links=False).parts[0].text


def test_too_many_links_or_mentions_and_no_picture_are_refused():
    post = replace(POST, text="@a @b a@b.c https://a.com https://b.com https://b.com")
    wrong = reasons(post=post, inline=True, links_max=2, mentions_max=1)
    assert "the text has 3 links, 2 allowed" in wrong
    assert "the text has 2 mentions, 1 allowed" in wrong
    assert "no picture, and there is no post without one there" in reasons(
        post=replace(POST, images=()), media=(), images_min=1
    )
    assert "picture 1 has 90,000 bytes, at least 100,000 needed" in reasons(image_bytes_min=100_000)


def test_alt_texts_that_share_one_place_must_fit_it_together():
    post, media = replace(POST, images=POST.images * 2), (replace(PICTURE, alt="Words."), replace(PICTURE, alt="More."))
    assert fitted(post=post, media=media, images_max=2, alt_max=12, alts_together=True).parts[0].media == media
    said = "the alt texts have 12 characters together, 11 allowed: shorten them"
    assert reasons(post=post, media=media, images_max=2, alt_max=11, alts_together=True) == (said,)
    assert fitted(post=post, media=media, images_max=2, alt_max=11).parts[0].media == media


def test_the_part_nearest_to_its_limit_tells_how_full_a_post_is():
    limits = Limits(text_max=100, text_max_pictured=20)
    assert fullest(["x" * 15, "y" * 50], limits, pictured=True) == (15, 20)
    assert fullest(["x" * 15, "y" * 50], limits, pictured=False) == (50, 100)
    assert fullest([], limits, pictured=True) == (0, 100)
    assert fullest(["one", "three"], Limits(), pictured=True) == (5, 0)
