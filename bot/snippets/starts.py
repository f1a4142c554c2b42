"""Where a pattern can begin: tried there alone, many patterns are found four times quicker than by searching."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bot.model import Span

with suppress(ImportError, AttributeError):  # not promised by Python: without them every pattern is searched for
    from re import _constants as sign  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]

    FEW_OF = {sign.CATEGORY_DIGIT: "0123456789", sign.CATEGORY_SPACE: " "}

SIGNS = 6
"""So many signs tell where a pattern can begin; more tell little more."""
PLACE = re.compile(r"\b\w|[^\w\s]|\d")
"""What patterns begin with: a word, a mark or a digit."""
BLANK = re.compile(r"\s")
MOST_KNOWN = 20_000
"""So many beginnings are remembered with the patterns they may be of."""
FEW = 12
"""So many signs, in a range of a pattern, are taken one by one."""


class Start(NamedTuple):
    """How a match can begin: its first signs, all there are of them when it is `whole`; whether behind the edge of a
    word, or with the text."""

    signs: str = ""
    at_edge: bool = False
    at_front: bool = False
    whole: bool = False

    @property
    def at_place(self) -> bool:
        """Whether a match begins where PLACE finds something."""
        first = self.signs[:1]
        is_inner = first == "_" or (first.isalnum() and not first.isdecimal())
        return bool(first) and not first.isspace() and (self.at_edge or not is_inner)


@dataclass(frozen=True, slots=True)
class Finder:
    """Many patterns, looked for together: `by_signs` those that can begin so, `front` those that can begin the text,
    `anywhere` the others."""

    patterns: tuple[re.Pattern[str], ...]
    by_signs: Mapping[str, tuple[int, ...]]
    front: tuple[int, ...]
    anywhere: tuple[int, ...]
    known: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, patterns: Sequence[re.Pattern[str]]) -> Finder:
        """These patterns, sorted by how their matches begin."""
        by_signs: dict[str, set[int]] = {}
        front: list[int] = []
        anywhere: list[int] = []
        for n, pattern in enumerate(patterns):
            begun = starts(pattern)
            if not begun or not all(start.at_place or start.at_front for start in begun):
                anywhere.append(n)
                continue
            for start in begun:
                if start.at_place:
                    by_signs.setdefault(start.signs, set()).add(n)
            if not all(start.at_place for start in begun):
                front.append(n)
        sorted_out = {signs: tuple(found) for signs, found in by_signs.items()}
        return cls(tuple(patterns), sorted_out, tuple(front), tuple(anywhere))

    def first(self, text: str) -> list[tuple[int, Span]]:
        """The number of every pattern that is in the text, with the first place where it is; in their order."""
        found: dict[int, Span] = {}
        for n in self.anywhere:
            if match := self.patterns[n].search(text):
                found[n] = match.span()
        for n in self.front:
            if match := self.patterns[n].match(text):
                found[n] = match.span()
        flat = _flat(text)
        for place in PLACE.finditer(text):
            at = place.start()
            for n in self._that_begin(flat[at : at + SIGNS]):
                if n not in found and (match := self.patterns[n].match(text, at)):
                    found[n] = match.span()
        return sorted(found.items())

    def _that_begin(self, signs: str) -> tuple[int, ...]:
        """The patterns that can begin where a text goes on like this."""
        told = self.known.get(signs)
        if told is None:
            told = tuple({n for end in range(len(signs)) for n in self.by_signs.get(signs[: end + 1], ())})
            if len(self.known) < MOST_KNOWN:
                self.known[signs] = told
        return told


def _flat(text: str) -> str:
    """The text with every blank the same."""
    return BLANK.sub(" ", text)


def starts(pattern: re.Pattern[str]) -> set[Start]:
    """Every way in which a match can begin, read from Python's own parse of the pattern; none where that is untold.

    A digit is one of 0 to 9.
    """
    if pattern.flags & (re.IGNORECASE | re.MULTILINE):
        return set()
    try:
        return _of_sequence(parser.parse(pattern.pattern, pattern.flags), {Start()})
    except (NameError, AttributeError, TypeError, ValueError, LookupError):
        return set()


def _of_sequence(parts: Iterable[Any], begun: set[Start]) -> set[Start]:
    for name, value in parts:
        begun = {longer for start in begun for longer in _longer(start, name, value)}
    return begun


def _longer(start: Start, name: Any, value: Any) -> Iterator[Start]:
    """A start with the next part of its pattern behind it."""
    if start.whole or len(start.signs) >= SIGNS:
        yield start._replace(whole=True)
    elif name is sign.AT:
        yield start if start.signs else _placed(start, value)
    elif name in {sign.ASSERT, sign.ASSERT_NOT}:
        yield start if start.signs or not _is_edge(name, value) else start._replace(at_edge=True)
    elif name is sign.SUBPATTERN and not (value[1] or value[2]):  # else it has flags of its own
        yield from _of_sequence(value[-1], {start})
    elif name is sign.BRANCH:
        for branch in value[1]:
            yield from _of_sequence(branch, {start})
    elif name in {sign.MAX_REPEAT, sign.MIN_REPEAT}:
        least, most, repeated = value
        yield from (once._replace(whole=once.whole or most != 1) for once in _of_sequence(repeated, {start}))
        yield from [] if least else [start]
    elif signs := _signs(name, value):
        yield from (start._replace(signs=start.signs + one) for one in signs)
    else:
        yield start._replace(whole=True)


def _placed(start: Start, value: Any) -> Start:
    edge, front = value is sign.AT_BOUNDARY, value in {sign.AT_BEGINNING, sign.AT_BEGINNING_STRING}
    return start._replace(at_edge=start.at_edge or edge, at_front=start.at_front or front)


def _is_edge(name: Any, value: Any) -> bool:
    """Whether it says that no letter stands before."""
    return (
        name is sign.ASSERT_NOT
        and value[0] < 0
        and list(value[1]) == [(sign.IN, [(sign.CATEGORY, sign.CATEGORY_WORD)])]
    )


def _signs(name: Any, value: Any) -> list[str]:
    """The signs that a part stands for, where they are few."""
    if name is sign.LITERAL:
        return [_flat(chr(value))]
    if name is not sign.IN:
        return []
    found: list[str] = []
    for kind, told in value:
        if kind is sign.LITERAL:
            found.append(_flat(chr(told)))
        elif kind is sign.RANGE and told[1] - told[0] < FEW:
            found += map(_flat, map(chr, range(told[0], told[1] + 1)))
        elif kind is sign.CATEGORY and told in FEW_OF:
            found += FEW_OF[told]
        else:
            return []
    return found
