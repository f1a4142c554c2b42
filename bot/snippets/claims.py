"""Finds the words in a statement that a regulator or a network's policy would question; it never changes them."""

from __future__ import annotations

import re
from functools import cache

from bot.model import Claim, Kind, Level
from bot.snippets.claim_rules import RULES

GRAVITY = {Level.BLOCK: 0, Level.REVIEW: 1, Level.NOTE: 2}


def find_claims(words: str, *, kind: Kind | None = None) -> tuple[Claim, ...]:
    """Every claim in the words, gravest first; one a rule.

    `kind` is what the statement does, when known: a caution names conditions without claiming anything of them,
    and a testimonial counts as the advertiser's own claim.
    """
    if kind is Kind.CONTRAINDICATION:
        return ()
    claims = []
    for rule in RULES:
        if rule.kind is not None and rule.kind is not kind:
            continue
        match = _compiled(rule.pattern).search(words)
        if match:
            claims.append(Claim(rule.level, rule.name, " ".join(match[0].split()), rule.why, rule.source))
    return tuple(sorted(claims, key=lambda claim: GRAVITY[claim.level]))


def is_flagged(words: str, *, kind: Kind | None = None) -> bool:
    """Whether a person must look at these words before they are posted."""
    return any(claim.level is not Level.NOTE for claim in find_claims(words, kind=kind))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)
