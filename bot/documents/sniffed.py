"""What a file is, by its first bytes, whatever its ending says."""

from __future__ import annotations

import re

from bot.errors import DocumentError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How Word's old files begin, and those that a password locks."""
SIGNS: tuple[tuple[re.Pattern[bytes], str, tuple[str, ...]], ...] = (
    (re.compile(rb"(?:\xef\xbb\xbf)?\s{0,200}%PDF-"), "a PDF: rename it so that it ends in .pdf", (".pdf",)),
    (
        re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)"),
        "a zip archive or an Office file: unpack it, or rename it to its own ending",
        (".docx",),
    ),
    (re.compile(re.escape(OLE)), "an old Office file: save it as .docx", (".docx",)),
    (re.compile(rb"\{\\rtf"), "a rich text (RTF): save it as .docx", ()),
    (
        re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP|II\*\0|MM\0\*", re.DOTALL),
        "a picture: type its words into a text",
        (),
    ),
    (re.compile(rb"\x1f\x8b|BZh|\xfd7zXZ|7z\xbc\xaf|Rar!"), "a packed archive: unpack it", ()),
    (
        re.compile(rb"(?:\xef\xbb\xbf)?\s{0,200}(?:<!doctype html|<html[\s>])", re.IGNORECASE),
        "a web page: rename it so that it ends in .html",
        (".html", ".htm", ".xhtml"),
    ),
)
"""The first bytes, what they make of it, and the endings that are right."""


def refuse_another_kind(content: bytes, ending: str) -> None:
    """Raise DocumentError for a file that is not what its ending says."""
    for sign, is_a, endings in SIGNS:
        if sign.match(content) and ending not in endings:
            raise DocumentError(f'does not hold what "{ending}" says, but is {is_a}')
