"""What is in the file: its size and type, its bytes in any process, what it says of itself, and the refusals."""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from PIL import Image as Pillow
from PIL import ImageChops

from bot.errors import ImageError
from bot.images import FORMATS, TEMPLATES, Drawing, draw, drawing_hash, read_hash
from bot.images.gradient import gradient
from bot.images.paint import planned
from bot.model import Image
from tests.images.drawn import BRAND, CREAM, LONG, bare, lines_of, measured_contrast, opened, quote
from tests.images.headlines import FEET, HEADLINES
from tests.images.reading import missed, need_tesseract, plain

CARDS = [quote(*HEADLINES[n], brand=brand) for n in (0, 2, 3, 10, 12, 19) for brand in (BRAND, CREAM, LONG)]
SIZES = [quote(*HEADLINES[n], size=size) for n in (0, 6, 12) for size in FORMATS]
CARD = CARDS[0]


@pytest.mark.parametrize("drawing", CARDS + SIZES)
def test_the_file_is_a_plain_rgb_jpeg_of_the_promised_size(drawing):
    jpeg = draw(drawing)
    found = Pillow.open(BytesIO(jpeg))
    assert (found.format, found.mode) == ("JPEG", "RGB")
    assert f"{found.width}x{found.height}" == drawing.size
    assert not found.getexif()
    assert all((across, down) == (1, 1) for _, across, down, _ in found.layer)
    assert len(jpeg) < 1_000_000


@pytest.mark.parametrize("drawing", CARDS + SIZES)
def test_nothing_is_drawn_outside_the_safe_area(drawing):
    drawn = opened(draw(drawing))
    changed = ImageChops.difference(drawn, bare(drawing)).convert("L")
    left, top, right, bottom = (inset // 8 * 8 for inset in FORMATS[drawing.size].safe)  # JPEG works in blocks of 8
    changed.paste(0, (left, top, drawn.width - right, drawn.height - bottom))
    assert changed.getbbox() is None


@pytest.mark.parametrize("drawing", CARDS)
def test_every_line_stands_out_from_what_is_behind_it(drawing):
    drawn, ground = opened(draw(drawing)), bare(drawing)
    for _, line, box in lines_of(planned(drawing).page):
        assert measured_contrast(drawn.crop(box), ground.crop(box)) >= 4.5, line


def test_the_same_words_give_the_same_bytes_in_any_process():
    code = (
        "import hashlib; from bot.images import Drawing, draw; from bot.model import Brand, Image\n"
        f"image = Image({CARD.image.headline!r}, {CARD.image.support!r})\n"
        "print(hashlib.sha256(draw(Drawing(image, Brand('Qüiet', '@q'), page=2, pages=3))).hexdigest())"
    )
    worlds = [("0", "C.UTF-8", "UTC"), ("1", "C", "Asia/Tokyo"), ("777", "de_DE.UTF-8", "America/New_York")]
    found = {
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "LANG": lang, "LC_ALL": lang, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, lang, zone in worlds
    }
    assert len(found) == 1


def test_threads_draw_the_same_as_one_alone():
    drawings = [quote(*HEADLINES[n]) for n in range(8)]
    alone = [draw(drawing) for drawing in drawings]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(draw, drawings)) == alone


@pytest.mark.parametrize("mime", ["image/jpeg", "image/png", "image/webp"])
def test_a_picture_says_what_it_was_drawn_from_and_what_stands_in_it(mime):
    drawing = replace(CARD, mime=mime, source="documents/feet & hands.txt")
    picture = draw(drawing)
    assert read_hash(picture) == drawing_hash(drawing)
    packet = ElementTree.fromstring(Pillow.open(BytesIO(picture)).info["xmp"])
    said = {child.tag.partition("}")[2]: "".join(child.itertext()) for found in packet.iter() for child in found}
    (description,) = packet.iterfind(".//{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description")
    assert description.get("{http://purl.org/dc/elements/1.1/}source") == "documents/feet & hands.txt"
    assert said["AltTextAccessibility"].startswith(CARD.image.headline)
    assert "Quiet Feet Studio" in said["rights"]


