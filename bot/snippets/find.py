"""A document's statements: of which kind, how good, in which words, carried by which sentence."""

from __future__ import annotations

from itertools import groupby

from bot.model import Document, Kind, Snippet, Support
from bot.snippets.claims import find_claims, is_flagged
from bot.snippets.cues import cues
from bot.snippets.kinds import Judgement, judge_all, told
from bot.snippets.sentences import Unit, units
from bot.snippets.subject import Subject, hangs_on_lead, resolved, stands_alone
from bot.snippets.wording import content_words, small

SUPPORTING = {Kind.HOW_IT_WORKS, Kind.BENEFIT}
NOT_NOUNS = ("ly", "ed", "ing", "ous", "ive", "able", "ible", "ful")


def find_snippets(document: Document, subject: str) -> list[Snippet]:
    """Every sentence, list item and heading as a Snippet: benefits first, then by score, then as they stand.

    `subject` is what the document is about, in the words a caption may use ("Ashiatsu massage"); when it is empty
    the front matter's is taken; without any, nothing that opens with a pronoun is made to stand alone.
    """
    about = Subject.of(document, subject)
    found = units(document)
    judgements = judge_all(found, about)
    snippets: list[Snippet] = []
    for _, block in groupby(zip(found, judgements, strict=True), key=lambda pair: pair[0].block):
        judged = list(block)
        carrying = _supports(judged)
        snippets += [_snippet(*pair, support, about) for pair, support in zip(judged, carrying, strict=True)]
    return sorted(snippets, key=lambda snippet: (snippet.kind is not Kind.BENEFIT, -snippet.score, snippet.span))


def _snippet(unit: Unit, judgement: Judgement, support: Support | None, about: Subject) -> Snippet:
    text = resolved(unit, about)
    return Snippet(
        text=text,
        kind=judgement.kind,
        score=judgement.score,
        reasons=told(judgement),
        span=unit.span,
        support=support,
        claims=find_claims(text, kind=judgement.kind),
        topic=topic_of(unit.text, about.name) if judgement.kind is Kind.BENEFIT else "",
        lead=_lead(unit, about),
    )


def _supports(judged: list[tuple[Unit, Judgement]]) -> list[Support | None]:
    """For each unit of a block the next sentence that carries it, right behind or standing alone, verbatim.

    The first without a flag, if there is one. Read from the end, so that no sentence is weighed twice.
    """
    found: list[Support | None] = []
    carrying: Support | None = None
    clean: Support | None = None
    alone: Support | None = None
    clean_alone: Support | None = None
    for unit, judgement in reversed(judged):
        found.append(clean or carrying)
        carrying, clean = alone, clean_alone
        if judgement.kind in SUPPORTING:
            carrying = Support(unit.text, unit.span)
            clean = clean_alone if is_flagged(unit.text, kind=judgement.kind) else carrying
            if stands_alone(unit.text):
                alone, clean_alone = carrying, clean
    return found[::-1]


def _lead(unit: Unit, about: Subject) -> Support | None:
    if unit.lead is None or not hangs_on_lead(unit):
        return None
    return Support(resolved(unit.lead, about), unit.lead.span)


def topic_of(text: str, subject: str) -> str:
    """One lower-case word for what a statement is about: the first known topic in it, else its longest word."""
    low = small(text)
    if match := cues().topic.search(low):
        return match.lastgroup or ""
    own = set(content_words(subject))
    others = [word for word in content_words(text) if word not in own and not word.endswith(NOT_NOUNS)]
    return max(others, key=len, default="")
