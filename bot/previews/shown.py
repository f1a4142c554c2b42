"""How a network shows a post in its timeline: how much of a picture, how much of a text. Data and arithmetic only."""

from __future__ import annotations

import textwrap
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bot.counting import count
from bot.model import Limits

Shape = tuple[int, int]
"""Width to height."""


@dataclass(frozen=True, slots=True)
class Habit:
    """What a network does in its timeline; see places.toml. An empty value: it does not."""

    tallest: Shape | None = None
    widest: Shape | None = None
    several: tuple[Shape, ...] = ()
    swiped: bool = False
    grid: Shape | None = None
    characters: int = 0
    lines: int = 0
    lines_max: int = 0
    measure: int = 66
    more: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """A text as its readers first see it, and what they see after a tap."""

    shown: str
    hidden: str = ""


def habit_of(network: str) -> Habit:
    """What is known of a network; of an unknown one, that it shows everything."""
    told = _places().get(network, {})
    fields: dict[str, Any] = {key: value for key, value in told.items() if key in Habit.__dataclass_fields__}
    fields |= {key: _shape(fields[key]) for key in ("tallest", "widest", "grid") if key in fields}
    fields |= {"several": tuple(map(_shape, fields.get("several", ())))}
    return Habit(**fields)


def sources() -> Mapping[str, str]:
    """Where what is known of each network was read, and when."""
    return {name: f"{told['source']} ({told['as_of']})" for name, told in _places().items()}


def cut(text: str, habit: Habit, limits: Limits) -> Cut:
    """Where the network cuts a text off in its timeline, at a word's end; the two pieces together are the text."""
    at = len(text)
    if habit.characters and count(text, limits.text_unit) > habit.characters:
        at = _word_end(text, _longest(text, habit.characters, limits.text_unit))
    lines = _lines(text, habit.measure) if habit.lines_max else []
    if len(lines) > habit.lines_max:
        at = min(at, lines[habit.lines])
    return Cut(text[:at].rstrip(), text[len(text[:at].rstrip()) :]) if at < len(text) else Cut(text)


def shape_of(size: Shape, habit: Habit) -> Shape:
    """The shape in which one picture is shown: its own, or the nearest that the network takes."""
    wide = size[0] / size[1]
    if habit.tallest and wide < habit.tallest[0] / habit.tallest[1]:
        return habit.tallest
    if habit.widest and wide > habit.widest[0] / habit.widest[1]:
        return habit.widest
    return size


def mosaic(sizes: Sequence[Shape], habit: Habit) -> Shape | None:
    """The shape that several pictures are set in together; None where each stands by itself."""
    if len(sizes) < 2 or not habit.several:
        return None
    return habit.several[min(len(sizes), len(habit.several) + 1) - 2]


def _longest(text: str, most: int, unit: str) -> int:
    """How much of the text, from its beginning, has at most so many characters as the network counts."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if count(text[:middle], unit) <= most else (low, middle - 1)
    return low


def _word_end(text: str, at: int) -> int:
    """The end of the last whole word before `at`; `at` itself where that would leave next to nothing."""
    space = max(text.rfind(" ", 0, at + 1), text.rfind("\n", 0, at + 1))
    return space if space > at // 2 else at


def _lines(text: str, measure: int) -> list[int]:
    """Where each line begins, when lines have about `measure` characters."""
    starts, at = [], 0
    for paragraph in text.split("\n"):
        begin = at
        for line in textwrap.wrap(paragraph, measure, drop_whitespace=False) or [""]:
            starts.append(begin)
            begin += len(line)
        at += len(paragraph) + 1
    return starts


@cache
def _places() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("bot.previews") / "places.toml").read_text(encoding="utf-8"))


def _shape(told: object) -> Shape:
    width, _, height = str(told).partition(":")
    return int(width), int(height)
