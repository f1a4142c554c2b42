"""What claims.toml says, as rules: each with its patterns, its reasons and its source."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bot.model import Kind, Level

Told = Mapping[str, Any]
NAME = re.compile(r"<<(\w+)>>")
SPELT = {"*": r"\w*", " ": r"[\s-]+"}
WHOLE = r"(?<!\w)(?:"
"""A pattern finds no part of a word, so none is looked for there."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule is written: the rule it touches, the page, and the day or month (ISO) it was looked up."""

    rule: str
    where: str
    date: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; see the head of claims.toml.

    `needs` and `unless` are "" where there is none. `in_cautions`: a statement that warns somebody may hold it, too.
    `kind` is the only one that may hold it, `not_in` are those that seldom do; `titles`: so may a bare heading.
    """

    name: str
    level: Level
    pattern: str
    needs: str
    unless: str
    in_cautions: bool
    kind: Kind | None
    not_in: frozenset[Kind]
    titles: bool
    why: str
    safer: str
    source: Source


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule of claims.toml, in its order."""
    told = tomllib.loads((files("bot.snippets") / "claims.toml").read_text(encoding="utf-8"))
    sources = {name: Source(one["rule"], one["where"], str(one["date"])) for name, one in told["source"].items()}
    known = {name: _any_of(words) for name, words in told["lists"].items()} | told["context"]
    return tuple(_rule(one, told["lists"], known, sources) for one in told["rule"])


def _rule(told: Told, lists: Mapping[str, Sequence[str]], known: Told, sources: Mapping[str, Source]) -> Rule:
    words = [
        word for named in told.get("words", ()) for word in (lists[named[1:]] if named.startswith("@") else [named])
    ]
    known = {**known, "words": _any_of(words)}
    return Rule(
        name=told["name"],
        level=Level(told["level"]),
        in_cautions="<<caution>>" not in told.get("unless", ""),
        pattern=WHOLE + _filled(told.get("pattern", r"<<words>>\b"), known) + ")",
        needs=_filled(told.get("needs", ""), known),
        unless=_filled(told.get("unless", ""), known),
        kind=Kind(told["kind"]) if "kind" in told else None,
        not_in=frozenset(map(Kind, told.get("not_in", ()))),
        titles=told.get("titles", True),
        why=told["why"],
        safer=told["safer"],
        source=sources[told["source"]],
    )


def _any_of(words: Sequence[str]) -> str:
    """A pattern for any of these words; "*" is any ending, a space also a hyphen or several."""
    return _branched([[SPELT.get(letter, re.escape(letter)) for letter in word] for word in words])


def _branched(spelt: Sequence[Sequence[str]]) -> str:
    """One pattern for all, their common beginnings read once: of hundreds of words few are tried at any place."""
    after: dict[str, list[Sequence[str]]] = {}
    for letters in sorted(spelt, key=len, reverse=True):
        after.setdefault(letters[0] if letters else "", []).append(letters[1:])
    branches = [first and first + _branched(rest) for first, rest in after.items()]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _filled(pattern: str, known: Mapping[str, str]) -> str:
    return NAME.sub(lambda name: _filled(known[name[1]], known), pattern)
