"""A Word file: its headings, lists, tables and paragraphs, as a text of their own."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.documents import html
from bot.documents.composed import Line, composed
from bot.documents.package import BROKEN, parts, repacked
from bot.documents.parsed import Parsed
from bot.errors import DocumentError
from bot.model import Document
from bot.snippets.wording import words

STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='List Bullet'] => ul > li:fresh
p[style-name='List Number'] => ol > li:fresh
p[style-name='toc 1'] => !
p[style-name='toc 2'] => !
p[style-name='toc 3'] => !
p[style-name='TOC Heading'] => !
"""
NOTES = re.compile(r'<ol><li id="(?:footnote|endnote)-')
NOTE_MARK = re.compile(r'<sup><a href="#(?:footnote|endnote)-[^<>]*>\[\d+\]</a></sup>')


def parse(content: bytes, tell: Callable[[int, int], None] | None = None) -> dict[str, object]:
    """The file as what crosses a process. Raises DocumentError."""
    page = _page(content)
    if tell:
        tell(9, 10)
    return read(page).told()


def read(page: str) -> Parsed:
    """What the file says, in its order."""
    found = html.read(page)
    document = Document("", page, found.readable, found.blocks, "")
    return composed(
        Line(block.kind, block.level, words(document, block.span), f"paragraph {number}")
        for number, block in enumerate(found.blocks, 1)
    )


def _page(content: bytes) -> str:
    """The file as a web page; notes, headers, pictures and comments are left out."""
    import mammoth

    package = repacked(parts(content))
    try:
        result = mammoth.convert_to_html(
            package,
            style_map=STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=lambda _: [],
        )
    except RecursionError as error:
        raise DocumentError("has tables within tables, too deep: copy its words into a text") from error
    except (KeyError, ValueError, IndexError, AttributeError, TypeError, OSError) as error:  # a part it cannot make out
        raise DocumentError(BROKEN) from error
    return NOTE_MARK.sub("", NOTES.split(result.value)[0])
