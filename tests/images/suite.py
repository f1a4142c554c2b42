"""Over a hundred and twenty pictures: every template, format and palette, short and long words, scripts, photos."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle

from bot.images import FORMATS, Drawing
from bot.images.kept import Pictures, Wanted
from bot.model import Image
from tests.images.drawn import BRAND, CREAM, LONG
from tests.images.headlines import FEET, HEADLINES, PSOAS
from tests.images.photos_made import saved, scene

SHORT, USUAL, LONGER = "Step into relief.", HEADLINES[0][0], HEADLINES[5][0]
ITEMS = (
    "Reaches deep muscles",
    "Eases tight hips and glutes",
    "Less soreness after long runs",
    "Calms a busy mind",
    "Helps you sleep",
    "Needs no oil and no change of clothes",
)
WORDS = {
    "quote": (
        Image(SHORT),
        Image(USUAL, FEET),
        Image("Rest is training.", "Three easy days a week are enough."),
        Image(LONGER),
        Image("Ashiatsu massage is great for the psoas, glutes, and hips of every runner.", PSOAS),
    ),
    "list": (
        Image("Before your run", items=ITEMS[:2]),
        Image("Why runners love Ashiatsu", items=ITEMS[:4]),
        Image("Six reasons why runners book a massage with bare feet", items=ITEMS),
    ),
    "number": (
        Image("of chronic tension.", number="0"),
        Image("is all it takes to feel looser after a long run.", "Most runners book the day after.", number="20 min"),
        Image(
            "of pressure, spread over a surface that hands and elbows do not have.",
            "Deeper, and still comfortable.",
            number="80%",
        ),
    ),
    "closing": (
        Image("Book."),
        Image("Book your session this week", "quietfeet.example/book"),
        Image("New here? Ask for the gentle first appointment, 60 minutes long.", "Write to @quietfeet"),
    ),
}
PHOTOGRAPHED = {
    "photo": (Image(SHORT), Image("Feet, not elbows.", "Ashi means feet, atsu means pressure.")),
    "split": (
        Image(USUAL, "Three easy days a week are enough."),
        Image("Feet, not elbows.", "Ashi means feet."),
        Image(SHORT),
    ),
}
SCRIPTS = (
    Image("Το μασάζ με τα πόδια χαλαρώνει βαθιά.", "Κάθε Τρίτη και Σάββατο, από τις 10."),
    Image("Массаж стопами снимает хроническое напряжение.", "По вторникам и субботам, с 10 часов."),
    Image("Los masajes alivian la tensión acumulada en el cuello y los hombros.", "¿Cuándo? Cada sábado."),
    Image("Le massage Ashiatsu : plus profond, plus doux !", "Séances de 60 minutes, du mardi au samedi."),
    Image("Feel lighter 🙂 for days.", "Knead → rest → run. CO₂ leaves, α-waves come."),
)
OPTIONAL = (
    Image("التدليك بالقدمين يخفف التوتر المزمن.", "جلسات من 60 دقيقة كل يوم سبت."),
    Image("עיסוי בכפות הרגליים מפיג מתח.", "בכל שבת, 60 דקות."),
    Image("足で行うマッサージは深い緊張をほぐします。", "毎週土曜日、60分です。"),
)
"""Scripts that need fonts which not every machine has."""

SUBJECTS = {"above.jpg": (0.5, 0.24), "right.jpg": (0.78, 0.3)}


def drawings() -> Iterator[tuple[str, Drawing]]:
    """Names and drawings; those of photos name one of SUBJECTS, and get it from `with_photo`."""
    colours, brands, pages = (
        cycle(("", "reversed", "bold")),
        cycle((BRAND, CREAM, BRAND, LONG)),
        cycle((1, 5, 1, 2, 10)),
    )
    short = cycle((BRAND, CREAM))
    photographed = {template: cycle(words) for template, words in PHOTOGRAPHED.items()}
    for size in FORMATS:
        for template, words in WORDS.items():
            for n, image in enumerate(words):
                shown = replace(image, template=template, colours=next(colours))
                yield (
                    f"{template}-{size}-{n}",
                    _page(shown, next(brands if template != "list" else short), size, next(pages)),
                )
        for name in SUBJECTS:
            for template in ("photo", "split"):
                image = replace(
                    next(photographed[template]), template=template, photo=f"images/{name}", colours=next(colours)
                )
                yield f"{template}-{size}-{name}", _page(image, BRAND, size, next(pages))
    for image in SCRIPTS:
        for size in ("1080x1350", "1080x1080", "1200x675"):
            yield f"script-{size}-{image.headline[:12]}", _page(image, BRAND, size, 1)


def _page(image: Image, brand, size: str, pages: int) -> Drawing:
    return Drawing(image, brand, size, min(pages, 2), pages)


def photographs(root) -> Pictures:
    """A workspace with the photos in it."""
    (root / "images").mkdir()
    for name, at in SUBJECTS.items():
        (root / "images" / name).write_bytes(saved(scene((1500, 1500), at)))
    return Pictures(root, BRAND)


def with_photo(drawing: Drawing, pictures: Pictures) -> Drawing:
    """The drawing with its clean photo."""
    if not drawing.image.photo:
        return drawing
    return replace(drawing, photo=pictures.drawing(drawing.image, Wanted(drawing.size)).photo)
