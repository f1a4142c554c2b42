"""Post <-> Markdown with TOML front matter."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Item

from bot.errors import Problem, Problems
from bot.mistakes import check, toml_of
from bot.model import Image, Post, Source, Status
from bot.posts.tables import FORMAT, Around, PostTables
from bot.written import CONTROL

_FILE = re.compile(
    r"\A\ufeff?\+\+\+[ \t]*\r?\n(?P<front>.*?)^\+\+\+[ \t]*\r?(?:\n|\Z)(?P<body>.*)\Z", re.DOTALL | re.MULTILINE
)
_WISHES = ("publish_at", "not_after", "topic", "link", "tags")


def parse(content: str, path: str, *, around: Around | None = None) -> Post:
    """The Post a file says; Problems with every mistake of the file, each with its line.

    With `around`, accounts and photos must exist; without, they are taken as written.
    """
    text = content.replace("\r\n", "\n")
    front, body = split(text, path).group("front", "body")
    told = toml_of(front, path, above=1)
    problems = list(_wrong_with_body(body, path, text.count("\n") - body.count("\n")))
    if not body.strip() and not told.get("image"):
        problems.append(Problem(path, 0, "says nothing: write words below the second +++, or add an [[image]]"))
    try:
        tables = check(PostTables, told, front, path, context=around, above=1)
    except Problems as found:
        raise Problems([*found.problems, *problems]) from None
    if problems:
        raise Problems(problems)
    return _post(tables, body.strip(), path)


def dump(post: Post) -> str:
    """The file of a new post; `parse` gives the same post back."""
    front = tomlkit.document()
    status = tomlkit.string(post.status).comment("draft | approved | withdrawn")
    front.update({"format": FORMAT, "id": post.id, "status": status, "accounts": list(post.accounts)})
    front.update(_said({name: getattr(post, name) for name in _WISHES}))
    if post.images:
        front.append("image", _images(post.images))
    if post.source:
        source = {"document": post.source.document, "sha256": post.source.sha256}
        front.append("source", tomlkit.item({**source, "spans": [list(span) for span in post.source.spans]}))
    if post.texts:
        front.append("text", tomlkit.item({name: as_item(text) for name, text in post.texts.items()}))
    body = f"{post.text}\n" if post.text else ""
    return f"+++\n{front.as_string()}+++\n{body}"


def set_status(content: str, status: Status, path: str = "") -> str:
    """The same file with another status: every other byte, comments too, stays as its author wrote it."""

    def change(front: tomlkit.TOMLDocument) -> None:
        front["status"] = str(status)

    return _changed(content, path, change)


def set_source(content: str, source: Source, path: str = "") -> str:
    """The same file with other places in its document; every other byte stays."""

    def change(front: tomlkit.TOMLDocument) -> None:
        told = {"sha256": source.sha256, "spans": [list(span) for span in source.spans]}
        front["source"].update(told)

    return _changed(content, path, change)


def _changed(content: str, path: str, change: Callable[[tomlkit.TOMLDocument], None]) -> str:
    match = split(content, path)
    try:
        front = tomlkit.parse(match["front"])
    except (TOMLKitError, ValueError, RecursionError) as error:
        raise Problems([Problem(path, 0, f"this is not TOML: {error}")]) from None
    change(front)
    return content[: match.start("front")] + front.as_string() + content[match.end("front") :]


def split(text: str, path: str) -> re.Match[str]:
    """The parts of a file: `front` (what is between its two +++) and `body`."""
    match = _FILE.match(text)
    if not match:
        raise Problems([Problem(path, 1, "has no front matter: begin with a line +++, and end it with another")])
    return match


def _wrong_with_body(body: str, path: str, above: int) -> list[Problem]:
    found = ((number, CONTROL.search(line)) for number, line in enumerate(body.split("\n"), start=above + 1))
    return [
        Problem(path, number, f"has a control character (U+{ord(control[0]):04X}): delete it")
        for number, control in found
        if control
    ]


def _post(told: PostTables, text: str, path: str) -> Post:
    return Post(
        id=told.id,
        status=Status(told.status),
        accounts=tuple(told.accounts),
        text=text,
        images=tuple(Image(**image.model_dump()) for image in told.image),
        texts=dict(told.text),
        publish_at=told.publish_at,
        not_after=told.not_after,
        topic=told.topic,
        link=told.link,
        tags=tuple(told.tags),
        source=_source(told),
        path=path,
    )


def _source(told: PostTables) -> Source | None:
    if not told.source:
        return None
    spans = tuple((start, end) for start, end in told.source.spans)
    return Source(told.source.document, told.source.sha256, spans)


def _images(images: tuple[Image, ...]) -> Item:
    tables = tomlkit.aot()
    for image in images:
        written = {field.name: getattr(image, field.name) for field in fields(Image)}
        ordered = {"template": written.pop("template"), **written}
        tables.append(tomlkit.item(_said(ordered)))
    return tables


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is empty is not written."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items() if value}


def as_item(text: str) -> Item:
    """A text as TOML: several lines stay several lines, unless one of them would end the front matter."""
    fence = any(line.startswith("+++") for line in text.split("\n"))
    return tomlkit.string(text, multiline="\n" in text and not fence)
