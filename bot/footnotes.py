"""A post beside its source: each sentence it stands on, with what was changed marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from bot.fitting import BREAK
from bot.model import Post, Span
from bot.snippets.sentences import sentence_spans

OPENING = 4
"""So many words at the beginning of a sentence may differ from the source, but no more than half of it: "It's" becomes
the subject's name."""
PARAGRAPH = re.compile(r"\n\s*\n|\n(?=[ \t]*(?:[-*+•·]|\d+[.)])\s)")
TYPED = str.maketrans({**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’‚`", "'"), "–": "-", "—": "-", "…": "..."})
CLOSING = "closing"
"""The template of a page that asks for something."""

SILENT = re.compile(r"#\w|https?://")


class Change(StrEnum):
    """What became of some words between the document and the post."""

    SAME = "same"
    LEFT_OUT = "left out"
    PUT_IN = "put in"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and what became of them: those left out stand in the document only, those put in in the post only."""

    text: str
    change: Change


@dataclass(frozen=True, slots=True)
class Footnote:
    """A sentence of the document (`quote`), merged with what the post made of it (`pieces`).

    `said`: the post still says it; else the pieces are the quote alone.
    """

    quote: str
    pieces: tuple[Piece, ...]
    said: bool


@dataclass(frozen=True, slots=True)
class _Text:
    """Words as they stand, where each sentence begins and ends among them, and their plain words.

    A plain word knows which of the words it is in: "hands-on" is two, "–" is none.
    """

    words: tuple[str, ...]
    sentences: tuple[Span, ...]
    plain: tuple[str, ...]
    inside: tuple[int, ...]

    def where(self, plain: Sequence[str]) -> list[Span]:
        """The words that say just this, wherever they stand."""
        starts = (n for n in range(len(self.plain) - len(plain) + 1) if plain and self.plain[n] == plain[0])
        found = (n for n in starts if self.plain[n : n + len(plain)] == tuple(plain))
        return [(self.inside[n], self.inside[n + len(plain) - 1] + 1) for n in found]


def is_said(quote: str, post: Post) -> bool:
    """Whether the post still says it: all but its first words, which may have become the subject's name.

    A sentence that an edit took out or changed is no footnote any more.
    """
    return bool(_said(quote, _text(post)))


def footnote(quote: str, post: Post) -> Footnote:
    """A sentence of the document beside what the post made of it, word by word; see `footnotes`."""
    return footnotes([quote], post)[0]


def footnotes(quotes: Sequence[str], post: Post) -> tuple[Footnote, ...]:
    """The footnote of each quote: the sentence of the post that says it, and what was left out and put in.

    Quotes that share a sentence (a list's item and its lead-in) keep to their own words of it. Kinds of quotation
    marks, white space, a first letter's size and a word's full stop or comma are no changes. Every word that the post
    says is in one of these, or in a sentence of `unsourced`.
    """
    text = _text(post)
    return tuple(
        Footnote(quote, _merged(quote.split(), text.words[slice(*passage)]), said=True)
        if passage
        else Footnote(quote, _piece(Change.SAME, quote.split()), said=False)
        for quote, passage in zip(quotes, _passages(quotes, text), strict=True)
    )


def compared(was: str, now: str) -> tuple[Piece, ...]:
    """Two sentences merged word by word: what only the first has is left out, what only the second has is put in."""
    return _merged(was.split(), now.split())


def unsourced(post: Post, quotes: Sequence[str]) -> tuple[str, ...]:
    """The sentences of the post, drawn or posted, each once, with words that no footnote shows: a person's own.

    Links and tags alone say nothing.
    """
    text = _text(post)
    passages = (_plain(text.words[slice(*passage)]) for passage in _passages(quotes, text) if passage)
    shown = {n for passage in passages for place in text.where(passage) for n in range(*place)}
    own = {n for n in text.inside if n not in shown and not SILENT.match(text.words[n])}
    sentences = [text.words[start:end] for start, end in text.sentences if own.intersection(range(start, end))]
    return tuple({_plain(words): " ".join(words) for words in sentences}.values())


def _text(post: Post) -> _Text:
    """Everything that a post says: drawn, posted, and posted on one account only.

    A number is read with its headline. What a closing page asks for is no statement: nobody has to have written it.
    """
    drawn = (
        words
        for image in post.images
        if image.template != CLOSING
        for words in (f"{image.number} {image.headline}", *image.items, image.support)
    )
    said = "\n\n".join([*drawn, *(BREAK.sub("\n\n", text) for text in (post.text, *post.texts.values()))])
    words: list[str] = []
    sentences: list[Span] = []
    for sentence in _sentences(said):
        sentences.append((len(words), len(words) + len(sentence)))
        words += sentence
    plain = [(one, n) for n, word in enumerate(words) for one in _plain([word])]
    return _Text(tuple(words), tuple(sentences), tuple(one for one, _ in plain), tuple(n for _, n in plain))


def _sentences(text: str) -> Iterator[tuple[str, ...]]:
    borders = [0, *(at for match in PARAGRAPH.finditer(text) for at in match.span()), len(text)]
    for paragraph in zip(borders[::2], borders[1::2], strict=True):
        for start, end in sentence_spans(text, paragraph):
            yield tuple(text[start:end].lstrip("-*+ ").split())


def _passages(quotes: Sequence[str], text: _Text) -> list[Span | None]:
    """The words of the post that each quote is merged with; None where it is not said.

    From the words that are the document's a passage reaches to the ends of its sentence, or to another quote's words.
    """
    said = [_said(quote, text) for quote in quotes]
    return [
        min((_reach(place, text, _taken(said, n)) for place in places), key=_length) if places else None
        for n, places in enumerate(said)
    ]


def _said(quote: str, text: _Text) -> list[Span]:
    """The words of the post that are the quote's, wherever they stand, with as few as may be of its first gone."""
    words = quote.split()
    openings = range(min(OPENING, len(words) // 2) + 1)
    return next(filter(None, (text.where(_plain(words[gone:])) for gone in openings)), [])


def _taken(said: Sequence[Sequence[Span]], mine: int) -> Set[int]:
    return {word for n, places in enumerate(said) if n != mine for place in places for word in range(*place)}


def _reach(place: Span, text: _Text, taken: Set[int]) -> Span:
    start, end = place
    first = next(a for a, b in text.sentences if a <= start < b)
    last = next(b for a, b in text.sentences if a < end <= b)
    while start > first and start - 1 not in taken:
        start -= 1
    while end < last and end not in taken:
        end += 1
    return start, end


def _length(span: Span) -> int:
    return span[1] - span[0]


def _merged(quote: Sequence[str], passage: Sequence[str]) -> tuple[Piece, ...]:
    matcher = SequenceMatcher(None, _alike(quote), _alike(passage), autojunk=False)
    return tuple(
        piece
        for what, a, b, c, d in matcher.get_opcodes()
        for piece in (
            _piece(Change.SAME, quote[a:b])
            if what == "equal"
            else _piece(Change.LEFT_OUT, quote[a:b]) + _piece(Change.PUT_IN, passage[c:d])
        )
    )


def _piece(change: Change, words: Sequence[str]) -> tuple[Piece, ...]:
    return (Piece(" ".join(words), change),) if words else ()


def _alike(words: Sequence[str]) -> list[str]:
    """The words without what is no change."""
    typed = (word.translate(TYPED) for word in words)
    return [word[:1].lower() + (word.rstrip(".,:;") or word)[1:] for word in typed]


def _plain(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", unicodedata.normalize("NFC", " ".join(words).casefold())))