@pytest.mark.parametrize("other", [b"", b"\xff\xd8", b"\xff\xd8\xff\xfe", b"\x89PNG", b"\xff\xd8\xff\xfe\x00\x00" * 9])
def test_a_foreign_file_carries_no_hash(other):
    assert read_hash(other) == ""


def test_the_hash_changes_with_what_the_file_depends_on_and_with_nothing_else():
    image = CARD.image
    others = [
        replace(CARD, image=replace(image, headline="Other words.")),
        replace(CARD, image=replace(image, support="")),
        replace(CARD, image=replace(image, colours="bold")),
        replace(CARD, image=replace(image, alt="spoken")),
        replace(CARD, brand=CREAM),
        replace(CARD, size="1200x675"),
        replace(CARD, page=2, pages=3),
        replace(CARD, source="documents/a.txt"),
        replace(CARD, mime="image/png"),
    ]
    assert len({drawing_hash(drawing) for drawing in (CARD, *others)}) == 1 + len(others)
    assert drawing_hash(replace(CARD, image=replace(image, consent="asked in June"))) == drawing_hash(CARD)


def test_a_file_is_made_as_small_as_its_network_wants():
    whole = draw(CARD)
    small = draw(replace(CARD, bytes_max=len(whole) - 1))
    assert len(small) < len(whole)
    assert opened(small).size == (1080, 1350)
    with pytest.raises(ImageError, match=r"bytes at its smallest, 9,000 are allowed"):
        draw(replace(CARD, bytes_max=9_000))


def test_the_gradient_has_no_band():
    """Along a column no step is larger than dithering makes it, and the two ends are the two colours."""
    ground = gradient(BRAND.background, 1080, 1350)
    assert all(abs(a - b) <= 1 for a, b in zip(ground.getpixel((0, 0)), (0x0D, 0x3B, 0x3E), strict=True))
    assert all(abs(a - b) <= 1 for a, b in zip(ground.getpixel((1079, 1349)), (0x15, 0x53, 0x4A), strict=True))
    column = [ground.getpixel((500, y))[1] for y in range(1350)]
    assert max(abs(a - b) for a, b in pairwise(column)) <= 1


def test_words_can_be_read_back():
    need_tesseract()
    wanted, lost = 0, []
    for n, (headline, support) in enumerate(HEADLINES[:26:2]):
        drawing = quote(headline, support, brand=(BRAND, CREAM)[n % 2])
        drawn = opened(draw(drawing))
        for block in planned(drawing).page.blocks:
            wanted += len(plain(" ".join(block.lines)))
            lost += missed(drawn, block)
    assert len(lost) <= 0.005 * wanted, lost


@pytest.mark.parametrize(
    ("drawing", "says"),
    [
        (quote(" \n"), "headline is empty"),
        (quote("Words.", template="poster"), 'no template "poster" (known: quote, photo'),
        (quote("Words.", photo="p.jpg"), "draws no photo: remove it, or choose photo or split"),
        (quote("Words.", template="list"), "needs items = ...: add it"),
        (quote("Words.", colours="dusk"), 'no colours "dusk" (known: reversed, bold)'),
        (quote("Words.", size="1x1"), 'no format "1x1" (known: 1080x1350'),
        (quote("Words 𓀀."), "U+13000 EGYPTIAN HIEROGLYPH A001"),
        (quote("Words.", "𒀀"), "U+12000"),
        (quote("Words.", brand=replace(BRAND, text_font="Papyrus")), 'font "Papyrus" is neither a bundled family'),
        (quote("Words.", brand=replace(BRAND, ink="red")), '"red" is not a colour'),
        (quote("Words.", brand=replace(BRAND, ink="#556655")), "ink: #556655 has contrast"),
        (quote("Words.", brand=replace(BRAND, studio="Studio " * 30)), "too long for the foot"),
        (replace(CARD, mime="image/gif"), "image/gif cannot be written"),
    ],
)
def test_what_cannot_be_drawn_is_refused_and_named(drawing, says):
    with pytest.raises(ImageError) as refused:
        draw(drawing)
    assert says in str(refused.value)


