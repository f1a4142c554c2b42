"""Words as a typesetter sees them: clean text, the places a line may break, and how much each break is regretted."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from bot.images.typesetting import east
from bot.images.typesetting.bidi import is_rtl

__all__ = ["BINDS", "DATES", "LEANS", "Piece", "clean", "hanging", "is_rtl", "pieces", "regrets", "shown"]

BINDS = frozenset(
    """a an the of to and or in on at by for with from into than no per via vs. dr. mr. mrs. ms. mx. st. no. prof. fig.
    art. ca. approx. el la los las un una unos unas del al de y e o u en con sin por para su sus le les une des du et
    ou à au aux dans sur sous pour par avec sans chez der die das den dem ein eine einen einem einer und oder von vom
    zu zum zur im am mit für auf bei it il lo gli i uno della delle dei di da che tra fra nel nella os as um uma do dos
    das no na nos nas com em het een van te met voor aan op в во на и с со к ко у о об от до для за из по при под без не
    но а і та від із що και για σε με από του της το τα ο η οι τον την στο στη στον στην של על עם את אל או في من على إلى
    عن مع و أو § №""".split()
)
"""Articles, prepositions and titles bind to the next word: no line ends with them while any other break exists."""

LEANS = frozenset(
    """is are was be as it its your our my their his her this that these those but not very can so su tu es son est
    sont""".split()
)
"""These lean on the next word: a line is better ended elsewhere."""

DATES = frozenset(
    """mon tue tues wed thu thur thurs fri sat sun jan feb mar apr may jun jul aug sep sept oct nov dec january february
    march april june july august september october november december monday tuesday wednesday thursday friday saturday
    sunday step day week month chapter part page p. pp. level phase lundi mardi mercredi jeudi vendredi samedi dimanche
    montag dienstag mittwoch donnerstag freitag samstag sonntag""".split()
)
"""These bind to a number that follows."""

NEVER, LOATH, SORRY, GLAD = 12.0, 1.5, 0.4, -0.08
"""What a break costs, in squared line lengths; below zero it is welcome. NEVER outweighs any rag and any widow."""

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_NUMBER = re.compile(r"[(\[~≈<>≤≥$€£]*\d[\d.,:/–-]*(%|°|st|nd|rd|th)?")
_DIGIT = re.compile(r"[(\[~≈<>≤≥$€£]*\d")
_SPACES = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")  # not the no-break ones: those bind
_BOUND = re.compile(
    r" (?=[;:!?»…–—%]|-(?: |$)|[.,](?!\w))|(?<=[«¡¿]) |(?<=\d) (?=[–-] ?\d|er\b|re\b|º|ª)|(?<=\d [–-]) (?=\d)"
)
"""Spaces that no line is broken at: the French ones, before a dash or an ellipsis, and within a range or an ordinal."""

_ADDRESS = re.compile(r"[@#]\w|\w\.\w|/")
_AFTER_HYPHEN = re.compile(r"(?<=[^\W\d]{3}-)(?=[^\W\d]{3})|(?<=\w—)(?=\w)")
_SHOWN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2011": "-"})


@dataclass(frozen=True, slots=True)
class Piece:
    """What a line break never divides; `gap` says that a space stands before it on the same line.

    `tie` is what a break before it costs, where the script has no spaces to tell; None for words.
    """

    text: str
    gap: bool
    tie: float | None = None


def clean(text: str) -> str:
    """The words as one paragraph: composed accents, single spaces, typographic quotes, nothing invisible."""
    text = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    text = _SPACES.sub(" ", text).strip()
    text = re.sub(r"(?<=\w)'(?=\w)|(?<=[^\W\d])'", "’", text)
    text = re.sub(r'(?<!\S)"(?=\S)|(?<=[(\[—])"', "“", re.sub(r'(?<=[^\s\d(\[—])"', "”", text))
    return _BOUND.sub("\u00a0", text)


def shown(text: str) -> str:
    """The same words with plain spaces and hyphens: once the lines are broken nothing needs to bind."""
    return text.translate(_SHOWN)


def pieces(text: str) -> tuple[Piece, ...]:
    """The clean text cut at every place a line may break: spaces, after the hyphen of a long compound, and phrases."""
    found = []
    language = east.language(text)
    for word in text.split(" "):
        if language and east.is_unspaced(word):
            found += [Piece(part, n == 0, tie) for n, (part, tie) in enumerate(east.parts(word, language))]
            continue
        parts = [word] if _ADDRESS.search(word) else _AFTER_HYPHEN.split(word)
        found += [Piece(part, n == 0) for n, part in enumerate(parts) if part]
    return tuple(found)


def hanging(line: str) -> str:
    """The opening quotes a line begins with: they hang in the margin, so that the letters stand in line."""
    return line[: len(line) - len(line.lstrip("“‘«\"'"))]


def regrets(words: tuple[Piece, ...]) -> tuple[float, ...]:
    """What it costs to break between each two neighbours: `regrets[i]` between words i and i+1."""
    return tuple(_regret(before, after) for before, after in pairwise(words))


def _regret(before: Piece, after: Piece) -> float:
    if after.tie is not None and not after.gap:
        return after.tie
    bare = before.text.lower().lstrip("“‘\"'([«")
    if _binds(bare, after.text):
        return NEVER
    if not after.gap:
        return SORRY if bare.endswith("—") else LOATH
    if bare in LEANS or after.text in {"–", "—", "-", "&"}:
        return SORRY
    return GLAD if bare.endswith((",", ";", ":", ".", "!", "?", "—")) else 0.0


def _binds(bare: str, after: str) -> bool:
    """Whether the two words are one to the reader: an article and its noun, a number and its unit."""
    last = bare.rsplit("\u00a0", 1)[-1]
    if last in BINDS or (_NUMBER.fullmatch(last) and after[0].isalpha()) or (last in DATES and _DIGIT.match(after)):
        return True
    return not any(map(str.isalnum, after)) and after[0] > "\u2300"  # an emoji stays with the word that it colours
