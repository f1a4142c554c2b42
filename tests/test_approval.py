"""What an approval covers."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.approval import claims_by_line, input_hash, words_of
from bot.errors import UnknownName
from bot.model import Brand, Image, Level, Palette, Post, Source, Status
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


def test_what_was_approved_before_pictures_had_choices_is_approved_still():
    """The hash that version 0.4.0 put on record for the same post."""
    post = Post(
        id="a",
        status=Status.DRAFT,
        accounts=("feed", "studio-x"),
        text="Calm feet.",
        images=(Image("Calm feet", "All day long.", "Calm."),),
        link="https://example.com/",
        tags=("feet",),
    )
    found = input_hash(post, Brand("Quiet Feet", "@quietfeet"), {"quote": 1}, {}, language="en")
    assert found == "036c63e9903cb9e0ad1457b5e79f13dea0333f053b51cde16b9a9d7ca7ffb99c"


@pytest.mark.parametrize(
    "seen",
    [
        {"items": ("Rest",)},
        {"number": "20"},
        {"colours": "reversed"},
        {"focus": "50% 30%"},
        {"licence": "CC BY 4.0"},
        {"consent": "signed 2026-05-01"},
    ],
    ids=str,
)
def test_every_choice_of_a_picture_is_part_of_an_approval(seen):
    assert hash_of(replace(POST, images=(replace(IMAGE, **seen),))) != hash_of()


def test_a_palette_counts_where_it_is_used():
    dusk = Palette(("#000000", "#111111"), "#ffffff", "#ffcc00", "dusk")
    used = replace(POST, images=(replace(IMAGE, colours="dusk"),))
    other = replace(BRAND, palettes=(replace(dusk, ink="#eeeeee"),))
    assert hash_of(brand=replace(BRAND, palettes=(dusk,))) == hash_of()
    assert hash_of(used, brand=replace(BRAND, palettes=(dusk,))) != hash_of(used, brand=other)


def test_a_logo_counts_by_its_bytes():
    branded = replace(BRAND, logo="images/logo.png")
    hashes = {hash_of(brand=branded, photos={**PHOTOS, "images/logo.png": sha}) for sha in ("aa", "bb")}
    assert len(hashes | {hash_of()}) == 3
