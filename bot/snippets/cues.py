"""The table of cues (cues.toml), read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from bot.model import Kind, Span
from bot.snippets.starts import Finder


@dataclass(frozen=True, slots=True)
class Cue:
    """One piece of evidence by its pattern; `weight` is how much it speaks for its kind (benefits) or against one.

    `unless` turns it round; with `veto` it is never a benefit.
    """

    name: str
    kind: Kind
    weight: float
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    veto: bool = False

    def where(self, text: str) -> Span | None:
        """The first place that matches in a text of small letters."""
        match = self.pattern.search(text)
        return match.span() if match and self.speaks(text, match.span()) else None

    def speaks(self, text: str, at: Span) -> bool:
        """Whether what matches there counts."""
        return bool(text[slice(*at)].strip()) and not (self.unless and self.unless.search(text))


@dataclass(frozen=True, slots=True)
class Cues:
    """`sentence` reads a statement, `place` the title or lead-in around it; `topics` are patterns by name.

    `finder` looks for all of `sentence` at once.
    `pairs` are two classes of words, and how near the second must follow the first.
    """

    sentence: tuple[Cue, ...]
    finder: Finder
    place: tuple[Cue, ...]
    topic: re.Pattern[str]
    pairs: tuple[tuple[str, str, int], ...]
    openings: frozenset[str]
    words: Mapping[str, frozenset[str]]
    stems: Mapping[str, frozenset[str]]
    known: dict[str, frozenset[str]] = field(default_factory=dict)

    def seen_in(self, text: str) -> Iterator[tuple[Cue, Span]]:
        """Every cue of a statement, in small letters, with the first place that matches."""
        for n, at in self.finder.first(text):
            if self.sentence[n].speaks(text, at):
                yield self.sentence[n], at

    def classes(self, word: str) -> frozenset[str]:
        """The classes that a word in small letters is in."""
        found = self.known.get(word)
        if found is None:
            found = self._classes(word.replace("’", "'"))
            if len(self.known) < MOST_KNOWN:
                self.known[word] = found
        return found

    def _classes(self, word: str) -> frozenset[str]:
        if word in self.words:
            return self.words[word]
        if word.endswith("'s") and word[:-2] in self.words:
            return self.words[word[:-2]]
        if word.endswith("-free"):
            return frozenset({"praise"})
        starts = (word[:end] for end in range(len(word), STEM_MIN - 1, -1))
        return next((self.stems[start] for start in starts if start in self.stems), frozenset())


STEM_MIN, MOST_KNOWN = 3, 50_000


@cache
def cues() -> Cues:
    """The whole table."""
    told: dict[str, Any] = tomllib.loads(resources.files("bot.snippets").joinpath("cues.toml").read_text("utf-8"))
    words: dict[str, set[str]] = {}
    stems: dict[str, set[str]] = {}
    for row in told["words"]:
        for word in row["words"].split():
            if word.endswith("*"):
                stems.setdefault(word[:-1], set()).add(row["name"])
            else:
                for form in _forms(word) if row.get("inflected") else [word]:
                    words.setdefault(form, set()).add(row["name"])
    sentence = _cues(told["sentence"])
    return Cues(
        sentence=sentence,
        finder=Finder.of([cue.pattern for cue in sentence]),
        place=_cues(told["place"]),
        topic=re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in sorted(told["topics"].items()))),
        pairs=tuple((*names.split(" ", 1), within) for names, within in told["pairs"].items()),
        openings=frozenset(told["openings"]["words"].split()),
        words={word: frozenset(names) for word, names in words.items()},
        stems={stem: frozenset(names) for stem, names in stems.items()},
    )


def _cues(rows: list[dict[str, Any]]) -> tuple[Cue, ...]:
    return tuple(
        Cue(
            name=row["name"],
            kind=Kind(row["kind"]),
            weight=row["weight"],
            pattern=re.compile(row["pattern"], re.VERBOSE),
            unless=re.compile(row["unless"], re.VERBOSE) if "unless" in row else None,
            veto=row.get("veto", False),
        )
        for row in rows
    )


def _forms(word: str) -> Iterator[str]:
    """An English word as it is written with its endings, and some that nobody writes."""
    yield from (word, f"{word}s", f"{word}es")
    if word.endswith("e"):
        yield from (f"{word[:-1]}ing", f"{word}d")
    else:
        yield from (f"{word}ing", f"{word}ed")
    if len(word) > 2 and word[-1] == "y" and word[-2] not in "aeiou":
        yield from (f"{word[:-1]}ies", f"{word[:-1]}ied")
    if len(word) > 2 and word[-1] not in "aeiouwxy" and word[-2] in "aeiou" and word[-3] not in "aeiou":
        yield from (f"{word}{word[-1]}ing", f"{word}{word[-1]}ed")
