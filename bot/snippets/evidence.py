"""What can be seen in and around a statement: named evidence, each once, with the words that show it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from bot.model import BlockKind, Kind
from bot.snippets.cues import Cue, cues
from bot.snippets.sentences import READ, Unit
from bot.snippets.subject import PRONOUN, Subject
from bot.snippets.wording import small, stem, telling

TOKEN = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|%|\d+|[?!:;,.–—-]")
SHORT = ((1, "one word"), (3, "two or three words"), (7, "up to seven words"), (14, "up to fourteen words"))
LONG = ((40, "over forty words"), (28, "over twenty-eight words"))
FRONT, BACK = 0.1, 0.85
"""Shares of a text before which, and behind which, a statement stands at its front or its end."""
OPENING = 5
"""Words in which a statement opens with its subject."""
SHOWN = 40
"""Characters of a statement that a piece of evidence about its shape is shown with."""


class Evidence(NamedTuple):
    """One thing seen; `kind` is what it speaks for, if it is one of the patterns that name a kind."""

    name: str
    words: str
    kind: Kind = Kind.OTHER
    weight: float = 0.0
    veto: bool = False


def evidence(unit: Unit, about: Subject) -> tuple[Evidence, ...]:
    """Everything seen in a unit, each name once; the subject's own words prove nothing ("Book" in a program's name)."""
    text = small(about.hidden_in(unit.text[:READ]))
    seen: dict[str, Evidence] = {}
    for one in (*_in_words(text), *_in_place(unit, about), *_in_shape(unit, about)):
        seen.setdefault(one.name, one)
    return tuple(seen.values())


def words_of(unit: Unit, about: Subject) -> dict[str, str]:
    """The stems of the words of a unit, each with the first word that has it."""
    found: dict[str, str] = {}
    for word in telling(about.hidden_in(unit.text[:READ])):
        if word.strip("x"):  # the subject's own words are hidden as x
            found.setdefault(stem(word), word)
    return found


def _in_words(text: str) -> Iterator[Evidence]:
    table = cues()
    for cue, at in table.seen_in(text):
        yield Evidence(cue.name, text[slice(*at)].strip(), cue.kind, cue.weight, cue.veto)
    tokens = TOKEN.findall(text)
    classes = [table.classes(token) for token in tokens]
    places: dict[str, list[int]] = {}
    for n, names in enumerate(classes):
        for name in names:
            places.setdefault(name, []).append(n)
    yield from _by_class(tokens, classes, places)
    for first, second, within in table.pairs:
        if first in places and second in places:
            near = ((n, m) for n in places[first] for m in places[second] if n < m <= n + within)
            if pair := next(near, None):
                yield Evidence(f"{first} + {second}", " ".join(tokens[pair[0] : pair[1] + 1]))


def _by_class(tokens: list[str], classes: list[frozenset[str]], places: dict[str, list[int]]) -> Iterator[Evidence]:
    for name in sorted(places):
        words = [tokens[n] for n in places[name]]
        yield Evidence(f"a word of {name}", words[0])
        if len(words) > 1:
            yield Evidence(f"words of {name}", ", ".join(dict.fromkeys(words)))
    first = next((n for n, token in enumerate(tokens) if token[0].isalpha()), None)
    if first is None:
        return
    for name in sorted(classes[first]):
        yield Evidence(f"opens with a word of {name}", tokens[first])
    if tokens[first] in cues().openings:
        yield Evidence(f"opens with {tokens[first]}", tokens[first])
    if tokens[first].endswith("ing"):
        yield Evidence("opens with -ing", tokens[first])


def _in_place(unit: Unit, about: Subject) -> Iterator[Evidence]:
    """The lead-in of a list beats the title above it; of the titles the nearest that says anything counts."""
    item = unit.kind is BlockKind.BULLET and unit.first
    role = "an item" if item else "a title" if unit.kind is BlockKind.HEADING else "prose"
    around = [("after", unit.lead.text)] if unit.lead else []
    for word, text in (*around, *(("under", title) for title in unit.titles)):
        if cue := place_of(about.hidden_in(text)):
            yield Evidence(f"{role} {word} {cue.name}", text, cue.kind, cue.weight, cue.veto and item)
            break
    for word, text in (("lead-in", unit.lead.text if unit.lead else ""), ("title", next(iter(unit.titles), ""))):
        for name in sorted(_classes_of(small(about.hidden_in(text))[:READ])):
            yield Evidence(f"{word} with a word of {name}", text)


@lru_cache(maxsize=256)
def place_of(text: str) -> Cue | None:
    """What a title or lead-in says of what follows it: the first cue that finds something."""
    low = small(text)
    return next((cue for cue in cues().place if cue.where(low)), None)


@lru_cache(maxsize=256)
def _classes_of(text: str) -> frozenset[str]:
    return frozenset(name for token in TOKEN.findall(text) for name in cues().classes(token))


def _in_shape(unit: Unit, about: Subject) -> Iterator[Evidence]:
    text, length = unit.text, len(unit.text.split())
    shown = text[:SHOWN]
    yield Evidence(f"a {unit.kind}", shown)
    if unit.kind is BlockKind.BULLET:
        yield Evidence("opens its item" if unit.opens else "an item" if unit.first else "explains its item", shown)
    elif not unit.first:
        yield Evidence("further in its paragraph", shown)
    if short := next((name for most, name in SHORT if length <= most), None):
        yield Evidence(short, shown)
    yield from (Evidence(name, f"{length} words") for least, name in LONG if length > least)
    if not text.rstrip().endswith((".", "!", "?", ":")):
        yield Evidence("no mark at its end", text[-SHOWN:])
    if unit.share < FRONT:
        yield Evidence("at the front of the text", shown)
    elif unit.share > BACK:
        yield Evidence("at the end of the text", shown)
    yield from _of_subject(text, about)


def _of_subject(text: str, about: Subject) -> Iterator[Evidence]:
    if not about.name:
        return
    if about.named_in(" ".join(text.split()[:OPENING])):
        yield Evidence("opens with the subject", about.name)
    elif PRONOUN.match(text):
        yield Evidence("opens with it or they", text[:SHOWN])
    elif about.named_in(text):
        yield Evidence("names the subject late", about.name)
