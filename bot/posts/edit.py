"""What a person may change of a post, written into its file so that everything else in there stays as it is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Item

from bot.errors import Problem, Problems
from bot.mistakes import lines_of
from bot.model import Image, Post
from bot.posts.text import as_item, parse, split
from bot.written import too_many_tags

ORDER = ("format", "id", "status", "accounts", "publish_at", "not_after", "topic", "link", "tags")
"""The keys that stand above the tables, as `dump` writes them: a new one goes behind those before it."""

IN_A_PICTURE = ("template", *(one.name for one in fields(Image) if one.name != "template"))
"""The keys of a picture, as `dump` writes them."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a person may change: `texts` by account ("" = the account gets `text`), `images` as each picture there is
    shall be, in order. `publish_at` is naive, in the config's zone.
    """

    text: str
    texts: Mapping[str, str] = field(default_factory=dict)
    link: str = ""
    tags: tuple[str, ...] = ()
    publish_at: datetime | None = None
    images: tuple[Image, ...] = ()


def words_of_post(post: Post) -> Words:
    """What a person may change of a post, as it stands."""
    return Words(
        text=post.text,
        texts=dict(post.texts),
        link=post.link,
        tags=post.tags,
        publish_at=post.publish_at,
        images=post.images,
    )


def edited(content: str, changes: Words, path: str = "") -> str:
    """The same file with these words; every byte that says something else stays, comments and odd spaces too.

    Whether the new words are a post is for `parse` to say. Raises Problems when `content` is none, has another number
    of pictures, gets too many tags, or writes what is to change in a way that cannot be rewritten safely.
    """
    before, after = _clean(words_of_post(parse(content, path))), _clean(changes)
    if len(before.images) != len(after.images):
        what = f"has {len(before.images)} pictures, not {len(after.images)}: add or remove one in the file"
        raise Problems([Problem(path, 0, what)])
    if wrong := too_many_tags(after.tags):
        raise Problems([Problem(path, 0, f"tags: {wrong}")])
    match = split(content, path)
    front, end, body = match["front"], content[match.end("front") : match.start("body")], match["body"]
    newline = _newline(front)
    if before != replace(after, text=before.text):
        plain = front.replace("\r\n", "\n") if newline == "\r\n" else front
        front = _edited_front(plain, before, after, path).replace("\n", newline)
    if before.text != after.text:
        end = end if end.endswith("\n") else end.rstrip("\r") + newline  # the file may have ended with its +++
        body = _edited_body(body, after.text, _newline(body) if "\n" in body else newline)
    return content[: match.start("front")] + front + end + body


def _clean(words: Words) -> Words:
    """As `parse` would read them (a browser sends other ends of lines, and spaces around), without empty texts."""

    return Words(
        text=_stripped(words.text),
        texts={account: clean for account, text in words.texts.items() if (clean := _stripped(text))},
        link=_stripped(words.link),
        tags=tuple(_stripped(tag).removeprefix("#") for tag in words.tags),
        publish_at=words.publish_at,
        images=tuple(_clean_image(image) for image in words.images),
    )


def _clean_image(image: Image) -> Image:
    told = {key: getattr(image, key) for key in IN_A_PICTURE if key != "items"}
    items = tuple(clean for item in image.items if (clean := _stripped(item)))
    return Image(**{key: _stripped(text) for key, text in told.items()}, items=items)


def _stripped(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text and "\n" not in text.replace("\r\n", "") else "\n"


def _edited_body(body: str, text: str, newline: str) -> str:
    """New words between the blank lines that were around the old ones."""
    if not text:
        return ""
    start = len(body) - len(body.lstrip())
    around = (body[:start], body[len(body.rstrip()) :]) if body.strip() else ("", newline)
    return text.replace("\n", newline).join(around)


def _edited_front(front: str, before: Words, after: Words, path: str) -> str:
    """The front matter with the keys that differ written anew; it is read again before anybody believes it."""
    told = tomllib.loads(front)
    with suppress(TOMLKitError, ValueError, LookupError, AttributeError):  # tomlkit is not at home in every table
        tables = tomlkit.parse(_with_room(front, told, before, after))
        as_read = tomlkit.parse(front).as_string()
        _change(told, before, after)
        _change(tables, before, after)
        if before.texts and not tables["text"].as_string().strip("{} \n"):
            del tables["text"]
        if as_read == front and _same(tomllib.loads(tables.as_string()), told):
            return tables.as_string()
    what = "is written in a way that cannot be changed from here without touching the rest: change it in the file"
    raise Problems([Problem(path, 0, what)])


def _with_room(front: str, told: Mapping[str, Any], before: Words, after: Words) -> str:
    """The front matter with a line for each new key, each in its place, and with a [text] where one is needed."""
    known = set(told)
    for key in ("publish_at", "link", "tags"):
        if getattr(after, key) and key not in known:
            lines = front.split("\n")
            before_it = [one for one in ORDER[: ORDER.index(key)] if one in known]
            lines.insert(_end_of(before_it[-1], lines), _line(key, getattr(after, key)))
            front, known = "\n".join(lines), known | {key}
    if after.texts and "text" not in known:
        front += "\n[text]\n"
    return _with_room_in_pictures(front, told, before, after)


def _with_room_in_pictures(front: str, told: Mapping[str, Any], before: Words, after: Words) -> str:
    """The same with a line below a picture's header for each new key: tomlkit would set it behind the comments."""
    headers, lines = lines_of(front), front.split("\n")
    pictures = list(zip(told.get("image", ()), before.images, after.images, strict=True))
    for number, (known, was, now) in reversed(list(enumerate(pictures))):
        new = [key for key in IN_A_PICTURE if key not in known and getattr(was, key) != getattr(now, key)]
        if at := headers.get(("image", number)):
            lines[at:at] = [_line(key, getattr(now, key)) for key in new]
    return "\n".join(lines)


def _end_of(key: str, lines: list[str]) -> int:
    """How many lines there are up to the end of a key's value: the fewest that are TOML and have it."""
    for count in range(1, len(lines)):
        with suppress(tomllib.TOMLDecodeError):
            if key in tomllib.loads("\n".join(lines[:count])):
                return count
    return len(lines)


def _line(key: str, value: object) -> str:
    written = tomlkit.document()
    written.append(key, _item(value))
    return written.as_string().rstrip("\n")


def _change(tables: MutableMapping[str, Any], before: Words, after: Words) -> None:
    """Write what differs into the tables of a front matter; what is empty now goes."""
    for key in ("publish_at", "link", "tags"):
        _put(tables, key, getattr(before, key), getattr(after, key))
    for table, was, now in zip(tables.get("image", ()), before.images, after.images, strict=True):
        for key in IN_A_PICTURE:
            _put(table, key, getattr(was, key), getattr(now, key))
    texts = tables.setdefault("text", {}) if after.texts else tables.get("text", {})
    for account in {**before.texts, **after.texts}:
        _put(texts, account, before.texts.get(account, ""), after.texts.get(account, ""))


def _put(table: MutableMapping[str, Any], key: str, before: object, after: object) -> None:
    if after and after != before:
        table[key] = _item(after)
    elif before and not after:
        del table[key]


def _item(value: object) -> Item:
    if isinstance(value, str):
        return as_item(value)
    return tomlkit.item(list(value) if isinstance(value, tuple) else value)


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two front matters say the same; an empty [text] says nothing."""
    return {key: value for key, value in one.items() if value != {}} == {
        key: value for key, value in other.items() if value != {}
    }
