"""A saved web page: the words a reader came for, each where it stands in the source."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from itertools import groupby

from bot.documents import plain
from bot.documents.decoded import decode_page
from bot.documents.lines import shaped
from bot.documents.parsed import Parsed, blank, trimmed
from bot.documents.tags import marked
from bot.documents.tree import Element, grown
from bot.documents.walk import Box, Walk
from bot.model import Block, BlockKind, Span
from bot.snippets.wording import ENTITY

TAG = re.compile(r"<[^<>]*>")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
MOST = {"main": 0.6, "article": 0.8}
"""A page whose main part holds so much of its prose is that part."""


def parse(content: bytes, tell: Callable[[int, int], None] | None = None) -> dict[str, object]:
    """The page as what crosses a process. Raises DocumentError."""
    return read(decode_page(content)).told()


def read(source: str) -> Parsed:
    """A decoded page; everything but its words is blanked."""
    page = marked(source)
    shown = [_shown(source[start:end]) for start, end in page.runs]
    words = [html.unescape(run) for run in shown]
    ink = [sum(map(str.isalnum, run)) for run in words]
    tree = grown(page.page, ink)
    boxes = shaped([box for box in _chosen(Walk(tree, words, ink).boxes, tree) if box.letters], words)
    whose = {run: box for box in boxes for run in box.runs}
    rows = [(whose[run], page.runs[run], shown[run]) for run in sorted(whose)]
    readable = _sheet(source, [(span, words) for _, span, words in rows])
    blocks: list[Block] = []
    for _, row in groupby(rows, key=lambda row: id(row[0])):
        runs = list(row)
        blocks += _block(readable, runs[0][0], (runs[0][1][0], runs[-1][1][1]))
    readable = _sheet(readable, [(block.span, readable[slice(*block.span)]) for block in blocks])
    return Parsed(readable, tuple(blocks), language=_language(tree), text=source)


def _shown(run: str) -> str:
    """The run, same length, with a blank for each entity that is one."""
    return ENTITY.sub(lambda found: found[0] if html.unescape(found[0]).strip() else blank(found[0]), run)


def _chosen(boxes: list[Box], tree: Element) -> list[Box]:
    """The main part alone, with the page's title, where that is most of the page."""
    prose = [box for box in boxes if box.kind is not BlockKind.HEADING]
    for home, most in MOST.items():
        inside = sum(box.letters for box in prose if home in box.home)
        is_one = home == "main" or sum(1 for _ in tree.find(home)) == 1
        if is_one and inside > most * sum(box.letters for box in prose):
            return [box for box in boxes if home in box.home or (box.kind is BlockKind.HEADING and box.level == 1)]
    return boxes


def _sheet(source: str, shown: Iterable[tuple[Span, str]]) -> str:
    """The source without ink, but for the runs that are shown."""
    pieces, at = [], 0
    for (start, end), words in shown:
        pieces += [_inkless(source[at:start]), words]
        at = end
    return "".join([*pieces, _inkless(source[at:])])


def _inkless(text: str) -> str:
    """Blank; within a tag a blank differs from the source too, so that the tag is seen to be one mark."""
    return blank(TAG.sub(lambda tag: re.sub(r"\s", _other_blank, tag[0]), text))


def _other_blank(space: re.Match[str]) -> str:
    return "\t" if space[0] == " " else " "


def _block(readable: str, box: Box, span: Span) -> list[Block]:
    """The block of a box, behind the mark that somebody typed to make it a bullet."""
    inner = trimmed(readable, span)
    if inner is None or box.kind is BlockKind.HEADING:
        return [Block(box.kind, inner, box.level)] if inner else []
    start, end = inner
    entity = ENTITY.match(readable, start, end)
    typed = plain.MARK.match(f"{html.unescape(entity[0])} x") if entity else plain.MARK.match(readable, start, end)
    if not typed:
        return [Block(box.kind, inner, box.level)]
    behind = trimmed(readable, (entity.end() if entity else typed.end(), end))
    return [Block(BlockKind.BULLET, behind, box.level)] if behind else []


def _language(tree: Element) -> str:
    told = tree.attributes.get("lang") or tree.attributes.get("xml:lang") or ""
    return told.strip() if LANGUAGE.fullmatch(told.strip()) else ""
