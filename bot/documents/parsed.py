"""What a reader makes of decoded text: the readable twin, and the blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.model import Block, BlockKind, Span


@dataclass(frozen=True, slots=True)
class Parsed:
    """`readable` has the length of the text that was parsed; the blocks' spans point into both.

    `text` is that text: the file's own, or the words taken out of one that is no text.
    """

    readable: str
    blocks: tuple[Block, ...]
    subject: str = ""
    language: str = ""
    text: str = ""

    def told(self) -> dict[str, object]:
        """What crosses a process: everything, as JSON knows it."""
        return asdict(self)


def heard(told: Mapping[str, Any]) -> Parsed:
    """What another process told."""
    blocks = [
        Block(BlockKind(one["kind"]), (one["span"][0], one["span"][1]), one["level"], one["place"])
        for one in told["blocks"]
    ]
    return Parsed(told["readable"], tuple(blocks), told["subject"], told["language"], told["text"])


def blank(text: str) -> str:
    """Same length, same lines, no ink."""
    return re.sub(r"\S+", lambda ink: " " * len(ink[0]), text)


def trimmed(readable: str, span: Span) -> Span | None:
    """The span without white space at its ends, or None when it holds no letter and no digit."""
    start, end = span
    words = readable[start:end]
    if not any(char.isalnum() for char in words):
        return None
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def as_block(readable: str, span: Span, kind: BlockKind, level: int = 0) -> list[Block]:
    """The block of this span, or nothing when there is nothing to read in it."""
    inner = trimmed(readable, span)
    return [Block(kind, inner, level)] if inner else []
