"""The pages of a carousel: a cover, one benefit a page, and what a reader can do next; nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from urllib.parse import urlsplit

from bot.composer.drafts import BULLET, identity
from bot.composer.found import Found
from bot.composer.offered import PAGES_MIN
from bot.composer.suits import image_of, support_of
from bot.config import Config
from bot.fitting import unfit
from bot.model import Account, BlockKind, Image, Limits, Post, Snippet, Span
from bot.snippets.claims import is_flagged
from bot.snippets.subject import stands_alone
from bot.snippets.wording import capitalised, words

PAGES_MAX, PAGES = 10, 6
"""So many pages at most, and so many unless somebody says otherwise."""
TITLE_WORDS = 16
CALLS = re.compile(
    r"(?:please\s+)?(?:book|schedule|reserve|call|contact|visit|come|try|treat\s+yourself|get\s+in\s+touch|sign\s+up|join|register"
    r"|order|buchen?|vereinbaren?|ruf(?:en)?|komm(?:en)?|reserv[ae]|agend[ae]|llam[ae]|ven(?:ga)?|pid[ae])\b",
    re.IGNORECASE,
)
INVITATIONS: Mapping[str, str] = MappingProxyType(
    {
        "en": "Book your session",
        "de": "Jetzt Termin buchen",
        "fr": "Réservez votre séance",
        "es": "Reserva tu sesión",
        "it": "Prenota la tua seduta",
        "nl": "Boek je sessie",
        "pt": "Marque a sua sessão",
    }
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page: its picture, and the spans of the document that its words are from."""

    image: Image
    spans: tuple[Span, ...] = ()


def covers(found: Found) -> Iterator[Leaf]:
    """What may stand on the cover, best first: the document's title, what it is about, its best benefit."""
    document = found.document
    titles = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    for block in sorted(titles, key=lambda one: one.level):
        said = words(document, block.span)
        if 0 < len(said.split()) <= TITLE_WORDS and not is_flagged(said):
            yield Leaf(Image(said), (block.span,))
            break
    if found.subject and not is_flagged(found.subject):
        yield Leaf(Image(capitalised(found.subject)))
    yield from (replace(leaf, image=replace(leaf.image, support="")) for leaf in map(inner, found.good[:1]))


def inner(snippet: Snippet) -> Leaf:
    """The page of a benefit: one by itself looks alike. A large figure would be taken for the page's number."""
    image, support = image_of(snippet), support_of(snippet)
    if image.number:
        image = replace(image, template="quote", number="", headline=f"{image.number} {image.headline}")
    drawn = support if support and image.support == support.text else None
    return Leaf(image, tuple(part.span for part in (snippet, snippet.lead, drawn) if part))


def closings(found: Found, config: Config) -> Iterator[Leaf]:
    """What may stand on the last page, best first: a call of the document, else an invitation; where, on a button."""
    buttons = _addresses(config)
    own = next((one.settings["button"] for one in config.accounts if one.settings.get("button")), "")
    invitation = own or INVITATIONS.get(config.language[:2], INVITATIONS["en"])
    calls = [Leaf(Image(one.text, template="closing"), (one.span,)) for one in found.calls if _is_call(one)]
    for leaf in [*calls[:1], Leaf(Image(invitation, template="closing"))]:
        yield from (replace(leaf, image=replace(leaf.image, support=where)) for where in buttons)


def takers(
    accounts: Sequence[Account], limits: Mapping[str, Limits], pages: int | None
) -> tuple[tuple[Account, ...], int, tuple[str, ...]]:
    """Who gets a carousel, of how many pages at most, and a sentence for each account that does not."""
    least = pages or PAGES_MIN
    able = tuple(one for one in accounts if limits[one.name].images_max >= least)
    most = pages or min([PAGES, *(limits[one.name].images_max for one in able)])
    out = (one.name for one in accounts if one not in able)
    return able, most, tuple(f"{one}: takes {limits[one].images_max} pictures a post, this has {least}" for one in out)


def worded(post: Post, benefits: Sequence[str], accounts: Sequence[Account], limits: Mapping[str, Limits]) -> Post:
    """The post with its text: the cover's words over the benefits; fewer of them where an account takes no more."""
    title = post.images[0].headline
    ways = [_text(title, benefits[:count]) for count in range(len(benefits), -1, -1)]
    post = replace(post, text=ways[0])
    texts = {}
    for account in accounts:
        fitting = (way for way in ways if not unfit(replace(post, text=way), account, limits[account.name]))
        best = next(fitting, ways[0])
        if best != ways[0]:
            texts[account.name] = best
    return replace(post, texts=texts)


def carousel_identity(text: str) -> str:
    """What a snippet in a carousel is remembered by: it may be a post of its own besides."""
    return identity(f"in a carousel: {text}")


def standing_in(benefits: Sequence[Snippet], posts: Sequence[Post]) -> dict[str, str]:
    """The benefits that a carousel among the posts has on a page or in its text: carousel identity -> post id."""
    there: dict[str, str] = {}
    for post in posts:
        if len(post.images) >= PAGES_MIN:
            lines = (line.removeprefix(BULLET) for line in post.text.splitlines())
            said = {identity(one) for one in [*lines, *(image.headline for image in post.images)]}
            same = (one for one in benefits if identity(one.text) in said)
            there.update({carousel_identity(one.text): post.id for one in same})
    return there


def _text(title: str, benefits: Sequence[str]) -> str:
    return "\n\n".join(filter(None, [title, "\n".join(BULLET + one for one in benefits)]))


def _addresses(config: Config) -> list[str]:
    """The link as people read it, then its host alone; without a link the handle."""
    parts = urlsplit(config.link)
    whole = f"{parts.netloc}{parts.path}".removeprefix("www.").rstrip("/") + (f"?{parts.query}" if parts.query else "")
    host = parts.netloc.removeprefix("www.")
    return list(dict.fromkeys([whole, host])) if config.link else [config.brand.handle]


def _is_call(one: Snippet) -> bool:
    """Whether a sentence asks the reader to come, in so few words that they fill a last page."""
    plain = "://" not in one.text and "www." not in one.text and not is_flagged(one.text)
    return (
        plain and bool(CALLS.match(one.text)) and stands_alone(one.text) and 2 <= len(one.text.split()) <= TITLE_WORDS
    )
