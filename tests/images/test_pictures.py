"""What is in the pixels and in the file: size, contrast, safe area, the words a machine can read back."""

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image as Pillow
from PIL import ImageChops

from bot.errors import ImageError
from bot.images import TEMPLATES, compose, draw, drawing_hash, layout, read_hash
from bot.images.colour import contrast
from bot.images.gradient import gradient
from bot.model import Brand, Image
from tests.images.headlines import FEET, HEADLINES

BRAND = Brand("Quiet Feet Studio", "@quietfeet")
CREAM = replace(
    BRAND,
    background=("#fbf3e7", "#eedcc8"),
    ink="#2b1a1a",
    accent="#9a3a26",
    headline_font="Fraunces",
    text_font="Figtree",
)
LONG = replace(BRAND, studio="The Quiet Feet Ashiatsu & Deep Tissue Studio", handle="@quietfeetashiatsustudio")
CARDS = [(Image(*HEADLINES[n]), brand) for n in (0, 2, 3, 10, 12, 19) for brand in (BRAND, CREAM, LONG)]
CARD = Image(*HEADLINES[0])


def picture(jpeg):
    return Pillow.open(BytesIO(jpeg)).convert("RGB")


def bare(brand):
    out = BytesIO()
    gradient(brand.background, layout.WIDTH, layout.HEIGHT).save(out, "JPEG", quality=88, subsampling=0)
    return picture(out.getvalue())


@pytest.mark.parametrize(("image", "brand"), CARDS)
def test_the_file_is_a_plain_rgb_jpeg_of_the_promised_size(image, brand):
    jpeg = draw(image, brand)
    found = Pillow.open(BytesIO(jpeg))
    assert (found.format, found.mode, found.size) == ("JPEG", "RGB", (1080, 1350))
    assert not found.getexif()
    assert all(
        sampling == (1, 1) for _, *sampling, _ in [(*layer,) for layer in found.layer] for sampling in [tuple(sampling)]
    )
    assert len(jpeg) < 1_000_000


@pytest.mark.parametrize(("image", "brand"), CARDS)
def test_nothing_is_drawn_outside_the_safe_area(image, brand):
    changed = ImageChops.difference(picture(draw(image, brand)), bare(brand)).convert("L")
    safe = layout.SAFE // 8 * 8  # JPEG works in blocks of 8
    changed.paste(0, (safe, safe, 1080 - safe, 1350 - safe))
    assert changed.getbbox() is None


@pytest.mark.parametrize(("image", "brand"), CARDS)
def test_every_line_stands_out_from_what_is_behind_it(image, brand):
    drawn, ground = picture(draw(image, brand)), bare(brand)
    for box in line_boxes(image, brand):
        assert measured_contrast(drawn.crop(box), ground.crop(box)) >= 4.5


