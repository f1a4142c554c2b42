"""The quality gate: whether a finished picture can be read, by its pixels and by where its words stand."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from bot.errors import ImageError
from bot.images.drawing import Drawing
from bot.images.inking import READABLE, measured
from bot.images.paint import Line, Planned, lettered

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

    from bot.images.page import Block

FOOTER_LEAST, SUPPORT_LEAST = 0.026, 0.031
"""The smallest type, in shares of the page's width: about 10 and 12 points on a telephone."""

WIDOW = 0.4
"""A last line of one word has at least this share of the widest line."""

STRAY = 40
"""So far, in levels of grey, a margin may be from the bare ground: compression and dithering stay below."""

KINDS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


def faults(drawing: Drawing, picture: bytes) -> list[str]:
    """Everything that keeps a finished picture from being shown, each with what would pass; [] when all is well."""
    try:
        plan, lines = lettered(drawing)
    except ImageError as error:
        return [str(error)]
    return judged(drawing, plan, lines, picture)


def judged(drawing: Drawing, plan: Planned, lines: list[Line], picture: bytes) -> list[str]:
    """The same for words that are known to stand where `lines` says."""
    pixels, wrong = _opened(drawing, picture)
    found = [*wrong, *_heavy(drawing, picture), *_outside(plan, lines), *_hidden(plan)]
    for block in plan.page.blocks:
        found += [*_small(block, plan), *_broken(block)]
    if pixels:
        found += [*_strays(plan, pixels), *_faint(plan, lines, pixels)]
    return found


def _opened(drawing: Drawing, picture: bytes) -> tuple[Picture | None, list[str]]:
    """The pixels, when they are of the size that was asked for."""
    from PIL import Image

    kind = KINDS.get(drawing.mime, "")
    try:
        with Image.open(BytesIO(picture), formats=[kind]) as opened:
            pixels = opened.convert("RGB")
    except (OSError, ValueError, KeyError):
        return None, [f"the file is no whole {kind or drawing.mime}: draw it again"]
    if f"{pixels.width}x{pixels.height}" != drawing.size:
        return None, [f"the picture has {pixels.width}x{pixels.height} pixels, not {drawing.size}: draw it again"]
    return pixels, []


def _heavy(drawing: Drawing, picture: bytes) -> Iterator[str]:
    if drawing.bytes_max and len(picture) > drawing.bytes_max:
        yield (
            f"the picture has {len(picture):,} bytes, {drawing.bytes_max:,} are allowed: choose a calmer photo, "
            "or a template without one"
        )


def _outside(plan: Planned, lines: list[Line]) -> Iterator[str]:
    """Ink where a network crops or covers."""
    page = plan.page.format
    left, top, right, bottom = page.safe
    for line in lines:
        ink = line.letters.mask.getbbox()
        if ink is None:
            continue
        x, y = line.at
        over = max(
            left - x - ink[0], top - y - ink[1], x + ink[2] - page.width + right, y + ink[3] - page.height + bottom
        )
        if over > 0:
            yield f'"{line.text}" stands {over} px outside the safe area of {page.name}: use fewer words'


def _hidden(plan: Planned) -> Iterator[str]:
    """What of a photo the words stand on."""
    from bot.images.photos.framing import COVERED_MAX

    if not plan.page.zone or not plan.framing:
        return
    if plan.framing.face:
        yield "the words cover a face: choose the split template, or another focus"
    elif plan.framing.covered > COVERED_MAX:
        yield (
            f"the words cover {plan.framing.covered:.0%} of what is interesting in the photo, {COVERED_MAX:.0%} is the "
            "most: choose the split template, another focus, or fewer words"
        )


def _small(block: Block, plan: Planned) -> Iterator[str]:
    """Type too small to be read on a telephone."""
    least = SUPPORT_LEAST if block.voice in {"headline", "support"} else FOOTER_LEAST
    width = plan.page.format.width
    if block.size < least * width:
        yield (
            f'"{block.lines[0]}" is set at {block.size} px, {least * width:.0f} px is the least at '
            f"{plan.page.format.name}: use fewer words"
        )


def _broken(block: Block) -> Iterator[str]:
    """A line that is left alone: the last one, or the first of a headline."""
    if len(block.lines) < 2 or not any(" " in line for line in block.lines):  # scripts without spaces have no words
        return
    first, last = block.lines[0], block.lines[-1]
    if " " not in last and block.widths[-1] < WIDOW * max(block.widths):
        yield f'the word "{last}" is left alone on the last line: add a word, or take one away'
    lone = block.voice == "headline" and " " not in first and first[-1] not in ",.:;!?…-—–”’"
    if lone and len(" ".join(block.lines).split()) > 2 and _could_join(block):
        yield f'the word "{first}" has the first line to itself: change the order of words, or take one away'


def _could_join(block: Block) -> bool:
    """Whether the second word would have had room beside the first."""
    second = block.lines[1].split(" ")[0]
    wide = block.widths[0] + block.widths[1] * len(second) / len(block.lines[1]) + 0.25
    return wide <= max(block.widths)


def _strays(plan: Planned, pixels: Picture) -> Iterator[str]:
    """Anything in the margins of a picture without a photo: they are to show the bare ground."""
    from PIL import ImageChops

    from bot.images.gradient import gradient

    if plan.page.photo:
        return
    page = plan.page.format
    left, top, right, bottom = (inset // 8 * 8 for inset in page.safe)  # JPEG works in blocks of 8
    ground = gradient(plan.palette.background, page.width, page.height)
    for name, box in (
        ("left", (0, 0, left, page.height)),
        ("top", (left, 0, page.width - right, top)),
        ("right", (page.width - right, 0, page.width, page.height)),
        ("bottom", (left, page.height - bottom, page.width - right, page.height)),
    ):
        apart = ImageChops.difference(pixels.crop(box), ground.crop(box)).convert("L")
        if (apart.getextrema()[1] or 0) > STRAY:  # type: ignore[operator]
            yield f"something stands in the {name} margin, which networks crop or cover: use fewer words"


def _faint(plan: Planned, lines: list[Line], pixels: Picture) -> Iterator[str]:
    """The worst word of each block that is hard to read."""
    worst: dict[int, tuple[float, str]] = {}
    for line in lines:
        for word in measured(pixels, line.letters, line.at):
            known = worst.get(id(line.block), (READABLE, ""))
            if word.contrast < known[0]:
                worst[id(line.block)] = word.contrast, _advice(line, word.contrast, word.passing, plan)
    yield from (said for _, said in worst.values())


def _advice(line: Line, contrast: float, passing: str, plan: Planned) -> str:
    on_photo = plan.page.zone and plan.page.photo
    better = "choose the split template, or a calmer photo" if on_photo else f"{passing} would pass" if passing else ""
    return (
        f'"{line.text}" has contrast {int(contrast * 10) / 10} with what is around its letters, {READABLE} is needed: '
        f"{better or 'choose other colours'}"
    )
