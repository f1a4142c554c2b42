"""How well the snippets of labelled documents are found: python -m bench.snippets_quality [CORPUS...]."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import sys
import tempfile
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.documents import read
from bot.model import Document, Kind, Snippet
from bot.snippets import choose, find_snippets

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "corpus"
OURS = ROOT / "tests" / "corpus"
BEST = 5
FEW = 20
"""So many documents are told one by one."""
SHORT = re.compile(r"(?:It|They)[’'](?:s|re|ll|ve)\b", re.IGNORECASE)
COLUMNS = {
    "macro F1": "macro_F1",
    f"P@{BEST}": "P@5",
    f"P@{BEST} chosen": "P@5 chosen",
    "core recall": "core_R",
    "kind accuracy": "kind_acc",
    "provenance": "provenance",
    "honest": "honest",
    "self-contained": "self_contained",
    "self-contained, chosen": "self_contained chosen",
    "risk recall": "risk_R",
    "risk precision": "risk_P",
}
Labelled = list[tuple[str, dict[str, Any], Document]]


@cache
def scorer() -> ModuleType:
    """The score.py of the reference corpus, as a module."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def labelled(corpus: Path) -> Labelled:
    """Stem, labels and document of each labelled document."""
    labels = [
        (path.stem, json.loads(path.read_text(encoding="utf-8"))) for path in sorted((corpus / "labels").glob("*.json"))
    ]
    return [(stem, label, read(corpus / "docs" / label["doc"], label["doc"])) for stem, label in labels]


def scored(predictions: dict[str, list[dict[str, object]]], documents: Labelled) -> tuple[dict[str, Any], Any]:
    """The scorer's figures of all these documents, and of each.

    It reads texts, so it is given the text of what is none: spans point into that.
    """
    with tempfile.TemporaryDirectory() as folder:
        docs, labels = Path(folder, "docs"), Path(folder, "labels")
        docs.mkdir()
        labels.mkdir()
        for stem, label, document in documents:
            (docs / label["doc"]).write_text(document.text, encoding="utf-8", newline="")
            (labels / f"{stem}.json").write_text(json.dumps(label), encoding="utf-8")
        overall, each = scorer().score(predictions, "all", str(labels), str(docs))
    return overall, each


def as_scored(snippet: Snippet, document: Document, subject: str) -> dict[str, object]:
    """A snippet in the scorer's terms, which count "It's" as one word: the one we wrote out is folded back."""
    start, end = snippet.span
    text = snippet.text
    short = SHORT.match(document.text, start)
    if short and text.startswith(subject):
        _, _, rest = text.removeprefix(f"{subject} ").partition(" ")
        text = f"{short[0]} {rest}"
    return {"text": text, "source_start": start, "source_end": end, "kind": str(snippet.kind), "risk": snippet.risk}


def precision(best: list[Snippet], labels: dict[str, Any]) -> float | None:
    """Share of these that are labelled benefits; None of none."""
    gold = [(label["start"], label["end"]) for label in labels["sentences"] if label["kind"] == "benefit"]
    hits = [any(scorer().iou(snippet.span, span) >= scorer().IOU for span in gold) for snippet in best]
    return sum(hits) / len(hits) if hits else None


def stands_alone(text: str) -> bool:
    """Whether the scorer finds no pronoun and no "also" at its beginning that nothing before it explains."""
    return not scorer().UNRES.match(text.strip())


def measured(corpus: Path) -> dict[str, Any]:
    """The scorer's figures, and those of the five that would be posted; "empty": documents without benefits."""
    documents = labelled(corpus)
    found = {stem: find_snippets(document, labels["subject"]) for stem, labels, document in documents}
    overall, each = scored(
        {
            stem: [as_scored(one, document, labels["subject"]) for one in found[stem]]
            for stem, labels, document in documents
        },
        documents,
    )
    top = {stem: [one for one in found[stem] if one.kind is Kind.BENEFIT][:BEST] for stem in found}
    chosen = {stem: choose(found[stem], BEST) for stem in found}
    empty = [stem for stem in each if not each[stem]["n_gold"]]
    mean = scorer().mean
    return {
        **overall,
        "P@5": mean([precision(top[stem], labels) for stem, labels, _ in documents]),
        "P@5 chosen": mean([precision(chosen[stem], labels) for stem, labels, _ in documents]),
        "self_contained chosen": mean([float(stands_alone(one.text)) for picked in chosen.values() for one in picked]),
        "chosen": sum(map(len, chosen.values())),
        "empty": len(empty),
        "empty, nothing found": sum(not each[stem]["n_pred"] for stem in empty),
        "empty, nothing chosen": sum(not chosen[stem] for stem in empty),
        "per document": each,
    }


def row(corpus: Path, figures: dict[str, Any]) -> str:
    """A folder's figures as a row of the table."""
    shown = ["–" if figures[key] is None else f"{figures[key]:.3f}" for key in COLUMNS.values()]
    nothing = f"{figures['empty, nothing chosen']} / {figures['empty, nothing found']} of {figures['empty']}"
    return f"| {name_of(corpus)} | {figures['docs']} | " + " | ".join(shown) + f" | {nothing} |"


def name_of(corpus: Path) -> str:
    """The folder as it is called from the project's."""
    return os.path.relpath(corpus.resolve(), ROOT)


def told(figures: dict[str, Any]) -> list[str]:
    """A line for each document."""
    return [
        f"{stem:28s} P {one['P']:.2f}  R {one['R']:.2f}  F1 {one['F1']:.2f}  risk {one['risk_tp']}/{one['risk_gold']}"
        for stem, one in figures["per document"].items()
    ]


def main(corpora: list[Path]) -> None:
    """Print the figures: a row for each folder, a line for each document of a small one."""
    figures = {corpus: measured(corpus) for corpus in corpora}
    print("| folder | documents | " + " | ".join(COLUMNS) + " | without benefits: nothing chosen / listed |")
    print("| --- | ---: |" + " ---: |" * (len(COLUMNS) + 1))
    for corpus, one in figures.items():
        print(row(corpus, one))
    for one in figures.values():
        if one["docs"] <= FEW:
            print("\n```", *told(one), "```", sep="\n")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]] or [SHARED, OURS])
