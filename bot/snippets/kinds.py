"""What a unit does, with the named reasons that say so; pure arithmetic over what is seen and what it weighs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from bot.model import BlockKind, Kind
from bot.snippets.evidence import Evidence, evidence, words_of
from bot.snippets.sentences import Unit
from bot.snippets.subject import Subject
from bot.snippets.weights import Weights, weights

BEST = 3
"""A document is about benefits when its best statements, so many, are."""
SURELY_NONE, NEVER = 3.0, -10.0
SAID = 6
"""So many of the strongest reasons are named; the others are summed up."""
NAMED = 4
"""So many of a statement's words are named with what they weigh together."""


class Reason(NamedTuple):
    """One piece of evidence, and what it weighs for a benefit."""

    name: str
    words: str
    weight: float

    def __str__(self) -> str:
        return f"{self.weight:+.2f} {self.name}" + (f": {self.words}" if self.words else "")


@dataclass(frozen=True, slots=True)
class Judgement:
    """The kind, the score, and the reasons whose weights sum up to it; a benefit scores 0 or more."""

    kind: Kind
    score: float
    reasons: tuple[Reason, ...]
    otherwise: Kind = Kind.OTHER


def judge_all(units: Sequence[Unit], about: Subject, fitted: Weights | None = None) -> list[Judgement]:
    """Every unit of a document, knowing of one another: the items of a list are alike, and a document without a strong
    benefit has none."""
    fitted = fitted or weights()
    alone = [judge(unit, about, fitted) for unit in units]
    return _in_document(units, _in_lists(units, alone, fitted), fitted)


def judge(unit: Unit, about: Subject, fitted: Weights | None = None) -> Judgement:
    """The kind of a unit by itself, and how good a benefit it is."""
    fitted = fitted or weights()
    seen = evidence(unit, about)
    reasons = [Reason("any statement", "", fitted.start)]
    reasons += [Reason(one.name, one.words, weight) for one in seen if (weight := fitted.of.get(one.name, 0.0))]
    by_word = {word: fitted.words[stem] for stem, word in words_of(unit, about).items() if stem in fitted.words}
    if by_word:
        strongest = sorted(by_word, key=lambda word: -abs(by_word[word]))[:NAMED]
        reasons.append(Reason("its words", ", ".join(strongest), round(sum(by_word.values()), 2)))
    if veto := next((one for one in seen if one.veto), None):
        reasons.append(Reason("never a benefit", veto.words, NEVER))
    return _judgement(reasons, _otherwise(seen))


def _in_document(units: Sequence[Unit], judgements: list[Judgement], fitted: Weights) -> list[Judgement]:
    """The judgements again: where not even the best are good, none is a benefit."""
    both = zip(units, judgements, strict=True)
    scores = sorted((one.score for unit, one in both if unit.kind is not BlockKind.HEADING), reverse=True)
    best = scores[:BEST]
    if best and sum(best) / len(best) >= fitted.document:
        return judgements
    highest = max((judgement.score for judgement in judgements), default=0.0)
    doubt = Reason("no strong benefit in this text", "", -max(SURELY_NONE, math.ceil(highest) + 1.0))
    return [
        _judgement([*judgement.reasons, doubt], judgement.otherwise) if judgement.kind is Kind.BENEFIT else judgement
        for judgement in judgements
    ]


def _in_lists(units: Sequence[Unit], judgements: list[Judgement], fitted: Weights) -> list[Judgement]:
    """The items of a list speak for one another."""
    found = list(judgements)
    places = [n for n, unit in enumerate(units) if unit.kind is BlockKind.BULLET]
    for _, group in groupby(places, key=lambda n: (units[n].titles[:1], units[n].lead)):
        items = list(group)
        if len(items) < 2:
            continue
        chances = {n: 1 / (1 + math.exp(-(judgements[n].score + fitted.shift))) for n in items}
        total = sum(chances.values())
        for n in items:
            mean = (total - chances[n]) / (len(items) - 1)
            reason = Reason("the rest of its list", "", round(fitted.company * (mean - fitted.usual), 2))
            found[n] = _judgement([*found[n].reasons, reason], found[n].otherwise)
    return found


def _judgement(reasons: Sequence[Reason], otherwise: Kind) -> Judgement:
    score = round(sum(reason.weight for reason in reasons), 2)
    return Judgement(Kind.BENEFIT if score >= 0 else otherwise, score, tuple(reasons), otherwise)


def _otherwise(seen: Sequence[Evidence]) -> Kind:
    """What a statement is that is no benefit: the kind with the most against it."""
    against: dict[Kind, float] = {}
    for one in seen:
        if one.weight < 0:
            against[one.kind] = against.get(one.kind, 0) + one.weight
    return min(against, key=lambda kind: against[kind]) if against else Kind.OTHER


def told(judgement: Judgement) -> tuple[str, ...]:
    """The reasons as a person reads them: the strongest, then the rest in one; they sum up to the score."""
    strongest = sorted(judgement.reasons, key=lambda reason: -abs(reason.weight))
    rest = round(sum(reason.weight for reason in strongest[SAID:]), 2)
    summed = [Reason("smaller signs", "", rest)] if strongest[SAID:] else []
    return tuple(map(str, (*strongest[:SAID], *summed)))
