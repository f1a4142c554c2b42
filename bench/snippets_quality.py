"""How well the snippets of the labelled documents are found: python -m bench.snippets_quality [CORPUS]."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.documents import read
from bot.model import Document, Kind, Snippet
from bot.snippets import choose, find_snippets

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
SHORT = re.compile(r"(?:It|They)[’'](?:s|re|ll|ve)\b", re.IGNORECASE)


def scorer(corpus: Path) -> ModuleType:
    """The corpus's own score.py, as a module."""
    spec = importlib.util.spec_from_file_location("score", corpus / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def labelled(corpus: Path) -> list[tuple[str, dict[str, Any], Document]]:
    """Stem, labels and document of each labelled document."""
    labels = [
        (path.stem, json.loads(path.read_text(encoding="utf-8"))) for path in sorted((corpus / "labels").glob("*.json"))
    ]
    return [(stem, label, read(corpus / "docs" / label["doc"], label["doc"])) for stem, label in labels]


def as_scored(snippet: Snippet, document: Document, subject: str) -> dict[str, object]:
    """A snippet in the scorer's terms, which count "It's" as one word: the one we wrote out is folded back."""
    start, end = snippet.span
    text = snippet.text
    short = SHORT.match(document.text, start)
    if short and text.startswith(subject):
        _, _, rest = text.removeprefix(f"{subject} ").partition(" ")
        text = f"{short[0]} {rest}"
    return {"text": text, "source_start": start, "source_end": end, "kind": str(snippet.kind), "risk": snippet.risk}


def precision(score: ModuleType, best: list[Snippet], labels: dict[str, Any]) -> float | None:
    """Share of these that are labelled benefits; None of none."""
    gold = [(label["start"], label["end"]) for label in labels["sentences"] if label["kind"] == "benefit"]
    hits = [any(score.iou(snippet.span, span) >= score.IOU for span in gold) for snippet in best]
    return sum(hits) / len(hits) if hits else None


def measured(corpus: Path) -> dict[str, Any]:
    """The scorer's figures, P@5 by score and of what would be chosen, and milliseconds a document."""
    score = scorer(corpus)
    documents = labelled(corpus)
    began = time.perf_counter()
    found = {stem: find_snippets(document, labels["subject"]) for stem, labels, document in documents}
    spent = time.perf_counter() - began
    predictions = {
        stem: [as_scored(snippet, document, labels["subject"]) for snippet in found[stem]]
        for stem, labels, document in documents
    }
    overall, per_document = score.score(predictions, "all", str(corpus / "labels"), str(corpus / "docs"))
    top = {stem: [snippet for snippet in found[stem] if snippet.kind is Kind.BENEFIT][:5] for stem in found}
    return {
        **overall,
        "P@5": score.mean([precision(score, top[stem], labels) for stem, labels, _ in documents]),
        "P@5 chosen": score.mean([precision(score, choose(found[stem], 5), labels) for stem, labels, _ in documents]),
        "ms/doc": 1000 * spent / len(documents),
        "per document": per_document,
    }


def main(corpus: Path) -> None:
    """Print the figures."""
    figures = measured(corpus)
    for stem, one in figures.pop("per document").items():
        risk = f"{one['risk_tp']}/{one['risk_gold']}"
        print(f"{stem:28s} P {one['P']:.2f}  R {one['R']:.2f}  F1 {one['F1']:.2f}  risk {risk}")
    for name, value in figures.items():
        print(f"{name:28s} {value:.3f}" if isinstance(value, float) else f"{name:28s} {value}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS)
