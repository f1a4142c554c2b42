"""Raw HTML inside a document: which stretches hold words, and what kind of block each is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model import BlockKind, Span

BLOCK_TAG = re.compile(
    "address|article|aside|blockquote|body|br|button|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|"
    "footer|form|h[1-6]|header|hr|html|iframe|img|input|label|li|main|nav|ol|option|p|section|select|summary|table|"
    "tbody|td|tfoot|th|thead|title|tr|ul|video"
)
UNREAD = r"<!--.*?(?:-->|\Z)|<(?P<unread>script|style|pre|svg|template|textarea|head)\b.*?(?:</(?P=unread)\s*>|\Z)"
TAG = re.compile(UNREAD + r"|<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)[^<>]*>", re.DOTALL | re.IGNORECASE)


def regions(text: str, span: Span) -> Iterator[tuple[Span, BlockKind, int]]:
    """Each stretch between two block tags, with the kind and level of the block it stands in."""
    start, end = span
    kind, level = BlockKind.PARAGRAPH, 0
    for tag in TAG.finditer(text, start, end):
        name = (tag["name"] or "").lower()
        if name and not BLOCK_TAG.fullmatch(name):
            continue
        yield (start, tag.start()), kind, level
        start = tag.end()
        if name == "li" or re.fullmatch("h[1-6]", name):
            kind, level = _kind(name, closes=bool(tag["close"]))
    yield (start, end), kind, level


def _kind(name: str, *, closes: bool) -> tuple[BlockKind, int]:
    if closes:
        return BlockKind.PARAGRAPH, 0
    return (BlockKind.BULLET, 0) if name == "li" else (BlockKind.HEADING, int(name[1]))
