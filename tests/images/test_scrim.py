"""Words on any photo are readable on the finished pixels, and the photo is touched no more than that needs."""

from __future__ import annotations

import itertools
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.images.colour import contrast
from bot.images.photos.scrim import lay_scrim
from bot.model import Palette
from tests.images import photos_made

PALETTES = (
    Palette(("#0f3d3e", "#1f6f6b"), "#f7f3ea", "#f2b880"),
    Palette(("#f6efe4", "#e9dcc7"), "#3b2a20", "#a8502d"),
    Palette(("#7c8894", "#6a7680"), "#ffffff", "#7c8894"),
    Palette(("#ffd400", "#ffb000"), "#1a1a1a", "#e00060"),
    Palette(("#0000ff", "#2000c0"), "#ffff00", "#00ff00"),
)
WORDS = ((30, 200, 240, 250), (30, 256, 220, 290), (30, 310, 100, 325))
colours = st.tuples(*[st.integers(0, 255)] * 3)


@lru_cache(4096)
def _contrast(one, other):
    return contrast(one, other)


def worst(picture, box, ink):
    """The contrast that 99.5 of 100 finished pixels under the words have at least."""
    pixels = picture.crop(box)
    counts = sorted((_contrast(ink, colour), count) for count, colour in pixels.getcolors(1 << 20))
    skipped, most = 0, 0.005 * pixels.width * pixels.height
    for value, count in counts:
        skipped += count
        if skipped > most:
            return value
    raise AssertionError


def readable(picture, palette, zone, words=WORDS):
    inks = lay_scrim(picture, words, palette, zone)
    return min(worst(picture, box, ink) for box in words for ink in (inks.ink, inks.soft, inks.accent))


@pytest.mark.parametrize("zone", ["top", "bottom", "left", "right", ""])
@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("kind", photos_made.GROUNDS)
def test_every_ink_is_readable_on_any_photo(kind, palette, zone):
    assert readable(photos_made.ground(kind, (270, 338)), palette, zone) >= 5.0


@settings(max_examples=60, deadline=None)
@given(st.lists(colours, min_size=2, max_size=6), st.integers(1, 9), st.sampled_from(PALETTES), st.integers(0, 1000))
def test_every_ink_is_readable_on_patches_of_any_colours(some, side, palette, seed):
    assert readable(photos_made.patches(some, side, seed, (270, 338)), palette, "bottom") >= 5.0


@pytest.mark.parametrize("palette", PALETTES)
def test_a_dark_calm_photo_keeps_its_pixels(palette):
    picture = Image.new("RGB", (270, 338), (8, 8, 8))
    lay_scrim(picture, WORDS, palette, "bottom")
    assert picture.getcolors() == [(270 * 338, (8, 8, 8))]


def test_a_bright_calm_photo_takes_dark_ink_and_stays_bright():
    picture = Image.new("RGB", (270, 338), (235, 232, 226))
    inks = lay_scrim(picture, WORDS, PALETTES[0], "bottom")
    assert sum(inks.ink) < 150
    assert min(picture.convert("L").getextrema()) > 200


def test_only_rows_near_the_words_are_changed():
    picture = photos_made.ground("noise", (270, 338))
    before = picture.copy()
    lay_scrim(picture, WORDS, PALETTES[0], "bottom")
    upper = (0, 0, 270, 100)
    assert picture.crop(upper).tobytes() == before.crop(upper).tobytes()


def test_words_at_the_side_leave_the_other_side_alone():
    picture = photos_made.ground("white", (480, 270))
    lay_scrim(picture, ((20, 60, 180, 120), (20, 130, 180, 200)), PALETTES[4], "left")
    assert picture.crop((300, 0, 480, 270)).getcolors() == [(180 * 270, (255, 255, 255))]


def test_a_name_in_the_other_corner_gets_a_patch_of_its_own():
    picture = photos_made.ground("noise", (480, 270))
    words = ((20, 60, 180, 120), (400, 240, 470, 260))
    assert readable(picture, PALETTES[0], "left", words) >= 5.0


def test_the_scrim_fades_in_steps_nobody_sees():
    picture = Image.new("RGB", (400, 1000), (150, 150, 150))
    lay_scrim(picture, ((40, 700, 360, 900),), PALETTES[0], "bottom")
    rows = [sum(picture.crop((0, y, 400, y + 1)).convert("L").tobytes()) / 400 for y in range(1000)]
    assert max(abs(one - other) for one, other in itertools.pairwise(rows)) < 2


def test_the_same_photo_is_shaded_the_same():
    one, other = (photos_made.ground("noise", (270, 338)) for _ in range(2))
    assert lay_scrim(one, WORDS, PALETTES[1], "top") == lay_scrim(other, WORDS, PALETTES[1], "top")
    assert one.tobytes() == other.tobytes()


def test_no_words_change_nothing():
    picture = photos_made.ground("white", (100, 100))
    lay_scrim(picture, (), PALETTES[0], "")
    assert picture.getcolors() == [(10_000, (255, 255, 255))]
