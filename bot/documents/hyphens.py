"""Lines -> one run of words: what a line's end parted is joined again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

PARTED = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]\s*\Z")
OPENS = re.compile(r"[^\W\d_]+")
HYPHENED = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)+")
LONGEST = 60
WORD = re.compile(r"[^\W\d_]+")
PREFIXES = frozenset(
    "well self non co anti post long short high low deep full half ill hands stress pain drug sugar gluten cost time "
    "life year one two three four five mid ex step mother father easy hard best quasi semi multi ultra cross hot cold "
    "warm award user family eco world blood heart muscle skin evidence problem follow check state".split()
)
"""What is oftener written with a hyphen than joined to what follows, where the document does not say."""
LIGATURES = {ord(char): plain for char, plain in zip("ﬀﬁﬂﬃﬄﬅﬆ", "ff fi fl ffi ffl st st".split(), strict=True)}


class Joiner:
    """Knows the words of a whole document: how it writes a word elsewhere decides."""

    def __init__(self, lines: Sequence[str]) -> None:
        inner = [line.strip() for line in lines]
        self.hyphened = {word.lower() for line in inner for word in HYPHENED.findall(line)}
        self.whole = {word.lower() for line in inner for word in WORD.findall(line)}

    def join(self, lines: Sequence[str]) -> str:
        """The lines as one."""
        words = [*lines]
        for n, (before, line) in enumerate(pairwise(lines)):
            parted, opens = PARTED.search(before[-LONGEST:]), OPENS.match(line)
            if not parted or not opens:
                words[n] += " "
            elif before.rstrip().endswith("\u00ad") or not self._keeps(parted[1], opens[0]):
                words[n] = before.rstrip()[:-1]
        return "".join(words)

    def _keeps(self, before: str, after: str) -> bool:
        """Whether the hyphen is the word's own."""
        if f"{before}-{after}".lower() in self.hyphened or after[0].isupper():
            return True
        return f"{before}{after}".lower() not in self.whole and before.lower() in PREFIXES
