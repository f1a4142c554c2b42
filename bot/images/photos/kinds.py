"""What kind of picture a file is, by what is in it and not by its name."""

from __future__ import annotations

import importlib.util

from bot.errors import DocumentError

SAVE = "save it as JPEG or PNG"
OTHERS = (
    (b"GIF8", "a GIF"),
    (b"BM", "a BMP"),
    (b"II*\0", "a TIFF or a camera's raw file"),
    (b"MM\0*", "a TIFF or a camera's raw file"),
    (b"II+\0", "a TIFF"),
    (b"MM\0+", "a TIFF"),
    (b"8BPS", "a Photoshop file"),
    (b"\0\0\1\0", "an icon"),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000"),
    (b"\xff\x4f\xff\x51", "a JPEG 2000"),
    (b"\0\0\0\x0cJXL ", "a JPEG XL"),
    (b"\xff\x0a", "a JPEG XL"),
    (b"%PDF", "a PDF"),
    (b"%!PS", "a PostScript file"),
    (b"\x1a\x45\xdf\xa3", "a film"),
)
HEIF = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
AVIF = {b"avif", b"avis"}


def kind(content: bytes) -> str:
    """Pillow's name of the kind: JPEG, PNG, WEBP or HEIF. Raises DocumentError, with what to do, for any other."""
    head = content[:32]
    if not head:
        raise DocumentError("is empty: copy it again")
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        return _boxed(head)
    raise DocumentError(f"is {_other(content)}: {SAVE}")


def _boxed(head: bytes) -> str:
    """HEIC, AVIF and films begin alike: a box that lists what the file can be read as."""
    brands = {head[at : at + 4] for at in range(8, 32, 4)}
    if brands & AVIF:
        raise DocumentError(f"is an AVIF: {SAVE}")
    if not brands & HEIF:
        raise DocumentError(f"is a film: {SAVE} one picture of it")
    if not importlib.util.find_spec("pillow_heif"):
        raise DocumentError(
            "is a HEIC, which needs one more package: pip install 'footnote-bot[heic]', or save it as JPEG"
        )
    _learn_heif()
    return "HEIF"


def _learn_heif() -> None:
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False)
    pillow_heif.options.DECODE_THREADS = 1


def _other(content: bytes) -> str:
    for sign, name in OTHERS:
        if content.startswith(sign):
            return name
    return "an SVG drawing" if b"<svg" in content[:2000].lower() else "no photo that can be read"
