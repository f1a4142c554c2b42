"""The labels of the corpus, built from the short tags a person writes; see the README beside this file.

`python -m tests.corpus.labels units DOCUMENT` prints the numbered units of a document, for the one who tags it;
`python -m tests.corpus.labels build [FOLDER]` makes labels/NAME.json of every tags/NAME.tag.

A tag file's first line is `subject: Chair yoga | lang: en | units: 41`. Each further line labels units by number:
`12 b*! cures a disease`, `14-19 l`. The letter is the kind, `*` a benefit at its best, `!` a risky claim, and words
after it are a remark. A unit that no line names is `o`. The count guards against a splitter that cuts differently.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.documents import read
from bot.model import Document
from bot.snippets.sentences import Unit, units

KINDS = {
    "c": "CTA",
    "t": "testimonial",
    "x": "contraindication",
    "l": "logistics",
    "h": "history",
    "d": "definition",
    "b": "benefit",
    "w": "how-it-works",
    "a": "audience",
    "o": "other",
}
HEAD = re.compile(r"subject:\s*(?P<subject>.+?)\s*\|\s*lang:\s*(?P<lang>\w+)(?:\s*\|\s*units:\s*(?P<count>\d+))?\s*")
LINE = re.compile(
    r"(?P<first>\d+)(?:-(?P<last>\d+))?\s+(?P<kind>[ctxlhdbwao])(?P<core>\*?)(?P<risk>!?)(?:\s+(?P<why>.+))?"
)
CORPUS = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Tag:
    """What one line says of a unit."""

    kind: str = "o"
    core: bool = False
    risk: bool = False
    why: str = ""


def tagged(lines: list[str]) -> dict[int, Tag]:
    """The tag of each unit that is named. Raises ValueError with the line that cannot be read or repeats a unit."""
    tags: dict[int, Tag] = {}
    for line in filter(None, (line.partition("#")[0].strip() for line in lines)):
        match = LINE.fullmatch(line)
        if match is None:
            raise ValueError(f'"{line}" is no tag; write NUMBER KIND, such as "12 b*!" or "14-19 l"')
        tag = Tag(match["kind"], bool(match["core"]), bool(match["risk"]), match["why"] or "")
        if tag.core and tag.kind != "b":
            raise ValueError(f'"{line}": a tag has "*" for a benefit only')
        for number in range(int(match["first"]), int(match["last"] or match["first"]) + 1):
            if number in tags:
                raise ValueError(f'"{line}": unit {number} is tagged already')
            tags[number] = tag
    return tags


def labels(document: Document, tag_file: str) -> dict[str, object]:
    """What the scorer reads of a document. Raises ValueError where the tags do not fit its units."""
    first, *lines = tag_file.strip().splitlines()
    head = HEAD.fullmatch(first)
    if head is None:
        raise ValueError(f'"{first}" is no first line; write "subject: Chair yoga | lang: en | units: 41"')
    found, tags = units(document), tagged(lines)
    if head["count"] and int(head["count"]) != len(found):
        raise ValueError(f"was tagged with {head['count']} units and now has {len(found)}; look at them again")
    if beyond := [number for number in tags if number >= len(found)]:
        raise ValueError(f"there is no unit {beyond[0]}; the last is {len(found) - 1}")
    pairs = [(unit, tags.get(number, Tag())) for number, unit in enumerate(found)]
    return {
        "doc": document.name,
        "lang": head["lang"],
        "split": "test",
        "subject": head["subject"],
        "chars": len(document.text),
        "sentences": [
            {"i": number, "text": unit.text, "kind": KINDS[tag.kind], "benefit_core": tag.core} | _place(unit)
            for number, (unit, tag) in enumerate(pairs)
        ],
        "risky_claims": [
            {"text": unit.text, "why": tag.why, "sentence": number} | _place(unit)
            for number, (unit, tag) in enumerate(pairs)
            if tag.risk
        ],
    }


def _place(unit: Unit) -> dict[str, int]:
    return {"start": unit.span[0], "end": unit.span[1]}


def document_of(stem: str, corpus: Path = CORPUS) -> Document:
    """The document that is tagged under this name."""
    path = next(path for path in (corpus / "docs").iterdir() if path.stem == stem)
    return read(path, path.name)


def build(corpus: Path = CORPUS) -> None:
    """Write the labels of every tag file; a ValueError names the file."""
    (corpus / "labels").mkdir(exist_ok=True)
    for path in sorted((corpus / "tags").glob("*.tag")):
        try:
            made = labels(document_of(path.stem, corpus), path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from error
        text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
        (corpus / "labels" / f"{path.stem}.json").write_text(text, encoding="utf-8")


def show(path: Path) -> None:
    """Print the units of a document with their numbers."""
    for number, unit in enumerate(units(read(path, path.name))):
        print(f"{number:3d} {unit.kind.value[:4]:4s} {unit.text}")  # noqa: T201


def main(arguments: list[str]) -> None:
    """Do what the command line says."""
    match arguments:
        case ["units", path]:
            show(Path(path))
        case ["build"]:
            build()
        case ["build", folder]:
            build(Path(folder))
        case _:
            sys.exit("usage: python -m tests.corpus.labels units DOCUMENT | build [FOLDER]")


if __name__ == "__main__":
    main(sys.argv[1:])
