"""An Office file's parts, unpacked within bounds: nothing of a hostile archive gets past here."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from xml.parsers import expat

from bot.documents.sniffed import OLE
from bot.errors import DocumentError

MB = 1_000_000
ENTRIES_MAX, UNPACKED_MAX, XML_MAX, RATIO_MAX = 5_000, 200 * MB, 40 * MB, 200
DEEPEST, ELEMENTS_MAX = 150, 1_500_000
LOCAL_HEADER = 30
NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|word/(?:_rels/)?(?:document|styles|numbering|footnotes|endnotes)\d*\.xml(?:\.rels)?"
)
DOCUMENT = re.compile(r"word/document\d*\.xml")
OTHERS = {
    "xl/": "a spreadsheet (.xlsx)",
    "ppt/": "a presentation (.pptx)",
    "mimetype": "an OpenDocument file (.odt)",
}
BROKEN = "is broken; open it in Word, save it anew as .docx, and try that"


def parts(content: bytes) -> dict[str, bytes]:
    """The parts that hold words, each of them well-formed XML without declarations. Raises DocumentError."""
    if content.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise DocumentError("is locked with a password: save a copy without one")
        raise DocumentError("is in Word's old format: save it as .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _refuse_odd(entries, len(content))
            found = {entry.filename: _read(archive, entry) for entry in entries if NEEDED.fullmatch(entry.filename)}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error, NotImplementedError) as error:
        raise DocumentError(BROKEN) from error
    except (RuntimeError, OverflowError, IndexError) as error:  # what zipfile says of a password, or of nonsense
        raise DocumentError(BROKEN) from error
    _refuse_incomplete(found, [entry.filename for entry in entries])
    for part in found.values():
        _refuse_declarations(part)
    return found


def repacked(found: Mapping[str, bytes]) -> io.BytesIO:
    """The parts as an archive of our own making."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, part in found.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    file.seek(0)
    return file


def _refuse_odd(entries: list[zipfile.ZipInfo], size: int) -> None:
    """No archive that somebody wrote in Word is built like this."""
    unpacked = sum(entry.file_size for entry in entries)
    if any(entry.flag_bits & 1 for entry in entries):
        raise DocumentError("is locked with a password: save a copy without one")
    if len(entries) > ENTRIES_MAX or unpacked > UNPACKED_MAX or unpacked > max(RATIO_MAX * size, 10 * MB):
        size_told = f"{len(entries)} parts and {unpacked // MB} MB"
        raise DocumentError(f"would unpack to {size_told}, far more than it says in words: copy those into a text")
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise DocumentError(f"holds two parts of one name, so it {BROKEN}")
    at = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < at:
            raise DocumentError(f"holds parts that overlap, so it {BROKEN}")
        at = entry.header_offset + LOCAL_HEADER + len(entry.filename) + entry.compress_size


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.file_size > XML_MAX:
        raise DocumentError(f"holds over {XML_MAX // MB} MB of words: split it")
    with archive.open(entry) as part:
        content = part.read(XML_MAX + 1)
    if len(content) > entry.file_size:
        raise DocumentError(BROKEN)
    return content


def _refuse_incomplete(found: Mapping[str, bytes], names: list[str]) -> None:
    if "[Content_Types].xml" in found and any(DOCUMENT.fullmatch(name) for name in found):
        return
    other = next((what for start, what in OTHERS.items() if any(name.startswith(start) for name in names)), "")
    if other:
        raise DocumentError(f"is {other}, whatever its ending says: copy its words into a text, or save it as .docx")
    raise DocumentError("is no Word file: it lacks its main part; open it, and save it anew as .docx")


def _refuse_declarations(part: bytes) -> None:
    """A document type can name other files, or unpack to gigabytes; Word never writes one."""
    depth = count = 0

    def starts(_name: str, _attributes: object) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > DEEPEST:
            raise DocumentError("has elements within elements, too deep: copy its words into a text")
        if count > ELEMENTS_MAX:
            raise DocumentError("holds far too many elements: split it")

    def ends(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def declares(*_: object) -> None:
        raise DocumentError("declares entities, as no Word file does: open it, and save it anew as .docx")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = starts, ends
    parser.StartDoctypeDeclHandler = declares
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise DocumentError(BROKEN) from error
