"""Which benefits are said together: the short items of one list, under the words that lead into it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import BlockKind, Document, Kind, Snippet, Span
from bot.snippets.sentences import Unit, units
from bot.snippets.subject import stands_alone
from bot.snippets.wording import words

LEAST, MOST = 3, 6
"""Fewer items are no list, and more cannot be read on a picture."""
ITEM_WORDS, ITEM_LETTERS, LEAD_WORDS = 10, 64, 14
COUNTS = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|dos|tres"
    r"|cuatro|cinco|seis|siete|ocho|nueve|diez)\b",
    re.IGNORECASE,
)
"""A lead-in that counts its items would be wrong over some of them."""
POINTS = re.compile(
    r"\b(?:it|its|they|them|this|these|that|those|he|she|following|below|folgende\w*|siguientes?)\b", re.IGNORECASE
)
"""A lead-in with one of these leans on what stands elsewhere."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The benefits that one post says: one by itself, or the items of a list, verbatim, under their `lead`."""

    snippets: tuple[Snippet, ...]
    lead: str = ""
    items: tuple[str, ...] = ()
    span: Span = (0, 0)


def listed(document: Document, snippets: Sequence[Snippet]) -> list[Listed]:
    """The snippets in their order, three or more short items of one list together where the best of them stood.

    The items stand in the document's order. Nothing that a person must look at is in a list.
    """
    leads = _leads(document, snippets)
    together: dict[Span, list[Snippet]] = {}
    for one in snippets:
        if one.span in leads:
            together.setdefault(leads[one.span][1], []).append(one)
    lists = {span: group[:MOST] for span, group in together.items() if len(group) >= LEAST}
    members = {one.span: span for span, group in lists.items() for one in group}
    found: list[Listed] = []
    for one in snippets:
        span = members.get(one.span)
        if span is None:
            found.append(Listed((one,)))
        elif lists[span][0] is one:
            found.append(_list(document, lists[span], leads[one.span][0], span))
    return found


def _list(document: Document, group: Sequence[Snippet], lead: str, span: Span) -> Listed:
    items = tuple(sorted(group, key=lambda one: one.span))
    return Listed(items, lead, tuple(words(document, one.span) for one in items), span)


def _leads(document: Document, snippets: Sequence[Snippet]) -> dict[Span, tuple[str, Span]]:
    """For each snippet that may stand in a list, by its span: the lead-in as it may be posted, and where it stands."""
    bullets = [block for block in document.blocks if block.kind is BlockKind.BULLET]
    if len(bullets) < LEAST:
        return {}
    by_span = {unit.span: unit for unit in units(document)}
    pairs = ((one, by_span.get(one.span)) for one in snippets if not one.risk and one.kind is Kind.BENEFIT)
    return {
        one.span: (one.lead.text if one.lead else unit.lead.text, unit.lead.span)
        for one, unit in pairs
        if unit and unit.lead and _is_item(unit) and _leads_well(one.lead.text if one.lead else unit.lead.text)
    }


def _is_item(unit: Unit) -> bool:
    """Whether it is a short item's one sentence."""
    whole = unit.kind is BlockKind.BULLET and unit.first and not unit.opens
    return whole and len(unit.text.split()) <= ITEM_WORDS and len(unit.text) <= ITEM_LETTERS


def _leads_well(lead: str) -> bool:
    title = lead.rstrip(": ")
    short = 1 < len(title.split()) <= LEAD_WORDS
    return short and stands_alone(title) and not COUNTS.search(title) and not POINTS.search(title)
