"""What a picture says to those who hear it: its words, verbatim and in order, then what else there is to know."""

from __future__ import annotations

import re

from bot.model import Image

ALT_MAX = 420


def alt_text(image: Image, *, page: int = 1, pages: int = 1, most: int = ALT_MAX) -> str:
    """The drawn words first; then, as far as there is room, what the template knows of the picture.

    At most `most` characters; words that are too many are cut where a sentence ends.
    """
    drawn = [image.number, image.headline, *map(_closed, image.items), image.support]
    words = _cut(" ".join(" ".join(part.split()) for part in drawn if part.strip()), most)
    for more in _besides(image, page, pages):
        longer = f"{_closed(words)} {more}"
        words = longer if len(longer) <= most else words
    return words


def _besides(image: Image, page: int, pages: int) -> list[str]:
    """What is plain to see and is no word: nothing for the quote, which is all words."""
    found = []
    if image.photo:
        found.append("Behind the words: a photo." if image.template == "photo" else "Beside the words: a photo.")
    if pages > 1:
        found.append(f"Page {page} of {pages}.")
    return found


def _closed(text: str) -> str:
    """With a full stop, so that a voice pauses."""
    text = " ".join(text.split())
    return text if not text or text[-1] in ".!?…:;”’\"')]" else f"{text}."


def _cut(words: str, most: int) -> str:
    if len(words) <= most:
        return words
    ends = [found.end() for found in re.finditer(r"[.!?…][”’\"')\]]*(?=\s)", words[: most + 1])]
    if ends:
        return words[: ends[-1]]
    return words[:most].rpartition(" ")[0].rstrip(",;: ") + "…"
