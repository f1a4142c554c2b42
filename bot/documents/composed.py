"""Words taken out of a file that is no text -> a text of their own, in which spans can point."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.documents.parsed import Parsed, blank
from bot.model import Block, BlockKind

UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What no text file may hold, or no eye sees."""


@dataclass(frozen=True, slots=True)
class Line:
    """One block: its words without white space around them, and its place."""

    kind: BlockKind
    level: int
    words: str
    place: str


def composed(lines: Iterable[Line]) -> Parsed:
    """Items of a list under one another, everything else parted by an empty line; the marks are blank."""
    text: list[str] = []
    readable: list[str] = []
    blocks: list[Block] = []
    at = 0
    before: BlockKind | None = None
    for line in lines:
        words = cleaned(line.words)
        if not any(map(str.isalnum, words)):
            continue
        in_list = line.kind is BlockKind.BULLET
        mark = (
            ("" if before is None else "\n" if in_list and before is line.kind else "\n\n") + "  " * line.level + "- "
        )
        mark = mark if in_list else "" if before is None else "\n\n"
        text += [mark, words]
        readable += [blank(mark), words]
        start = at + len(mark)
        at = start + len(words)
        blocks.append(Block(line.kind, (start, at), line.level, line.place))
        before = line.kind
    return Parsed("".join(readable), tuple(blocks), text="".join(text))


def cleaned(words: str) -> str:
    """One line, of characters that a text may hold."""
    return " ".join(UNWRITABLE.sub(" ", words).split())
