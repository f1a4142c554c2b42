"""A post beside its source: each sentence it stands on, with what was changed marked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    """What became of some words between the document and the post."""

    SAME = "same"
    LEFT_OUT = "left out"
    PUT_IN = "put in"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and what became of them: those left out stand in the document only, those put in in the post only."""

    text: str
    change: Change


@dataclass(frozen=True, slots=True)
class Footnote:
    """A sentence of the document (`quote`), merged with what the post made of it (`pieces`).

    `said`: the post still says it; else the pieces are the quote alone.
    """

    quote: str
    pieces: tuple[Piece, ...]
    said: bool
