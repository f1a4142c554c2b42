"""What a document has to offer: the benefits that may be posted, best first, and why there are none."""

from __future__ import annotations

from dataclasses import dataclass

from bot.composer.subjects import subject_for
from bot.config import Config
from bot.model import BlockKind, Document, Kind, Snippet
from bot.snippets import choose, find_snippets
from bot.snippets.choose import GOOD
from bot.snippets.language import check_language
from bot.snippets.suggestion import suggest_subject

LISTED = 100
"""Nobody reads on: so many are listed, of however long a text."""
STRONG = 2.0
"""From this score on a benefit is called strong."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a document.

    `subject` is what "it" was taken for; where nobody said, "", `suggestion` is what a person may be asked about.
    `benefits` may each stand as a post, best first, the `good` ones unasked; of its `sentences`, `gains` say what a
    client gains at all, and `calls` what a reader may do next, as they stand.
    """

    document: Document
    subject: str
    suggestion: str
    benefits: tuple[Snippet, ...]
    sentences: int
    gains: int
    calls: tuple[Snippet, ...] = ()

    @property
    def good(self) -> tuple[Snippet, ...]:
        """The benefits that may speak for the document without being asked for."""
        return tuple(one for one in self.benefits if one.score >= GOOD)

    @property
    def why_none(self) -> str:
        """Why nothing in it is posted unasked; "" when something is."""
        if self.good:
            return ""
        if self.benefits:
            return "nothing in it stands out; what it says is in the list, weakest last"
        if not self.gains:
            whole = "one sentence" if self.sentences == 1 else f"{self.sentences} sentences"
            return f"{whole}, none that surely says what a client gains"
        some = "one says" if self.gains == 1 else f"{self.gains} say"
        whole = f"{self.sentences} sentences, {some} what a client gains, but not "
        if not self.subject:
            return whole + "in words that may stand alone: that may change when you say what the text is about"
        return whole + "clearly, in words that may stand alone"


def find(document: Document, config: Config) -> Found:
    """All that a document has to offer. Raises DocumentError for a language that is not read."""
    check_language(document)
    subject = subject_for(config, document)
    snippets = find_snippets(document, subject)
    titles = {block.span for block in document.blocks if block.kind is BlockKind.HEADING}
    return Found(
        document=document,
        subject=subject,
        suggestion="" if subject else suggest_subject(document),
        benefits=tuple(choose(snippets, LISTED, least=0.0)),
        sentences=sum(not any(start <= one.span[0] < end for start, end in titles) for one in snippets),
        gains=sum(one.kind is Kind.BENEFIT for one in snippets),
        calls=tuple(sorted((one for one in snippets if one.kind is Kind.CTA), key=lambda one: one.span)),
    )


def is_strong(snippet: Snippet) -> bool:
    """Whether a benefit is among those that hardly anybody would leave out."""
    return snippet.score >= STRONG
