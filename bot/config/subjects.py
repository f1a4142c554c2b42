"""What a document is about, in the text of config.toml; every comment stays where it is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from bot.config.accounts import below, quoted
from bot.errors import ConfigProblems, Problem

TABLE, WORDS = r"words\s*\.\s*subjects\s*\]", r"words\s*\]"


def with_subject(text: str, document: str, subject: str) -> str:
    """The text, which must be a config, with `subject` for the document (its path) under [words.subjects], old or new.

    Raises ConfigProblems where that table is written in a way that cannot be changed without touching the rest.
    """
    wanted = tomllib.loads(text)
    wanted.setdefault("words", {}).setdefault("subjects", {})[document] = subject
    for written in _written(text, document, subject):
        if _told(written) == wanted:
            return written
    what = f"write {quoted(document)} = {quoted(subject)} under [words.subjects]; it cannot be added from here"
    raise ConfigProblems([Problem("config.toml", 0, what)])


def _written(text: str, document: str, subject: str) -> Iterator[str]:
    """The ways to write it down, the tidiest first; which of them say what they should is for the reader to see."""
    lines, line = text.split("\n"), f"{quoted(document)} = {quoted(subject)}"
    for table, new in ((TABLE, [line]), (WORDS, ["", "[words.subjects]", line])):
        if any(re.match(rf"\s*\[\s*{table}", one) for one in lines):
            at = below(lines, table)
            yield "\n".join([*lines[:at], *new, *(lines[at:] or [""])])
    with suppress(TOMLKitError, ValueError, LookupError, AttributeError, TypeError):
        told = tomlkit.parse(text)
        told.setdefault("words", {}).setdefault("subjects", {})[document] = subject
        yield tomlkit.dumps(told)
    yield "\n".join([text.rstrip("\n"), "", "[words.subjects]", line, ""])


def _told(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
