"""Makes the gallery: every template in every format and palette, as contact sheets; `make gallery`.

The page docs/gallery.md is checked against the code by a test; the pictures are made again by hand, when they change.
"""

from __future__ import annotations

import io
import math
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image as Pillow
from PIL import ImageDraw, ImageFilter
from PIL.Image import Image as Picture

from bot.images import FORMATS, TEMPLATES, Drawing, alt_text, palettes
from bot.images.many import draw_all
from bot.images.photos import Photo, Photos
from bot.model import Brand, Image

HERE = Path(__file__).parent
PICTURES = HERE / "pictures"
BRAND = Brand("Quiet Feet Studio", "@quietfeet")
HEIGHT, GAP, PAPER = 270, 16, "#e9e6df"
BYTES_MAX = 250_000

SAMPLES = {
    "quote": Image(
        "Ashiatsu massage reduces chronic tension.",
        "Using the feet as the main tool, the therapist can deliver more pressure over a wider surface.",
    ),
    "photo": Image(
        "Step out of the week.", "An hour of quiet, on Saturdays too.", template="photo", photo="hills", focus="30% 33%"
    ),
    "split": Image("Book the hour after your long run.", "We are open until nine.", template="split", photo="mist"),
    "list": Image(
        "Why runners come back",
        template="list",
        items=("Reaches deep muscles", "Eases tight hips and glutes", "Calms a busy mind"),
    ),
    "number": Image(
        "is all it takes to feel looser after a long run.",
        "Most runners book a session the day after.",
        template="number",
        number="20 min",
    ),
    "closing": Image("Book your session this week.", "example.com/book", template="closing"),
}
"""What each template shows here."""

SAID = {
    "quote": "A sentence on a gradient, and one that carries it. What a post gets that has neither a photo nor a list.",
    "photo": "Words on a photo: where it is calmest, on no more shade than the letters need.",
    "split": "Words on a panel beside the photo: for a photo with no calm part that is large enough.",
    "list": "Up to five lines below a title.",
    "number": "A figure that stands large.",
    "closing": "The last page of a carousel: what to do now, and where.",
}
"""What each template is for."""

CAROUSEL = tuple(SAMPLES[name] for name in ("quote", "number", "list", "photo", "closing"))
ALPHABETS = tuple(
    Image(headline, support)
    for headline, support in (
        ("Μια ώρα ησυχίας για τα πόδια σας.", "Κάθε Σάββατο, ως τις εννιά."),
        ("Час тишины для усталых ног.", "Каждую субботу до девяти вечера."),
        ("Pieds légers, tête claire : une heure pour vous.", "Réservez dès aujourd’hui !"),
        ("Ein Stündchen für müde Füße.", "Jeden Samstag bis 21 Uhr. Wir freuen uns auf Sie. 💛"),
    )
)


OPENING = (
    "Every template in every format and palette, drawn by the program itself (`make gallery`) in the sample's brand. "
    'The photos are made by code, too. One picture by itself: `bot render --headline "Step into relief." -o one.jpg`.'
)


def page() -> str:
    """The text of docs/gallery.md."""
    shown = ", ".join(f"`{name}`" if name else "the brand's own" for name in palettes(BRAND))
    parts = [
        "# The gallery\n",
        f"{OPENING}\n",
        f"Formats, from left to right: {', '.join(FORMATS)}. Palettes, from top to bottom: {shown}.\n",
    ]
    for name, version in TEMPLATES.items():
        parts += [
            f"## {name}\n",
            f"{SAID[name]} (version {version})\n",
            f"![The template {name} in every format and palette](pictures/gallery-{name}.jpg)\n",
            f"Its alt text: “{alt_text(SAMPLES[name])}”\n",
        ]
    parts += [
        "## A carousel\n",
        "Cover, pages, and a closing page that says what to do; the bars above the words count.\n",
    ]
    parts += ["![Five pages of a carousel](pictures/gallery-carousel.jpg)\n", "Their alt texts:\n"]
    parts += [
        "\n".join(f"{n}. “{alt_text(image, page=n, pages=len(CAROUSEL))}”" for n, image in enumerate(CAROUSEL, start=1))
        + "\n",
        "## Alphabets\n",
        "Greek, Cyrillic, accents, French spaces and emoji, with the fonts that come along.\n",
        "![Pictures in Greek, Russian, French and German](pictures/gallery-alphabets.jpg)\n",
    ]
    return "\n".join(parts)


def main() -> None:
    """Draw every sheet, and write the page."""
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as scratch:
        photos = _photos(Path(scratch))
        for name, rows in _sheets(photos):
            content = _jpeg(_sheet(rows))
            (PICTURES / f"gallery-{name}.jpg").write_bytes(content)
            print(f"docs/pictures/gallery-{name}.jpg  {len(content):,} bytes")
    (HERE / "gallery.md").write_text(page(), encoding="utf-8")


