"""A new account in the text of config.toml; every comment stays where it is."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import tomlkit
from tomlkit.items import Table

from bot.model import Account


def with_account(text: str, account: Account, *, beside: str = "") -> str:
    """The text with the account after the last one; it gets the moments of the week that `beside` has ("" = none)."""
    values = {"network": account.network, **account.settings}
    table = [f"[accounts.{account.name}]", *(f"{key} = {quoted(value)}" for key, value in values.items())]
    lines = text.split("\n")
    at = below(lines, r"accounts\b")
    written = "\n".join([*lines[:at], "", *table, *lines[at:]])
    if _accounts(written).get(account.name) != values:  # what looked like a table stands inside a text
        written = "\n".join([text.rstrip("\n"), "", *table, ""])
    told = tomlkit.parse(written)
    for slot in told.get("slots", []) if beside else []:
        _join(slot, account.name, beside)
    return tomlkit.dumps(told)


def _accounts(text: str) -> dict[str, Any]:
    try:
        return dict(tomllib.loads(text).get("accounts", {}))
    except tomllib.TOMLDecodeError:
        return {}


def below(lines: list[str], table: str) -> int:
    """Below the last key of the last table of that name (a pattern), above the comment that belongs to the next."""
    headers = [n for n, line in enumerate(lines) if re.match(r"\s*\[", line)]
    ours = [n for n in headers if re.match(rf"\s*\[\s*{table}", lines[n])]
    if not ours:
        return len(lines)
    end = next((n for n in headers if n > ours[-1]), len(lines))
    return max(n for n in range(ours[-1], end) if lines[n].strip() and not lines[n].lstrip().startswith("#")) + 1


def _join(slot: Table, name: str, beside: str) -> None:
    if slot.get("account") == beside:
        slot.remove("account")
        slot.add("accounts", [beside, name])
    elif beside in slot.get("accounts", []):
        slot["accounts"].append(name)


def quoted(text: str) -> str:
    """TOML's quoted text is JSON's."""
    return json.dumps(text, ensure_ascii=False)
