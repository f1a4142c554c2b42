"""Where a line of Chinese, Japanese or Thai may break: between phrases, and never against the rules of kinsoku."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from bot.images.typesetting.scripts import HAN, KANA, east_asian

if TYPE_CHECKING:
    from budoux import Parser

_WIDE = f"{KANA}{HAN}\u3000-\u303f\uff01-\uff60"
_THAI = "\u0e01-\u0e5b"
_UNSPACED = re.compile(f"[{_WIDE}{_THAI}]")
_CLUSTER = re.compile(f"[^{_WIDE}]+|[\u30a1-\u30fa\u30fc-\u30ff]+|.", re.DOTALL)
_TAIL = re.compile("[\u3041-\u309f](?![\u3041-\u309f])")
_NOT_FIRST = re.compile(
    "[、。，．,.・：；:;！？!?ー〜～…‥’”）)〕］】〉》」』｝}％%々ゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ]"
)
_NOT_LAST = re.compile("[‘“（(〔［【〈《「『｛{￥＄$]$")
_CLOSED = re.compile("[・、。，；：！？!?）」』】》]$")
_LONG = 9
"""A phrase of more letters than this may be divided, where nothing else will do."""

WITHIN, CHARACTER, PHRASE, PAUSE = 1.5, 0.25, 0.0, -0.08
"""What a break costs: within a phrase, between letters when nobody knows the phrases, between phrases, at a stop."""

Part = tuple[str, float]


def is_unspaced(word: str) -> bool:
    """Whether the word has letters that are written without spaces, so that it may break inside."""
    return _UNSPACED.search(word) is not None


def parts(word: str, language: str) -> list[Part]:
    """The parts of the word that stay whole, each with what a break before it costs."""
    found: list[Part] = []
    parser = _parser(language)
    for phrase in _kept(parser.parse(word) if parser else [word]):
        divided = _kept(_CLUSTER.findall(phrase)) if not parser or len(phrase) > _LONG else [phrase]
        for n, part in enumerate(divided):
            stop = bool(found) and _CLOSED.search(found[-1][0]) is not None
            inside = WITHIN if parser else _between(found[-1][0][-1], part[0]) if found else 0.0
            found.append((part, PAUSE if stop else inside if n else PHRASE))
    return found


def _between(before: str, after: str) -> float:
    """Without a dictionary: a phrase of Japanese mostly ends in hiragana and begins with anything else."""
    if "\u3041" <= before <= "\u309f":
        return WITHIN / 2 if "\u3041" <= after <= "\u309f" else PHRASE
    same = east_asian(before) == east_asian(after) == "ja"
    return WITHIN if same or "\u3041" <= after <= "\u309f" else CHARACTER


def _kept(phrases: list[str]) -> list[str]:
    """Phrases that keep kinsoku: no closing mark or small kana begins one, no opening mark ends one.

    A lone kana goes with what it ends, a counter with its number.
    """
    kept: list[str] = []
    for whole in phrases:
        tail = 1 if kept and _TAIL.match(whole) else 0
        if tail:
            kept[-1] += whole[0]
        phrase = whole[tail:]
        if not phrase:
            continue
        counted = kept and kept[-1][-1].isascii() and (phrase[0].isascii() or kept[-1][-1].isdigit())
        if kept and (counted or _NOT_FIRST.match(phrase) or _NOT_LAST.search(kept[-1])):
            kept[-1] += phrase
        else:
            kept.append(phrase)
    return kept


@lru_cache(maxsize=4)
def _parser(language: str) -> Parser | None:
    if find_spec("budoux") is None:
        return None
    import budoux

    load = {"ja": budoux.load_default_japanese_parser, "th": budoux.load_default_thai_parser}
    return load.get(language, budoux.load_default_simplified_chinese_parser)()


def language(text: str) -> str:
    """Whose phrases the text has: "ja", "zh" or "th"; "" when all its words stand apart."""
    if re.search(f"[{_THAI}]", text):
        return "th"
    found = east_asian(text)
    return found if found in {"ja", "zh"} else ""
