"""What the owner is told about a brand."""

import subprocess
import sys
from dataclasses import replace

import pytest

from bot.images import check_brand
from bot.images.colour import contrast, ground, hexed, mixed, oklab, rgb, rounded, unlab, worst
from bot.model import Brand

BRAND = Brand("Quiet Feet Studio", "@quietfeet")


def test_the_default_brand_is_sound():
    assert check_brand(BRAND) == []
    behind = ground(BRAND.background)
    assert worst(rgb(BRAND.accent), behind) >= 4.6
    assert worst(rgb(BRAND.ink), behind) >= 7


def test_every_mistake_is_told_at_once():
    found = check_brand(replace(BRAND, ink="#12", accent="gold", headline_font="Comic", text_font="nowhere.ttf"))
    assert len(found) == 4
    assert [line.split(":")[0] for line in found] == ["headline_font", "text_font", "ink", "accent"]


@pytest.mark.parametrize(
    ("key", "colour", "background"),
    [
        ("accent", "#c0813a", ("#0d3b3e", "#15534a")),
        ("ink", "#557788", ("#0d3b3e", "#15534a")),
        ("accent", "#e0a080", ("#fbf3e7", "#eedcc8")),
        ("ink", "#ffffff", ("#ffffff", "#fafafa")),
    ],
)
def test_a_colour_that_cannot_be_read_comes_with_one_that_can(key, colour, background):
    brand = replace(BRAND, ink="#000000", accent="#000000", background=background)
    if background[0] < "#8":
        brand = replace(brand, ink="#ffffff", accent="#ffffff")
    (said,) = check_brand(replace(brand, **{key: colour}))
    better = said.split("write ")[1]
    assert said.startswith(f"{key}: {colour} has contrast")
    assert check_brand(replace(brand, **{key: better})) == []


def test_a_background_nothing_can_be_read_on_is_said_so():
    assert all(
        "no colour is readable" in said for said in check_brand(replace(BRAND, background=("#000000", "#ffffff")))
    )


def test_black_on_white_is_twenty_one_and_the_order_does_not_matter():
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#0d3b3e", "#f2b965", "#ff0000", "#0000ff"])
def test_oklab_comes_back_to_the_same_colour(colour):
    assert hexed(rounded(unlab(mixed(oklab(rgb(colour)), (0.0, 0.0, 0.0), 0)))) == colour


def test_importing_the_room_loads_neither_pillow_nor_fonttools():
    code = "import sys, bot.images; print(sorted({'PIL', 'fontTools', 'regex'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
