"""Words as a typesetter sees them: clean text, the places a line may break, and how much each break is regretted."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

BINDS = frozenset(
    """a an the of to and or in on at by for with from into than no per via vs. dr. mr. mrs. ms. st. no. el la los
    las un una del de y en con por para al le les une des du et dans avec der das ein eine und von zu""".split()
)
"""Articles, prepositions and titles bind to the next word: no line ends with them while any other break exists."""

LEANS = frozenset(
    """is are was be as it its your our my their his her this that these those but not very can so su tu es son est
    sont""".split()
)
"""These lean on the next word: a line is better ended elsewhere."""

NEVER, LOATH, SORRY, GLAD = 6.0, 1.5, 0.4, -0.08
"""What a break costs, in squared line lengths; below zero it is welcome."""

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_NUMBER = re.compile(r"[(\[~≈<>≤≥$€£]*\d[\d.,:/–-]*(%|°|st|nd|rd|th)?")
_SPACES = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")  # not the no-break ones: those bind
_AFTER_HYPHEN = re.compile(r"(?<=[^\W\d]{3}-)(?=[^\W\d]{3})|(?<=\w—)(?=\w)")
_SHOWN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2011": "-"})


@dataclass(frozen=True, slots=True)
class Piece:
    """What a line break never divides; `gap` says that a space stands before it on the same line."""

    text: str
    gap: bool


def clean(text: str) -> str:
    """The words as one paragraph: composed accents, single spaces, typographic quotes, nothing invisible."""
    text = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    text = _SPACES.sub(" ", text).strip()
    text = re.sub(r"(?<=\w)'(?=\w)|(?<=[^\W\d])'", "’", text)
    return re.sub(r'(?<!\S)"(?=\S)|(?<=[(\[—])"', "“", re.sub(r'(?<=[^\s\d(\[—])"', "”", text))


def shown(text: str) -> str:
    """The same words with plain spaces and hyphens: once the lines are broken nothing needs to bind."""
    return text.translate(_SHOWN)


def pieces(text: str) -> tuple[Piece, ...]:
    """The clean text cut at every place a line may break: spaces, and after the hyphen of a long compound."""
    found = []
    for word in text.split(" "):
        for n, part in enumerate(_AFTER_HYPHEN.split(word)):
            if part:
                found.append(Piece(part, n == 0))
    return tuple(found)


def hanging(line: str) -> str:
    """The opening quotes a line begins with: they hang in the margin, so that the letters stand in line."""
    return line[: len(line) - len(line.lstrip("“‘«\"'"))]


def regrets(words: tuple[Piece, ...]) -> tuple[float, ...]:
    """What it costs to break between each two neighbours: `regrets[i]` between words i and i+1."""
    return tuple(_regret(before, after) for before, after in pairwise(words))


def _regret(before: Piece, after: Piece) -> float:
    bare = before.text.lower().lstrip("“‘\"'([")
    if bare in BINDS or (_NUMBER.fullmatch(bare) and after.text[0].isalpha()):
        return NEVER
    if not after.gap:
        return SORRY if bare.endswith("—") else LOATH
    if bare in LEANS or after.text in {"–", "—", "-", "&"}:
        return SORRY
    return GLAD if bare.endswith((",", ";", ":", ".", "!", "?", "—")) else 0.0


def is_rtl(text: str) -> bool:
    """Whether it is read from right to left: its first letter with a direction says so."""
    directions = (unicodedata.bidirectional(char) for char in text)
    return next((one != "L" for one in directions if one in {"L", "R", "AL"}), False)
