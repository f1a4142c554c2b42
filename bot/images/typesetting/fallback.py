"""Which face sets which part of a text: those asked for, then what is bundled, then other scripts' own."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.errors import ImageError
from bot.images.typesetting import fonts, scripts
from bot.images.typesetting.fonts import FOLDER, Face, Stack, characters

_EMOJI = FOLDER / "Twemoji.woff"
_SERIF, _SANS = FOLDER / "FootnoteSerif.ttf", FOLDER / "Geologica.ttf"
_SYMBOLS = (FOLDER / "NotoSansSymbols.ttf", FOLDER / "NotoSansSymbols2.ttf")
_EMOJI_SIZE = 0.92
"""An emoji is drawn a little smaller than the text and takes one em, so that it neither shouts nor touches."""

# words of one alphabet are set in one face: half a word in another looks like a ransom note
_PARTS = r"[\p{Latin}][\p{Latin}\p{M}]*|[\p{Greek}][\p{Greek}\p{M}]*|[\p{Cyrillic}][\p{Cyrillic}\p{M}]*|\X"
_PICTURE = r"\p{Emoji_Presentation}|\p{Regional_Indicator}|\p{Emoji}\p{M}*\ufe0f|[0-9#*]\ufe0f?\u20e3"
_CLUSTERS = r"\X"
_PLAIN = "\ufe0e"
_SELECTORS = dict.fromkeys((0xFE0E, 0xFE0F))
_UNSEEN = frozenset({0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, *range(0xFE00, 0xFE10), *range(0xE0020, 0xE0080)})
_LEAVE = "leave it out, or name a font that has it in [brand]"
_LEANING = frozenset("“”‘’…—·")
"""Marks that both Latin and East Asian faces have: they are set as their neighbours are."""


@lru_cache(maxsize=4)
def _pattern(expression: str) -> Any:
    """Compiled when first needed: a command that draws nothing does not wait for it."""
    import regex

    return regex.compile(expression)


def runs(text: str, faces: Stack) -> list[tuple[str, Face]]:
    """The text cut where another face must help out; ImageError names a character that no face has."""
    found: list[tuple[str, Face]] = []
    for part, face in _leant(list(_faced(text, faces))):
        shown = part if face.colour else part.translate(_SELECTORS)
        if found and found[-1][1] == face and not face.colour:
            found[-1] = (found[-1][0] + shown, face)
        else:
            found.append((shown, face))
    return found


def suited(faces: Stack, text: str) -> Stack:
    """The faces for the whole of a text: one alphabet in one face, Han letters as its language writes them."""
    main = faces[0]
    words = _pattern(r"[\p{L}\p{M}]+").findall(text)
    lost = [word for word in words if not _has(main, word) and not scripts.scripts_of(word[0])]
    if 3 * len(lost) > len(words):
        better = [f for f in (*faces[1:], *_bundled(main)) if f.serif == main.serif and all(_has(f, w) for w in lost)]
        faces = (better[0], *faces) if better else faces
    language = scripts.east_asian(text)
    return (*faces, *_foreign(language, main)[:1]) if language else faces


def _leant(parts: list[tuple[str, Face]]) -> Iterator[tuple[str, Face]]:
    """The same parts, a quote or dash beside an East Asian letter in that letter's face."""
    beside = [face for _, face in parts]
    for n, (part, face) in enumerate(parts):
        if part in _LEANING:
            near = [beside[m] for m in (n - 1, n + 1) if 0 <= m < len(parts) and scripts.east_asian(parts[m][0])]
            yield part, next((other for other in near if _has(other, part)), face)
        else:
            yield part, face


def _faced(text: str, faces: Stack) -> Iterator[tuple[str, Face]]:
    """The parts of the text with their faces; a word that no face has whole is set letter by letter."""
    for part in _pattern(_PARTS).findall(text):
        face = _face(part, faces)
        if face is not None:
            yield part, face
            continue
        for cluster in _pattern(_CLUSTERS).findall(part):
            face = _face(cluster, faces)
            if face is None:
                raise ImageError(_missing(cluster, faces))
            yield cluster, face


@lru_cache(maxsize=8192)
def _face(part: str, faces: Stack) -> Face | None:
    """The first face that has all of the part; of pictures the colour face, unless the writer asks for plain ink."""
    main = faces[0]
    if _pattern(_PICTURE).match(part) and _PLAIN not in part:
        emoji = Face(_EMOJI, 400, main.optical, scale=_EMOJI_SIZE, colour=True)
        if _has(emoji, part):
            return emoji
    for face in (*faces, *_bundled(main)):
        if _has(face, part):
            return face
    foreign = (face for name in scripts.scripts_of(part[0]) for face in _foreign(name, main))
    return next((face for face in foreign if _has(face, part)), None)


def _anywhere(char: str, faces: Stack) -> bool:
    return any(_has(face, char) for face in (*faces, *_bundled(faces[0])))


@lru_cache(maxsize=64)
def _bundled(main: Face) -> Stack:
    """The faces that come with the program, the ones in the style of the main face first."""
    first, second = (_SERIF, _SANS) if main.serif else (_SANS, _SERIF)
    return (
        *(
            replace(main, path=path, index=0, weight=_as_heavy(main.weight, path), scale=_match(main, path))
            for path in (first, second)
        ),
        *(replace(main, path=FOLDER / name, index=0) for name in fonts.FAMILIES.values()),
        *(replace(main, path=path, index=0) for path in _SYMBOLS),
    )


@lru_cache(maxsize=64)
def _foreign(name: str, main: Face) -> Stack:
    """The faces of a script that this computer has."""
    return tuple(
        replace(main, path=file.path, index=file.index, stroke=_stroke(main, file.path, file.index))
        for file in scripts.files(name, serif=main.serif)
    )


def _stroke(main: Face, path: Path, index: int) -> float:
    """What makes a regular face without a weight axis about as heavy as the headline it helps."""
    return 0.013 if main.weight > 500 and "Regular" in path.name and not fonts.inside(path, index).axes else 0.0


def _as_heavy(weight: int, path: Path) -> int:
    """The weight at which a bundled helper's stems are as thick as its neighbours'; the sans is dark."""
    return round(0.95 * weight - 130) if path == _SANS else weight + 100 * (weight > 500)


def _match(main: Face, path: Path) -> float:
    """By how much a face grows or shrinks so that its small letters are as high as the main face's."""
    wanted, own = fonts.inside(main.path, main.index).x_height, fonts.inside(path).x_height
    return round(min(1.1, max(0.9, wanted / own)), 3) if wanted and own else 1.0


def _has(face: Face, part: str) -> bool:
    return (set(map(ord, part)) - _UNSEEN) <= characters(face.path, face.index)


def _missing(cluster: str, faces: Stack) -> str:
    """Which character of the cluster no face has, by sight and by name, and what would bring it."""
    lost = next((c for c in cluster if not _anywhere(c, faces)), cluster[0])
    name = unicodedata.name(lost, "no name")
    brings = f"{scripts.EXTRA} brings one; or " if scripts.bringable(lost) else ""
    shown = f'"{cluster}" (' if cluster.isprintable() else "the invisible ("
    return f"no font has {shown}U+{ord(lost):04X} {name}): {brings}{_LEAVE}"
