"""Letters without which a pattern cannot match: looking for them is a hundred times quicker than matching."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

with suppress(ImportError):  # Python's own, and not promised: without them every pattern is tried everywhere
    from re import _constants as sign  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]

LETTERS = 3
"""Fewer are in every text; more tell little more."""


def needed(pattern: str) -> frozenset[str]:
    """Three letters in a row, of which every match of the (verbose) pattern holds one; none when none can be told.

    Read from Python's own parse of the pattern; where that has another shape some day, nothing is told.
    """
    try:
        return frozenset(piece[:LETTERS] for piece in _of_sequence(parser.parse(pattern, re.VERBOSE)))
    except (NameError, AttributeError, TypeError, ValueError, LookupError):
        return frozenset()


def pieces_of(text: str) -> frozenset[str]:
    """Every three letters in a row of a text."""
    return frozenset(map("".join, zip(text, text[1:], text[2:], strict=False)))


def _of_sequence(sequence: Iterable[Any]) -> frozenset[str]:
    """The best that one part of a sequence needs: all parts must match."""
    found: list[frozenset[str]] = []
    run = ""
    for name, value in sequence:
        if name is sign.LITERAL:
            run += chr(value)
            continue
        found.append(frozenset({run}))
        run = ""
        found.append(_of_part(name, value))
    found.append(frozenset({run}))
    told = [pieces for pieces in found if pieces and min(map(len, pieces)) >= LETTERS]
    return max(told, key=lambda pieces: (min(map(len, pieces)), -len(pieces)), default=frozenset())


def _of_part(name: Any, value: Any) -> frozenset[str]:
    if name is sign.SUBPATTERN:
        return _of_sequence(value[-1])
    if name is sign.BRANCH:
        branches = [_of_sequence(branch) for branch in value[1]]
        return frozenset().union(*branches) if all(branches) else frozenset()
    if name in {sign.MAX_REPEAT, sign.MIN_REPEAT} and value[0] > 0:
        return _of_sequence(value[2])
    return frozenset()
