"""What a unit does, with the named reasons that say so; pure arithmetic over what is seen and what it weighs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
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
    """Every unit of a document, knowing of one another: what stands together is alike, and a document without a strong
    benefit has none."""
    fitted = fitted or weights()
    alone = [judge(unit, about, fitted) for unit in units]
    together = _in_sections(units, _in_lists(units, alone, fitted), fitted)
    return _in_document(units, together, fitted)


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
    return _judgement(sum(reason.weight for reason in reasons), tuple(reasons), _otherwise(seen))


def _in_document(units: Sequence[Unit], judgements: list[Judgement], fitted: Weights) -> list[Judgement]:
    """The judgements again: where not even the best are good, none is a benefit."""
    both = zip(units, judgements, strict=True)
    scores = sorted((one.score for unit, one in both if unit.kind is not BlockKind.HEADING), reverse=True)
    best = scores[:BEST]
    if best and sum(best) / len(best) >= fitted.document:
        return judgements
    highest = max((judgement.score for judgement in judgements), default=0.0)
    doubt = Reason("no strong benefit in this text", "", -max(SURELY_NONE, math.ceil(highest) + 1.0))
    return [_and(judgement, doubt) if judgement.kind is Kind.BENEFIT else judgement for judgement in judgements]


def _in_lists(units: Sequence[Unit], judgements: list[Judgement], fitted: Weights) -> list[Judgement]:
    """The items of a list speak for one another."""
    chances = _chances(judgements, fitted)
    places = [n for n, unit in enumerate(units) if unit.kind is BlockKind.BULLET]
    lists = groupby(places, key=lambda n: (units[n].titles[:1], units[n].lead))
    others = {n: mean for _, group in lists for n, mean in _means_of_others(list(group), chances)}
    return [
        _with(one, "the rest of its list", fitted.company, others.get(n), fitted) for n, one in enumerate(judgements)
    ]


def _in_sections(units: Sequence[Unit], judgements: list[Judgement], fitted: Weights) -> list[Judgement]:
    """So do the statements right before and behind one, and those under the same title."""
    chances = _chances(judgements, fitted)
    said = [n for n, unit in enumerate(units) if unit.kind is not BlockKind.HEADING]
    sections: dict[tuple[str, ...], list[int]] = {}
    for n in said:
        sections.setdefault(units[n].titles[:1], []).append(n)
    others = {n: mean for section in sections.values() for n, mean in _means_of_others(section, chances)}
    spoken = set(said)
    found = []
    for n, judgement in enumerate(judgements):
        both = [chances[at] for at in (n - 1, n + 1) if at in spoken]
        near = sum(both) / len(both) if both else None
        beside_it = _with(judgement, "what stands beside it", fitted.beside, near, fitted)
        found.append(_with(beside_it, "the rest of its section", fitted.section, others.get(n), fitted))
    return found


def _chances(judgements: Sequence[Judgement], fitted: Weights) -> list[float]:
    """How likely each is a benefit."""
    return [1 / (1 + math.exp(-(judgement.score + fitted.shift))) for judgement in judgements]


def _means_of_others(places: Sequence[int], chances: Sequence[float]) -> Iterator[tuple[int, float]]:
    """For each place the mean chance of the other ones, where there are any."""
    total, others = sum(chances[n] for n in places), len(places) - 1
    if others:
        yield from ((n, (total - chances[n]) / others) for n in places)


def _with(judgement: Judgement, name: str, weight: float, chance: float | None, fitted: Weights) -> Judgement:
    """A judgement with one more reason: what is likelier than usual around it speaks for it."""
    return (
        judgement if chance is None else _and(judgement, Reason(name, "", round(weight * (chance - fitted.usual), 2)))
    )


def _and(judgement: Judgement, reason: Reason) -> Judgement:
    return _judgement(judgement.score + reason.weight, (*judgement.reasons, reason), judgement.otherwise)


def _judgement(score: float, reasons: tuple[Reason, ...], otherwise: Kind) -> Judgement:
    score = round(score, 2)
    return Judgement(Kind.BENEFIT if score >= 0 else otherwise, score, reasons, otherwise)


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
