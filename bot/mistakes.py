"""What is wrong in a TOML text that people write: every mistake at once, in one plain sentence, with its line."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from bot.errors import Problem, Problems

Place = tuple[int | str, ...]
"""Where a value stands: ("slots", 0, "days")."""


class Table(BaseModel):
    """A TOML table whose every key is known and whose every value has the one right type."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


T = TypeVar("T", bound=Table)

EXPECTED = {
    "string_type": "text in quotes",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list in [ ]",
    "tuple_type": "a list in [ ]",
    "dict_type": "a table",
    "model_type": "a table",
    "date_type": "a date such as 2026-12-25",
    "datetime_type": "a date and time without quotes, such as 2026-12-01T09:00:00",
}
_KEY = r"""(?:[\w-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_DOTTED = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_HEADER = re.compile(rf"\s*(?P<array>\[)?\[\s*(?P<name>{_DOTTED})\s*\]")
_ENTRY = re.compile(rf"\s*(?P<name>{_DOTTED})\s*=")


def toml_of(text: str, file: str, *, above: int = 0) -> dict[str, Any]:
    """The tables of a TOML text; Problems when it is not TOML. `above` is the number of lines before it in `file`."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits and 1,000 brackets are not TOML errors
        at = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", str(error))
        line = int(at[1] or text.count("\n") + 1) if at else 0
        said = str(error)[: at.start()] if at else str(error)
        raise Problems([Problem(file, above + line, f"this is not TOML: {said}")]) from None


def check(model: type[T], told: Mapping[str, Any], text: str, file: str, *, context: Any = None, above: int = 0) -> T:
    """`told` (the tables of `text`) as `model`; Problems with every mistake, in the order of their lines."""
    try:
        return model.model_validate(told, context=context)
    except ValidationError as error:
        lines = lines_of(text)
        found = [
            Problem(file, _line(lines, mistake["loc"], above), _sentence(model, mistake))
            for mistake in error.errors(include_url=False)
        ]
        raise Problems(sorted(found, key=lambda problem: problem.line)) from None


def did_you_mean(word: str, known: Collection[str]) -> str:
    """A hint to set behind a sentence: the nearest known word, or all of them."""
    near = get_close_matches(word.casefold(), known, n=1, cutoff=0.6)
    if near:
        return f' (did you mean "{near[0]}"?)'
    return f" (known: {', '.join(known)})" if known else ""


def lines_of(text: str) -> dict[Place, int]:
    """The line (from 1) of each table and each key that starts a line."""
    lines: dict[Place, int] = {}
    table: Place = ()
    seen: Counter[Place] = Counter()
    for number, line in _outside_long_strings(text):
        if header := _HEADER.match(line):
            table = _keys(header["name"])
            if header["array"]:
                seen[table] += 1
                table = (*table, seen[table] - 1)
            lines[table] = number
        elif entry := _ENTRY.match(line):
            lines[table + _keys(entry["name"])] = number
    return lines


def _outside_long_strings(text: str) -> Iterator[tuple[int, str]]:
    quote = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not quote:
            yield number, line
        for mark in ('"""', "'''"):
            if quote in ("", mark) and line.count(mark) % 2:
                quote = "" if quote else mark


def _keys(dotted: str) -> Place:
    return tuple(key.strip("\"'") for key in re.findall(_KEY, dotted))


def _line(lines: Mapping[Place, int], place: Place, above: int) -> int:
    """The line of the nearest thing that has one: a missing key has the line of its table."""
    known = (lines.get(place[:length]) for length in range(len(place), 0, -1))
    return next((above + line for line in known if line), 0)


def _sentence(model: type[Table], mistake: ErrorDetails) -> str:
    place, kind, given = mistake["loc"], mistake["type"], mistake["input"]
    name = ".".join(step for step in place if isinstance(step, str) and step != "[key]")
    if kind == "missing":
        about = _fields(model, place[:-1]).get(str(place[-1]))
        return f"{name} is missing" + (f": {about.description}" if about and about.description else "")
    if kind == "extra_forbidden":
        return _unknown(model, place)
    if kind == "value_error":
        return f"{name}: {mistake['ctx']['error']}"
    if kind in EXPECTED:
        return f"{name} must be {EXPECTED[kind]}, not {_shown(given)}"
    return f"{name} {mistake['msg'].replace('Input should', 'must')}, not {_shown(given)}"


def _unknown(model: type[Table], place: Place) -> str:
    key, where = str(place[-1]), ".".join(step for step in place[:-1] if isinstance(step, str))
    at_the_top = where and key in model.model_fields
    hint = ": move it above the first [table]" if at_the_top else did_you_mean(key, _fields(model, place[:-1]))
    return f'"{key}" is not known{f" in [{where}]" if where else ""}{hint}'


def _fields(model: type[Table], place: Place) -> Mapping[str, FieldInfo]:
    """The keys that the table at `place` may have."""
    steps = iter(step for step in place if isinstance(step, str))
    here: type[Table] | None = model
    for step in steps:
        if here is None or step not in here.model_fields:
            return {}
        annotation = here.model_fields[step].annotation
        here = _table_in(annotation)
        if get_origin(annotation) is dict:
            next(steps, None)
    return here.model_fields if here else {}


def _table_in(annotation: Any) -> type[Table] | None:
    if isinstance(annotation, type) and issubclass(annotation, Table):
        return annotation
    found: Sequence[type[Table] | None] = [_table_in(inner) for inner in get_args(annotation)]
    return next((table for table in found if table), None)


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f'"{value[:60]}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a table"
    return str(value)
