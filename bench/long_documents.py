"""What a document of 300 pages costs, format by format: python -m bench.long_documents."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from itertools import islice, pairwise
from pathlib import Path

from bench.memory import peak_mb, peak_mb_of_children
from bench.snippets_quality import OURS, labelled
from bot.documents import read
from bot.model import BlockKind, Kind
from bot.snippets import choose, find_snippets
from tests.documents import word

PAGES = 300
LETTERS = 2_000
SUBJECT = "Deep tissue massage"
CHROMIUM = shutil.which("chromium")
NOTE = f"""{PAGES} pages of some {LETTERS:,} characters: the documents of `tests/corpus`, in another order and with
other figures each time round. CPU seconds and the peak memory of a process of its own, nothing loaded before; "the
reader" is the child in which a file that nobody vouches for is taken apart, its seconds counted with those to read.
"""
COLUMNS = "MB, characters, snippets, benefits, chosen, s to read, s to find, s to choose, peak MB, the reader's peak MB"
Part = tuple[BlockKind, str]
Page = list[Part]


def parts(chance: random.Random) -> Iterator[Part]:
    """The blocks of the corpus, over and over."""
    documents = [document for _, label, document in labelled(OURS) if label["lang"] == "en"]
    while True:
        chance.shuffle(documents)
        for document in documents:
            yield BlockKind.HEADING, f"Part {chance.randrange(1000)}"
            for block in document.blocks:
                words = " ".join(document.readable[slice(*block.span)].split())
                yield block.kind, re.sub(r"\d", lambda _: str(chance.randrange(10)), words)


def pages() -> Iterator[Page]:
    """Blocks until a page is full."""
    page: Page = []
    for part in parts(random.Random(5)):
        page.append(part)
        if sum(len(words) for _, words in page) >= LETTERS:
            yield page
            page = []


def as_text(book: list[Page], heading: str = "") -> str:
    marks = {BlockKind.HEADING: heading, BlockKind.BULLET: "- ", BlockKind.PARAGRAPH: ""}
    return "\n\n".join(f"{marks[kind]}{words}" for page in book for kind, words in page) + "\n"


def as_html(book: list[Page]) -> str:
    tags = {
        BlockKind.HEADING: "<h2>{}</h2>",
        BlockKind.BULLET: "<ul><li>{}</li></ul>",
        BlockKind.PARAGRAPH: "<p>{}</p>",
    }
    shown = ("".join(tags[kind].format(escape(words)) for kind, words in page) for page in book)
    inner = "".join(f'<section style="break-after: page">{page}</section>' for page in shown)
    style = "body { font: 10px/1.2 sans-serif } h2, p, ul { margin: 3px 0 } h2 { font-size: 14px }"
    return f"<!doctype html><title>A book</title><style>{style}</style><main>{inner}</main>"


def as_docx(book: list[Page]) -> bytes:
    forms = {BlockKind.HEADING: {"style": "Heading1"}, BlockKind.BULLET: {"level": 0}, BlockKind.PARAGRAPH: {}}
    new_page = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    return word.docx(
        new_page.join("".join(word.paragraph(escape(words), **forms[kind]) for kind, words in page) for page in book)
    )


def bound(folder: Path) -> list[Path]:
    """The book as a file of each format; as a PDF where there is a chromium to print it."""
    book = list(islice(pages(), PAGES))
    (folder / "book.txt").write_text(as_text(book), encoding="utf-8")
    (folder / "book.md").write_text(as_text(book, "## "), encoding="utf-8")
    (folder / "book.html").write_text(as_html(book), encoding="utf-8")
    (folder / "book.docx").write_bytes(as_docx(book))
    if CHROMIUM:
        printing = [CHROMIUM, "--headless", "--no-sandbox", "--no-pdf-header-footer", "--disable-gpu"]
        target = [f"--print-to-pdf={folder / 'book.pdf'}", (folder / "book.html").as_uri()]
        subprocess.run(printing + target, check=True, capture_output=True, timeout=300)
    return sorted(folder.iterdir())


def spent() -> float:
    """CPU seconds of this process and of its children that have ended."""
    return sum(os.times()[:4])


def measured(path: Path) -> dict[str, float]:
    """Seconds and peak MB of this process: from the file to what would be posted."""
    clock = [spent()]
    document = read(path, path.name)
    clock.append(spent())
    found = find_snippets(document, SUBJECT)
    clock.append(spent())
    chosen = choose(found, 5)
    clock.append(spent())
    steps = dict(zip(("read", "find", "choose"), (b - a for a, b in pairwise(clock)), strict=True))
    benefits = sum(one.kind is Kind.BENEFIT for one in found)
    sizes = {"letters": len(document.text), "found": len(found), "benefits": benefits, "chosen": len(chosen)}
    return {**steps, **sizes, "MB": peak_mb(), "child MB": peak_mb_of_children()}


def row(path: Path, one: dict[str, float]) -> str:
    counts = [f"{one[count]:,}" for count in ("letters", "found", "benefits", "chosen")]
    seconds = [f"{one[step]:.2f}" for step in ("read", "find", "choose")]
    memory = [f"{one['MB']:.0f}", f"{one['child MB']:.0f}" if one["child MB"] else "none"]
    return f"| {path.suffix} | " + " | ".join([f"{path.stat().st_size / 1e6:.1f}", *counts, *seconds, *memory]) + " |"


def main() -> None:
    """Print the table."""
    columns = COLUMNS.split(", ")
    print(NOTE, f"| file | {' | '.join(columns)} |", "| --- |" + " ---: |" * len(columns), sep="\n")
    with tempfile.TemporaryDirectory() as folder:
        for path in bound(Path(folder)):
            command = [sys.executable, "-m", "bench.long_documents", str(path)]
            told = subprocess.run(command, capture_output=True, text=True, check=True)
            print(row(path, json.loads(told.stdout)))
    if not CHROMIUM:
        print("\nNo PDF: chromium is not installed, which prints it.")


if __name__ == "__main__":
    main() if len(sys.argv) == 1 else print(json.dumps(measured(Path(sys.argv[1]))))
