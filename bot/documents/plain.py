"""Plain text: headings, bullets and wrapped paragraphs, told apart by the shape of their lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.documents.parsed import Parsed, as_block, blank
from bot.model import Block, BlockKind, Span

MARK = re.compile(r"[ \t\u00a0]*(?:[-*•‣◦▪●○·⁃–✓✔✅☑►➤▸★☆]\ufe0f?|\(?\d{1,2}[.)])[ \t\u00a0]+(?=\S)")
SENTENCE_END = tuple(".!,;:…。！")
HEADING_WORDS, HEADING_CHARS = 12, 80
WRAP_MIN, WRAP_MAX = 40, 120
"""Lines of hard-wrapped prose are this wide; shorter ones are a list, longer ones whole paragraphs."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that belong together; `indent` is the width of what stands before the first word."""

    kind: BlockKind
    start: int
    end: int
    indent: int = 0
    lines: int = 1


def parse(text: str) -> Parsed:
    """Plain text as blocks; only bullet marks are blanked."""
    readable = unmarked(text)
    blocks: list[Block] = []
    for chunk in _chunks(text):
        for piece in _titled(text, _pieces(text, chunk)):
            level = _level(piece, first=not blocks)
            blocks += as_block(readable, (piece.start, piece.end), piece.kind, level)
    return Parsed(readable, tuple(blocks), text=text)


def unmarked(text: str) -> str:
    """The text with the bullet mark of every line blanked."""
    return "\n".join(
        blank(line[: mark.end()]) + line[mark.end() :] if (mark := MARK.match(line)) else line
        for line in text.split("\n")
    )


def _level(piece: Piece, *, first: bool) -> int:
    if piece.kind is BlockKind.HEADING:
        return 1 if first else 2
    return piece.indent // 4 if piece.kind is BlockKind.BULLET else 0


def _chunks(text: str) -> list[list[Span]]:
    """Runs of lines with ink; a line without letters or digits (blank, or a ruler) ends a run."""
    chunks: list[list[Span]] = [[]]
    start = 0
    for line in text.split("\n"):
        if any(char.isalnum() for char in line):
            chunks[-1].append((start, start + len(line)))
        elif chunks[-1]:
            chunks.append([])
        start += len(line) + 1
    return [chunk for chunk in chunks if chunk]


def _pieces(text: str, chunk: list[Span]) -> list[Piece]:
    width = max(end - start for start, end in chunk)
    pieces: list[Piece] = []
    before = ""
    for start, end in chunk:
        line = text[start:end]
        mark = MARK.match(line)
        if mark:
            pieces.append(Piece(BlockKind.BULLET, start, end, len(line) - len(line.lstrip())))
        elif pieces and _continues(before, line, width):
            pieces[-1] = replace(pieces[-1], end=end, lines=pieces[-1].lines + 1)
        else:
            pieces.append(Piece(BlockKind.PARAGRAPH, start, end))
        before = line
    return pieces


def _continues(before: str, line: str, width: int) -> bool:
    """Whether a line goes on with the one before: it starts small, or the one before was filled to the wrap."""
    if line.lstrip()[:1].islower():
        return True
    return WRAP_MIN <= width <= WRAP_MAX and len(before.rstrip()) >= 0.6 * width


def _titled(text: str, pieces: list[Piece]) -> list[Piece]:
    """A short line on top of its chunk is a heading; short lines under one another are a list."""
    titled = []
    for n, piece in enumerate(pieces):
        if piece.kind is BlockKind.PARAGRAPH and piece.lines == 1 and is_title(text[piece.start : piece.end]):
            titled.append(replace(piece, kind=BlockKind.BULLET if n else BlockKind.HEADING))
        else:
            titled.append(piece)
    return titled


def is_title(line: str) -> bool:
    """Whether a line is short, and no sentence."""
    words = line.split()
    return len(words) <= HEADING_WORDS and len(line) <= HEADING_CHARS and not line.rstrip().endswith(SENTENCE_END)
