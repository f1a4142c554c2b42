"""What lies where a picture should be drawn."""

import os

import pytest

from bot.errors import ImageError
from bot.images.kept import keep_picture, why_not
from bot.model import Brand, Image

BRAND = Brand("Quiet Feet Studio", "@quietfeet")
CARD = Image("quote", "Calm feet.")


def folder(path):
    path.mkdir()


def into_nothing(path):
    path.symlink_to("/dev/null")


@pytest.mark.parametrize(
    ("make", "what"), [(folder, "is a folder"), (os.mkfifo, "is not a file"), (into_nothing, "is not a file")]
)
def test_what_is_no_file_is_refused_and_stays(tmp_path, make, what):
    path = tmp_path / "a.jpg"
    make(path)
    with pytest.raises(ImageError, match=f"images/a.jpg {what}: move it away"):
        keep_picture(path, CARD, BRAND)
    assert what in why_not(path, CARD, BRAND)
    assert not path.is_file()