@pytest.mark.parametrize("size", FORMATS)
def test_a_headline_that_is_too_long_is_refused_with_the_number_of_words_that_fit(size):
    words = [f"treatment{n % 7}" for n in range(90)]
    with pytest.raises(ImageError, match=r"the headline does not fit.*: it has 90 words, (\d+) would fit") as refused:
        draw(quote(" ".join(words), size=size))
    fits = int(re.search(r"(\d+) would", str(refused.value))[1])
    assert 8 < fits < 90
    assert draw(quote(" ".join(words[:fits]), size=size))


def test_a_support_that_is_too_long_is_refused_with_the_number_of_words_that_fit():
    headline, words = "Ashiatsu massage reduces chronic tension.", (FEET + " ") * 6
    says = r"the support does not fit under this headline: it has 162 words, (\d+) would"
    with pytest.raises(ImageError, match=says) as refused:
        draw(quote(headline, words))
    fits = int(re.search(r"(\d+) would", str(refused.value))[1])
    assert draw(quote(headline, " ".join(words.split()[:fits])))


def test_too_many_items_are_refused_with_the_number_that_fits():
    items = tuple(f"Benefit number {n}" for n in range(9))
    with pytest.raises(ImageError, match=r"the 9 items do not fit: 6 of them would"):
        draw(quote("Why it works", template="list", items=items))


def test_forty_words_and_a_support_fit():
    headline = " ".join(("Ashiatsu is good for hard to reach muscles and for rest " * 4).split()[:40]) + "."
    assert draw(quote(headline, "One line below."))


def test_a_word_wider_than_the_page_is_refused_by_name():
    with pytest.raises(ImageError, match=r'"pneumono\w+" is wider than a line; about 2\d of its letters would fit'):
        draw(quote("Beware of pneumonoultramicroscopicsilicovolcanoconiosis"))


def test_a_character_of_another_bundled_face_is_borrowed():
    assert draw(quote("Knead → rest.", "CO₂ leaves."))


def test_templates_have_versions():
    assert set(TEMPLATES) == {"quote", "photo", "split", "list", "number", "closing"}
    assert all(version >= 1 for version in TEMPLATES.values())


def test_what_a_file_says_of_itself_is_xml_whatever_was_written():
    image = Image("Rest well.", "", "<b>\x00\ufffe</b>", credit="<x>&\"'\x01]]>", licence="\x02")
    packet = Pillow.open(BytesIO(draw(Drawing(image, BRAND)))).info["xmp"]
    said = [found.text for found in ElementTree.fromstring(packet).iter() if found.text]
    assert said.count("<b></b>") == 2


@pytest.mark.parametrize("words", ["\u200d\u200d", "\ufe0f", "\u200e", "\u3164\u3164", "\u061c", "\U000e0041"])
def test_a_headline_without_ink_is_none(words):
    with pytest.raises(ImageError, match="the headline is empty"):
        draw(Drawing(Image(words), BRAND))


def test_a_picture_that_was_changed_is_not_ours_any_more():
    picture = draw(CARD)
    middle = len(picture) // 2
    assert read_hash(picture) == drawing_hash(CARD)
    assert read_hash(picture[:middle] + bytes([picture[middle] ^ 1]) + picture[middle + 1 :]) == ""


def test_no_field_of_a_picture_can_forge_its_hash():
    innocent = drawing_hash(CARD)
    forged = f'footnote:drawing="{innocent}" footnote:bytes="{"0" * 64}"'
    for credit in (forged, f" {forged}", f"footnote:{innocent}"):
        drawing = replace(CARD, image=replace(CARD.image, credit=credit), source=credit)
        assert read_hash(draw(drawing)) == drawing_hash(drawing) != innocent


def test_words_of_any_length_leave_the_file_whole():
    long = replace(CARD, image=replace(CARD.image, alt="é" * 70_000, credit="ü" * 70_000, licence="ö" * 70_000))
    assert read_hash(draw(long)) == drawing_hash(long)
