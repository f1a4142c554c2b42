"""How a picture looks is chosen at the desk: its layout, its colours, its photo, what of the photo is kept in view."""

import io
import re

import pytest
from PIL import Image as Pillow

from bot.posts import parse
from tests.web.conftest import Visitor
from tests.web.test_desk_pages import words

PHOTO = "images/backgrounds/warm-stones.jpg"
GPS = b"SECRET-PLACE"


def jpeg(width=1600, height=1200, kind="JPEG"):
    """A photo that says where it was taken."""
    picture = Pillow.linear_gradient("L").resize((width, height)).convert("RGB")
    out, told = io.BytesIO(), Pillow.Exif()
    told[0x010E] = GPS.decode()
    picture.save(out, kind, exif=told)
    return out.getvalue()


@pytest.fixture
def studio(visitor):
    """A post with a picture of words, and a photo that could be behind them."""
    (visitor.folder / "images" / "backgrounds").mkdir()
    (visitor.folder / PHOTO).write_bytes(jpeg())
    visitor.write("feet", "Feet are kind.", headline="Feet are kind to you")
    return visitor


def save(studio, follow=True, files=None, **fields):
    fields = {name.replace("_", "-"): value for name, value in fields.items()}
    fields = {"then": "save", "sha256": studio.sha256("feet"), **fields}
    return studio.post("/posts/feet/edit", files=files, follow=follow, **fields)


def shown(studio, **fields):
    fields = {name.replace("_", "-"): value for name, value in fields.items()}
    return studio.post("/posts/feet/preview", sha256=studio.sha256("feet"), **fields)


def image(studio):
    path = studio.folder / "posts" / "feet.md"
    return parse(path.read_text("utf-8"), str(path)).images[0]


def test_what_is_chosen_is_written_and_nothing_else(studio):
    path = studio.folder / "posts" / "feet.md"
    before = path.read_text("utf-8")
    assert save(studio, template_0="photo", photo_0=PHOTO, of_0=PHOTO, focus_0="30% 60%", credit_0="Jo Lee").ok
    lines = 'template = "photo"\nphoto = "images/backgrounds/warm-stones.jpg"\nfocus = "30% 60%"\ncredit = "Jo Lee"\n'
    spoken = 'alt = "Feet are kind to you. Behind the words: a photo."'
    after = before.replace("[[image]]\n", f"[[image]]\n{lines}").replace('alt = "Feet are kind to you"', spoken)
    assert path.read_text("utf-8") == after


def test_the_lines_of_a_list_are_typed_one_below_the_other(studio):
    save(studio, template_0="list", items_0="- Less tension\r\n\r\n• More calm \r\n3. Deeper sleep", support_0="")
    assert image(studio).items == ("Less tension", "More calm", "Deeper sleep")
    again = studio.get("/posts/feet/edit").text
    assert "Less tension\nMore calm\nDeeper sleep</textarea>" in again


def test_what_another_layout_would_show_is_not_saved_with_this_one(studio):
    save(studio, template_0="quote", items_0="One\nTwo", number_0="20", photo_0=PHOTO, of_0=PHOTO, credit_0="Jo")
    assert (image(studio).items, image(studio).number, image(studio).photo, image(studio).credit) == ((), "", "", "")


def test_what_was_told_of_one_photo_is_not_told_of_another(studio):
    other = PHOTO.replace("warm", "cold")
    (studio.folder / other).write_bytes(jpeg(1500))
    told = {"credit_0": "Jo Lee", "consent_0": "Ann, in writing", "focus_0": "30% 60%"}
    save(studio, template_0="photo", photo_0=PHOTO, of_0=PHOTO, **told)
    save(studio, template_0="photo", photo_0=other, of_0=PHOTO, **{**told, "credit_0": "Kim"})
    assert (image(studio).photo, image(studio).credit) == (other, "Kim")
    assert (image(studio).consent, image(studio).focus) == ("", "")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("photo_0", "../../etc/passwd"),
        ("photo_0", "images/backgrounds/../../config.toml"),
        ("photo_0", "config.toml"),
        ("template_0", "../quote"),
        ("colours_0", "pink"),
    ],
)
def test_what_was_not_offered_is_not_chosen(studio, field, value):
    before = (studio.folder / "posts" / "feet.md").read_bytes()
    said = save(studio, **{"template_0": "photo", field: value})
    assert said.status_code == 422
    assert "Choose one of those that are shown" in words(said)
    assert (studio.folder / "posts" / "feet.md").read_bytes() == before


@pytest.mark.parametrize(
    "name", ["../config.toml", "..%2f..%2fconfig.toml", "backgrounds/none.jpg", "feet.jpg", "%2e/a"]
)
@pytest.mark.parametrize("size", ["small", "large", "whole"])
def test_no_address_shows_a_file_that_is_no_photo_of_a_post(studio, name, size):
    assert studio.get(f"/photos/{size}/{name}").status_code == 404


def test_a_photo_is_shown_small_and_without_what_its_file_tells(studio):
    assert GPS in (studio.folder / PHOTO).read_bytes()
    [small] = set(re.findall(r"/photos/small/[^\"]+", studio.get("/posts/feet/edit").text))
    answer = studio.get(small)
    assert Pillow.open(io.BytesIO(answer.content)).size == (240, 180)
    assert GPS not in answer.content
    assert "immutable" in answer.headers["Cache-Control"]


