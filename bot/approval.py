"""What an approval covers: everything the public will see of a Post, and nothing about when."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache

from bot.errors import UnknownName
from bot.model import Brand, Claim, Image, Post, Span
from bot.snippets.claims import GRAVITY, find_claims, place_claims


def input_hash(
    post: Post, brand: Brand, templates: Mapping[str, int], photos: Mapping[str, str], *, language: str = "en"
) -> str:
    """The hash that is on record once a person approved: an edit changes it, undoing the edit restores it.

    `templates` gives each template's version, `photos` the SHA-256 of each photo's bytes. Time, status, path,
    topic and source are left out; so are rendered bytes, so that a new version of the renderer changes nothing.
    """
    look = {key: value for key, value in asdict(brand).items() if key not in {"logo", "palettes"}}
    covered = {
        "text": post.text,
        "texts": dict(post.texts),
        "accounts": sorted(post.accounts),
        "link": post.link,
        "tags": post.tags,
        "images": [_drawn(image, post, templates, photos) | _chosen(image, brand) for image in post.images],
        "brand": look | ({"logo": photos.get(brand.logo, brand.logo)} if brand.logo and post.images else {}),
        "language": language,
    }
    canonical = json.dumps(covered, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def words_of(post: Post) -> tuple[str, ...]:
    """Every text that is drawn or posted, in reading order: what claims are looked for in."""
    drawn = [words for image in post.images for words in _words_on(image)]
    return tuple(words for words in [*drawn, post.text, *post.texts.values(), *post.tags] if words)


def claims_of(post: Post) -> tuple[Claim, ...]:
    """Every claim in every drawn and posted word, once."""
    return tuple(dict.fromkeys(claim for words in words_of(post) for claim in _claims_in(words)))


def claims_by_line(post: Post, content: str) -> list[tuple[int, Claim]]:
    """Every claim with the 1-based line of the post's file (`content`) where its words stand, in that order.

    0 where they stand nowhere in it as they are: a text whose quotes or line ends are written in another way.
    """
    content = content.replace("\r\n", "\n")
    body = max(content.rfind(post.text), 0)
    found = {
        (_line(content, words, span, body if words == post.text else 0), claim): None
        for words in words_of(post)
        for claim, span in place_claims(words)
    }
    return sorted(found, key=lambda place: (place[0], GRAVITY[place[1].level]))


def _line(content: str, words: str, span: Span, after: int) -> int:
    """The line of some words of a text: where the text stands whole, or else where just these words do."""
    whole, claimed = content.find(words, after), r"\s+".join(map(re.escape, words[slice(*span)].split()))
    alone = re.search(claimed, content)
    at = whole + span[0] if whole >= 0 else alone.start() if alone else -1
    return content.count("\n", 0, at) + 1 if at >= 0 else 0


@lru_cache(maxsize=30_000)
def _claims_in(words: str) -> tuple[Claim, ...]:
    """The same words are asked about every minute, whenever a draft waits."""
    return find_claims(words)


def _words_on(image: Image) -> tuple[str, ...]:
    return image.number, image.headline, *image.items, image.support, image.credit, image.licence, image.alt


def _chosen(image: Image, brand: Brand) -> dict[str, object]:
    """What a picture has that not every picture has; what it has not leaves the hash as it was before there was any."""
    palette = next((asdict(one) for one in brand.palettes if one.name == image.colours), image.colours)
    told = {
        "items": list(image.items),
        "number": image.number,
        "colours": palette,
        "focus": image.focus,
        "licence": image.licence,
        "consent": image.consent,
    }
    return {key: value for key, value in told.items() if value}


def _drawn(image: Image, post: Post, templates: Mapping[str, int], photos: Mapping[str, str]) -> dict[str, object]:
    if image.template not in templates:
        known = ", ".join(sorted(templates))
        raise UnknownName(f'{post.path or post.id}: "{image.template}" is not a template (known: {known})')
    if image.photo and image.photo not in photos:
        raise UnknownName(f"{post.path or post.id}: the photo {image.photo} is missing")
    return {
        "template": [image.template, templates[image.template]],
        "headline": image.headline,
        "support": image.support,
        "credit": image.credit,
        "alt": image.alt,
        "photo": photos[image.photo] if image.photo else "",
    }
