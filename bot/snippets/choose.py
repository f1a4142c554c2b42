"""What gets posted: benefits that stand alone, no two alike, topics in turn, best first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from bot.model import Kind, Level, Snippet
from bot.snippets.claims import find_claims, is_flagged
from bot.snippets.subject import completed, stands_alone
from bot.snippets.wording import content_words, stem

GOOD = 1.0
"""From this score on a benefit may speak for its document."""
ALIKE = 0.6
REPEATED = 1.0
"""What a benefit loses for each one already chosen on its topic."""
PRICE = {Level.NOTE: 0.0, Level.REVIEW: 1.0, Level.BLOCK: 3.0}
CROWD = 4
"""A document with so many cautions, prices or dates to each benefit is about them, not about benefits."""
WORDS_MIN, WORDS_MAX = 3, 60


def choose(snippets: Sequence[Snippet], most: int, least: float = GOOD) -> list[Snippet]:
    """At most `most` snippets to post, each with a score of `least` or more, best first.

    None from a document that is not about benefits.
    """
    if not _speaks_of_benefits(snippets):
        return []
    candidates = _folded([ready for snippet in snippets if (ready := _ready(snippet, least))])
    chosen: list[Snippet] = []
    topics: Counter[str] = Counter()

    def worth(snippet: Snippet) -> tuple[float, int]:
        return snippet.score - REPEATED * topics[snippet.topic] - _price(snippet), -snippet.span[0]

    while candidates and len(chosen) < most:
        best = max(candidates, key=worth)
        candidates.remove(best)
        topics[best.topic] += 1
        chosen.append(best)
    return chosen


def _price(snippet: Snippet) -> float:
    """What its gravest claim costs: words that need no second look go first."""
    return max((PRICE[claim.level] for claim in snippet.claims), default=0.0)


def _speaks_of_benefits(snippets: Sequence[Snippet]) -> bool:
    kinds = Counter(snippet.kind for snippet in snippets)
    others = (Kind.CONTRAINDICATION, Kind.LOGISTICS, Kind.HISTORY)
    return max(kinds[kind] for kind in others) < CROWD * kinds[Kind.BENEFIT]


def _ready(snippet: Snippet, least: float) -> Snippet | None:
    """The snippet as it would be posted, or None when it is no good by itself."""
    if snippet.kind is not Kind.BENEFIT or snippet.score < least:
        return None
    text = completed(snippet.lead.text, snippet.text) if snippet.lead else snippet.text
    if not stands_alone(text) or not WORDS_MIN <= len(text.split()) <= WORDS_MAX:
        return None
    support = snippet.support if snippet.support and not is_flagged(snippet.support.text) else None
    return replace(snippet, text=text, claims=find_claims(text, kind=snippet.kind), support=support)


def _folded(snippets: Sequence[Snippet]) -> list[Snippet]:
    """The best of those that say nearly the same (the snippets come best first)."""
    kept: list[tuple[Snippet, int]] = []
    having: dict[str, list[int]] = defaultdict(list)
    for snippet in sorted(snippets, key=lambda snippet: (-snippet.score, snippet.span)):
        telling = {stem(word) for word in content_words(snippet.text)}
        shared = Counter(n for word in telling for n in having[word])
        if not any(_alike(both, len(telling), kept[n][1]) for n, both in shared.items()):
            for word in telling:
                having[word].append(len(kept))
            kept.append((snippet, len(telling)))
    return [snippet for snippet, _ in kept]


def _alike(both: int, one: int, other: int) -> bool:
    """Whether the shorter text's telling words are mostly in the longer one, by how many there are."""
    return both / min(one, other) >= ALIKE and both / max(one, other) >= ALIKE / 2
