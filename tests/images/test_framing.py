"""What matters in a photo stays in view and out from under the words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ImageError
from bot.images.photos import Photo
from bot.images.photos.faces import faces
from bot.images.photos.framing import Framing, focus_point, framed, suits
from bot.images.photos.saliency import interest
from tests.images import photos_made

PAGE = (1080, 1350)
TOP, BOTTOM = ("top", (68, 68, 1012, 600)), ("bottom", (68, 750, 1012, 1282))


def photo(size=(2560, 1920), at=(0.5, 0.5), faces=()):
    """A photo that is interesting around one point only."""
    grid = [[0] * 28 for _ in range(21)]
    for row in range(-1, 2):
        for column in range(-1, 2):
            grid[min(20, max(0, int(at[1] * 21) + row))][min(27, max(0, int(at[0] * 28) + column))] = 255
    return Photo("images/a.jpg", "", Path("a.jpg"), *size, tuple(map(tuple, grid)), tuple(faces))


def seen(framing, point, size=(2560, 1920)):
    """Where a point of the photo is on the page, as shares of it."""
    left, top, right, bottom = framing.box
    return (point[0] * size[0] - left) / (right - left), (point[1] * size[1] - top) / (bottom - top)


@pytest.mark.parametrize("x", [0.05, 0.3, 0.5, 0.8, 0.95])
def test_the_subject_stays_in_view(x):
    framing = framed(photo(at=(x, 0.5)), PAGE)
    assert 0 < seen(framing, (x, 0.5))[0] < 1
    assert (framing.zone, framing.covered) == ("", 0)


@pytest.mark.parametrize(("y", "zone"), [(0.2, "bottom"), (0.8, "top")])
def test_words_stand_where_the_subject_is_not(y, zone):
    framing = framed(photo(at=(0.5, y)), PAGE, words=[TOP, BOTTOM])
    assert framing.zone == zone
    assert framing.covered == 0
    assert suits(framing)


def test_a_subject_in_the_middle_is_brought_out_from_under_the_words_by_going_closer():
    framing = framed(photo((1920, 2400), at=(0.5, 0.52)), PAGE, words=[("bottom", (68, 700, 1012, 1282))])
    assert framing.box[2] - framing.box[0] < 1920
    assert framing.covered < 0.15


def test_a_subject_that_fills_the_photo_wants_a_panel():
    full = Photo("images/a.jpg", "", Path("a.jpg"), 1920, 2400, ((200,) * 20,) * 25)
    assert not suits(framed(full, PAGE, words=[TOP, BOTTOM]))


def test_a_face_is_shown_whole_and_never_under_words():
    face = (0.7, 0.1, 0.95, 0.45)
    framing = framed(photo(at=(0.1, 0.5), faces=[face]), PAGE, words=[TOP, BOTTOM])
    left, right = seen(framing, face[:2])[0], seen(framing, face[2:])[0]
    assert 0 <= left < right <= 1
    assert framing.zone == "bottom"
    assert not framing.face


def test_words_on_a_face_do_not_suit():
    framing = framed(photo((1920, 2400), at=(0.1, 0.1), faces=[(0.1, 0.3, 0.9, 0.98)]), PAGE, words=[BOTTOM])
    assert framing.face
    assert not suits(framing)


@pytest.mark.parametrize("focus", ["10% 50%", "50% 50%", "90% 50%"])
def test_a_persons_focus_outdoes_what_the_program_finds(focus):
    x, y = focus_point(focus)
    framing = framed(photo(at=(1 - x, 0.5)), PAGE, focus)
    across, _ = seen(framing, (x, y))
    assert 0 < across < 1
    assert abs(across - 0.5) < 0.1 or framing.box[0] < 1 or framing.box[2] > 2559


def test_a_focus_comes_near_the_middle_of_what_the_words_leave_free():
    framing = framed(photo((1500, 1920 * 2), at=(0.5, 0.1)), PAGE, "50% 50%", [BOTTOM])
    assert seen(framing, (0.5, 0.5), (1500, 3840))[1] == pytest.approx(750 / 1350 / 2, abs=0.05)


@pytest.mark.parametrize("focus", ["30", "30% ", "30%,60%", "101% 5%", "-1% 5%", "left top", "٣% 5%", "5% 5%\0"])
def test_a_focus_that_is_none_says_how_to_write_one(focus):
    with pytest.raises(ImageError, match='such as "30% 60%"'):
        framed(photo(), PAGE, focus)


sizes = st.tuples(st.integers(600, 4000), st.integers(600, 4000))
shares = st.floats(0, 1)


@given(sizes, st.tuples(st.integers(300, 1920), st.integers(300, 1920)), shares, shares, st.booleans())
def test_what_is_shown_lies_in_the_photo_and_has_the_shape_of_the_box(size, page, x, y, by_hand):
    here = photo(size, (x, y))
    zones = [("top", (20, 20, page[0] - 20, page[1] // 2)), ("right", (page[0] // 2, 20, page[0], page[1]))]
    framing = framed(here, page, f"{x:.0%} {y:.0%}" if by_hand else "", zones)
    left, top, right, bottom = framing.box
    assert -1e-6 <= left < right <= size[0] + 1e-6
    assert -1e-6 <= top < bottom <= size[1] + 1e-6
    assert (right - left) / (bottom - top) == pytest.approx(page[0] / page[1])
    assert framing.zone in {"top", "right"}
    assert 0 <= framing.covered <= 1
    assert framing == framed(here, page, f"{x:.0%} {y:.0%}" if by_hand else "", zones)


@pytest.mark.parametrize("at", [(0.2, 0.3), (0.5, 0.5), (0.75, 0.6)])
@pytest.mark.parametrize("size", [(900, 700), (700, 900), (1600, 600)])
def test_the_grid_finds_the_one_thing_in_a_photo(at, size):
    grid = [[max(0, value - 128) for value in row] for row in interest(photos_made.scene(size, at))]
    assert max(len(grid), len(grid[0])) == 28
    mass = sum(map(sum, grid))
    x = sum(n * value for row in grid for n, value in enumerate(row)) / mass / (len(grid[0]) - 1)
    y = sum(n * sum(row) for n, row in enumerate(grid)) / mass / (len(grid) - 1)
    assert (x, y) == pytest.approx(at, abs=0.12)


@pytest.mark.parametrize("kind", photos_made.GROUNDS)
def test_a_grid_is_told_of_any_photo(kind):
    grid = interest(photos_made.ground(kind, (640, 400)))
    assert all(0 <= value <= 255 for row in grid for value in row)


@pytest.mark.parametrize("kind", photos_made.GROUNDS)
def test_no_face_is_seen_where_none_is(kind):
    assert faces(photos_made.ground(kind, (400, 300))) == []


def test_nothing_interesting_is_shown_by_its_middle():
    plain = Photo("images/a.jpg", "", Path("a.jpg"), 2560, 1920, ((0,) * 28,) * 21)
    assert framed(plain, PAGE) == Framing((512.0, 0.0, 2048.0, 1920.0))