def test_a_given_photo_is_taken_in_under_a_plain_name_and_chosen(studio):
    given = {"upload-0": ("../../Füße am Strand.JPG", jpeg(1700))}
    studio.post("/posts/feet/edit", files=given, then="save", sha256=studio.sha256("feet"), **{"template-0": "photo"})
    assert image(studio).photo == "images/backgrounds/fue-am-strand.jpg"
    assert (studio.folder / image(studio).photo).read_bytes() == jpeg(1700)
    assert len(list((studio.folder / "images" / "backgrounds").iterdir())) == 2


def test_the_same_photo_given_again_is_the_one_that_is_there_and_another_gets_a_name_of_its_own(studio):
    for content in (jpeg(), jpeg(1700)):
        fragment = studio.post("/posts/feet/photo", files={"upload-0": ("warm stones.jpg", content)}, at="0")
        assert fragment.ok
    found = sorted(one.name for one in (studio.folder / "images" / "backgrounds").iterdir())
    assert found == ["warm-stones-2.jpg", "warm-stones.jpg"]
    assert re.search(r'value="images/backgrounds/warm-stones-2.jpg"[^>]* checked', fragment.text)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("bomb.jpg", b"GIF89a" + b"\0" * 99, "is a GIF"),
        ("script.jpg", b"<svg onload=alert(1)>", "is an SVG drawing"),
        ("page.png", b"<!doctype html>", "no photo that can be read"),
        ("cut.jpg", jpeg()[:4000], "damaged or was cut off"),
        ("tiny.jpg", jpeg(200, 200), "too small (200 x 200 pixels)"),
        ("none.jpg", b"", "is empty"),
    ],
)
@pytest.mark.parametrize("address", ["/posts/feet/edit", "/posts/feet/photo"])
def test_what_is_no_photo_is_refused_with_a_sentence_and_not_kept(studio, name, content, told, address):
    fields = {"then": "save", "sha256": studio.sha256("feet"), "at": "0", "headline-0": "Typed anew"}
    said = studio.post(address, files={"upload-0": (name, content)}, **fields)
    assert re.search(rf"Your photo is [^<]*{re.escape(told.removeprefix('is '))}", said.text)
    assert "Typed anew" in said.text or address.endswith("photo")
    assert [one.name for one in (studio.folder / "images" / "backgrounds").iterdir()] == ["warm-stones.jpg"]
    assert image(studio).headline == "Feet are kind to you"


def test_what_cannot_be_drawn_is_said_beside_the_last_good_picture(studio):
    good = shown(studio, headline_0="Feet are kind")
    [name] = re.findall(r'name="seen" form="writing" value="([0-9a-f]{64})"', good.text)
    bad = shown(studio, headline_0="feet " * 90, seen=name)
    assert re.search(r'tone trouble">[^<]*\bfit\b[^<]*\d+ words', bad.text)
    assert re.search(rf'class="large old" src="/tried/{name}\.jpg"', bad.text)
    for template, told in (
        ("photo", "Choose a photo."),
        ("list", "Write the lines of the list."),
        ("number", "Write t"),
    ):
        assert told in shown(studio, template_0=template, seen="../../config").text
    assert "config" not in shown(studio, template_0="photo", seen="../../config").text


def test_without_a_script_a_button_shows_what_it_would_become_and_nothing_is_saved(studio):
    before = (studio.folder / "posts" / "feet.md").read_bytes()
    page = save(studio, then="show", template_0="photo", photo_0=PHOTO, of_0="", headline_0="Warm stones")
    assert page.ok
    [address] = re.findall(r'class="large" src="(/tried/[0-9a-f]{64}\.jpg)"', page.text)
    assert Pillow.open(io.BytesIO(studio.get(address).content)).size == (1080, 1350)
    assert re.search(r'value="photo" checked', page.text)
    assert 'data-guard="unsaved"' in page.text
    assert (studio.folder / "posts" / "feet.md").read_bytes() == before


def test_another_size_is_shown_with_the_account_that_gets_it(tmp_path):
    visitor = Visitor(tmp_path / "studio", '[accounts.studio-x]\nnetwork = "x"\n')
    try:
        path = visitor.write("feet", "Feet are kind.", headline="Feet are kind to you")
        path.write_text(path.read_text().replace('["feed"]', '["feed", "studio-x"]'))
        page = visitor.get("/posts/feet")
        assert "On studio-x" in words(page)
        [wide] = re.findall(r'href="(/pictures/feet/0-1200x675\.jpg[^"]*)"', page.text)
        assert Pillow.open(io.BytesIO(visitor.get(wide).content)).size == (1200, 675)
        tried = visitor.post("/posts/feet/preview", sha256=visitor.sha256("feet"), **{"colours-0": "bold"})
        [small] = re.findall(r'src="(/tried/small-[0-9a-f]{64}\.jpg)"', tried.text)
        assert Pillow.open(io.BytesIO(visitor.get(small).content)).size == (240, 135)
    finally:
        visitor.close()


def test_a_picture_among_several_is_looked_at_by_its_number(studio):
    path = studio.folder / "posts" / "feet.md"
    path.write_text(path.read_text().replace("+++\nFeet", '[[image]]\nheadline = "And strong"\n+++\nFeet'))
    page = shown(studio, at="1", template_1="closing")
    assert 'alt="And strong. Page 2 of 2."' in page.text
    assert page.text.count("/tried/small-") == 2
    assert shown(studio, at="7").ok
    assert shown(studio, at="²").ok
