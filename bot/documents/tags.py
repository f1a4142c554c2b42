"""HTML as a row of tags and words, by the rules of the HTML standard: where in the source each run of words stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.errors import DocumentError
from bot.model import Span

TAG = re.compile(  # no alternative is tried twice: hostile pages take as long as others
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<[!?][^>]*+>?|</(?![A-Za-z])[^>]*+>?"
    r"|<(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*+)"
    r"(?:[^>=]++|=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>\"'][^\s>]*+)?+)*+(?:>|\Z)",
    re.DOTALL,
)
RAW = frozenset("script style textarea title xmp iframe noembed noframes".split())
"""Elements in which a tag is none until they are closed; none of them holds words for a reader."""
EMPTY = frozenset("area base br col embed hr img input link meta param source track wbr".split())
NESTING = frozenset(
    "address article aside blockquote center details dialog dir div dl fieldset figure footer form header main menu "
    "nav ol pre section summary table ul".split()
)
TAGS_MAX, TAG_LONGEST = 60_000, 10_000
DEEPEST = 250
MARK = "\ue000"
"""A private character: the number of a run stands between two of them."""


@dataclass(frozen=True, slots=True)
class Marked:
    """The page with a number in place of each run of words, and where in the source each of them stands."""

    page: str
    runs: tuple[Span, ...]


def marked(source: str) -> Marked:
    """Number the runs; comments, scripts and styles are dropped. Raises DocumentError for a page that is none."""
    page: list[str] = []
    runs: list[Span] = []
    is_xml = source.lstrip().startswith("<?xml")
    for (start, end), tag in _pieces(source, is_xml=is_xml):
        if source[start:end].isspace() or start == end:
            page.append(source[start:end])
        else:
            page.append(f"{MARK}{len(runs)}{MARK}")
            runs.append((start, end))
        page.append(_kept(tag, is_xml=is_xml))
    return Marked("".join(page), tuple(runs))


def _kept(tag: re.Match[str] | None, *, is_xml: bool) -> str:
    name = ((tag and tag["name"]) or "").lower()
    if tag is None or not name or name in RAW:
        return ""
    whole = tag[0].replace(MARK, "") if len(tag[0]) < TAG_LONGEST else f"<{tag['close']}{name[:TAG_LONGEST]}>"
    closes_itself = is_xml and whole.endswith("/>") and name not in EMPTY
    return f"{whole}</{name}>" if closes_itself else whole


def _pieces(source: str, *, is_xml: bool) -> Iterator[tuple[Span, re.Match[str] | None]]:
    """Each run of words (often an empty one), with the tag behind it; None at the end."""
    at = count = depth = 0
    while tag := TAG.search(source, at):
        yield (at, tag.start()), tag
        at = tag.end()
        name = (tag["name"] or "").lower()
        if name in RAW and not tag["close"] and not (is_xml and tag[0].endswith("/>")):
            at = _end_of(name, source, at)
        count += 1
        depth += 0 if name not in NESTING else -1 if tag["close"] else 1
        if count > TAGS_MAX:
            raise DocumentError(f"has over {TAGS_MAX} tags, far more than any page: split it, or save it as text")
        if depth > DEEPEST:
            refuse_depth()
    yield (at, len(source)), None


def refuse_depth() -> None:
    """Say that no page is built like this."""
    raise DocumentError(f"has tags within tags, over {DEEPEST} deep, as no page has: copy its words into a text")


def _end_of(name: str, source: str, at: int) -> int:
    found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(source, at)
    return found.start() if found else len(source)