def _sheets(photos: dict[str, Photo]) -> Iterator[tuple[str, list[list[Drawing]]]]:
    for name in TEMPLATES:
        plain = Drawing(SAMPLES[name], BRAND, photo=photos.get(SAMPLES[name].photo))
        yield (
            name,
            [
                [replace(plain, size=size, image=replace(plain.image, colours=colours)) for size in FORMATS]
                for colours in palettes(BRAND)
            ],
        )
    pages = [
        Drawing(image, BRAND, page=n, pages=len(CAROUSEL), photo=photos.get(image.photo))
        for n, image in enumerate(CAROUSEL, start=1)
    ]
    yield "carousel", [pages]
    yield "alphabets", [[Drawing(image, BRAND) for image in ALPHABETS]]


def _sheet(rows: Sequence[Sequence[Drawing]]) -> Picture:
    """The pictures in rows, each as high as the others."""
    high = HEIGHT if len(rows) > 1 else 2 * HEIGHT - 90
    lines = []
    for row in rows:
        made = draw_all(list(row))
        for one in made:
            if not isinstance(one, bytes):
                raise one
        pictures = [Pillow.open(io.BytesIO(one)).convert("RGB") for one in made if isinstance(one, bytes)]
        lines.append(
            [one.resize((round(one.width * high / one.height), high), Pillow.Resampling.LANCZOS) for one in pictures]
        )
    wide = max(sum(one.width + GAP for one in line) for line in lines) + GAP
    sheet = Pillow.new("RGB", (wide, len(lines) * (high + GAP) + GAP), PAPER)
    for down, line in enumerate(lines):
        across = GAP
        for one in line:
            sheet.paste(one, (across, GAP + down * (high + GAP)))
            across += one.width + GAP
    return sheet


def _jpeg(sheet: Picture) -> bytes:
    for quality in (86, 80, 74, 68, 60):
        out = io.BytesIO()
        sheet.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= BYTES_MAX:
            break
    return out.getvalue()


def _photos(root: Path) -> dict[str, Photo]:
    """The photos, as the program takes in any other."""
    (root / "images").mkdir()
    hills((2700, 1900), ("#2b3a55", "#d98f5c", "#f3cf9a"), "#141f2b", 3).save(root / "images" / "hills.jpg", quality=92)
    hills((2700, 1900), ("#8fb3b8", "#cfdcd3", "#f4ead6"), "#3f6d68", 8).save(root / "images" / "mist.jpg", quality=92)
    found = Photos(root)
    return {name: found.find(f"images/{name}.jpg") for name in ("hills", "mist")}


def hills(size: tuple[int, int], sky: tuple[str, str, str], near: str, seed: int) -> Picture:
    """A sky with a low sun, and hills before it, each darker than the one behind."""
    width, height = size
    chance = random.Random(seed)
    picture = Pillow.merge("RGB", [_ramp([_rgb(one)[part] for one in sky], size) for part in range(3)])
    draw = ImageDraw.Draw(picture)
    x, y, reach = width * 0.3, height * 0.35, height * 0.085
    glow = Pillow.new("L", size)
    ImageDraw.Draw(glow).ellipse((x - 3 * reach, y - 3 * reach, x + 3 * reach, y + 3 * reach), fill=120)
    picture.paste("#fff3d6", (0, 0), glow.filter(ImageFilter.GaussianBlur(reach)))
    draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill="#fff6e2")
    for layer in range(6):
        waves = [(chance.uniform(0.4, 2.4), chance.uniform(0, 6.3), chance.uniform(0.01, 0.045)) for _ in range(4)]
        base = height * (0.4 + 0.1 * layer)
        top = [
            (at, base - sum(height * part * math.sin(often * 6.3 * at / width + turn) for often, turn, part in waves))
            for at in range(0, width + 12, 12)
        ]
        share = 0.28 + 0.72 * layer / 5
        colour = tuple(
            round(there * (1 - share) + here * share) for there, here in zip(_rgb(sky[1]), _rgb(near), strict=True)
        )
        draw.polygon([*top, (width, height), (0, height)], fill=colour)
    return picture.filter(ImageFilter.GaussianBlur(width / 1600))


def _ramp(values: list[int], size: tuple[int, int]) -> Picture:
    """From the first value at the top to the last at the bottom."""
    strip = Pillow.new("L", (1, len(values)))
    strip.putdata(values)
    return strip.resize(size, Pillow.Resampling.BICUBIC)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


if __name__ == "__main__":
    sys.exit(main())
