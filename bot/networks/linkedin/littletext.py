"""LinkedIn's "little text": what is not escaped as it wants ends the post there, silently (li-lms-2026-05)."""

from __future__ import annotations

import re

RESERVED = r"\\|{}@\[\]()<>#*_~"
ESCAPE = re.compile(f"([{RESERVED}])")
TAG = re.compile(r"(?<!\S)([(\[\"'“„«‘]*)#(\w*[^\W\d_]\w*)")
"""A hashtag stands at the beginning of a word, so that none is found within an address."""
READ = re.compile(rf"\{{hashtag\|\\?#\|((?:\\.|[^\\}}])*)\}}|@\[((?:\\.|[^\\\]])*)\]\([^)]*\)|\\([{RESERVED}])")


def little(text: str) -> str:
    """The text in which nothing is markup but its hashtags; readers see the text itself, addresses and all."""
    done, end = [], 0
    for tag in TAG.finditer(text):
        done += [_escaped(text[end : tag.end(1)]), f"{{hashtag|\\#|{_escaped(tag[2])}}}"]
        end = tag.end()
    return "".join([*done, _escaped(text[end:])])


def shown(commentary: str) -> str:
    """What readers see of little text, whether or not LinkedIn wrote its hashtags as we did."""
    return READ.sub(_plain, commentary)


def _plain(found: re.Match[str]) -> str:
    if found[1] is not None:
        return f"#{shown(found[1])}"
    return found[3] if found[3] is not None else shown(found[2])


def _escaped(text: str) -> str:
    return ESCAPE.sub(r"\\\1", text)
