"""What a person changes of a post, written into its file."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Problems
from bot.model import Image
from bot.posts import dump, edited, parse, words_of_post
from tests.posts.test_text import FULL, least, lines, posts, slugs, words

HAND = """\
+++
# made by hand
format=1
id   = 'calm-feet'   # never changes
status = "draft" # draft | approved | withdrawn
accounts = [
  "feed",   # our own page
  "studio-x",
]   # where

# the pictures follow
[[image]]
headline = 'Calm feet'   # short!
# alt is what is heard
alt = "Calm feet"

[[image]]
support = \"""
One.
Two.\"""
headline = "More"

# words of their own
[text]
"studio-x" = '''
Short.
Words.'''   # for the small room
# the end
+++

The body.   \n\n"""
ODD = [
    FULL,
    HAND,
    FULL.replace("\n", "\r\n"),
    "\ufeff" + HAND.replace("\n", "\r\n"),
    least(),
    least('text = {feed = "x"}  # inline\nimage = [{headline = "y"}, { alt="z",headline="w" }]\n'),
    least('tags=[]\nlink = ""\n[text]\nfeed = ""\n', "\n\n Words. \r\n"),
    least("[[image]]\nheadline = 'x'\n", ""),
    least().removesuffix("+++\nWords.\n") + "[[image]]\nheadline = 'x'\n+++",
    least().removesuffix("+++\nWords.\n") + "\r\n[[image]]\r\nheadline = 'x'\r\n+++\r",
]
NINE = datetime.fromisoformat("2026-12-01T09:00")
DOTTED = least('text.feed = "x"\ntext.b = "y" # why\n')


def change(content, **changes):
    return edited(content, replace(words_of_post(parse(content, "posts/a.md")), **changes), "posts/a.md")


def gone_and_new(before, after):
    """The lines that are only in the one, and only in the other."""
    before, after = before.splitlines(), after.splitlines()
    return [line for line in before if line not in after], [line for line in after if line not in before]


@pytest.mark.parametrize("content", [*ODD, DOTTED])
def test_nothing_changed_is_not_a_byte_changed(content):
    assert change(content) == content


@given(posts)
def test_nothing_changed_in_a_file_of_ours_is_not_a_byte_changed(post):
    assert change(dump(post)) == dump(post)


changes = st.fixed_dictionaries(
    {},
    optional={
        "text": lines.filter(bool),
        "link": st.sampled_from(["", "https://example.com/", "http://example.com/a?b=c"]),
        "tags": st.lists(st.from_regex(r"\w{1,9}", fullmatch=True), max_size=2).map(tuple),
        "publish_at": st.none() | st.datetimes(NINE.replace(year=2000), NINE.replace(year=2100)),
    },
)
written = words.map(str.strip)
pictures = st.builds(
    Image,
    headline=written.filter(bool),
    support=lines,
    alt=lines,
    template=st.sampled_from(["quote", "photo", "split", "list", "number", "closing"]),
    items=st.lists(lines.filter(bool), max_size=3).map(tuple),
    number=written,
    colours=st.sampled_from(["", "bold", "sea"]),
    photo=st.sampled_from(["", "images/backgrounds/feet.jpg"]),
    focus=st.sampled_from(["", "30% 60%"]),
    credit=lines,
    licence=written,
    consent=written,
)


def expected(post, new):
    """The post with those words; a text that was empty in the file stays there, and one that is emptied goes."""
    kept = {account: text for account, text in post.texts.items() if not text}
    said = {account: text for account, text in new.texts.items() if text}
    plain = {"text": new.text, "link": new.link, "tags": new.tags, "publish_at": new.publish_at}
    return replace(post, images=new.images, texts={**kept, **said}, **plain)


@given(st.data(), posts, changes)
def test_the_file_says_the_new_words_and_the_rest_as_before(data, post, plain):
    texts = data.draw(st.dictionaries(st.sampled_from([*post.texts, "feed", "studio-x"]) | slugs, lines, max_size=3))
    images = tuple(data.draw(pictures) for _ in post.images)
    new = replace(words_of_post(post), texts=texts, images=images, **plain)
    content = edited(dump(post), new, post.path)
    assert parse(content, post.path) == expected(post, new)
    assert edited(content, new, post.path) == content


@given(st.data(), st.sampled_from(ODD), changes)
def test_a_file_made_by_hand_says_the_new_words_and_keeps_its_comments(data, content, plain):
    post = parse(content, "posts/a.md")
    texts = data.draw(st.dictionaries(st.sampled_from([*post.texts, "feed", "b"]), lines, max_size=3))
    images = tuple(data.draw(pictures) for _ in post.images)
    new = replace(words_of_post(post), texts=texts, images=images, **plain)
    after = edited(content, new, "posts/a.md")
    assert parse(after, "posts/a.md") == expected(post, new)
    for comment in ("made by hand", "never changes", "the pictures follow", "alt is what is heard", "the end"):
        assert (comment in after) == (comment in content)
    assert after.startswith("\ufeff") == content.startswith("\ufeff")


def test_only_the_words_that_changed_are_written():
    images = (Image("Calm hands", alt="Calm feet"), Image("More", "One.\nTwo."))
    assert gone_and_new(HAND, change(HAND, images=images)) == (
        ["headline = 'Calm feet'   # short!"],
        ['headline = "Calm hands"   # short!'],
    )
    assert gone_and_new(HAND, change(HAND, text="New.")) == (["The body.   "], ["New.   "])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_new_key_comes_above_the_tables_in_the_order_of_a_new_post(end):
    wish = {"publish_at": NINE, "link": "https://example.com/", "tags": ("a", "b")}
    after = change(HAND.replace("\n", end), **wish)
    expected = ["publish_at = 2026-12-01T09:00:00", 'link = "https://example.com/"', 'tags = ["a", "b"]']
    before_it, behind_it = HAND.split("]   # where\n")
    assert after == "".join([before_it, "]   # where\n", *(f"{line}\n" for line in expected), behind_it]).replace(
        "\n", end
    )


