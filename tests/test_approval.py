"""What an approval covers."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.approval import claims_by_line, input_hash, words_of
from bot.errors import UnknownName
from bot.model import Brand, Image, Level, Post, Source, Status
from bot.posts import parse

IMAGE = Image("Ashiatsu reduces tension.", "With the feet.", "Alt.", photo="images/feet.jpg", credit="Ann")
POST = Post(
    id="tension",
    status=Status.DRAFT,
    accounts=("feed", "studio-x"),
    text="Words.",
    images=(IMAGE,),
    texts={"studio-x": "Short."},
    link="https://example.com",
    tags=("massage",),
)
BRAND, TEMPLATES, PHOTOS = Brand("Quiet Feet"), {"quote": 1, "plain": 1}, {"images/feet.jpg": "aa"}


def hash_of(post=POST, brand=BRAND, templates=TEMPLATES, photos=PHOTOS, **more):
    return input_hash(post, brand, templates, photos, **more)


SEEN = {
    "text": "Other words.",
    "texts": {"studio-x": "Shorter."},
    "accounts": ("feed",),
    "link": "https://example.org",
    "tags": ("massage", "feet"),
}
UNSEEN = {
    "id": "renamed",
    "status": Status.APPROVED,
    "publish_at": datetime.fromisoformat("2026-12-01T09:00"),
    "not_after": datetime.fromisoformat("2027-01-01"),
    "topic": "tension",
    "path": "posts/a.md",
    "source": Source("documents/a.txt", "bb", ((0, 1),)),
    "accounts": ("studio-x", "feed"),
}
DRAWN = {
    "headline": "x",
    "support": "x",
    "alt": "x",
    "template": "plain",
    "photo": "",
    "credit": "x",
}


@pytest.mark.parametrize("field", SEEN)
def test_an_edit_of_what_is_posted_unapproves(field):
    assert hash_of(replace(POST, **{field: SEEN[field]})) != hash_of()


@pytest.mark.parametrize("field", DRAWN)
def test_an_edit_of_what_is_drawn_unapproves(field):
    assert hash_of(replace(POST, images=(replace(IMAGE, **{field: DRAWN[field]}),))) != hash_of()


@pytest.mark.parametrize("field", UNSEEN)
def test_what_nobody_sees_is_not_covered(field):
    assert hash_of(replace(POST, **{field: UNSEEN[field]})) == hash_of()


def test_the_brand_the_template_the_photo_and_the_language_are_covered():
    changed = [
        hash_of(brand=replace(BRAND, ink="#ffffff")),
        hash_of(templates={"quote": 2}),
        hash_of(photos={"images/feet.jpg": "ab"}),
        hash_of(language="de"),
        hash_of(),
    ]
    assert len(set(changed)) == len(changed)


def test_an_unused_template_is_not_covered():
    assert hash_of(templates={**TEMPLATES, "plain": 9}) == hash_of()


def test_words_cannot_move_between_fields_unseen():
    swapped = replace(IMAGE, headline=IMAGE.support, support=IMAGE.headline)
    assert hash_of(replace(POST, images=(swapped,))) != hash_of()


def test_an_unknown_template_and_a_missing_photo_say_so():
    with pytest.raises(UnknownName, match=r'tension: "quote" is not a template \(known: plain\)'):
        hash_of(templates={"plain": 1})
    with pytest.raises(UnknownName, match=r"the photo images/feet.jpg is missing"):
        hash_of(photos={})


def test_the_words_of_a_post_are_all_that_is_drawn_spoken_or_posted():
    assert words_of(POST) == (
        "Ashiatsu reduces tension.",
        "With the feet.",
        "Ann",
        "Alt.",
        "Words.",
        "Short.",
        "massage",
    )


FLAGGED = """+++
format = 1
id = "a"
status = "draft"
accounts = ["feed"]
[[image]]
headline = "It flushes out toxins."
support = "Calm \\"detox\\" words."
[text]
feed = '''
Calm.
It cures cancer.'''
+++
Calm words.

It flushes out
toxins. It flushes out toxins.
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_claim_is_told_with_the_line_where_its_words_stand(end):
    content = FLAGGED.replace("\n", end)
    found = claims_by_line(parse(content, "posts/a.md"), content)
    told = {(line, claim.rule, claim.words) for line, claim in found}
    assert told == {
        (7, "detox", "toxins"),
        (8, "detox", "detox"),
        (12, "cures a condition", "cures cancer"),
        (12, "cancer", "cancer"),
        (17, "detox", "toxins"),
    }
    assert [line for line, _ in found] == sorted(line for line, _ in found)
    assert [claim.level for line, claim in found if line == 12][:2] == [Level.BLOCK, Level.BLOCK]
