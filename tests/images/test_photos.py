"""A photo is made clean once, whatever it was; what cannot be is refused in one sentence that says what to do."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import re
import socket
import zlib

import pytest
from PIL import Image, ImageStat

from bot.errors import ImageError
from bot.images.photos import BYTES_MAX, Photos, intake
from tests.images import photos_made
from tests.images.photos_made import chunk, png, saved, scene

SIZE = (900, 700)
HEIC = importlib.util.find_spec("pillow_heif")


@pytest.fixture
def shelf(tmp_path):
    (tmp_path / "images" / "backgrounds").mkdir(parents=True)
    return tmp_path


def put(shelf, content, name="images/backgrounds/feet.jpg"):
    (shelf / name).write_bytes(content)
    return name


def found(shelf, content):
    photo = Photos(shelf).find(put(shelf, content))
    return photo, Image.open(io.BytesIO(photo.clean.read_bytes()))


def rough(size, mode="RGB"):
    return Image.frombytes(mode, size, os.urandom(size[0] * size[1] * len(mode)))


def middle(picture):
    return picture.convert("RGB").getpixel((picture.width // 2, picture.height // 2))


def test_a_photo_comes_back_with_all_that_is_told_of_it(shelf):
    photo, picture = found(shelf, saved(scene(SIZE)))
    assert (photo.width, photo.height) == picture.size == SIZE
    assert (picture.format, picture.mode) == ("JPEG", "RGB")
    assert photo.clean.parent == shelf / "images" / ".photos"
    assert len(photo.interest) == 22
    assert {len(row) for row in photo.interest} == {28}
    assert photo.faces == ()
    assert photo.name == "images/backgrounds/feet.jpg"


@pytest.mark.parametrize("number", range(1, 9))
def test_a_photo_stands_upright_however_the_camera_was_held(shelf, number):
    _, picture = found(shelf, photos_made.turned(number))
    assert picture.size == (900, 600)
    assert picture.getpixel((200, 100))[0] > 220
    assert picture.getpixel((700, 400))[0] < 80


def test_nothing_is_said_of_where_and_by_whom(shelf):
    content = saved(scene(SIZE), comment=b"taken at home", xmp=b"<x:xmpmeta>GPS</x:xmpmeta>", dpi=(300, 300))
    for given in (photos_made.turned(6), content):
        photo, picture = found(shelf, given)
        assert not picture.getexif()
        assert not {"exif", "xmp", "comment", "icc_profile", "photoshop"} & set(picture.info)
        assert not re.search(rb"GPS|client|home|Exif|http", photo.clean.read_bytes())


@pytest.mark.parametrize(
    ("profile", "colour", "meant"),
    [
        (photos_made.DISPLAY_P3, (200, 100, 50), (216, 92, 24)),
        (photos_made.ADOBE_RGB, (100, 180, 100), (0, 181, 95)),
    ],
)
def test_colours_are_what_their_profile_means(shelf, profile, colour, meant):
    _, picture = found(shelf, saved(Image.new("RGB", SIZE, colour), icc_profile=profile, quality=95))
    assert max(abs(one - other) for one, other in zip(middle(picture), meant, strict=True)) <= 6


def test_a_grey_photo_with_a_profile_of_its_own_is_lighter_where_that_says_so(shelf):
    _, plain = found(shelf, saved(Image.new("L", SIZE, 100)))
    assert middle(plain)[0] in range(98, 103)
    _, picture = found(shelf, saved(Image.new("L", SIZE, 100), icc_profile=photos_made.GREY))
    assert middle(picture)[0] > 150


def bits16(value):
    row = b"\0" + value.to_bytes(2) * 3 * 640
    return png(640, 640, chunk(b"IDAT", zlib.compress(row * 640)), depth=16)


READ = {
    "jpeg": saved(scene(SIZE)),
    "progressive": saved(scene(SIZE), progressive=True),
    "cmyk": saved(scene(SIZE).convert("CMYK")),
    "cmyk with a profile of other colours": saved(scene(SIZE).convert("CMYK"), icc_profile=photos_made.DISPLAY_P3),
    "grey": saved(scene(SIZE).convert("L")),
    "a broken profile": saved(scene(SIZE), icc_profile=b"not a profile" * 20),
    "a profile of grey": saved(scene(SIZE), icc_profile=photos_made.GREY),
    "broken exif": saved(scene(SIZE), exif=b"Exif\0\0MM\0*\xff\xff\xff\xff\xff\xff"),
    "orientation 99": photos_made.turned(99),
    "words after the end": saved(scene(SIZE)) + b"<?php" * 1000,
    "png": saved(scene(SIZE), "PNG"),
    "png of 16 bits": bits16(30_000),
    "grey png of 16 bits": saved(Image.new("I;16", SIZE, 30_000), "PNG"),
    "palette": saved(scene(SIZE).quantize(64), "PNG"),
    "palette with a hole": saved(scene(SIZE).quantize(64), "PNG", transparency=0),
    "one bit": saved(scene(SIZE).convert("1"), "PNG"),
    "grey with alpha": saved(scene(SIZE).convert("LA"), "PNG"),
    "alpha": saved(scene(SIZE).convert("RGBA"), "PNG"),
    "webp": saved(scene(SIZE), "WEBP"),
    "lossless webp": saved(scene(SIZE), "WEBP", lossless=True),
    "webp with alpha": saved(scene(SIZE).convert("RGBA"), "WEBP"),
    "text in a png": saved(scene(SIZE), "PNG")[:-12] + chunk(b"tEXt", b"a\0b") + chunk(b"IEND", b""),
    "just large enough": saved(scene((600, 600))),
    "four times as long": saved(scene((2400, 600))),
    "two pictures in one (MPO)": saved(scene(SIZE), "MPO", save_all=True, append_images=[scene(SIZE)]),
}


@pytest.mark.parametrize("content", READ.values(), ids=READ)
def test_what_people_have_is_read(shelf, content):
    photo, picture = found(shelf, content)
    assert picture.mode == "RGB"
    assert picture.size == (photo.width, photo.height)
    picture.load()


def test_sixteen_bits_keep_their_light(shelf):
    for content in (READ["png of 16 bits"], READ["grey png of 16 bits"]):
        assert abs(middle(found(shelf, content)[1])[0] - 117) <= 2


def test_what_shines_through_is_paper(shelf):
    _, picture = found(shelf, saved(Image.new("RGBA", SIZE, (0, 0, 0, 0)), "PNG"))
    assert middle(picture) == (255, 255, 255)


def bomb(width, height):
    return png(width, height, chunk(b"IDAT", zlib.compress(bytes(1000))))


def textbomb():
    return png(640, 640, *[chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(60_000_000)))] * 4)


def animated(form):
    return saved(scene(SIZE), form, save_all=True, append_images=[scene(SIZE, (0.2, 0.2))], duration=100)


JPEG, PNG, WEBP = saved(scene(SIZE)), saved(rough((640, 640)), "PNG"), saved(rough((640, 640)), "WEBP")
REFUSED = {
    "empty": (b"", "is empty"),
    "one byte": (b"\xff", "no photo"),
    "a text": (b"Dear diary,\n" * 100, "no photo"),
    "zeros": (bytes(5000), "no photo"),
    "gif": (saved(scene(SIZE), "GIF"), "is a GIF: save it as JPEG or PNG"),
    "bmp": (saved(scene(SIZE), "BMP"), "is a BMP"),
    "tiff": (saved(scene(SIZE), "TIFF"), "is a TIFF"),
    "big-endian tiff": (b"MM\0*" + bytes(300), "is a TIFF"),
    "icon": (saved(scene((64, 64)), "ICO"), "is an icon"),
    "avif": (b"\0\0\0\x20ftypavif" + bytes(300), "is an AVIF"),
    "jpeg 2000": (saved(scene(SIZE), "JPEG2000"), "JPEG 2000"),
    "jpeg xl": (b"\xff\x0a" + bytes(300), "JPEG XL"),
    "photoshop": (b"8BPS\0\1" + bytes(300), "Photoshop"),
    "pdf": (b"%PDF-1.7\n", "is a PDF"),
    "postscript": (b"%!PS-Adobe\n/x { exec } def", "PostScript"),
    "svg": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
    "html": (b"<html><img src=x></html>", "no photo"),
    "film": (b"\0\0\0\x20ftypisom" + bytes(300), "is a film"),
    "matroska": (b"\x1a\x45\xdf\xa3" + bytes(300), "is a film"),
    "zip": (b"PK\3\4" + bytes(300), "no photo"),
    "wav": (b"RIFF\0\0\0\0WAVEfmt " + bytes(300), "no photo"),
    "moving png": (animated("PNG"), "moves"),
    "moving webp": (animated("WEBP"), "moves"),
    "tiny": (saved(scene((64, 64))), "too small (64 x 64"),
    "small": (saved(scene((1200, 599))), r"too small \(1200 x 599"),
    "slim": (saved(scene((2500, 600))), r"too slim \(2500 x 600"),
    "one line": (saved(Image.new("RGB", (5000, 1))), "too small"),
    "half a jpeg": (JPEG[: len(JPEG) // 2], "damaged or was cut off"),
    "the head of a jpeg": (JPEG[:200], "damaged or was cut off"),
    "three bytes of a jpeg": (JPEG[:3], "damaged"),
    "half a png": (PNG[: len(PNG) // 2], "damaged"),
    "the head of a png": (PNG[:30], "damaged"),
    "eight bytes of a png": (PNG[:8], "damaged"),
    "half a webp": (WEBP[: len(WEBP) // 2], "damaged"),
    "the head of a webp": (WEBP[:20], "damaged"),
    "a png without pixels": (png(640, 640), "damaged"),
    "a png with few pixels": (bomb(640, 640), "damaged"),
    "a png with a wrong sum": (PNG[:2000] + b"\0\1" + PNG[2002:], "damaged"),
    "a png of garbage": (png(640, 640, chunk(b"IDAT", b"garbage" * 500)), "damaged"),
    "a png of no size": (png(0, 640), "damaged|small"),
    "a png with a bad depth": (png(640, 640, depth=7), "damaged"),
    "a png bomb": (bomb(60_000, 60_000), "pixels"),
    "a png bomb of 2 ** 31": (bomb(2**31 - 1, 2**31 - 1), "pixels|damaged"),
    "a flat png of 30 million": (saved(Image.new("L", (6000, 5000)), "PNG"), "too large .*24 million"),
    "a see-through png of 20 million": (saved(Image.new("LA", (5000, 4000)), "PNG"), "too large .*16 million"),
    "a webp of 12 million": (saved(Image.new("RGB", (4000, 3000)), "WEBP"), "too large .*9 million"),
    "texts that swell": (textbomb(), "damaged"),
    "a profile that swells": (png(640, 640, chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(90_000_000)))), "damaged"),
    "a jpeg bomb": (photos_made.restated(JPEG, 65_500, 65_500), "pixels"),
    "a jpeg that lies": (photos_made.restated(JPEG, 9000, 7000), "damaged"),
    "a jpeg of no size": (photos_made.restated(JPEG, 0, 0), "damaged|small"),
    "a large progressive jpeg": (
        photos_made.restated(saved(scene(SIZE), progressive=True), 10_000, 9000) + bytes(400_000),
        "progressive JPEG of 10000 x 9000",
    ),
    "jpeg markers without end": (b"\xff\xd8\xff" + b"\xe1\0\x02\xff" * 50_000, "damaged"),
    "a jpeg that begins anew": (b"\xff\xd8\xff\xd8" * 5000, "damaged|no photo"),
    "a heic of nothing": (b"\0\0\0\x18ftypheic" + bytes(500), "damaged|needs one more package"),
    "a file of 41 MB": (JPEG + bytes(BYTES_MAX), "larger than 40 MB"),
}


@pytest.mark.parametrize(("content", "why"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_in_one_sentence(shelf, content, why):
    name = put(shelf, content)
    with pytest.raises(ImageError, match=why.replace("(64", r"\(64")) as caught:
        Photos(shelf).find(name)
    said = str(caught.value)
    assert said.startswith(f"{name}: ")
    assert "\n" not in said
    assert len(said) < 250
    assert not list(shelf.glob("images/.photos/*"))


def test_a_lying_name_does_no_harm(shelf):
    name = put(shelf, PNG, "images/backgrounds/feet.heic")
    assert Photos(shelf).find(name).width == 640


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "/etc/passwd", "../feet.jpg", "images/../feet.jpg", "documents/feet.jpg", "images\\feet.jpg"),
        *("images/a\nb.jpg", "images/a\0b.jpg", "images/.photos/0.jpg"),
    ],
)
def test_only_what_is_in_images_is_a_photo(shelf, name):
    with pytest.raises(ImageError, match="is not in images/"):
        Photos(shelf).find(name)


def test_what_is_no_file_is_refused(shelf):
    os.mkfifo(shelf / "images" / "pipe.jpg")
    (shelf / "images" / "folder.jpg").mkdir()
    (shelf / "images" / "circle.jpg").symlink_to(shelf / "images" / "circle.jpg")
    (shelf / "images" / "lost.jpg").symlink_to("/nonexistent/feet.jpg")
    (shelf / "images" / "out.jpg").symlink_to("/etc/passwd")
    (shelf / "images" / "zero.jpg").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(shelf / "images" / "s.jpg"))
        for name in ("pipe", "folder", "circle", "lost", "out", "zero", "s", "missing", "x" * 300):
            with pytest.raises(ImageError, match=f"^images/{name}.jpg: "):
                Photos(shelf).find(f"images/{name}.jpg")


def test_a_link_within_images_is_followed(shelf):
    put(shelf, JPEG, "images/feet.jpg")
    (shelf / "images" / "same.jpg").symlink_to(shelf / "images" / "feet.jpg")
    assert Photos(shelf).find("images/same.jpg").clean == Photos(shelf).find("images/feet.jpg").clean


def test_a_large_photo_is_made_smaller_and_keeps_its_shape(shelf):
    photo, _ = found(shelf, saved(scene((4000, 3000))))
    assert (photo.width, photo.height) == (2160, 1620)


def test_a_photo_is_made_clean_once(shelf, monkeypatch):
    photo, _ = found(shelf, JPEG)
    monkeypatch.setattr("bot.io.sandbox.run", lambda *_, **__: pytest.fail("was made again"))
    assert Photos(shelf).find(photo.name) == photo


@pytest.mark.parametrize("harm", ["no copy", "half a copy", "no facts", "half the facts", "other facts", "old facts"])
def test_a_damaged_copy_is_made_again(shelf, harm):
    photo, _ = found(shelf, JPEG)
    facts = photo.clean.with_suffix(".jpg.json")
    whole, told = photo.clean.read_bytes(), facts.read_bytes()
    match harm:
        case "no copy":
            photo.clean.unlink()
        case "half a copy":
            photo.clean.write_bytes(whole[:1000])
        case "no facts":
            facts.unlink()
        case "half the facts":
            facts.write_bytes(told[:100])
        case "other facts":
            facts.write_bytes(b"[]")
        case "old facts":
            facts.write_bytes(json.dumps(json.loads(told) | {"version": intake.VERSION - 1}).encode())
    assert Photos(shelf).find(photo.name) == photo
    assert (photo.clean.read_bytes(), facts.read_bytes()) == (whole, told)


def test_a_copy_that_is_lost_while_we_run_is_made_again(shelf):
    photos, name = Photos(shelf), put(shelf, JPEG)
    os.utime(shelf / name, (0, 0))
    photo = photos.find(name)
    os.utime(photo.clean, (0, 0))
    photo.clean.unlink()
    assert photos.find(name).clean.is_file()


def test_another_photo_of_the_same_name_is_another_photo(shelf):
    photos, name = Photos(shelf), put(shelf, JPEG)
    first = photos.find(name)
    put(shelf, PNG)
    assert photos.find(name).sha256 != first.sha256


def test_a_logo_keeps_its_transparency_and_loses_its_border(shelf):
    drawn = Image.new("RGBA", (600, 400), (0, 0, 0, 0))
    drawn.paste((200, 0, 0, 255), (100, 100, 500, 300))
    drawn.paste((0, 0, 0, 0), (200, 150, 300, 250))
    put(shelf, saved(drawn, "PNG"), "logo.png")
    logo = Image.open(io.BytesIO(Photos(shelf).logo("logo.png").read_bytes()))
    assert (logo.format, logo.mode, logo.size) == ("PNG", "RGBA", (400, 200))
    assert logo.getpixel((150, 100))[3] == 0
    assert logo.getpixel((10, 10)) == (200, 0, 0, 255)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<svg></svg>", "is an SVG drawing: save it as JPEG or PNG"),
        (saved(Image.new("RGBA", (300, 300)), "PNG"), "every pixel of it is transparent"),
        (saved(Image.new("RGB", (30, 20)), "PNG"), "too small"),
    ],
)
def test_a_logo_that_cannot_be_drawn_is_refused(shelf, content, why):
    put(shelf, content, "logo.png")
    with pytest.raises(ImageError, match=f"^logo.png: .*{why}"):
        Photos(shelf).logo("logo.png")


@pytest.mark.skipif(not HEIC, reason="pillow-heif is not installed")
def test_a_heic_is_read_where_the_package_is(shelf):
    import pillow_heif

    written = io.BytesIO()
    pillow_heif.from_pillow(scene(SIZE)).save(written)
    photo, picture = found(shelf, written.getvalue())
    assert (photo.width, photo.height) == SIZE
    assert ImageStat.Stat(picture).mean[0] == pytest.approx(ImageStat.Stat(scene(SIZE)).mean[0], abs=3)


@pytest.mark.skipif(bool(HEIC), reason="pillow-heif is installed")
def test_without_the_package_a_heic_says_how_to_get_it(shelf):
    with pytest.raises(ImageError, match=r"pip install 'footnote-bot\[heic\]', or save it as JPEG"):
        Photos(shelf).find(put(shelf, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(500)))
