"""The words of a span as a reader sees them."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from bot.model import Document, Span

_TAG = (
    r"</?(?:a|abbr|b|bdi|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|time|u|wbr)\b[^<>]*>"
    r"|<!--[^<>]*-->"
)
INLINE = re.compile(  # in one way only: what [] could hold as marks of their own is not read as a link's label
    rf"(?:[*_`~\[\\]|\](?:\([^)]*\)\)?|\[(?!(?:[*_`~\[\\]|{_TAG})*\])[^\]]*\])?|{_TAG})+",
    re.IGNORECASE,
)
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
UNSEEN = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " ")
"""White space, and what a terminal would obey: no reader sees it, so nobody says it."""


def words(document: Document, span: Span) -> str:
    """Readable words: white space collapsed, entities unescaped, marks that touch a word gone without a gap."""
    start, end = span
    text, readable = document.text[start:end], document.readable[start:end]
    if text == readable:
        return _tidy(text)
    seen: list[str] = []
    marks = ""
    for source, shown in zip(text, readable, strict=True):
        if source != shown:
            marks += source
            continue
        if marks:
            seen.append("" if INLINE.fullmatch(marks) else " ")
            marks = ""
        seen.append(shown)
    return _tidy("".join(seen))


def _tidy(text: str) -> str:
    return " ".join(ENTITY.sub(lambda match: html.unescape(match[0]), text).translate(UNSEEN).split())


def capitalised(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """The text with its first letter small, unless its first word is an acronym."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def small(text: str) -> str:
    """The text in small letters, each in its place (a capital whose small form is longer stays)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(low if len(low := char.lower()) == 1 else char for char in text)


def telling(text: str) -> list[str]:
    """The words of a text in small letters, each once, in their order."""
    return list(dict.fromkeys(re.findall(r"[^\W\d_]+", small(text))))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its English ending, where four letters or so are left."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word[: -len(ending)]
    return word


def content_words(text: str) -> list[str]:
    """Lower-case words that carry meaning: four letters or more, no function words."""
    return [word for word in re.findall(r"[^\W\d_]{4,}", text.lower()) if word not in FUNCTION_WORDS]


SHORTEST = 3
FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        "about after also almost among around because been before being both could does done during each even every "
        "from have having help helps here into just like made make makes many more most much only other over own quite "
        "same should since some such than that their them then there these they this those "
        "through time under until very want were what when where which while will with within without would your yours "
        "para como esta este estos más pero porque puede sobre también tras "
        "auch aber bei beim dass dein deine diese dieser eine einem einen einer haben kann kein keine können mehr nach "
        "nicht oder sich sind über wird werden wenn wie",
    )
)
