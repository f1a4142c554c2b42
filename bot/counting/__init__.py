"""How long a text is, in the unit a network counts in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import regex

from bot.counting.links import links
from bot.counting.mastodon import countable
from bot.counting.weighted import weight
from bot.errors import UnknownName

__all__ = ["COUNTERS", "count", "links"]


EMOJI = regex.compile(r"\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20E3")


def _graphemes(text: str) -> int:
    return len(regex.findall(r"\X", text))


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _threads(text: str) -> int:
    """Threads' API page of 2026-04-20: an emoji is as many characters as it has bytes of UTF-8."""
    clusters = regex.findall(r"\X", text)
    return sum(_bytes(one) if EMOJI.search(one) else len(one) for one in clusters)


def _mastodon(text: str) -> int:
    return _graphemes(countable(text))


COUNTERS: Mapping[str, Callable[[str], int]] = {
    "graphemes": _graphemes,  # what a reader calls a character
    "utf16": _utf16,
    "codepoints": len,
    "threads": _threads,  # code points, but an emoji is its bytes
    "bytes": _bytes,  # of UTF-8
    "x_weighted": weight,  # X: a link is 23, an emoji 2, a letter 1 or 2
    "mastodon": _mastodon,  # graphemes, where a link is 23 and a mention its name alone
}


def count(text: str, unit: str) -> int:
    """The length of `text` in `unit`; UnknownName for a unit nobody counts in."""
    if unit not in COUNTERS:
        raise UnknownName(f'text cannot be counted in "{unit}" (known: {", ".join(COUNTERS)})')
    return COUNTERS[unit](text)
