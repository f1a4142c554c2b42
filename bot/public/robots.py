"""Whether a robots.txt lets a robot fetch a path, as RFC 9309 reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

Rule = tuple[str, str]


def forbids(text: str, robot: str, path: str) -> bool:
    """Whether that robot (its product name) must not fetch the path; the longest rule counts, allow before disallow."""
    groups = list(_groups(text))
    own = [rule for names, rules in groups if robot.casefold() in names for rule in rules]
    named = any(robot.casefold() in names for names, _ in groups)
    rules = own if named else [rule for names, rules in groups if "*" in names for rule in rules]
    matching = [(len(value), kind == "allow") for kind, value in rules if value and _matches(value, path)]
    return bool(matching) and not max(matching)[1]


def _groups(text: str) -> Iterator[tuple[set[str], list[Rule]]]:
    """The robots that are named one below the other, and the rules that follow."""
    lines = [
        line
        for line in map(_line, text.removeprefix("\ufeff").splitlines())
        if line[0] in {"user-agent", "allow", "disallow"}
    ]
    names: set[str] = set()
    for is_name, rows in groupby(lines, lambda line: line[0] == "user-agent"):
        if is_name:
            names = {value.casefold() for _, value in rows}
        else:
            yield names, list(rows)
    if lines and lines[-1][0] == "user-agent":
        yield names, []


def _line(line: str) -> Rule:
    key, _, value = line.partition("#")[0].partition(":")
    return key.strip().casefold(), value.strip()


def _matches(rule: str, path: str) -> bool:
    """`*` is anything; `$` at the end is the end."""
    pattern = ".*".join(map(re.escape, rule.removesuffix("$").split("*")))
    return bool(re.match(pattern + ("$" if rule.endswith("$") else ""), path))
