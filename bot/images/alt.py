"""What a picture says to those who hear it: its words, verbatim and in order, then what else there is to know."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.model import Image, Limits

ALT_MAX = 420
"""Nobody listens longer to a picture that is all words."""

PAUSES = ".!?…:;。！？؟”’\"')]»"
SENTENCE_END = re.compile(r"[.!?…]+[”’\"')\]»]*(?=\s)|[。！？؟]+")
NEEDLESS = re.compile(
    r"(?:^|[.!?…]\s+)\W*(?P<said>(?:(?:an?|the|this|eine?|das|dies(?:es)?|une?|el|la|le|cette|esta)\s+|l['’])?"
    r"(?:image|picture|photo(?:graph)?|graphic|screenshot|bild|foto|grafik|aufnahme|imagen|fotografía|photographie)"
    r"\s+(?:of|showing|von|eine[rs]|der|des|de|d['’]|du|del|que\s+muestra|mit|with)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Described:
    """What is plain to see and is no word, in one language."""

    behind: str
    beside: str
    page: str


DESCRIBED: Mapping[str, _Described] = MappingProxyType(
    {
        "en": _Described("Behind the words: a photo.", "Beside the words: a photo.", "Page {page} of {pages}."),
        "de": _Described("Hinter den Worten: ein Foto.", "Neben den Worten: ein Foto.", "Seite {page} von {pages}."),
        "fr": _Described("Derrière le texte : une photo.", "À côté du texte : une photo.", "Page {page} sur {pages}."),
        "es": _Described("Detrás del texto: una foto.", "Junto al texto: una foto.", "Página {page} de {pages}."),
    }
)


def alt_text(
    image: Image,
    *,
    page: int = 1,
    pages: int = 1,
    language: str = "en",
    most: int = ALT_MAX,
    unit: str = "codepoints",
) -> str:
    """The drawn words first; then, as far as there is room, what the template knows of the picture.

    At most `most` characters as `unit` counts them; words that are too many are cut where a sentence ends.
    """
    fits = _measure(most, unit)
    words = _cut(_words(image), fits)
    for more in _besides(image, page, pages, DESCRIBED.get(language[:2], DESCRIBED["en"])):
        longer = f"{_closed(words)} {more}".strip()
        words = longer if fits(longer) else words
    return words


def spoken(image: Image, limits: Limits, *, page: int = 1, pages: int = 1, language: str = "en") -> str:
    """The alt text that a network gets: a person's own as it is, ours no longer than the network takes."""
    ours = {alt_text(image, page=page, pages=pages, language=one) for one in DESCRIBED}
    if image.alt and image.alt not in ours:
        return image.alt
    most = min(ALT_MAX, limits.alt_max or ALT_MAX)
    return alt_text(image, page=page, pages=pages, language=language, most=most, unit=limits.alt_unit)


def needless(alt: str) -> str:
    """The "image of" of an alt text, which a voice has said already; "" where there is none."""
    found = NEEDLESS.search(alt)
    return found["said"] if found else ""


def _words(image: Image) -> str:
    """Everything drawn, in reading order; a list is its lead-in and a sentence for each item."""
    title = " ".join(f"{image.number} {image.headline}".split())
    leads = image.items or (image.template == "closing" and image.support)
    parts = [_closed(title, ":") if leads else title, *map(_closed, image.items), image.support]
    return " ".join(" ".join(part.split()) for part in parts if part.strip())


def _besides(image: Image, page: int, pages: int, described: _Described) -> list[str]:
    """Nothing for a single quote, which is all words."""
    found = []
    if image.photo:
        found.append(described.behind if image.template == "photo" else described.beside)
    if pages > 1:
        found.append(described.page.format(page=page, pages=pages))
    return found


def _closed(text: str, mark: str = ".") -> str:
    """With a mark at its end, so that a voice pauses."""
    text = " ".join(text.split())
    return text if not text or text[-1] in PAUSES else f"{text}{mark}"


def _measure(most: int, unit: str) -> Callable[[str], bool]:
    if unit == "codepoints":
        return lambda text: len(text) <= most
    from bot.counting import count

    return lambda text: count(text, unit) <= most


def _cut(words: str, fits: Callable[[str], bool]) -> str:
    """The whole words if they fit; else up to the last end of a sentence, or of a word, that does."""
    if fits(words):
        return words
    ends = (found.end() for found in SENTENCE_END.finditer(words))
    sentences = [words[:end] for end in ends if fits(words[:end])]
    if sentences:
        return sentences[-1]
    spaces = (found.start() for found in re.finditer(r"\s", words))
    return next(filter(fits, (f"{words[:end].rstrip(',;: ')}…" for end in reversed(list(spaces)))), "")