def test_a_new_key_stands_where_dump_would_put_it():
    content = least('topic = "calm"\n')
    assert change(content, link="https://a.b/", publish_at=NINE) == least(
        'publish_at = 2026-12-01T09:00:00\ntopic = "calm"\nlink = "https://a.b/"\n'
    )


def test_a_new_key_of_a_picture_stands_below_its_header_and_no_comment_is_torn_off():
    first, second = parse(HAND, "posts/a.md").images
    listed = replace(first, template="list", items=("Calm", "More calm"), colours="bold")
    template, *others = 'template = "list"\n', 'items = ["Calm", "More calm"]\n', 'colours = "bold"\n'
    new = "".join([template, *others])
    before_it, behind_it = HAND.split("headline = 'Calm feet'")
    assert change(HAND, images=(listed, second)) == f"{before_it}{new}headline = 'Calm feet'{behind_it}"


def test_a_template_that_is_the_usual_one_is_written_only_where_another_stood():
    [image] = parse(FULL, "posts/a.md").images
    assert "template" not in change(FULL, images=(replace(image, colours="bold"),))
    other = change(FULL, images=(replace(image, template="closing"),))
    assert 'template = "quote"' in change(other, images=(image,))


def test_the_lines_of_a_list_are_read_and_written_as_a_list():
    content = least("[[image]]\nheadline = 'x'\nitems = ['One', 'Two'] # why\n")
    [image] = parse(content, "posts/a.md").images
    assert image.items == ("One", "Two")
    after = change(content, images=(replace(image, items=("Two", " ", " Three ")),))
    assert after == content.replace("['One', 'Two']", '["Two", "Three"]')
    with pytest.raises(Problems, match=r"image\.items must be a list in \[ \]"):
        parse(least("[[image]]\nheadline = 'x'\nitems = 'One'\n"), "posts/a.md")


def test_what_becomes_empty_goes_with_its_line():
    assert change(FULL, link="", tags=(), publish_at=None, texts={}) == FULL.replace(
        'link = "https://example.com/book"\ntags = ["#ashiatsu", "massage"]\n', ""
    ).replace("publish_at = 2026-12-01T09:00:00\n", "").replace(
        '[text]\nstudio-x = "Shorter words for the small room."\n', ""
    )


def test_the_first_text_of_an_account_makes_its_table_and_long_words_keep_their_lines():
    assert change(least(), texts={"feed": "One.\n\nTwo."}) == least(
        '\n[text]\nfeed = """\nOne.\n\nTwo."""\n'.replace('"""\nO', '"""O')
    )


def test_what_a_browser_sends_is_read_as_it_was_meant():
    post = parse(HAND, "posts/a.md")
    images = tuple(replace(one, support=one.support.replace("\n", "\r\n")) for one in post.images)
    texts = {"studio-x": " Short.\r\nWords.\r\n", "feed": " "}
    assert change(HAND, text="The body.\r\n", images=images, texts=texts) == HAND


def test_words_keep_the_ends_of_lines_of_their_file():
    windows = FULL.replace("\n", "\r\n")
    after = change(windows, text="One.\nTwo.", texts={"studio-x": "Three.\nFour."})
    assert "\n" not in after.replace("\r\n", "")
    assert parse(after, "posts/a.md").text == "One.\nTwo."


def test_mistakes_are_left_for_parse_to_tell():
    after = change(least(), text="A \x07 bell.", link="example.com", tags=("two words",))
    with pytest.raises(Problems) as caught:
        parse(after, "posts/a.md")
    assert len(caught.value.problems) == 3


def test_another_number_of_pictures_is_refused():
    with pytest.raises(Problems, match=r"posts/a\.md: has 2 pictures, not 1"):
        change(HAND, images=(Image("a"),))


def test_tables_that_stand_apart_are_left_for_a_hand_and_the_body_can_still_be_changed():
    apart = least("[[image]]\nheadline = '1'\n[text]\nfeed = 'x'\n[[image]]\nheadline = '2'\n")
    with pytest.raises(Problems, match="change it in the file"):
        change(apart, link="https://example.com/")
    assert change(apart, text="New.") == apart.replace("Words.", "New.")


@given(st.dictionaries(st.sampled_from(["feed", "b", "c"]), lines, max_size=3))
def test_texts_in_dotted_keys_are_changed_rightly_or_left_for_a_hand(texts):
    new = replace(words_of_post(parse(DOTTED, "posts/a.md")), texts=texts)
    with suppress(Problems):
        after = edited(DOTTED, new, "posts/a.md")
        assert parse(after, "posts/a.md") == expected(parse(DOTTED, "posts/a.md"), new)


def test_a_file_that_is_no_post_is_not_edited():
    with pytest.raises(Problems, match="has no front matter"):
        edited("words", words_of_post(parse(least(), "")), "posts/a.md")


def test_more_tags_than_a_post_may_have_are_not_written():
    with pytest.raises(Problems, match=r"posts/a\.md: tags: 60000 are too many: keep at most 100"):
        change(least(), tags=tuple(f"tag{n}" for n in range(60_000)))
