"""Blocks -> units: sentences, bullets and headings, each with what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.model import Block, BlockKind, Document, Span
from bot.snippets.wording import words

ENDS = re.compile(  # a mark is looked at once: where it is the first of its run
    r"(?<![.!?…])(?P<mark>[.!?…]+)(?:[\"”’'»)\]*_]|&(?:#82(?:17|21)|r[sd]quo|quot|raquo);)*\s+(?P<open>[\"“‘'«(\[¿¡]*)|[。！？]+|\s[•|·]\s"
)
TITLES = re.compile(
    r"(?:^|[\s(])(?:dr|mr|mrs|ms|prof|st|vs|e\.g|i\.e|sr|sra|dra|z\.\s?b|d\.\s?h|u\.\s?a|[zdu]|bzw|ca|inkl|evtl|bros)$",
    re.IGNORECASE,
)
BEFORE_FIGURE = re.compile(
    r"(?:^|[\s(])(?:no|nr|núm|fig|vol|min|max|tel|approx|p|pp|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
    r"|mon|tues?|wed|thurs?|fri|sat|sun|mind|bis|ca|abs)$",
    re.IGNORECASE,
)
INITIAL = re.compile(r"(?:^|[^\W\d_][\w.]*\s|\.)[A-Z]$")
NUMBER = re.compile(r"\d[.)\\]*\s+[*_]*$")
ORDINAL = re.compile(r"\b(?:am|vom|dem|der|den|ab|bis|seit|zum|im)\s\d{1,2}$", re.IGNORECASE)
GOES_ON = re.compile(r"(?:it|they)\b", re.IGNORECASE)
LITTLE = 12
"""Words too few, after "it", to bring in another subject."""
TITLE = 8
"""A title has at most so many words."""
LOWEST = 7
READ = 1000
"""Characters of a statement, a title or a lead-in that are read; whatever is longer is none."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence, bullet or heading; `titles` from the nearest heading up, `lead` the lead-in of its list.

    `before` is the sentence before, or, where that goes on with "it", the one that it goes on from. `opens` is true of
    the first of several sentences of a list item; `share` is how much of the document lies before.
    """

    span: Span
    text: str
    block: int
    kind: BlockKind
    first: bool = True
    before: str = ""
    titles: tuple[str, ...] = ()
    lead: Unit | None = None
    opens: bool = False
    share: float = 0.0


def units(document: Document) -> list[Unit]:
    """Every unit of the document, in order."""
    found: list[Unit] = []
    headings: list[tuple[int, str]] = []
    lead: Unit | None = None
    for n, block in enumerate(_titled(document)):
        titles = tuple(title for _, title in reversed(headings))
        lead = lead if block.kind is BlockKind.BULLET else None
        share = block.span[0] / len(document.text)
        in_block = [replace(unit, titles=titles, lead=lead, share=share) for unit in _in_block(document, block, n)]
        found += in_block
        if block.kind is BlockKind.HEADING:
            headings = [heading for heading in headings if heading[0] < block.level]
            headings += [(block.level, unit.text[:READ]) for unit in in_block]
        elif block.kind is BlockKind.PARAGRAPH and in_block and _leads_in(in_block[-1].text):
            lead = in_block[-1]
    return found


def _leads_in(text: str) -> bool:
    return text.endswith(":") and len(text) <= READ


def _titled(document: Document) -> Iterator[Block]:
    """The blocks, a short numbered item that stands alone before a paragraph ("1. Saves time") being its title."""
    kinds = [None, *(block.kind for block in document.blocks), None]
    for block, before, after in zip(document.blocks, kinds, kinds[2:], strict=False):
        alone = block.kind is BlockKind.BULLET and before is not BlockKind.BULLET and after is BlockKind.PARAGRAPH
        is_title = alone and _is_titling(document, block.span)
        yield replace(block, kind=BlockKind.HEADING, level=LOWEST) if is_title else block


def _is_titling(document: Document, span: Span) -> bool:
    text = words(document, span)
    numbered = NUMBER.search(document.text, max(0, span[0] - 8), span[0])
    return bool(numbered) and len(text.split()) <= TITLE and not text.endswith((".", "!", ":", ";", ","))


def _in_block(document: Document, block: Block, n: int) -> Iterator[Unit]:
    before = ""
    spans = [block.span] if block.kind is BlockKind.HEADING else sentence_spans(document.readable, block.span)
    spoken = [(span, text) for span in spans if any(map(str.isalnum, text := words(document, span)))]
    for place, (span, text) in enumerate(spoken):
        opens = block.kind is BlockKind.BULLET and not place and len(spoken) > 1
        yield Unit(span, text, n, block.kind, first=not place, before=before, opens=opens)
        if not GOES_ON.match(text) or len(text.split()) >= LITTLE:
            before = text


def sentence_spans(readable: str, span: Span) -> Iterator[Span]:
    """Where each sentence within `span` begins and ends."""
    start, end = span
    cuts = [
        match.end() - len(match["open"] or "")
        for match in ENDS.finditer(readable, start, end)
        if _ends(match, readable, start)
    ]
    for a, b in pairwise([start, *cuts, end]):
        piece = readable[a:b]
        stripped = piece.strip(" \t\n•|·\u00a0")
        if stripped:
            at = a + piece.index(stripped)
            yield at, at + len(stripped)


def _ends(match: re.Match[str], readable: str, start: int) -> bool:
    """Whether a mark ends its sentence: what follows must not be small, nor the mark an abbreviation's."""
    after = readable[match.end() : match.end() + 1]
    if match["mark"] is None:
        return True
    if after.islower() or after in {"-", "–", "—"}:
        return False
    if match["mark"] != ".":
        return True
    before = readable[max(start, match.start() - 40) : match.start()]
    if TITLES.search(before) or ORDINAL.search(before):
        return False
    if BEFORE_FIGURE.search(before) and after.isdigit():
        return False
    initial = INITIAL.search(before)
    return not (initial and (initial[0][0].isupper() or initial[0][0] == "."))
