"""The bytes of a response, unpacked, up to a bound."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from http.client import HTTPResponse

from bot.errors import FetchError
from bot.io.line import TooMuchError

LARGEST = 5_000_000
PIECE = 1 << 16
PACKED = {"gzip", "x-gzip", "deflate"}


def body_of(answer: HTTPResponse) -> bytes:
    """All of it, or FetchError. Raises TooMuchError beyond 5 MB, packed or unpacked."""
    if (answer.length or 0) > LARGEST:
        raise TooMuchError
    packed = answer.headers.get("Content-Encoding", "").strip().lower()
    if packed not in {"", "identity", *PACKED}:
        raise FetchError(f'comes packed as "{shown(packed)}", which is not read: save the page and give the file')
    pieces = iter(lambda: answer.read(PIECE), b"")
    content = bytearray()
    for piece in _unpacked(pieces) if packed in PACKED else pieces:
        content += piece
        if len(content) > LARGEST:
            raise TooMuchError
    if answer.length:  # http.client says nothing of what did not come
        raise FetchError("was cut off on its way: try again")
    return bytes(content)


def shown(word: str) -> str:
    """A word of a server's, short and printable."""
    return "".join(char for char in word[:40] if char.isprintable())


def _unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """gzip (one stream after another) or zlib, at most a bound at a time: a bomb is let out by the spoon."""
    stream = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        for piece in pieces:
            rest = piece
            while rest:
                if stream.eof:
                    stream = zlib.decompressobj(zlib.MAX_WBITS | 32)
                yield stream.decompress(rest, PIECE)
                rest = stream.unused_data or stream.unconsumed_tail
    except zlib.error as error:
        raise FetchError("is packed wrongly: save the page and give the file") from error
    if not stream.eof:
        raise FetchError("was cut off on its way: try again")
