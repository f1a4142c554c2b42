"""A picture made smaller."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image as Pillow
from PIL import ImageChops, ImageStat

from bot.errors import ImageError
from bot.images.small import small

SAMPLES = sorted((Path(__file__).parents[2] / "images").glob("*.jpg"))


def opened(jpeg):
    picture = Pillow.open(BytesIO(jpeg))
    picture.load()
    return picture


def made(size, kind="JPEG", mode="RGB"):
    out = BytesIO()
    Pillow.new(mode, size, 90).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:20])
def test_a_sample_picture_becomes_light_and_looks_the_same(path):
    whole = path.read_bytes()
    found = small(whole)
    assert len(found) <= 20_000
    picture = opened(found)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (240, 300))
    expected = opened(whole).resize((240, 300), Pillow.Resampling.LANCZOS)
    assert max(ImageStat.Stat(ImageChops.difference(picture, expected)).mean) < 10  # another sample: 18


def test_a_picture_keeps_its_shape_and_is_never_made_larger():
    assert opened(small(made((1000, 400)), width=100)).size == (100, 40)
    assert opened(small(made((2000, 1)), width=100)).size == (100, 1)
    assert opened(small(made((90, 400)), width=100)).size == (90, 400)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_other_colours_of_jpeg_are_taken_too(mode):
    assert opened(small(made((480, 600), mode=mode))).size == (240, 300)


@pytest.mark.parametrize("broken", [b"", b"words", made((9, 9), "PNG"), SAMPLES[0].read_bytes()[:5000]])
def test_what_is_no_whole_jpeg_is_refused(broken):
    with pytest.raises(ImageError, match="cannot be read as a JPEG"):
        small(broken)
