"""What lies where a picture should be drawn, and what is drawn there."""

import os
from dataclasses import replace

import pytest

from bot.errors import ImageError
from bot.images import drawing_hash, read_hash
from bot.images.kept import Pictures, Wanted, picture_path
from bot.model import Brand, Image, Post, Status

BRAND = Brand("Quiet Feet Studio", "@quietfeet")
POST = Post("a", Status.DRAFT, ("feed",), "Words.", images=(Image("Calm feet."), Image("Book a session.")))
WIDE = Wanted("1200x675")


@pytest.fixture
def pictures(tmp_path):
    (tmp_path / "images").mkdir()
    return Pictures(tmp_path, BRAND)


def folder(path):
    path.mkdir()


def into_nothing(path):
    path.symlink_to("/dev/null")


def a_photo(path):
    path.write_bytes(b"\xff\xd8\xff\xe0 not one of ours")


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (folder, "is a folder: move it away"),
        (os.mkfifo, "is not a file: move it away"),
        (into_nothing, "is not a file: move it away"),
        (a_photo, "was not drawn by Footnote"),
    ],
)
def test_what_is_no_picture_of_ours_is_refused_and_stays(pictures, make, what):
    path = pictures.root / "images" / "a.jpg"
    make(path)
    before = path.lstat()
    with pytest.raises(ImageError, match=f"images/a.jpg {what}"):
        pictures.keep(POST, 0)
    assert what in pictures.why_not(POST, 0)
    assert path.lstat() == before or not path.is_file()


def test_a_picture_is_drawn_once_and_again_when_it_shows_something_else(pictures):
    path = pictures.root / "images" / "a.jpg"
    drawn, drawing = pictures.keep(POST, 0)
    assert path.read_bytes() == drawn
    assert read_hash(drawn) == drawing_hash(drawing)
    inode = path.stat().st_ino
    assert pictures.keep(POST, 0)[0] == drawn
    assert path.stat().st_ino == inode
    other = replace(POST, images=(Image("Other feet."), POST.images[1]))
    assert pictures.keep(other, 0)[0] != drawn
    assert path.stat().st_ino != inode


def test_each_page_and_each_size_has_a_file_of_its_own(pictures):
    paths = [picture_path(POST, n, wanted) for n in (0, 1) for wanted in (Wanted(), WIDE, Wanted(mime="image/png"))]
    assert paths[:3] == ["images/a.jpg", "images/a--1200x675.jpg", "images/a.png"]
    assert len(set(paths)) == 6
    for n in (0, 1):
        pictures.keep(POST, n, WIDE)
    assert sorted(path.name for path in (pictures.root / "images").glob("a*")) == [
        "a--1200x675.jpg",
        "a--2--1200x675.jpg",
    ]


def test_asking_why_not_writes_nothing(pictures):
    assert pictures.why_not(POST, 0) == ""
    assert "no template" in pictures.why_not(replace(POST, images=(Image("A.", template="poster"),)), 0)
    assert not list((pictures.root / "images").iterdir())
