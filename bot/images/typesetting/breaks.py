"""Breaking a paragraph into a given number of lines, exactly: every break is weighed, the fairest set wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from math import inf

from bot.images.typesetting.bidi import is_rtl
from bot.images.typesetting.words import Piece, regrets

WIDOW = 0.4
"""A last line of one word is bearable from this share of the fair length."""

TALL = "\u0590"
"""Letters from here on are tall; punctuation and the Latin supplements of Vietnamese are not."""


@dataclass(frozen=True)
class Broken:
    """A paragraph in lines: which pieces each holds, their widths in em, what breaks and rag cost (0 = ideal)."""

    paragraph: Paragraph
    spans: tuple[tuple[int, int], ...]
    widths: tuple[float, ...]
    cost: float

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines as they read."""
        return tuple(self.paragraph.text(i, j) for i, j in self.spans)

    @property
    def loose(self) -> bool:
        """Whether its letters are as tall as the em, and want more room between the lines."""
        return self.paragraph.loose

    @property
    def widest(self) -> float:
        """The width that decides the size."""
        return max(self.widths)

    @property
    def uneven(self) -> float:
        """By how much a line falls short of half the widest; the last may be a little shorter."""
        least = min(self.widths[:-1], default=self.widest)
        return max(0.0, 0.53 - least / self.widest, 0.43 - self.widths[-1] / self.widest)


@dataclass(frozen=True)
class Paragraph:
    """Pieces with their widths in em, the width of a space, and whether a short first line hurts (display type)."""

    words: tuple[Piece, ...]
    widths: Sequence[float]
    space: float
    display: bool

    @cached_property
    def gaps(self) -> tuple[float, ...]:
        """The space before each piece."""
        return tuple(self.space if word.gap else 0.0 for word in self.words)

    @cached_property
    def ends(self) -> tuple[float, ...]:
        """The length of the first n pieces on one line."""
        return tuple(accumulate((w + g for w, g in zip(self.widths, self.gaps, strict=True)), initial=0.0))

    @cached_property
    def regrets(self) -> tuple[float, ...]:
        """What a break after each piece costs; after the last, nothing."""
        return (*regrets(self.words), 0.0)

    @cached_property
    def rtl(self) -> bool:
        """Whether it is read from right to left."""
        return is_rtl(" ".join(word.text for word in self.words))

    @cached_property
    def loose(self) -> bool:
        """Whether it has letters of a script as tall as the em: Hebrew, Arabic, those of India and of the Far East."""
        words = (word.text for word in self.words if not word.text.isascii())
        return any(
            char.isalpha() and char >= TALL and not "\u1d00" <= char < "\u2e80" for word in words for char in word
        )

    @property
    def count(self) -> int:
        """How many words a person would count; of a script without spaces, letters."""
        if any(word.tie is not None for word in self.words):
            return sum(len(word.text) for word in self.words)
        return sum(word.gap for word in self.words)

    @property
    def unit(self) -> str:
        """What `count` counts."""
        return "letters" if any(word.tie is not None for word in self.words) else "words"

    def first(self, n: int) -> Paragraph:
        """Its first n pieces."""
        return Paragraph(self.words[:n], self.widths[:n], self.space, self.display)

    def text(self, i: int, j: int) -> str:
        """Pieces i..j as one line; a mark says so where it begins with a word against the paragraph's direction."""
        line = "".join(" " * (w.gap and n > 0) + w.text for n, w in enumerate(self.words[i:j]))
        return line if is_rtl(line) == self.rtl else ("\u200f" if self.rtl else "\u200e") + line


def broken(paragraph: Paragraph, k: int) -> Broken | None:
    """The fairest way to set the paragraph in exactly k lines; None when it has fewer pieces than that."""
    n = len(paragraph.words)
    if not 1 <= k <= n:
        return None
    fair = paragraph.ends[n] / k
    best: list[float] = [0.0] + [inf] * n
    froms: list[list[int]] = []
    for line in range(1, k + 1):
        best, came = _line(paragraph, best, line == 1, n if line == k else 0, fair)
        froms.append(came)
    if best[n] == inf:
        return None
    cuts = [n]
    for came in reversed(froms):
        cuts.append(came[cuts[-1]])
    cuts.reverse()
    spans = tuple(pairwise(cuts))
    widths = tuple(paragraph.ends[j] - paragraph.ends[i] - paragraph.gaps[i] for i, j in spans)
    return Broken(paragraph, spans, widths, best[n])


def _line(
    paragraph: Paragraph, before: list[float], first: bool, last: int, fair: float
) -> tuple[list[float], list[int]]:
    """One more line after each way the lines before it may end: the least cost of ending at j, and where it began."""
    ends, gaps, regret = paragraph.ends, paragraph.gaps, paragraph.regrets
    n = len(gaps)
    best, came = [inf] * (n + 1), [0] * (n + 1)
    longest = 1.7 * fair
    for i in range(n):
        if before[i] == inf:
            continue
        start = ends[i] + gaps[i]
        for j in range(i + 1, n + 1):
            width = ends[j] - start
            if width > longest and j > i + 1:
                break
            if last and j < n:
                continue
            rag = (width / fair - 1.0) ** 2
            if last:
                cost = (
                    before[i]
                    + (rag if width > fair else 0.6 * rag)
                    + (_stub(width / fair, paragraph.words[i]) if j == i + 1 else 0.0)
                )
            else:
                cost = before[i] + rag + regret[j - 1]
                if paragraph.display and j == i + 1:
                    cost += _alone(paragraph.words[i], first=first)
            if cost < best[j]:
                best[j], came[j] = cost, i
        if first:
            break
    return best, came


def _alone(word: Piece, *, first: bool) -> float:
    """What a word costs that has a line of display type to itself, with more lines to come; a phrase costs nothing."""
    if word.tie is not None:
        return 0.0
    if word.text.endswith((",", ";", ":", ".", "!", "?")):
        return 0.1 if first else 0.3
    return 1.5 if first else 0.8


def _stub(share: float, word: Piece) -> float:
    """What a last line of one word costs: a stub is a widow, a long word a little sad, a long phrase not at all."""
    if share >= 1.3 * WIDOW:
        return 0.0 if word.tie is not None else 0.25 if share >= 2 * WIDOW else 0.6
    return 4.0
