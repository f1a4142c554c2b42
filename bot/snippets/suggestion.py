"""What a document may be about: a suggestion for a person to confirm, never a subject by itself."""

from __future__ import annotations

import re
from collections import Counter

from bot.model import BlockKind, Document
from bot.snippets.wording import FUNCTION_WORDS, capitalised, small, words

WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")
TITLES, LONGEST, OFTEN = 3, 3, 2
STEM = 5
"""Letters by which a word is known in its other forms (cleaning, cleanings)."""
EDGE = FUNCTION_WORDS | set(
    "a an and are at best but by can do does for get go good great guide how i if in is it its me my near new no not of"
    " on one or our out so the things tips to top us use vs was we who why you all amazing benefit benefits advantages"
    " reasons reason facts faq faqs introduction welcome home services about needs need know ways way"
    " der die das und ist ein eine zu den mit für auf im von wir ihr bei el la los las de y en un una por se del"
    " beneficios ventajas vorteile gründe warum".split()
)


def suggest_subject(document: Document) -> str:
    """The phrase of its first titles that the text speaks of most, as it is written there; "" when none stands out.

    Wrong for one document in three or so: ask.
    """
    titles = _titles(document)
    told = [small(word) for word in WORD.findall(document.readable)]
    said = Counter(" ".join(told[n : n + size]) for size in range(1, LONGEST + 1) for n in range(len(told)))
    best, most = "", 0.0
    for place, title in enumerate(titles):
        for phrase in _phrases(title):
            times = said[small(phrase)] - 1
            worth = times * len(phrase.split()) ** 1.5 / (place + 1)
            if times >= OFTEN and worth > most:
                best, most = phrase, worth
    return capitalised(best if best.isupper() and len(best) < len("ABCDE") else _plain(best))


def _titles(document: Document) -> list[str]:
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING][:TITLES]
    return [words(document, block.span) for block in headings or document.blocks[:1]]


def _phrases(title: str) -> list[str]:
    """Up to three words in a row, neither the first nor the last a little one, nor any behind a mark."""
    found = []
    for part in re.split(r"[^\w\s’'-]+|\s[-–—]\s", title):
        said = WORD.findall(part)
        for size in range(1, LONGEST + 1):
            runs = (said[n : n + size] for n in range(len(said) - size + 1))
            found += [" ".join(run) for run in runs if not any(map(_is_little, (run[0], run[-1])))]
    return found


def _is_little(word: str) -> bool:
    return small(word) in EDGE or len(word) < 3 or not word.replace("-", "").isalpha()


def _plain(phrase: str) -> str:
    """Title Case is a title's: "Hot Stone Massage" is called "hot stone massage" in a sentence."""
    parts = phrase.split()
    titled = len(parts) > 1 and all(word[:1].isupper() for word in parts)
    return " ".join([parts[0], *(small(word) for word in parts[1:])]) if titled else phrase


def fits(subject: str, document: Document) -> bool:
    """Whether a document is about the subject, so that its "it" may stand for that.

    One of its first titles names it; or the text does, more than once, and no title speaks of another thing.
    """
    own = set(_telling(subject))
    titles = _titles(document)
    if any(own <= set(_telling(title)) for title in titles):
        return True
    other = set(_telling(suggest_subject(document)))
    said = Counter(_telling(document.readable))
    return not (other and other.isdisjoint(own)) and all(said[word] >= OFTEN for word in own)


def _telling(text: str) -> list[str]:
    """The beginnings of the words of a text but the little ones."""
    return [small(word)[:STEM] for word in WORD.findall(text) if small(word) not in EDGE]
