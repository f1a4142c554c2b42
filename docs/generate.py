"""Writes the pages that are made from the code: `python docs/generate.py`; with `--check` it only compares."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import time, timedelta
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from bot.config.tables import ConfigTables
from bot.mistakes import Table

HERE = Path(__file__).parent
NOTE = "<!-- made by docs/generate.py: edit the code, then run it -->\n"
TOML_NAMES = {
    str: "text",
    int: "number",
    bool: "true or false",
    timedelta: "length of time",
    time: "time of day",
    list: "list",
}


def config_page() -> str:
    """docs/reference-config.md: every table and key of config.toml."""
    top = {name: field for name, field in ConfigTables.model_fields.items() if not _table(field)}
    parts = [
        "# config.toml\n",
        "Lengths of time are written `90s`, `10m`, `2h`, `1d` or `1h30m`. A key that is not listed is an error.\n",
        "## At the top, above the first [table]\n",
        _keys(top),
    ]
    for name, field in ConfigTables.model_fields.items():
        if table := _table(field):
            parts += [f"## {_header(name, field)}\n", f"{table.__doc__}\n", _keys(table.model_fields)]
            parts += _subtables(name, table)
    return NOTE + "\n".join(parts)


def _header(name: str, field: FieldInfo) -> str:
    return {dict: f"[{name}.NAME]", list: f"[[{name}]]"}.get(get_origin(field.annotation), f"[{name}]")  # type: ignore[arg-type]


def _keys(fields: dict[str, FieldInfo]) -> str:
    rows = [
        f"| `{name}` | {_kind(field.annotation)} | {_default(field)} | {field.description} |"
        for name, field in fields.items()
        if get_origin(field.annotation) is not dict
    ]
    return "\n".join(["| key | is | if absent | what it is for |", "|---|---|---|---|", *rows, ""])


def _subtables(name: str, table: type[Table]) -> Iterator[str]:
    for key, field in table.model_fields.items():
        if get_origin(field.annotation) is dict:
            yield f"## [{name}.{key}]\n"
            yield f'{field.description}: `"documents/prices.txt" = "A visit"`\n'


def _kind(annotation: Any) -> str:
    return TOML_NAMES.get(get_origin(annotation) or annotation, getattr(annotation, "__name__", ""))


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**must be there**"
    if isinstance(field.default, timedelta):
        minutes = int(field.default.total_seconds() // 60)
        return f"`{minutes // 60}h`" if minutes % 60 == 0 else f"`{minutes}m`"
    if isinstance(field.default, list):
        return "`[" + ", ".join(f'"{value}"' for value in field.default) + "]`"
    return f"`{str(field.default).lower()}`" if isinstance(field.default, bool | int) else f'`"{field.default}"`'


def _table(field: FieldInfo) -> type[Table] | None:
    inner = [field.annotation, *get_args(field.annotation)]
    return next((one for one in inner if isinstance(one, type) and issubclass(one, Table)), None)


PAGES: dict[str, Callable[[], str]] = {
    "reference-config.md": config_page,
}
"""Each page and what writes it."""


def stale() -> list[str]:
    """The pages that no longer say what the code says."""
    return [
        name for name, page in PAGES.items() if not (HERE / name).exists() or (HERE / name).read_text("utf-8") != page()
    ]


def main() -> int:
    """Write every stale page; with --check, only name them and fail."""
    names = stale()
    if "--check" in sys.argv:
        print("\n".join(f"docs/{name} is stale: run python docs/generate.py" for name in names), end="")
        return 1 if names else 0
    for name in names:
        (HERE / name).write_text(PAGES[name](), encoding="utf-8")
        print(f"wrote docs/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
