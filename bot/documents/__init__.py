"""One reader a format: a file -> Document."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from bot.documents import markdown, plain
from bot.documents.parsed import Parsed
from bot.errors import DocumentError
from bot.model import Document

BYTES_MAX = 1_000_000
READERS: dict[str, Callable[[str], Parsed]] = {
    ".txt": plain.parse,
    ".md": markdown.parse,
    ".markdown": markdown.parse,
}


def read(path: Path, name: str) -> Document:
    """Read one document; `name` is what messages and posts call it (its path in the workspace).

    Raises DocumentError, in one sentence that says what to do.
    """
    _find(path, name)
    parse = _reader(path, name)
    content = _content(path, name)
    text = _decoded(content, name)
    if not text.strip():
        raise DocumentError(f"{name}: is empty; write or paste the text into it")
    parsed = parse(text)
    return Document(
        name=name,
        text=text,
        readable=parsed.readable,
        blocks=parsed.blocks,
        sha256=hashlib.sha256(content).hexdigest(),
        subject=parsed.subject,
    )


def _find(path: Path, name: str) -> None:
    try:
        if path.is_dir():
            raise DocumentError(f"{name}: is a folder; name one of the files in it")
        if not path.is_file():
            raise DocumentError(f"{name}: there is no such file; check the spelling")
    except OSError as error:  # a name that is too long, a folder that may not be entered
        raise DocumentError(f"{name}: cannot be looked for ({error.strerror}); check its name and folder") from error


def _reader(path: Path, name: str) -> Callable[[str], Parsed]:
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(READERS)
        raise DocumentError(f'{name}: "{path.suffix or "no ending"}" is not read yet; save it as one of these: {known}')
    return reader


def _content(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(BYTES_MAX + 1)
    except OSError as error:
        raise DocumentError(f"{name}: cannot be opened ({error.strerror}); check its permissions") from error
    if len(content) > BYTES_MAX:
        raise DocumentError(
            f"{name}: is over {BYTES_MAX // 1_000_000} MB, and a page or an article is some kilobytes: split it"
        )
    return content


def _decoded(content: bytes, name: str) -> str:
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DocumentError(
            f"{name}: holds a zero byte at offset {content.index(0)}, so it is no text; export it as text"
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = content[error.start]
        raise DocumentError(
            f"{name}: byte 0x{byte:02x} at offset {error.start} is not UTF-8; save it as UTF-8"
        ) from None
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
