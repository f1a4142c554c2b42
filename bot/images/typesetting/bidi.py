"""The order in which the parts of a line are seen when some of them run from right to left (UAX #9, one paragraph)."""

from __future__ import annotations

import re
from itertools import groupby
from unicodedata import bidirectional, mirrored

_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
_RIGHT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_STRONG = {"L": "L", "R": "R", "AL": "R", "EN": "R", "AN": "R"}
_OPEN = {"(": ")", "[": "]", "{": "}", "«": "»"}


def is_rtl(text: str) -> bool:
    """Whether the first letter with a direction of its own runs from right to left."""
    if not _RIGHT.search(text):
        return False
    return next((kind != "L" for kind in map(bidirectional, text) if kind in {"L", "R", "AL"}), False)


def parts(line: str) -> list[tuple[str, bool]]:
    """The parts of the line from left to right as seen, each with whether its own letters run to the left.

    A direction mark at the beginning settles the direction of the whole; marks are not part of what is returned.
    """
    if not _RIGHT.search(line):
        return [(line.translate(_MARKS), False)]
    base = int(is_rtl(line))
    text = line.translate(_MARKS)
    if not text:
        return []
    levels = _levels(text, base)
    runs = [(level, "".join(text[i] for i in run)) for level, run in groupby(range(len(text)), levels.__getitem__)]
    for least in range(max(levels), 0, -1):
        runs = _turned(runs, least)
    return [(run, level % 2 == 1) for level, run in runs]


def _turned(runs: list[tuple[int, str]], least: int) -> list[tuple[int, str]]:
    """The order after turning round every stretch of runs at this level or deeper."""
    seen: list[tuple[int, str]] = []
    for deep, stretch in groupby(runs, lambda run: run[0] >= least):
        together = list(stretch)
        seen += reversed(together) if deep else together
    return seen


def _levels(text: str, base: int) -> list[int]:
    kinds = _weak([bidirectional(char) for char in text], "R" if base else "L")
    _brackets(text, kinds, "R" if base else "L")
    _neutral(kinds, "R" if base else "L")
    deeper = {"L": base + base % 2, "R": base + 1 - base % 2, "EN": 2, "AN": 2}
    levels = [deeper[kind] for kind in kinds]
    bare = len(text.rstrip())
    return levels[:bare] + [base] * (len(text) - bare)


def _weak(kinds: list[str], base: str) -> list[str]:
    """Numbers and what belongs to them (W1 to W7); what is left is L, R, EN, AN or neutral."""
    before, strong = base, base
    for i, kind in enumerate(kinds):
        if kind in {"NSM", "BN"}:
            kinds[i] = before
        elif kind == "EN" and strong == "AL":
            kinds[i] = "AN"
        strong = kind if kind in {"L", "R", "AL"} else strong
        before = kinds[i]
    _numbers(kinds)
    strong = base
    for i, kind in enumerate(kinds):
        strong = kind if kind in {"L", "R", "AL"} else strong
        kinds[i] = "L" if kind == "EN" and strong == "L" else "R" if kind == "AL" else kind
    return [kind if kind in _STRONG else "ON" for kind in kinds]


def _numbers(kinds: list[str]) -> None:
    """A separator within a number and a sign beside it belong to the number (W4, W5)."""
    for i in range(1, len(kinds) - 1):
        around = kinds[i - 1], kinds[i + 1]
        if (kinds[i] in {"ES", "CS"} and around == ("EN", "EN")) or (kinds[i] == "CS" and around == ("AN", "AN")):
            kinds[i] = around[0]
    for order in (range(len(kinds)), range(len(kinds) - 1, -1, -1)):
        before = ""
        for i in order:
            if kinds[i] == "ET" and before == "EN":
                kinds[i] = "EN"
            before = kinds[i]


def _brackets(text: str, kinds: list[str], base: str) -> None:
    """A pair of brackets takes one direction (N0)."""
    for start, end in _pairs(text, kinds):
        inside = {_STRONG[kind] for kind in kinds[start + 1 : end] if kind in _STRONG}
        if not inside:
            continue
        before = next((_STRONG[kind] for kind in reversed(kinds[:start]) if kind in _STRONG), base)
        kinds[start] = kinds[end] = base if base in inside else before if before in inside else base


def _pairs(text: str, kinds: list[str]) -> list[tuple[int, int]]:
    """Where brackets open and close, in the order of their opening."""
    waiting: list[tuple[str, int]] = []
    found = []
    for i, char in enumerate(text):
        if kinds[i] != "ON" or not mirrored(char):
            continue
        if char in _OPEN:
            waiting.append((_OPEN[char], i))
        elif any(close == char for close, _ in waiting):
            while waiting[-1][0] != char:
                waiting.pop()
            found.append((waiting.pop()[1], i))
    return sorted(found)


def _neutral(kinds: list[str], base: str) -> None:
    """What stands between two parts of one direction goes with them, all else with the line (N1, N2)."""
    i = 0
    while i < len(kinds):
        end = i
        while end < len(kinds) and kinds[end] == "ON":
            end += 1
        if end > i:
            before = _STRONG[kinds[i - 1]] if i else base
            after = _STRONG[kinds[end]] if end < len(kinds) else base
            kinds[i:end] = [before if before == after else base] * (end - i)
        i = end + 1
