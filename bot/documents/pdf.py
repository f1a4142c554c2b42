"""A PDF: its pages read by one child after the other, its lines set together as blocks."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable

from bot.documents.composed import composed
from bot.documents.parsed import Parsed
from bot.documents.printed import Printed, blocks
from bot.errors import DocumentError, SandboxError
from bot.io import sandbox

LETTERS_MIN, LETTERS_MAX = 20, 4_000_000
"""Of a whole document: fewer are a scan, more than a thousand full pages hold are a trap."""
UNKNOWN_MAX = 0.3
"""The share of signs that are no letters of any script: fonts may hide which ones they draw."""
SECONDS_MAX = 120.0
"""A document that keeps one child after the other busy for longer is refused."""
PAGES_MIN, PAGES_MIN_BUSY = 20, 2
"""A child that reads fewer pages for all its work is kept busy on purpose; on a busy machine it may have to wait."""


def read(content: bytes, progress: Callable[[int, int], None] | None = None) -> Parsed:
    """What the pages say; `progress` is told after each of them. Raises DocumentError."""
    lines: list[Printed] = []
    page: int | None = 0
    ends = time.monotonic() + SECONDS_MAX
    while page is not None:
        told = sandbox.run("bot.documents.pages:parse", page.to_bytes(4) + content, progress=progress)
        lines += [Printed(*row) for row in told["rows"]]
        if sum(len(line.words) for line in lines) > LETTERS_MAX:
            raise DocumentError("holds more words than can be read at once: split it")
        least = PAGES_MIN if told["worked"] else PAGES_MIN_BUSY
        if told["next"] is not None and (told["next"] < page + least or time.monotonic() > ends):
            raise SandboxError("time")
        page = told["next"]
    _refuse_unreadable("".join(line.words for line in lines))
    return composed(blocks(lines))


def _refuse_unreadable(words: str) -> None:
    letters = sum(map(str.isalnum, words))
    unknown = sum(1 for char in words if char == "\ufffd" or unicodedata.category(char) in {"Co", "Cn"})
    if letters + unknown < LETTERS_MIN:
        raise DocumentError(
            "is a scan (pictures of text), or empty: have its text recognised (OCR), or type its words into a text"
        )
    if unknown > UNKNOWN_MAX * (letters + unknown):
        raise DocumentError("hides in its fonts which letters it shows: copy its words into a text")
