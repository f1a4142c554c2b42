"""A picture as fields and choices, and the picture that a person made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.app import App
from bot.errors import Problem, Problems
from bot.images import palettes
from bot.images.templates import ALL
from bot.model import Image, Palette, Post
from bot.web.desk import backgrounds
from bot.web.desk.offers import Choice, Field, PictureForm, Shot, Swatch

LAYOUTS = {
    "quote": "Words on colour",
    "photo": "Words on a photo",
    "split": "Photo above, words below",
    "list": "A list",
    "number": "A big number",
    "closing": "Closing page",
}
COLOURS = {"": "Your own", "reversed": "Reversed", "bold": "Bold"}
PLACES = {
    f"{x}% {y}%": " ".join(filter(None, [down, across])) or "middle"
    for y, down in ((17, "top"), (50, ""), (83, "bottom"))
    for x, across in ((17, "left"), (50, ""), (83, "right"))
}
ABOUT = ("credit", "licence", "consent")
KEYS = ("template", "headline", "items", "number", "support", "alt", "colours", "photo", "focus", *ABOUT)
SHOWN = ("photo", "items", "number", "support")
"""The keys that not every template uses."""
POINT = re.compile(r"(\d{1,3})% (\d{1,3})%")
MARK = re.compile(r"^\s*(?:[-–—•*·]|\d{1,2}[.)])\s+")
"""What people set before the lines of a list; the picture has marks of its own."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What may be chosen: photos by name, palettes by name; nothing else that a form says reaches a disk."""

    photos: Mapping[str, tuple[str, str]]
    palettes: Mapping[str, Palette]


def offered(app: App, post: Post) -> Offered:
    """What this workspace offers for the pictures of a post."""
    photos = backgrounds.offered(app.root, post)
    sizes = {name: (_address(app, name, "small"), _address(app, name, "large")) for name in photos}
    return Offered(sizes, palettes(app.config.brand))


def _address(app: App, name: str, size: str) -> str:
    return backgrounds.address(app.root, name, size)


def values_of(image: Image, n: int) -> dict[str, str]:
    """A picture as the fields show it."""
    plain = {f"{key}-{n}": getattr(image, key) for key in KEYS if key != "items"}
    return {**plain, f"items-{n}": "\n".join(image.items), f"of-{n}": image.photo}


def uses(template: str, key: str) -> bool:
    """Whether a template shows what that key says."""
    return key in {*ALL[template].NEEDS, *ALL[template].TAKES}


def image_from(typed: Mapping[str, str], n: int, before: Image, offers: Offered) -> Image:
    """The picture that was typed and chosen; what a field did not bring stays as it is. Raises Problems.

    What the chosen template does not show goes from the picture, though the form still has it; so does what was said
    about another photo than the chosen one, unless it was typed anew.
    """
    kept = {**values_of(before, n), **typed}
    told = {key: kept[f"{key}-{n}"] for key in KEYS}
    known = {"template": LAYOUTS, "photo": {"", *offers.photos}, "colours": offers.palettes}
    for key, names in known.items():
        if told[key] not in names and told[key] != getattr(before, key):
            raise Problems([Problem("", 0, f"image.{key}: choose one of those that are shown")])
    lines = tuple(_line(MARK.sub("", line)) for line in told["items"].split("\n") if line.strip())
    items = before.items if told["items"] == "\n".join(before.items) else lines
    plain = {key: _typed(told[key], getattr(before, key)) for key in KEYS if key not in {"items", "photo"}}
    image = Image(**plain, items=items, photo=told["photo"])
    if kept[f"of-{n}"] != image.photo:
        gone = [key for key in (*ABOUT, "focus") if getattr(image, key) == getattr(before, key)]
        image = replace(image, **dict.fromkeys(gone, ""))  # type: ignore[arg-type]
    return _as_shown(image, before)


def _as_shown(image: Image, before: Image) -> Image:
    """Without what was meant for another template; where the template is the same, that stays as the file has it."""
    unseen = [key for key in SHOWN if image.template in ALL and not uses(image.template, key)]
    kept = before if image.template == before.template else Image()
    image = replace(image, **{key: getattr(kept, key) for key in unseen})
    if image.photo:
        return image
    kept = Image() if before.photo else before
    return replace(image, **{key: getattr(kept, key) for key in (*ABOUT, "focus")})


def fields_of(n: int, which: str = "") -> tuple[Field, ...]:
    """The words of a picture and what is told of its photo, to be filled."""
    of_a_photo = _within("photo")
    return (
        Field(f"headline-{n}", f"Words on the picture{which}", "", rows=2),
        Field(f"items-{n}", f"Lines of the list{which}", "", "One below the other, up to six.", 4, within="list"),
        Field(f"number-{n}", f"The number{which}", "", "Such as 20, 3× or 90 %.", within="number"),
        Field(f"support-{n}", f"Smaller words below them{which}", "", "May be empty.", 3, within=_within("support")),
        Field(f"credit-{n}", f"Who took it{which}", "", within=of_a_photo),
        Field(f"licence-{n}", f"Licence{which}", "", "Such as “bought from …”, or CC BY 4.0.", within=of_a_photo),
        Field(f"consent-{n}", f"Who agreed to be shown{which}", "", "For a face one can recognise.", within=of_a_photo),
    )


def _within(key: str) -> str:
    return " ".join(name for name in ALL if uses(name, key))


def picture_form(n: int, pages: int, values: Mapping[str, str], offers: Offered, error: str = "") -> PictureForm:
    """One picture's part of the form, as `values` have it."""
    told = {key: values[f"{key}-{n}"] for key in KEYS}
    fields = [replace(one, value=values.get(one.name, "")) for one in fields_of(n, f" {n + 1}" if pages > 1 else "")]
    between = POINT.fullmatch(told["focus"]) if told["focus"] not in PLACES else None
    return PictureForm(
        number=n,
        title=f"Picture {n + 1} of {pages}" if pages > 1 else "",
        words=tuple(fields[:4]),
        layouts=tuple(Choice(name, label, name == told["template"]) for name, label in LAYOUTS.items()),
        colours=tuple(
            Swatch(name, COLOURS.get(name, backgrounds.named(name)), name == told["colours"], palette)
            for name, palette in offers.palettes.items()
        ),
        photos=tuple(
            Shot(name, backgrounds.named(name), name == told["photo"], *sizes) for name, sizes in offers.photos.items()
        ),
        points=tuple(Choice(at, place, at == told["focus"]) for at, place in PLACES.items()),
        point=told["focus"] if between else "",
        at=tuple(f"{share}%" for share in between.groups()) if between else (),
        about=tuple(fields[4:]),
        of=told["photo"],
        error=error,
    )


def _typed(text: str, before: str) -> str:
    """What is set as lines by rule is typed as one; what nobody touched stays."""
    return before if text == before else _line(text)


def _line(text: str) -> str:
    return " ".join(text.split())


def said(name: str, value: str) -> str:
    """What people call the value of a field."""
    key = name.partition("-")[0]
    if key == "photo":
        return backgrounds.named(value) if value else "no photo"
    told = {"template": LAYOUTS, "colours": COLOURS, "focus": {"": "what the bot finds", **PLACES}}.get(key, {})
    return told.get(value, value)
