"""How long X finds a text: the weights of twitter-text 3."""

from __future__ import annotations

from functools import cache
from unicodedata import normalize

import regex

from bot.counting.links import LINK, links

_HEAVY = "漢"  # any character that weighs 2


def weight(text: str) -> int:
    """What `text` weighs on X: 23 a link, 2 an emoji however it is composed, 1 or 2 any other character of its NFC."""
    text = normalize("NFC", text)
    for start, end in reversed(links(text)):
        text = text[:start] + LINK + text[end:]
    text = _composed_emoji().sub(_HEAVY, text)
    return 2 * len(text) - sum(map(len, _light().findall(text)))


@cache
def _light() -> regex.Pattern[str]:
    """Runs of characters that weigh 1; every other weighs 2, a lone emoji among them."""
    return regex.compile(r"[\0-\u10FF\u2000-\u200D\u2010-\u201F\u2032-\u2037]+")


@cache
def _composed_emoji() -> regex.Pattern[str]:
    """Emoji of several characters, as X's own emoji parser joins them.

    U+FE0F belongs to a character that has a text form; after another it is counted apart. Chains of U+200D are as
    long as the longest emoji there is (four members); a chain that no font draws as one may weigh more on X.
    """
    text_form = r"[\p{Emoji}--\p{Emoji_Presentation}--[#*0-9]]"
    either_form = "[🀄🈚🈯⌚⌛◽◾☔☕♈-♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛔⛪⛲⛳⛵⛺⛽❗⬛⬜⭐⭕]"
    toned = r"\p{Emoji_Modifier_Base}\p{Emoji_Modifier}"
    member = rf"(?:{toned}|{text_form}\uFE0F|[\p{{Emoji_Presentation}}--[🇦-🇿]]|👁|🗨)"
    return regex.compile(
        rf"""(?V1)
        {member}(?:\u200D{member}){{1,3}}
        | {toned}
        | [\#*0-9]\uFE0F?\u20E3
        | [🇦-🇿]{{2}}
        | 🏴(?:{_tags("gbeng")}|{_tags("gbsct")}|{_tags("gbwls")})\U000E007F
        | (?:{text_form}|{either_form})\uFE0F
        """,
        regex.VERBOSE,
    )


def _tags(letters: str) -> str:
    return "".join(chr(0xE0000 + ord(letter)) for letter in letters)
