"""Pixels -> the bytes of a file: small enough for its network, and saying what it shows and where that is from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from bot.errors import ImageError
from bot.images.drawing import UNSIGNED, signed

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

QUALITIES = (88, 82, 76, 70, 62)
"""JPEG and WebP: the first whose bytes the network takes. From the second on the colours are kept at half size."""

ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
_UNSAYABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold (XML 1.0, 2.2)."""

_CC = "https://creativecommons.org/"


def encode(picture: Picture, mime: str, bytes_max: int, xmp: bytes) -> bytes:
    """The file: the same pixels and words give the same bytes. ImageError when no quality is small enough."""
    if mime not in ENDINGS:
        raise ImageError(f"{mime} cannot be written (known: {', '.join(ENDINGS)})")
    found = b""
    for found in _tries(picture, mime, xmp):
        if not bytes_max or len(found) <= bytes_max:
            return found if mime == "image/png" else signed(found)  # a PNG would need a new sum of its bytes
    raise ImageError(
        f"the picture has {len(found):,} bytes at its smallest, {bytes_max:,} are allowed: choose another photo"
    )


def _tries(picture: Picture, mime: str, xmp: bytes) -> Iterator[bytes]:
    if mime == "image/png":
        yield _saved(picture, "PNG", pnginfo=_chunk(xmp), compress_level=6)
        return
    for quality in QUALITIES:
        if mime == "image/webp":
            yield _saved(picture, "WEBP", quality=quality, method=4, xmp=xmp, exact=True)
        else:
            yield _saved(picture, "JPEG", quality=quality, subsampling=0 if quality == QUALITIES[0] else 2, xmp=xmp)


def _saved(picture: Picture, name: str, **options: Any) -> bytes:
    out = BytesIO()
    picture.save(out, name, **options)
    return out.getvalue()


def _chunk(xmp: bytes) -> Any:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", xmp.decode())
    return info


def xmp(*, drawing: str, alt: str, source: str, studio: str, credit: str, licence: str) -> bytes:
    """What a file says of itself (ISO 16684-1): description and alt text, source document, rights, credit.

    `drawing` is the hash of what it was drawn from.
    """
    texts = ((alt, 3_000), (source, 1_000), (studio, 500), (credit, 500), (licence, 500))  # a JPEG has 64 KB for all
    alt, source, studio, credit, licence = (_UNSAYABLE.sub("", one)[:most] for one, most in texts)
    said = {
        "footnote:drawing": drawing,
        "footnote:bytes": UNSIGNED.decode(),
        "dc:source": source,
        "photoshop:Credit": credit,
        "xmpRights:WebStatement": licence if licence.startswith("https://") else "",
        "cc:license": licence if licence.startswith(_CC) else "",
    }
    attributes = "".join(f" {key}={quoteattr(value)}" for key, value in said.items() if value)
    rights = " ".join(filter(None, [studio and f"© {studio}.", credit and f"Photo: {credit}.", licence]))
    told = {"dc:description": alt, "Iptc4xmpCore:AltTextAccessibility": alt, "dc:rights": rights}
    elements = "".join(
        f'<{key}><rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt></{key}>'
        for key, text in told.items()
        if text
    )
    creator = f"<dc:creator><rdf:Seq><rdf:li>{escape(studio)}</rdf:li></rdf:Seq></dc:creator>" if studio else ""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
        ' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:cc="http://creativecommons.org/ns#"'
        ' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" xmlns:footnote="urn:footnote:1"'
        f'{attributes}>{elements}{creator}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()