def line_boxes(image, brand):
    voices = compose.voices(brand)
    foot = compose.footer(brand, voices.footer)
    page = compose.compose(image.headline, image.support, foot, voices)
    for setting, at in ((page.headline, page.headline_at), (page.support, page.support_at)):
        for n in range(len(setting.lines) if setting else 0):
            base = at + n * setting.leading
            yield (layout.LEFT, base - setting.size // 2, layout.WIDTH - layout.LEFT, base)
    middle = layout.WIDTH // 2
    first = layout.FOOT - layout.FOOTER_STEP * (foot.rows - 1)
    yield (layout.LEFT, first - 22, middle, first)
    yield (layout.LEFT if foot.rows == 2 else middle, layout.FOOT - 22, layout.WIDTH - layout.LEFT, layout.FOOT)


def measured_contrast(drawn, ground):
    """The contrast of the strokes' cores (the strongest differences) with the ground just there."""
    pairs = list(zip(pixels(drawn), pixels(ground), strict=True))
    apart = [sum(abs(a - b) for a, b in zip(one, other, strict=True)) for one, other in pairs]
    limit = 0.85 * max(apart)
    ratios = sorted(contrast(*pair) for pair, distance in zip(pairs, apart, strict=True) if distance >= limit)
    return ratios[len(ratios) // 10]


def pixels(part):
    flat = part.tobytes()
    return [tuple(flat[n : n + 3]) for n in range(0, len(flat), 3)]


def test_the_same_words_give_the_same_bytes_in_any_process():
    code = (
        "import hashlib; from bot.images import draw; from bot.model import Brand, Image\n"
        f"print(hashlib.sha256(draw(Image({CARD.headline!r}, {CARD.support!r}), Brand('Qüiet', '@q'))).hexdigest())"
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
    cards = [Image(*HEADLINES[n]) for n in range(8)]
    alone = [draw(card, BRAND) for card in cards]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda card: draw(card, BRAND), cards)) == alone


def test_a_picture_carries_the_hash_of_what_drew_it():
    assert read_hash(draw(CARD, BRAND)) == drawing_hash(CARD, BRAND)


@pytest.mark.parametrize("other", [b"", b"\xff\xd8", b"\xff\xd8\xff\xfe", b"\x89PNG", b"\xff\xd8\xff\xfe\x00\x00" * 9])
def test_a_foreign_file_carries_no_hash(other):
    assert read_hash(other) == ""


def test_the_hash_changes_with_what_is_seen_and_with_nothing_else():
    seen = [
        replace(CARD, headline="Other words."),
        replace(CARD, support=""),
    ]
    hashes = {drawing_hash(image, BRAND) for image in (CARD, *seen)} | {drawing_hash(CARD, CREAM)}
    assert len(hashes) == 4
    assert drawing_hash(replace(CARD, alt="spoken"), BRAND) == drawing_hash(CARD, BRAND)


def test_the_gradient_has_no_band():
    """Along a column no step is larger than dithering makes it, and the two ends are the two colours."""
    ground = gradient(BRAND.background, 1080, 1350)
    assert all(abs(a - b) <= 1 for a, b in zip(ground.getpixel((0, 0)), (0x0D, 0x3B, 0x3E), strict=True))
    assert all(abs(a - b) <= 1 for a, b in zip(ground.getpixel((1079, 1349)), (0x15, 0x53, 0x4A), strict=True))
    column = [ground.getpixel((500, y))[1] for y in range(1350)]
    assert max(abs(a - b) for a, b in pairwise(column)) <= 1


def test_words_can_be_read_back():
    if not shutil.which("tesseract"):
        assert os.environ.get("CI") != "true", "tesseract is missing: the read-back may not be skipped here"
        pytest.skip("tesseract is not installed")
    wanted, read = 0, 0
    for n, (headline, support) in enumerate(HEADLINES[:26:2]):
        brand = (BRAND, CREAM)[n % 2]
        image = Image(headline, support)
        words = plain(f"{headline} {support} {brand.studio}")
        seen = plain(" ".join(recognised(part) for part in parts(image, brand)))
        wanted += len(words)
        read += sum(word in seen for word in words)
    assert read >= 0.97 * wanted


def parts(image, brand):
    """The page in its three blocks: a reader of documents does not expect such different sizes in one."""
    voices = compose.voices(brand)
    rule = compose.compose(image.headline, image.support, compose.footer(brand, voices.footer), voices).rule_at
    drawn = picture(draw(image, brand))
    for top, bottom in ((0, rule - 4), (rule + 12, layout.FOOT - 60), (layout.FOOT - 60, layout.HEIGHT)):
        if image.support or top != rule + 12:
            yield drawn.crop((0, top, layout.WIDTH, bottom))


def plain(text):
    return re.findall(r"[^\W_]+", text.lower().replace("’", "").replace("'", ""))


def recognised(part):
    out = BytesIO()
    part.save(out, "PNG")
    command = ["tesseract", "-", "-", "--psm", "6"]
    one = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    return subprocess.run(command, input=out.getvalue(), env=one, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize(
    ("image", "brand", "says"),
    [
        (Image(" \n"), BRAND, "headline is empty"),
        (Image("Words.", template="poster"), BRAND, 'no template "poster" (known: quote)'),
        (Image("Words.", photo="p.jpg"), BRAND, "draws no photo"),
        (Image("Feel α-waves."), BRAND, 'no font has "α" (U+03B1 GREEK SMALL LETTER ALPHA)'),
        (Image("Rest 🙂 well."), BRAND, "U+1F642 SLIGHTLY SMILING FACE"),
        (Image("Words.", "指圧"), BRAND, "U+6307"),
        (Image("Words."), replace(BRAND, text_font="Papyrus"), 'font "Papyrus" is neither a bundled family'),
        (Image("Words."), replace(BRAND, ink="red"), '"red" is not a colour'),
        (Image("Words."), replace(BRAND, ink="#556655"), "ink: #556655 has contrast"),
        (Image("Words."), replace(BRAND, studio="Studio " * 30), "too long for the foot"),
    ],
)
def test_what_cannot_be_drawn_is_refused_and_named(image, brand, says):
    with pytest.raises(ImageError) as refused:
        draw(image, brand)
    assert says in str(refused.value)


def test_a_headline_that_is_too_long_is_refused_with_the_number_of_words_that_fit():
    words = [f"treatment{n % 7}" for n in range(90)]
    with pytest.raises(ImageError, match=r"the headline does not fit: it has 90 words, (\d+) would fit") as refused:
        draw(Image(" ".join(words)), BRAND)
    fits = int(re.search(r"(\d+) would", str(refused.value))[1])
    assert 20 < fits < 90
    assert draw(Image(" ".join(words[:fits])), BRAND)


def test_a_support_that_is_too_long_is_refused_with_the_number_of_words_that_fit():
    words = (FEET + " ") * 6
    with pytest.raises(
        ImageError, match=r"the support does not fit under this headline: it has 162 words, (\d+) would"
    ):
        draw(Image("Ashiatsu massage reduces chronic tension.", words), BRAND)


def test_forty_words_and_a_support_fit():
    headline = " ".join(("Ashiatsu is good for hard to reach muscles and for rest " * 4).split()[:40]) + "."
    assert draw(Image(headline, "One line below."), BRAND)


def test_a_word_wider_than_the_page_is_refused_by_name():
    with pytest.raises(ImageError, match=r'"pneumono\w+" is wider than a line; about 2\d of its letters would fit'):
        draw(Image("Beware of pneumonoultramicroscopicsilicovolcanoconiosis"), BRAND)


def test_a_character_of_another_bundled_face_is_borrowed():
    assert draw(Image("Knead → rest.", "CO₂ leaves."), BRAND)


def test_templates_have_versions():
    assert TEMPLATES == {"quote": 1}
