"""What of a text Mastodon counts: its links shortened, its mentions without their servers."""

from __future__ import annotations

from functools import cache

import regex

from bot.counting.links import LINK, Grammar, links

_BEYOND_ASCII = (
    r"\xA0-\uD7FF\uE000-\uFDCF\uFDF0-\uFFEF\U00010000-\U000DFFFF\U000E1000-\U0010FFFD"  # but for noncharacters
)
_GRAMMAR = Grammar(
    path=r"[^\s<>()?]",
    path_end=r"""[^\s()?!*"'「」<>;:=,.$%\[\]~&|@]""",
    query=rf"[a-z0-9!?*'();:&=+$/%\#\[\]\-_.,~|@\^{_BEYOND_ASCII}]",
    query_end=rf"[a-z0-9_&=\#/\-{_BEYOND_ASCII}]",
)


def countable(text: str) -> str:
    """The text whose characters Mastodon counts: a link (with http:// or https://) is 23, @user@host is @user.

    Where a link and a mention overlap, the one that starts first counts. A blank text counts nothing.
    """
    found = [(span, LINK) for span in links(text, grammar=_GRAMMAR, bare=False)]
    found += [(match.span(), match["name"]) for match in _mention().finditer(text)]
    kept, done = [], 0
    for (start, end), short in sorted(found):
        if start >= done:
            kept += [text[done:start], short]
            done = end
    return "".join([*kept, text[done:]]) if text.strip() else ""


@cache
def _mention() -> regex.Pattern[str]:
    """@user or @user@host, unless more than that follows at once."""
    return regex.compile(
        r"""
        (?<![=/\w])
        (?>(?P<name>@[a-z0-9_]+(?:[.\-]+[a-z0-9_]+)*)(?:@\w+(?:[.\-]+\w+)*)?)
        (?![@＠]|://|[\xC0-\xD6\xD8-\xF6\xF8-\u024F])
        """,
        regex.IGNORECASE | regex.VERBOSE,
    )
