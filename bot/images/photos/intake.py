"""Any photo or logo made clean, in the sandbox: upright, sRGB, small enough, with nothing said of where and by whom."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.errors import DocumentError

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

VERSION = 1
"""Rises when the same file would be made clean in another way, or other facts told about it."""
SHORT_MAX, SHORT_MIN = 1620, 600
"""Pixels of the shorter side: more than any format needs; fewer would be seen to be blown up."""
SLIM_MAX = 4
LOGO_MAX, LOGO_MIN = 1200, 64
"""Pixels of a logo's longer side."""
MILLIONS = {"JPEG": 178, "PNG": 24, "WEBP": 9, "HEIF": 16}
"""Million pixels that are decoded within the sandbox's memory; a JPEG is made smaller while it is."""
MILLIONS_SEE_THROUGH = 16
COEFFICIENTS_MAX = 130_000_000
"""Bytes: a progressive JPEG is held whole before the first pixel is known."""
PIXELS_A_BYTE = 256
"""A JPEG that says it has more has lost them: even a wall without a speck needs more bytes."""
DAMAGED = "is damaged or was cut off: copy it from the camera again, or open it and save it anew"

Tell = Callable[[int, int], None]


def photo(content: bytes, tell: Tell) -> dict[str, Any]:
    """A clean JPEG (base64) with its size, its grid of interest and its faces. Raises DocumentError."""
    from bot.images.photos.faces import faces
    from bot.images.photos.saliency import interest

    image = _made(content, _photo_of)
    facts = {"width": image.width, "height": image.height, "interest": interest(image), "faces": faces(image)}
    clean = io.BytesIO()
    image.save(clean, "JPEG", quality=92, subsampling=2)
    del image
    return {**facts, "bytes": base64.b64encode(clean.getbuffer()).decode()}


def logo(content: bytes, tell: Tell) -> dict[str, Any]:
    """A clean PNG (base64) that keeps its transparency, without the empty border around it. Raises DocumentError."""
    image = _made(content, _logo_of)
    clean = io.BytesIO()
    image.save(clean, "PNG")
    return {
        "width": image.width,
        "height": image.height,
        "bytes": base64.b64encode(clean.getbuffer()).decode(),
    }


def _made(content: bytes, make: Callable[[Picture], Picture]) -> Picture:
    """What `make` makes of the file; a library that stumbles over it, however, says that it is damaged."""
    from PIL import Image

    from bot.images.photos.kinds import kind

    form = kind(content)
    try:
        with Image.open(io.BytesIO(content), formats=[form]) as image:
            _refuse(image, form, len(content))
            made = make(image)
    except (DocumentError, MemoryError):
        raise
    except Image.DecompressionBombError:
        raise DocumentError(_too_large(form)) from None
    except Exception as error:  # what a decoder raises for a broken file is anybody's guess
        raise DocumentError(DAMAGED) from error
    made.info = {}  # the encoder would write a comment
    return made


def _refuse(image: Picture, form: str, length: int) -> None:
    """What cannot be read within bounds, or is no still picture."""
    if form in {"PNG", "WEBP"} and getattr(image, "is_animated", False):
        raise DocumentError("moves (an animation): save one picture of it as JPEG or PNG")
    most = MILLIONS[form]
    if image.has_transparency_data:
        most = min(most, MILLIONS_SEE_THROUGH)
    if image.width * image.height > most * 1_000_000:
        size = f"{image.width} x {image.height} pixels, and a {_named(form)} may have {most} million"
        raise DocumentError(f"is too large ({size}): save it smaller, or as JPEG")
    if form == "JPEG" and image.width * image.height > PIXELS_A_BYTE * length:  # its decoder would fill up with grey
        raise DocumentError(DAMAGED)
    if form == "JPEG" and "progressive" in image.info and _coefficients(image) > COEFFICIENTS_MAX:
        size = f"{image.width} x {image.height} pixels"
        raise DocumentError(
            f"is a progressive JPEG of {size}, too large to be read: save it smaller, or not progressive"
        )


def _coefficients(image: Picture) -> float:
    """Bytes of a progressive JPEG's coefficients: two for each sample of each layer."""
    layers: list[tuple[int, int, int, int]] = image.layer  # type: ignore[attr-defined]
    widest, highest = max(layer[1] for layer in layers), max(layer[2] for layer in layers)
    return 2.0 * image.width * image.height * sum(layer[1] * layer[2] for layer in layers) / (widest * highest)


def _too_large(form: str) -> str:
    return f"says it has more than 178 million pixels: save this {_named(form)} smaller"


def _named(form: str) -> str:
    return {"WEBP": "WebP", "HEIF": "HEIC"}.get(form, form)


def _photo_of(image: Picture) -> Picture:
    """The photo upright and opaque, in sRGB, its shorter side at most SHORT_MAX."""
    from PIL import Image

    width, height = image.size
    short, long = sorted(image.size)
    if short < SHORT_MIN:
        raise DocumentError(
            f"is too small ({width} x {height} pixels): the shorter side needs at least {SHORT_MIN}, better 1080"
        )
    if long > SLIM_MAX * short:
        raise DocumentError(
            f"is too slim ({width} x {height} pixels): cut out a part at most {SLIM_MAX} times as long as it is wide"
        )
    share = min(1.0, SHORT_MAX / short)
    size = (round(width * share), round(height * share))
    image.draft("", size)
    image.load()
    turn, profile = _turn(image), image.info.get("icc_profile")
    made: Picture = _opaque(image)
    if made.size != size:
        made = made.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    made = _in_srgb(made, profile)
    return made.transpose(turn) if turn is not None else made


def _logo_of(image: Picture) -> Picture:
    from PIL import Image

    image.load()
    turn, profile = _turn(image), image.info.get("icc_profile")
    seen = image.convert("RGBA") if image.has_transparency_data else None
    made = _in_srgb(seen.convert("RGB") if seen else _opaque(image), profile)
    made.putalpha(seen.getchannel("A") if seen else 255)
    box = made.getchannel("A").getbbox()
    if not box:
        raise DocumentError("shows nothing: every pixel of it is transparent")
    made = made.crop(box)
    if max(made.size) < LOGO_MIN:
        raise DocumentError(f"is too small ({made.width} x {made.height} pixels): a logo needs at least {LOGO_MIN}")
    made.thumbnail((LOGO_MAX, LOGO_MAX), Image.Resampling.LANCZOS)
    return made.transpose(turn) if turn is not None else made


def _turn(image: Picture) -> Any:
    """How the camera of a loaded photo was held, as what would set it upright; None when it is, or nobody knows."""
    from PIL.Image import Transpose

    try:
        held = image.getexif().get(0x0112)
    except Exception:  # a note that cannot be read says nothing
        return None
    return {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }.get(held if isinstance(held, int) else 1)


def _opaque(image: Picture) -> Picture:
    """One of L, RGB and CMYK (what profiles speak of); what shines through is paper."""
    from PIL import Image

    if image.has_transparency_data:
        seen = image.convert("RGBA")
        paper = Image.new("RGB", seen.size, (255, 255, 255))
        paper.paste(seen, mask=seen)
        return paper
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.point(lambda value: value / 256).convert("L")
    if image.mode in {"L", "RGB", "CMYK"}:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _in_srgb(image: Picture, profile: object) -> Picture:
    """The colours as its profile means them; one that is broken, or of other colours, says nothing."""
    from PIL import ImageCms

    if isinstance(profile, bytes):
        try:
            meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            made = ImageCms.profileToProfile(image, meant, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            made = None
        if made:
            return made
    return image.convert("RGB")
