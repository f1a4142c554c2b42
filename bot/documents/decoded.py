"""Bytes -> text, or the sentence that says why not."""

from __future__ import annotations

import codecs
import re

from bot.errors import DocumentError

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{1,40})|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]{1,40})",
    re.IGNORECASE,
)
HEAD = 4096
"""A page says in its first bytes how it is written."""
LATIN = re.compile(r"iso-?8859-?1|latin-?1|l1|us-ascii|ascii|windows-1252|cp-?1252|x-cp1252", re.IGNORECASE)
KNOWN = re.compile(
    r"utf-?8|windows-?125[0-8]|cp125[0-8]|iso-?8859-?\d{1,2}|koi8-[ru]|mac-?roman|shift[-_]jis|euc-jp|euc-kr|gbk|gb2312|gb18030|big5",
    re.IGNORECASE,
)


def decode_text(content: bytes) -> str:
    """Plain text or Markdown, which are UTF-8. Raises DocumentError."""
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        refuse_zero(content)
    return _decoded(content, "utf-8", "save it as UTF-8").removeprefix("\ufeff")


def decode_page(content: bytes) -> str:
    """A page in the encoding that its first bytes name, else in UTF-8. Raises DocumentError."""
    for mark, encoding in BOMS:
        if content.startswith(mark):
            text = _decoded(content[len(mark) :], encoding, "save the page anew from the browser")
            if "\0" in text:
                refuse_zero(content)
            return text
    if b"\0" in content:
        refuse_zero(content)
    found = DECLARED.search(content, 0, HEAD)
    name = (found[1] or found[2]).decode("ascii") if found else "utf-8"
    if LATIN.fullmatch(name):
        name = "windows-1252"  # as browsers take it
    elif name.lower().startswith("utf-16"):
        name = "utf-8"  # what could be read so far was none
    if not KNOWN.fullmatch(name):
        raise DocumentError(f'says it is written in "{name}", which is not known; save the page anew from the browser')
    return _decoded(content, name, "save the page anew from the browser")


def _decoded(content: bytes, encoding: str, remedy: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        byte = content[error.start]
        name = encoding.upper() if encoding.startswith("utf") else encoding
        raise DocumentError(f"byte 0x{byte:02x} at offset {error.start} is not {name}; {remedy}") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def refuse_zero(content: bytes) -> None:
    """Say that it is no text."""
    raise DocumentError(f"holds a zero byte at offset {content.index(0)}, so it is no text; export it as text")
