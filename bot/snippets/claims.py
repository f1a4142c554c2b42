"""Finds the words in a statement that a regulator or a network's policy would question; it never changes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from bot.model import Claim, Kind, Level, Span
from bot.snippets.claims_file import Rule, beginnings, rules

GRAVITY = {Level.BLOCK: 0, Level.REVIEW: 1, Level.NOTE: 2}
TYPED = str.maketrans("’‘‐‑“”„", '\'\'--"""')
END = re.compile(
    r"""(?<!\bno)(?<!\bdr)(?<!\bst)(?<!\bvs)(?<!\b\w)[.!?…]+["')\]]*\s+|\n[ \t\r]*(?:\n\s*|(?=[*+•·-]|\d+[.)]))"""
)
"""Where a sentence ends; a paragraph and an item of a list end it, a line that is merely full does not."""


TITLE = re.compile(r"[^.!?]{1,60}$")
"""A statement of no kind that is short and ends with no stop is a heading."""


@lru_cache(maxsize=4096)
def find_claims(words: str, *, kind: Kind | None = None) -> tuple[Claim, ...]:
    """Every claim in the words, gravest first; one a rule, the first there is.

    `kind` is what the statement does, when known: a caution names conditions without claiming anything of them,
    and a testimonial counts as the advertiser's own claim.
    """
    return tuple(claim for claim, _ in place_claims(words, kind=kind))


def place_claims(words: str, *, kind: Kind | None = None) -> list[tuple[Claim, Span]]:
    """The claims of `find_claims`, each with where its words stand.

    What a graver claim's words hold already ("cancer" as a condition, in "cures cancer") is not told beside it.
    """
    found: dict[str, tuple[Claim, Span]] = {}
    text = _small(words)
    for start, end in _sentences(text):
        sentence = text[start:end].replace("\n", " ")
        for rule in _asked(sentence, kind):
            if rule.name not in found and (place := _claimed(rule, sentence)):
                span = start + place[0], start + place[1]
                found[rule.name] = _claim(rule, words[slice(*span)]), span
    told = sorted(found.values(), key=lambda claim: GRAVITY[claim[0].level])
    return [one for one in told if not any(_holds(other, one) for other in told)]


def is_flagged(words: str, *, kind: Kind | None = None) -> bool:
    """Whether a person must look at these words before they are posted."""
    return any(claim.level is not Level.NOTE for claim in find_claims(words, kind=kind))


def _asked(sentence: str, kind: Kind | None) -> Iterator[Rule]:
    """The rules that may find something: most sentences begin no word that any rule looks for."""
    by_beginning, known = _by_beginning(), rules()
    asked = 0
    for begins in beginnings(sentence):
        asked |= by_beginning.get(begins, 0)
    asked &= _open_to(kind, is_title=kind is Kind.OTHER and bool(TITLE.match(sentence)))
    while asked:
        first = asked & -asked
        yield known[first.bit_length() - 1]
        asked ^= first


@cache
def _by_beginning() -> Mapping[str, int]:
    """For each beginning of a word the rules that look for it, each a bit in their order."""
    found: dict[str, int] = {}
    for n, rule in enumerate(rules()):
        for begins in rule.begins:
            found[begins] = found.get(begins, 0) | 1 << n
    return found


@cache
def _open_to(kind: Kind | None, *, is_title: bool) -> int:
    """The rules that are asked of such a statement, each a bit."""
    return sum(
        1 << n
        for n, rule in enumerate(rules())
        if rule.kind in {None, kind}
        and kind not in rule.not_in
        and (rule.titles or not is_title)
        and (rule.in_cautions or kind is not Kind.CONTRAINDICATION)
    )


def _claimed(rule: Rule, sentence: str) -> Span | None:
    """Where a rule's words stand in a sentence, if they claim anything there."""
    match = _compiled(rule.pattern).search(sentence)
    if not match or (rule.needs and not _compiled(rule.needs).search(sentence)):
        return None
    return None if rule.unless and _compiled(rule.unless).search(sentence) else match.span()


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
