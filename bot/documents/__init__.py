"""One reader a format: a file -> Document."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath

from bot.documents import markdown, pdf, plain
from bot.documents.decoded import decode_text
from bot.documents.parsed import Parsed, heard
from bot.documents.sniffed import refuse_another_kind
from bot.errors import DocumentError
from bot.io import sandbox
from bot.model import Document, Span
from bot.written import is_subject

Progress = Callable[[int, int], None]
MB = 1_000_000
BYTES_MAX = 1 * MB
PAGE_MAX = 100_000


@dataclass(frozen=True, slots=True)
class Format:
    """How a format is read, and how long it may be."""

    bytes_max: int
    read: Callable[[bytes, Progress | None], Parsed]
    is_long: str = "a page or an article is some kilobytes: split it"


def _here(parse: Callable[[str], Parsed]) -> Callable[[bytes, Progress | None], Parsed]:
    """A text does no harm."""
    return lambda content, _: parse(decode_text(content))


def _in_child(function: str) -> Callable[[bytes, Progress | None], Parsed]:
    """A file that nobody vouches for is taken apart within bounds."""
    return lambda content, progress: heard(sandbox.run(function, content, progress=progress))


def _by_length(content: bytes, progress: Progress | None) -> Parsed:
    """A page of marks does no harm; a whole book of them, or a file that is nothing else, may."""
    read = MARKDOWN_HERE if len(content) <= PAGE_MAX else MARKDOWN_IN_CHILD
    return read(content, progress)


MARKDOWN_HERE, MARKDOWN_IN_CHILD = _here(markdown.parse), _in_child("bot.documents.markdown:parse_bytes")
TEXT = Format(BYTES_MAX, _here(plain.parse))
MARKDOWN = Format(BYTES_MAX, _by_length)
HTML = Format(5 * MB, _in_child("bot.documents.html:parse"))
OFFICE = "its pictures are not read: copy its words into a text"
DOCX = Format(20 * MB, _in_child("bot.documents.docx:parse"), OFFICE)
PDF = Format(20 * MB, pdf.read, OFFICE)
FORMATS: dict[str, Format] = {
    ".txt": TEXT,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".docx": DOCX,
    ".pdf": PDF,
}


def read(path: Path, name: str, progress: Progress | None = None) -> Document:
    """Read one document; `name` is what messages and posts call it (its path in the workspace).

    `progress(done, total)` is called while a long one is read. Raises DocumentError, in one sentence that says what
    to do.
    """
    _find(path, name)
    form = _form(path.name, name)
    return _read(_content(path, name, form), name, form, PurePath(path.name).suffix.lower(), progress)


def read_content(content: bytes, name: str, progress: Progress | None = None) -> Document:
    """Read what is no file (yet): the ending of `name` says what it should be. Raises DocumentError as `read` does."""
    form = _form(name, name)
    if len(content) > form.bytes_max:
        raise DocumentError(_too_long(name, form))
    return _read(content, name, form, PurePath(name).suffix.lower(), progress)


def beginning(path: Path) -> bytes:
    """All of a file, or so much of one without end that no format takes it."""
    with path.open("rb") as file:
        return file.read(max(form.bytes_max for form in FORMATS.values()) + 1)


def place(document: Document, span: Span) -> str:
    """Where a person finds a span: "page 3", "paragraph 12", or "line 14" of a text."""
    return places(document)(span)


def places(document: Document) -> Callable[[Span], str]:
    """`place` for many spans of one document."""
    starts = [block.span[0] for block in document.blocks]
    lines = [0, *(match.end() for match in re.finditer("\n", document.text))]

    def told(span: Span) -> str:
        block = bisect_right(starts, span[0]) - 1
        named = document.blocks[block].place if block >= 0 and span[0] < document.blocks[block].span[1] else ""
        return named or f"line {bisect_right(lines, span[0])}"

    return told


def _read(content: bytes, name: str, form: Format, ending: str, progress: Progress | None) -> Document:
    try:
        refuse_another_kind(content, ending)
        parsed = _parsed(content, form, progress)
    except DocumentError as error:
        raise DocumentError(f"{name}: {error}") from error
    return Document(
        name=name,
        text=parsed.text,
        readable=parsed.readable,
        blocks=parsed.blocks,
        sha256=hashlib.sha256(content).hexdigest(),
        subject=parsed.subject if is_subject(parsed.subject) else "",
        language=parsed.language,
    )


def _parsed(content: bytes, form: Format, progress: Progress | None) -> Parsed:
    if not content.strip():
        raise DocumentError("is empty; write or paste the text into it")
    parsed = form.read(content, progress)
    if form in {TEXT, MARKDOWN}:  # a person sees what is in it
        if not parsed.text.strip():
            raise DocumentError("is empty; write or paste the text into it")
    elif not parsed.blocks:
        raise DocumentError("holds no words that could be read; copy what it shows into a text")
    return parsed


def _find(path: Path, name: str) -> None:
    try:
        if path.is_dir():
            raise DocumentError(f"{name}: is a folder; name one of the files in it")
        if not path.is_file():
            raise DocumentError(f"{name}: there is no such file; check the spelling")
    except OSError as error:  # a name that is too long, a folder that may not be entered
        raise DocumentError(f"{name}: cannot be looked for ({error.strerror}); check its name and folder") from error


def _form(file: str, name: str) -> Format:
    ending = PurePath(file).suffix
    form = FORMATS.get(ending.lower())
    if ending.lower() == ".doc":
        raise DocumentError(f"{name}: is in Word's old format: save it as .docx")
    if form is None:
        known = ", ".join(FORMATS)
        raise DocumentError(f'{name}: "{ending or "no ending"}" is not read yet; save it as one of these: {known}')
    return form


def _content(path: Path, name: str, form: Format) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(form.bytes_max + 1)
    except OSError as error:
        raise DocumentError(f"{name}: cannot be opened ({error.strerror}); check its permissions") from error
    if len(content) > form.bytes_max:
        raise DocumentError(_too_long(name, form))
    return content


def _too_long(name: str, form: Format) -> str:
    return f"{name}: is over {form.bytes_max // MB} MB, and {form.is_long}"
