"""The values that config.toml and the posts share, as people write them: words, links, tags, short names."""

from __future__ import annotations

import re
from collections.abc import Sized
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
"""Characters that no feed and no network carries."""

UNSHOWN = re.compile("[\x00-\x20\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
"""Control characters, ends of lines, marks that turn the direction of writing, halves of characters."""

TAGS_MAX = 100
SUBJECT_MAX = 60
"""So many characters stand in for "it" without taking over the sentence."""


def plain(text: str) -> str:
    """What others wrote, on one line, without what a terminal obeys or what turns the direction of reading."""
    return UNSHOWN.sub(" ", text).strip()


def is_subject(name: str) -> bool:
    """Whether words may stand for "it" in a sentence: few, with a letter among them, and no markup."""
    return (
        len(name) <= SUBJECT_MAX
        and name.isprintable()
        and any(map(str.isalpha, name))
        and not set(name) & set("<>{}[]\\")
    )


def shaped(pattern: str, wish: str) -> AfterValidator:
    """Refuses a text that is not all of `pattern`."""

    def check_shape(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(f'"{text}" is not {wish}')
        return text

    return AfterValidator(check_shape)


def _words(text: str) -> str:
    stripped = text.strip()
    if control := CONTROL.search(stripped):
        raise ValueError(f"has a control character (U+{ord(control[0]):04X}): delete it")
    return stripped


def _link(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in ("http", "https") or not parts.netloc or re.search(r"\s", text)):
        raise ValueError(f'"{text}" is not a web address: it starts with https://')
    return text


def _tag(tag: object) -> object:
    return tag.removeprefix("#") if isinstance(tag, str) else tag


def too_many_tags(tags: Sized) -> str:
    """What is wrong with so many tags; "" for nothing."""
    return f"{len(tags)} are too many: keep at most {TAGS_MAX}" if len(tags) > TAGS_MAX else ""


def _few(tags: object) -> object:
    if isinstance(tags, list) and (wrong := too_many_tags(tags)):
        raise ValueError(wrong)
    return tags


Words = Annotated[str, AfterValidator(_words)]
Link = Annotated[str, AfterValidator(_words), AfterValidator(_link)]
Slug = Annotated[str, shaped("[a-z0-9]+([-_][a-z0-9]+)*", "a short name: use a-z, 0-9 and hyphens")]
Tag = Annotated[str, BeforeValidator(_tag), shaped(r"\w+", "a hashtag: one word")]
Tags = Annotated[list[Tag], BeforeValidator(_few)]
