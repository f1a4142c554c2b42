"""Finds the words in a statement that a regulator or a network's policy would question; it never changes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from bot.model import Claim, Kind, Level, Span
from bot.snippets.claims_file import Rule, rules
from bot.snippets.starts import Finder

GRAVITY = {Level.BLOCK: 0, Level.REVIEW: 1, Level.NOTE: 2}
TYPED = str.maketrans("’‘‐‑“”„", '\'\'--"""')
END = re.compile(
    r"""(?<!\bno)(?<!\bdr)(?<!\bst)(?<!\bvs)(?<!\b\w)(?<![.!?…][.!?…])[.!?…]+["')\]]*\s+"""
    r"""|\n[ \t\r]*(?:\n\s*|(?=[*+•·-]|\d+[.)]))"""
)
"""Where a sentence ends; a paragraph and an item of a list end it, a line that is merely full does not."""
INVISIBLE = frozenset(
    chr(n)
    for first, last in (
        *((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180E)),
        *((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF)),
        *((0xFFA0, 0xFFA0), (0xE0000, 0xE0FFF)),
    )
    for n in range(first, last + 1)
)
"""Characters that leave no ink and part no word for the eye."""

TITLE = re.compile(r"[^.!?]{1,60}$")
"""A statement of no kind that is short and ends with no stop is a heading."""


@lru_cache(maxsize=4096)
def find_claims(words: str, *, kind: Kind | None = None) -> tuple[Claim, ...]:
    """Every claim in the words, gravest first; of one sentence a rule tells the first, or all that it forbids.

    `kind` is what the statement does, when known: a caution names conditions without claiming anything of them,
    and a testimonial counts as the advertiser's own claim.
    """
    return tuple(claim for claim, _ in place_claims(words, kind=kind))


def place_claims(words: str, *, kind: Kind | None = None) -> list[tuple[Claim, Span]]:
    """The claims of `find_claims`, each with where its words stand.

    What a graver claim's words hold already ("cancer" as a condition, in "cures cancer") is not told beside it.
    """
    found: dict[Claim, Span] = {}
    seen = [] if INVISIBLE.isdisjoint(words) else [n for n, char in enumerate(words) if char not in INVISIBLE]
    if seen:  # what the eye does not see parts no word
        told = place_claims("".join(words[n] for n in seen), kind=kind)
        return [(claim, (seen[start], seen[end - 1] + 1)) for claim, (start, end) in told]
    text = _small(words)
    for start, end in _sentences(text):
        sentence = text[start:end].replace("\n", " ")
        for rule, place in _claims_in(sentence, kind):
            span = start + place[0], start + place[1]
            found.setdefault(_claim(rule, words[slice(*span)]), span)
    told = sorted(found.items(), key=lambda claim: GRAVITY[claim[0].level])
    return [one for one in told if not any(_holds(other, one) for other in told)]


def is_flagged(words: str, *, kind: Kind | None = None) -> bool:
    """Whether a person must look at these words before they are posted."""
    return any(claim.level is not Level.NOTE for claim in find_claims(words, kind=kind))


def _claims_in(sentence: str, kind: Kind | None) -> Iterator[tuple[Rule, Span]]:
    """Every rule that finds something, with where its words stand."""
    asked = _asked(kind, is_title=kind is Kind.OTHER and bool(TITLE.match(sentence)))
    for n, first in finder().first(sentence):
        rule = rules()[n]
        if n not in asked or not _is_claim(rule, sentence):
            continue
        places = finder().patterns[n].finditer(sentence) if rule.level is Level.BLOCK else ()
        yield from ((rule, place) for place in dict.fromkeys((first, *(found.span() for found in places))))


def _is_claim(rule: Rule, sentence: str) -> bool:
    """Whether what stands around a rule's words makes them a claim."""
    needed = not rule.needs or _compiled(rule.needs).search(sentence)
    return bool(needed) and not (rule.unless and _compiled(rule.unless).search(sentence))


@cache
def finder() -> Finder:
    """What looks for all rules at once."""
    return Finder.of([_compiled(rule.pattern) for rule in rules()])


@cache
def _asked(kind: Kind | None, *, is_title: bool) -> frozenset[int]:
    """The rules, by number, that are asked of such a statement."""
    return frozenset(
        n
        for n, rule in enumerate(rules())
        if rule.kind in {None, kind}
        and kind not in rule.not_in
        and (rule.titles or not is_title)
        and (rule.in_cautions or kind is not Kind.CONTRAINDICATION)
    )


def _holds(graver: tuple[Claim, Span], other: tuple[Claim, Span]) -> bool:
    (one, (start, end)), (another, (first, last)) = graver, other
    return GRAVITY[one.level] < GRAVITY[another.level] and start <= first and last <= end


def _claim(rule: Rule, words: str) -> Claim:
    source = rule.source
    said = " ".join(words.split())
    return Claim(rule.level, rule.name, said, rule.why, source.where, rule.safer, source.rule, source.date)


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for match in END.finditer(text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _small(words: str) -> str:
    """The words in small letters and typewriter's quotes, each where it stood."""
    text = words.lower()
    if len(text) != len(words):  # a few letters are two when they are small
        text = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in words)
    return text.translate(TYPED)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)
