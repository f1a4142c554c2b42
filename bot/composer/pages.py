"""A page as it came -> the document that is kept of it: its name, its bytes in UTF-8, and where it is from."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from urllib.parse import unquote, urlsplit

from bot.documents import read_content
from bot.documents.decoded import BOMS, DECLARED, HEAD, KNOWN, LATIN
from bot.errors import DocumentError
from bot.io.fetch import KINDS, Fetched
from bot.model import Document

NAME_BYTES = 80
FROM = re.compile(rb"\n<!-- fetched from (https://[!-~]+) on (\d{4}-\d\d-\d\d) -->\n\Z")
"""The last line of what is kept of a page, where its format has comments; an address has no > (it is encoded)."""
COMMENTED = {".html", ".md"}
DECLARATION = re.compile(
    r"(?P<before><meta[^>]{0,200}?charset\s*=\s*[\"']?\s*|<\?xml[^>]{0,200}?encoding\s*=\s*[\"'])(?P<name>[\w:.-]{1,40})",
    re.IGNORECASE,
)


def names_of(page: Fetched) -> tuple[str, str]:
    """What the kept page is called, by host and path; and what else, where another page is called that already."""
    parts = urlsplit(page.url)
    path = re.sub(r"(/index)?\.(html?|php|txt|md|pdf|docx)$", "", parts.path, flags=re.IGNORECASE)
    words = re.findall(r"\w+", unquote(f"{path} {parts.query}").lower())
    plain = "-".join([(parts.hostname or "").removeprefix("www."), *words])
    mark = hashlib.sha256(page.url.encode()).hexdigest()[:8]
    short = plain.encode()[:NAME_BYTES].decode(errors="ignore")
    other, ending = f"{short}-{mark}", KINDS[page.content_type]
    return (plain if plain == short else other) + ending, other + ending


def kept_of(page: Fetched, day: date) -> bytes:
    """The bytes to keep: as they came, texts in UTF-8, with a last line that says where they are from.

    Raises DocumentError for a text whose encoding is unknown or another than it says.
    """
    ending = KINDS[page.content_type]
    if ending in {".pdf", ".docx"}:
        return page.content
    content = _in_utf8(page, is_html=ending == ".html")
    mark = f"\n<!-- fetched from {page.url} on {day:%Y-%m-%d} -->\n" if ending in COMMENTED else ""
    return content + mark.encode()


def address_in(content: bytes) -> str:
    """Where a kept page is from; "" where that is not known."""
    found = FROM.search(content)
    return found[1].decode() if found else ""


def says_the_same(one: bytes, other: bytes) -> bool:
    """Whether two kept pages differ in the day at most."""
    return FROM.sub(b"", one) == FROM.sub(b"", other)


def read_page(page: Fetched, day: date) -> Document:
    """The document that would be kept of a page; nothing is written. Raises DocumentError."""
    return read_content(kept_of(page, day), f"documents/{names_of(page)[0]}")


def _in_utf8(page: Fetched, *, is_html: bool) -> bytes:
    bom = next(((mark, name) for mark, name in BOMS if page.content.startswith(mark)), None)
    name = bom[1] if bom else _encoding(page, is_html=is_html)
    content = page.content.removeprefix(bom[0]) if bom and name != "utf-8" else page.content
    if not KNOWN.fullmatch(name) and not bom:
        raise DocumentError(
            f'{page.url}: says it is written in "{name}", which is not known: save it and give the file'
        )
    try:
        text = content.decode(name)
    except (UnicodeDecodeError, LookupError):
        raise DocumentError(f"{page.url}: is not written in {name}, as it says: save it and give the file") from None
    return (DECLARATION.sub(_corrected, text, count=1) if is_html else text).encode()


def _encoding(page: Fetched, *, is_html: bool) -> str:
    """As browsers have it: what the server says, what the page says, else UTF-8, or what Windows wrote."""
    found = DECLARED.search(page.content, 0, HEAD) if is_html else None
    name = page.charset or ((found[1] or found[2]).decode("ascii") if found else "")
    if name.lower().startswith("utf-16"):
        return "utf-8"  # it would have begun with a mark; and what could be read so far was none
    if LATIN.fullmatch(name):
        return "windows-1252"
    return name.lower() or ("utf-8" if _is_utf8(page.content) else "windows-1252")


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _corrected(found: re.Match[str]) -> str:
    is_right = re.fullmatch("utf-?8", found["name"], re.IGNORECASE)
    return found[0] if is_right else f"{found['before']}utf-8"
