"""Entries and small pictures -> one HTML file: no script, no address outside of it, everything escaped."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.app import App
from bot.previews import OURS
from bot.previews.collect import Drawn, Entry, Frame
from bot.previews.pictures import Small
from bot.previews.shown import Shape, mosaic, shape_of
from bot.web.desk import wording

FOLDER = Path(__file__).parent / "templates"
MARKED = re.compile(r"https?://\S+|(?<![\w/])[#@]\w(?:[\w.@-]*\w)?")
"""What a network makes a link of; here it only looks like one."""
GAP = 6
MOSAIC = 1000


@dataclass(frozen=True, slots=True)
class Cell:
    """A picture in its place, in a view of its own: the middle of it fills the cell."""

    name: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class View:
    """What is seen at once: one picture, or a mosaic of several. `alt` is said of it; `is_cut`: not all is seen."""

    width: float
    height: float
    cells: tuple[Cell, ...]
    alt: str
    is_cut: bool


def set_page(app: App, entries: Sequence[Entry], small: Mapping[str, Small], ahead: timedelta | None) -> str:
    """The whole page."""
    today = app.now().astimezone(ZoneInfo(app.config.zone)).replace(tzinfo=None)
    kept = {one.content: f"p{number}" for number, one in enumerate(small.values(), start=1)}
    names = {name: kept[one.content] for name, one in small.items()}  # what looks the same is sent once
    once = {names[name]: one for name, one in small.items() if one.content}
    css = (FOLDER / "preview.css").read_text(encoding="utf-8")
    return f"<!doctype html>\n{OURS}\n" + _templates().get_template("preview.html").render(
        studio=app.config.brand.studio,
        language=app.config.language,
        zone=app.config.zone,
        entries=entries,
        waiting=sum(entry.waits for entry in entries),
        today=wording.when(today, today),
        ahead=ahead.days if ahead else 0,
        store=[(name, one, _uri(one)) for name, one in once.items()],
        views=lambda frame: _views(frame, small, names),
        whole=lambda frame: _whole(frame, small, names),
        grid=lambda frame: _grid(frame, small, names),
        troubles=lambda frame: [one for drawn in frame.pictures if (one := small[drawn.name].trouble)],
        css=Markup(css),  # noqa: S704  our own file
        css_hash=base64.b64encode(hashlib.sha256(css.encode()).digest()).decode(),
    )


def marked(text: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether the network makes a link of it; together they are the text."""
    pieces, at = [], 0
    for found in MARKED.finditer(text):
        pieces += [(text[at : found.start()], False), (found[0], True)]
        at = found.end()
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]


def _views(frame: Frame, small: Mapping[str, Small], names: Mapping[str, str]) -> list[View]:
    """The pictures as the timeline shows them."""
    drawn = [one for one in frame.pictures if small[one.name].content]
    sizes = [(small[one.name].width, small[one.name].height) for one in drawn]
    shape = mosaic(sizes, frame.habit)
    if shape is None:
        return [_single(one, size, shape_of(size, frame.habit), names) for one, size in zip(drawn, sizes, strict=True)]
    if frame.habit.swiped:
        return [_single(one, size, shape, names) for one, size in zip(drawn, sizes, strict=True)]
    height = MOSAIC * shape[1] / shape[0]
    cells = tuple(_cells([names[one.name] for one in drawn[:4]], MOSAIC, height))
    return [View(MOSAIC, height, cells, f"{len(drawn)} pictures together", is_cut=True)]


def _whole(frame: Frame, small: Mapping[str, Small], names: Mapping[str, str]) -> list[View]:
    """Each picture as it is: what a tap shows."""
    there = ((one, small[one.name]) for one in frame.pictures if small[one.name].content)
    sizes = ((drawn, (one.width, one.height)) for drawn, one in there)
    return [_single(drawn, size, size, names) for drawn, size in sizes]


def _grid(frame: Frame, small: Mapping[str, Small], names: Mapping[str, str]) -> View | None:
    """The first picture as the profile shows it, where the network has such a grid."""
    first = next((one for one in frame.pictures if small[one.name].content), None)
    if frame.habit.grid is None or first is None:
        return None
    one = small[first.name]
    return _single(first, (one.width, one.height), frame.habit.grid, names)


def _single(drawn: Drawn, size: Shape, shape: Shape, names: Mapping[str, str]) -> View:
    width, height = float(size[0]), size[0] * shape[1] / shape[0]
    cut = abs(height - size[1]) > 1
    return View(width, height if cut else size[1], (Cell(names[drawn.name], 0, 0, width, height),), drawn.alt, cut)


def _cells(names: Sequence[str], width: float, height: float) -> Iterator[Cell]:
    """Two side by side, three with the first one tall, four in two rows."""
    half, low = (width - GAP) / 2, (height - GAP) / 2
    right, below = half + GAP, low + GAP
    places: dict[int, list[tuple[float, float, float]]] = {
        2: [(0, 0, height), (right, 0, height)],
        3: [(0, 0, height), (right, 0, low), (right, below, low)],
        4: [(0, 0, low), (right, 0, low), (0, below, low), (right, below, low)],
    }
    for name, (x, y, high) in zip(names, places[len(names)], strict=True):
        yield Cell(name, x, y, half, high)


def _uri(one: Small) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(one.content).decode()}"


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["marked"] = marked
    return environment
