"""What a picture of a benefit shows, and in which template: by its words alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.images import alt_text
from bot.model import Image, Snippet, Support
from bot.snippets.claims import is_flagged
from bot.snippets.headline import headline_of

SUPPORT_WORDS_MAX = 32
"""A longer support is posted, but not drawn: set under a headline it would be too small to read."""
FIGURE = re.compile(
    r"(?P<figure>\d{1,3}(?:[.,]\d{1,3})?(?:\s?[–-]\s?\d{1,3})?"
    r"(?:\s?%|\s(?:per\s?cent|percent|times|seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|sessions?"
    r"|Prozent|Mal|Sekunden?|Minuten?|Stunden?|Tagen?|Nächten?|Wochen?|Monaten?|Jahren?|Sitzungen?"
    r"|veces|segundos?|minutos?|horas?|días?|noches?|semanas?|mes(?:es)?|años?|sesi(?:ón|ones)"
    r"|pour\s?cent|fois|secondes?|heures?|jours?|nuits?|semaines?|mois|ans?|séances?)))"
    r"\s+(?P<rest>[^\W\d_].+)",
    re.DOTALL,
)
REST_WORDS = range(2, 17)
"""So many words can stand under a figure."""


def support_of(snippet: Snippet) -> Support | None:
    """The sentence that carries a snippet, unless a person would have to look at it."""
    return snippet.support if snippet.support and not is_flagged(snippet.support.text) else None


def image_of(snippet: Snippet) -> Image:
    """A long sentence stands under its own first clause; a short one over the sentence that carries it.

    A figure that the sentence begins with stands large, and the rest of the sentence below.
    """
    support, first_clause = support_of(snippet), headline_of(snippet.text)
    under = snippet.text if first_clause else support.text if support else ""
    drawn = under if len(under.split()) <= SUPPORT_WORDS_MAX else ""
    headline = first_clause or snippet.text
    return spoken_for(_with_figure(Image(headline, drawn)))


def simpler(image: Image) -> Iterator[Image]:
    """The image, then what is left of it where not all can be drawn: no photo, no large figure, no support."""
    yield image
    if image.photo:
        image = replace(image, template="quote", photo="", focus="", credit="", licence="", consent="")
        yield spoken_for(image)
    if image.template == "number":
        image = replace(image, template="quote", number="", headline=f"{image.number} {image.headline}")
        yield spoken_for(image)
    if image.support:
        yield spoken_for(replace(image, support=""))


def spoken_for(image: Image, *, page: int = 1, pages: int = 1, language: str = "en") -> Image:
    """The image with the alt text that it has by itself."""
    return replace(image, alt=alt_text(replace(image, alt=""), page=page, pages=pages, language=language))


def _with_figure(image: Image) -> Image:
    found = FIGURE.fullmatch(image.headline)
    if not found or len(found["rest"].split()) not in REST_WORDS:
        return image
    return replace(image, template="number", number=found["figure"], headline=found["rest"])
