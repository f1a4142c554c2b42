"""The pages of a PDF: what is written on them, line by line, within bounds of time."""

from __future__ import annotations

import io
import math
import time
from collections.abc import Callable, Sequence
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from bot.documents.composed import cleaned
from bot.documents.hyphens import LIGATURES
from bot.errors import DocumentError

PAGES_MAX = 1_000
SECONDS, WAITED = 5.0, 7.0
"""After so much work, or so long on a busy machine, a child hands over to the next."""
START = 4
"""Bytes before the file that say with which page to begin."""
DIAGONAL = 0.1
BROKEN = "is broken; open it, print it to a PDF anew, and try that"
Matrix = Sequence[float]
Row = tuple[str, int, float, float, float, bool]
"""A line: its words, page, x, y (upwards), size in points, and whether it is bold."""


def parse(content: bytes, tell: Callable[[int, int], None], seconds: float = SECONDS) -> dict[str, object]:
    """The lines of as many pages as there is time for, and the page (from 0) to go on with; None behind the last.

    `content` is four bytes that say with which page to begin, then the file. Raises DocumentError.
    """
    start, began = int.from_bytes(content[:START]), time.monotonic()
    try:
        reader = _opened(content[START:])
        total = len(reader.pages)
        if total > PAGES_MAX:
            raise DocumentError(f"has {total} pages, and over {PAGES_MAX} are not read at once: split it")
        rows: list[Row] = []
        for number in range(start, total):
            rows += _Page(number + 1, reader.pages[number]).rows
            tell(number + 1, total)
            worked, waited = time.process_time() > seconds, time.monotonic() - began > WAITED
            if (worked or waited) and number + 1 < total:
                return {"rows": rows, "next": number + 1, "worked": worked}
    except (PyPdfError, RecursionError, OverflowError) as error:
        raise DocumentError(BROKEN) from error
    return {"rows": rows, "next": None, "worked": False}


def _opened(content: bytes) -> PdfReader:
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise DocumentError("is locked with a password: save a copy without one")
    return reader


class _Page:
    """Collects what is written on a page, line by line."""

    def __init__(self, number: int, page: PageObject) -> None:
        self.number = number
        self.rows: list[Row] = []
        self.parts: list[tuple[str, Matrix, float, bool]] = []
        page.extract_text(visitor_text=self._see)
        self._end()

    def _see(self, text: str, cm: Matrix, tm: Matrix, font: Any, size: float) -> None:
        at = _times(tm, cm)
        name = str((font or {}).get("/BaseFont", "")).lower()
        is_bold = any(weight in name for weight in ("bold", "black", "heavy", "semibold"))
        for n, part in enumerate(text.split("\n")):
            if n:
                self._end()
            self.parts.append((part, at, float(size or 0) * math.hypot(at[2], at[3]), is_bold))

    def _end(self) -> None:
        inked = [part for part in self.parts if part[0].strip()]
        words = cleaned("".join(part[0] for part in self.parts).translate(LIGATURES))
        self.parts = []
        if not inked or not words:
            return
        _, at, _, _ = inked[0]
        turn = math.atan2(at[1], at[0]) / (math.pi / 2)
        if abs(turn - round(turn)) > DIAGONAL:
            return  # a mark across the page, not a line of it
        x, y = _turned(at[4], at[5], round(turn) % 4)
        size = max(inked, key=lambda part: len(part[0]))[2]
        self.rows.append((words, self.number, x, y, size, all(part[3] for part in inked)))


def _times(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _turned(x: float, y: float, quarters: int) -> tuple[float, float]:
    return ((x, y), (y, -x), (-x, -y), (-y, x))[quarters]
