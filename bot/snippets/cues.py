"""The table of cues (cues.toml), read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from bot.model import Kind, Span


@dataclass(frozen=True, slots=True)
class Cue:
    """One piece of evidence: positive for a benefit, negative for another kind; `unless` turns it round."""

    name: str
    kind: Kind
    weight: float
    pattern: str
    unless: str = ""

    def where(self, text: str) -> Span | None:
        """The first place that matches in a text of small letters."""
        match = _compiled(self.pattern).search(text)
        if not match or not match[0].strip() or (self.unless and _compiled(self.unless).search(text)):
            return None
        return match.span()


@dataclass(frozen=True, slots=True)
class Cues:
    """`sentence` reads a statement, `place` the title or lead-in around it; `topics` are patterns by name."""

    sentence: tuple[Cue, ...]
    place: tuple[Cue, ...]
    topics: Mapping[str, re.Pattern[str]]


@cache
def cues() -> Cues:
    """The whole table."""
    told: dict[str, Any] = tomllib.loads(resources.files("bot.snippets").joinpath("cues.toml").read_text("utf-8"))
    topics = {name: re.compile(pattern) for name, pattern in told["topics"].items()}
    return Cues(_cues(told["sentence"]), _cues(told["place"]), topics)


def _cues(rows: list[dict[str, Any]]) -> tuple[Cue, ...]:
    return tuple(Cue(**{**row, "kind": Kind(row["kind"])}) for row in rows)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)
