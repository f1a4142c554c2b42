"""Fits the weights of the snippets' evidence on labelled documents: python -m bench.fit FOLDER... [--try | --each].

Writes bot/snippets/weights.toml. With --try it writes nothing, and tells how well documents are read that were not
fitted on, a twelfth of them in turn; with --each every one in turn, which takes minutes. Needs scikit-learn (the extra
`fit`); reading documents needs none of it.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean
from typing import Any

import bench.snippets_quality as quality
from bot.model import Document
from bot.snippets import weights as fitted
from bot.snippets.cues import cues
from bot.snippets.evidence import evidence, words_of
from bot.snippets.kinds import judge_all
from bot.snippets.sentences import Unit, units
from bot.snippets.subject import Subject
from bot.snippets.weights import Weights

FILE = Path(fitted.__file__).with_name("weights.toml")
OFTEN, OFTEN_WORD = 8, 8
"""Evidence or a word that fewer statements show is not learned from."""
STRENGTH = 0.1
"""The inverse of how much large weights cost (scikit-learn's C)."""
SHIFT = 0.5
"""A statement is called a benefit from odds of exp(-0.5) on: what is missed costs as much as what is wrong."""
DOCUMENT, COMPANY, BESIDE, SECTION, USUAL = 0.7, 1.5, 1.0, 0.5, 0.3
FITTED = ("start", "shift", "document", "company", "beside", "section", "usual")
SMALL = 0.02
PARTS = 12
PRIOR, PRIOR_SCALE = "the table of cues", 2.0


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document, its units, and which of them are labelled benefits."""

    name: str
    labels: dict[str, Any]
    document: Document
    units: tuple[Unit, ...]
    seen: tuple[frozenset[str], ...]
    benefits: tuple[bool, ...]


def read(folders: Sequence[Path]) -> Iterator[Labelled]:
    """Every labelled document of the folders."""
    score = quality.scorer()
    for folder in folders:
        for stem, labels, document in quality.labelled(folder):
            found, about = tuple(units(document)), Subject.of(document, labels["subject"])
            gold = [(one["start"], one["end"]) for one in labels["sentences"]]
            pairs = score.match([unit.span for unit in found], gold)
            kinds = [labels["sentences"][pairs[n]]["kind"] if n in pairs else "" for n in range(len(found))]
            seen = tuple(_seen(unit, about) for unit in found)
            yield Labelled(
                f"{quality.name_of(folder)}/{stem}", labels, document, found, seen, tuple(k == "benefit" for k in kinds)
            )


def _seen(unit: Unit, about: Subject) -> frozenset[str]:
    return frozenset(
        [*(one.name for one in evidence(unit, about)), *(f"word {stem}" for stem in words_of(unit, about))]
    )


def fit(documents: Sequence[Labelled]) -> Weights:
    """The weights that tell the labelled benefits of these documents from the rest best."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows = [seen for document in documents for seen in document.seen]
    often = Counter(name for seen in rows for name in seen)
    known = {name for name, n in often.items() if n >= (OFTEN_WORD if name.startswith("word ") else OFTEN)}
    vectorizer = DictVectorizer()
    prior = _prior()
    table = vectorizer.fit_transform([_row(seen, known, prior) for seen in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    model.fit(table, [one for document in documents for one in document.benefits])
    named = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    learned = {str(name): float(weight) for name, weight in named}
    trust = learned.pop(PRIOR) * PRIOR_SCALE
    total = {name: learned.get(name, 0.0) + trust * prior.get(name, 0.0) for name in {*learned, *prior}}
    weights = {name: round(weight, 2) for name, weight in total.items() if abs(weight) >= SMALL}
    return Weights(
        start=round(float(model.intercept_[0]) + SHIFT, 2),
        shift=-SHIFT,
        document=DOCUMENT,
        company=COMPANY,
        beside=BESIDE,
        section=SECTION,
        usual=USUAL,
        of={name: weight for name, weight in weights.items() if not name.startswith("word ")},
        words={name.removeprefix("word "): weight for name, weight in weights.items() if name.startswith("word ")},
    )


def _prior() -> dict[str, float]:
    """What the table of cues says its patterns weigh, before anything is learned: rare ones keep it."""
    return {cue.name: cue.weight for cue in cues().sentence}


def _row(seen: frozenset[str], known: set[str], prior: Mapping[str, float]) -> dict[str, float]:
    row = dict.fromkeys(sorted(seen & known), 1.0)
    return {**row, PRIOR: PRIOR_SCALE * sum(prior.get(name, 0.0) for name in seen)}


def tried(documents: Sequence[Labelled], parts: int) -> dict[str, list[float]]:
    """F1 and precision of the five best of every document, fitted on the other parts, by folder."""
    found: dict[str, list[tuple[float, float | None]]] = {}
    for part in range(parts):
        others = [one for n, one in enumerate(documents) if n % parts != part]
        weights = fit(others)
        for one in documents[part::parts]:
            found.setdefault(one.name.rpartition("/")[0], []).append(_judged(one, weights))
    return {
        folder: [mean(f1 for f1, _ in figures), mean(p for _, p in figures if p is not None)]
        for folder, figures in sorted(found.items())
    }


def _judged(one: Labelled, weights: Weights) -> tuple[float, float | None]:
    score = quality.scorer()
    judgements = judge_all(one.units, Subject.of(one.document, one.labels["subject"]), weights)
    told = [(judgement.score, unit.span) for judgement, unit in zip(judgements, one.units, strict=True)]
    best = [span for points, span in sorted(told, reverse=True) if points >= 0]
    gold = [(label["start"], label["end"]) for label in one.labels["sentences"] if label["kind"] == "benefit"]
    f1 = score.prf(len(score.match(best, gold)), len(best), len(gold))[2]
    hits = [any(score.iou(span, right) >= score.IOU for right in gold) for span in best[:5]]
    return f1, sum(hits) / len(hits) if hits else None


def written(weights: Weights, documents: Sequence[Labelled]) -> str:
    """weights.toml."""
    many = sum(len(one.units) for one in documents)
    today = datetime.now(tz=UTC).date().isoformat()
    lines = [
        "# What each piece of evidence weighs, as the logarithm of the odds that a statement is a benefit.",
        f"# Written by `python -m bench.fit` on {today}: {len(documents)} documents, {many} statements. Do not edit.",
        "",
        "[all]",
        *(f"{name} = {getattr(weights, name)}" for name in FITTED),
    ]
    for table, told in (("evidence", weights.of), ("words", weights.words)):
        lines += ["", f"[{table}]", *(f'"{name}" = {weight}' for name, weight in sorted(told.items()))]
    return "\n".join(lines) + "\n"


def main(told: Sequence[str]) -> None:
    """Fit, or try."""
    documents = list(read([Path(name) for name in told if not name.startswith("--")]))
    if {"--try", "--each"} & set(told):
        for folder, (f1, precision) in tried(documents, len(documents) if "--each" in told else PARTS).items():
            print(f"{folder:20s} macro F1 {f1:.3f}  P@5 {precision:.3f}")
        return
    FILE.write_text(written(fit(documents), documents), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
