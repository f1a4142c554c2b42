"""What a unit does, with the named reasons that say so; pure arithmetic over the table of cues."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bot.model import BlockKind, Kind
from bot.snippets.cues import Cue, cues
from bot.snippets.sentences import READ, Unit
from bot.snippets.subject import Subject
from bot.snippets.wording import small

BENEFIT = 1.0
"""From this score on a statement counts as a benefit."""
SHORT, LONG = 2, 40
OPENING, NAMING = 0.5, 0.25
"""The first of an item's sentences is its author's headline; a sentence that names the subject is about it."""
HEADING = "heading"
SPARSE = 10
"""One benefit in so many statements is few."""
STRONG = 1.5
"""A document about benefits has at least one as good as this."""
SHAPE = {"opens its item", "names the subject"}
SECTION_ON_PROSE = 0.5
"""A title says less about a sentence of prose, and about what explains an item, than about the item of a list."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence found, in the unit or around it."""

    name: str
    words: str
    kind: Kind
    weight: float

    def __str__(self) -> str:
        return f"{self.weight:+.2f}".removesuffix("0") + f" {self.name}: {self.words}"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The kind, the score, and the reasons whose weights sum up to it."""

    kind: Kind
    score: float
    reasons: tuple[Reason, ...]


def judge(unit: Unit, about: Subject) -> Judgement:
    """The kind of a unit and how good a benefit it is."""
    reasons = (*_in_words(unit, about), *_in_place(unit, about), *_in_shape(unit, about))
    score = round(sum(reason.weight for reason in reasons), 2)
    return Judgement(_kind(score, reasons), score, reasons)


def in_company(judgements: list[Judgement]) -> list[Judgement]:
    """The judgements again, knowing of one another: few or weak benefits in a document about other things are none."""
    scores = [judgement.score for judgement in judgements if judgement.kind is Kind.BENEFIT]
    if len(scores) * SPARSE >= len(judgements) and max(scores, default=0) >= STRONG:
        return judgements
    doubt = Reason("no strong benefit here", f"{len(scores)} of {len(judgements)}", Kind.OTHER, -1.0)
    return [_doubted(judgement, doubt) if judgement.kind is Kind.BENEFIT else judgement for judgement in judgements]


def _doubted(judgement: Judgement, doubt: Reason) -> Judgement:
    score, reasons = round(judgement.score + doubt.weight, 2), (*judgement.reasons, doubt)
    return Judgement(_kind(score, reasons), score, reasons)


def _kind(score: float, reasons: tuple[Reason, ...]) -> Kind:
    if any(reason.name == HEADING for reason in reasons):
        return Kind.OTHER
    if score >= BENEFIT and any(reason.kind is Kind.BENEFIT for reason in reasons if reason.name not in SHAPE):
        return Kind.BENEFIT
    against: dict[Kind, float] = {}
    for reason in reasons:
        if reason.weight < 0:
            against[reason.kind] = against.get(reason.kind, 0) + reason.weight
    return min(against, key=lambda kind: against[kind]) if against else Kind.OTHER


def _in_words(unit: Unit, about: Subject) -> list[Reason]:
    """The cues in a unit's words; the subject's own words are no evidence ("Book" in a bookkeeping program's name)."""
    text = small(about.hidden_in(unit.text[:READ]))
    found = ((cue, cue.where(text)) for cue in cues().sentence)
    return [Reason(cue.name, unit.text[slice(*at)].strip(), cue.kind, cue.weight) for cue, at in found if at]


def _in_place(unit: Unit, about: Subject) -> list[Reason]:
    """The lead-in of a list beats the title above it; of the titles the nearest that says anything counts."""
    share = 1.0 if unit.kind is BlockKind.BULLET and unit.first else SECTION_ON_PROSE
    around = [("after", unit.lead.text, 1.5)] if unit.lead else []
    around += [("under", title, 1.0) for title in unit.titles]
    for word, text, factor in around:
        if cue := _place(about.hidden_in(text)):
            # prose under "Contraindications" is no less a caution than a bullet there
            weight = cue.weight * (factor if cue.weight < 0 else factor * share)
            return [Reason(f"{word} {cue.name}", text, cue.kind, round(weight, 2))]
    return []


@lru_cache(maxsize=256)
def _place(text: str) -> Cue | None:
    """What a title or lead-in says of what follows it: the first cue that finds something."""
    return next((cue for cue in cues().place if cue.where(small(text))), None)


def _in_shape(unit: Unit, about: Subject) -> list[Reason]:
    if unit.kind is BlockKind.HEADING:
        return [Reason(HEADING, unit.text, Kind.OTHER, -3.0)]
    reasons = []
    if unit.opens:
        reasons.append(Reason("opens its item", unit.text[:30], Kind.BENEFIT, OPENING))
    if unit.kind is BlockKind.BULLET and not unit.first:
        reasons.append(Reason("explains its item", unit.text[:30], Kind.HOW_IT_WORKS, -0.25))
    if about.is_spoken_of(unit.text):
        reasons.append(Reason("names the subject", about.name, Kind.BENEFIT, NAMING))
    length = len(unit.text.split())
    if length < SHORT:
        reasons.append(Reason("short", unit.text, Kind.OTHER, -0.5))
    if length > LONG:
        reasons.append(Reason("long", f"{length} words", Kind.OTHER, -0.5))
    return reasons
