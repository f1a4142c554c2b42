"""A smaller copy of a picture: how it becomes small."""

from io import BytesIO

import pytest
from PIL import Image

from bot.networks.bluesky.pictures import smaller


@pytest.fixture(scope="module")
def noisy():
    file = BytesIO()
    Image.effect_noise((400, 500), 90).convert("RGB").save(file, "JPEG", quality=98)
    return file.getvalue()


def size_of(content):
    with Image.open(BytesIO(content)) as picture:
        return picture.size


def test_a_lower_quality_comes_before_fewer_pixels(noisy):
    copy = smaller(noisy, len(noisy) // 2)
    assert len(copy) < len(noisy) // 2
    assert size_of(copy) == (400, 500)


def test_what_no_quality_makes_small_loses_pixels_and_keeps_its_shape(noisy):
    copy = smaller(noisy, 10_000)
    width, height = size_of(copy)
    assert len(copy) < 10_000
    assert width < 400
    assert width / height == pytest.approx(0.8, abs=0.02)


def test_the_same_bytes_give_the_same_copy(noisy):
    assert smaller(noisy, 30_000) == smaller(noisy, 30_000)


def test_what_is_seen_through_becomes_a_jpeg(noisy):
    file = BytesIO()
    Image.new("RGBA", (40, 50), (255, 0, 0, 128)).save(file, "PNG")
    with Image.open(BytesIO(smaller(file.getvalue(), 10_000))) as copy:
        assert copy.format == "JPEG"
