"""A long text in pieces, broken where a person would: between paragraphs, else sentences, else words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import regex

from bot.snippets.sentences import sentence_spans

PARAGRAPH, WORD = re.compile(r"\S(?:.|\n(?!\s*\n))*"), re.compile(r"\S+")


def pieces_of(text: str, fits: Callable[[str, int], bool]) -> list[str]:
    """The text in as few pieces as that takes, in order; nothing is lost but the blanks around a break.

    `fits(piece, n)` says whether a piece is short enough for the n-th (from 0); a single character always is.
    """
    pieces: list[str] = []
    rest = text.strip()
    while rest and not fits(rest, len(pieces)):
        end = _break(rest, lambda end, rest=rest: fits(rest[:end].rstrip(), len(pieces)))  # type: ignore[misc]
        pieces.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*pieces, rest] if rest or not pieces else pieces


def _break(text: str, fits: Callable[[int], bool]) -> int:
    """Where the longest piece that fits ends, at the best kind of place that there is."""
    for ends in (_paragraphs(text), _sentences(text), _words(text), _characters(text)):
        if found := _last(ends, fits):
            return found
    return next(iter(_characters(text)))


def _last(ends: Sequence[int], fits: Callable[[int], bool]) -> int:
    """The last of the ends up to which it fits, 0 where none does: longer never fits again."""
    low, high = 0, len(ends)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if fits(ends[middle]) else (low, middle)
    return ends[low - 1] if low else 0


def _paragraphs(text: str) -> Sequence[int]:
    return [match.end() for match in PARAGRAPH.finditer(text)][:-1]


def _sentences(text: str) -> Sequence[int]:
    return list(_ends_of_sentences(text))[:-1]


def _ends_of_sentences(text: str) -> Iterator[int]:
    for match in PARAGRAPH.finditer(text):
        yield from (end for _, end in sentence_spans(text, match.span()))


def _words(text: str) -> Sequence[int]:
    return [match.end() for match in WORD.finditer(text)][:-1]


def _characters(text: str) -> Sequence[int]:
    return [match.end() for match in regex.finditer(r"\X", text)]
