"""A new account in the text of config.toml; comments and order stay."""

from __future__ import annotations

import tomlkit
from tomlkit.items import Table

from bot.model import Account


def with_account(text: str, account: Account, *, beside: str = "") -> str:
    """The text with the account added; it gets the moments of the week that `beside` has ("" = none)."""
    told = tomlkit.parse(text)
    table = tomlkit.table()
    table.add("network", account.network)
    for key, value in account.settings.items():
        table.add(key, value)
    accounts = told["accounts"]
    if not isinstance(accounts, Table):
        raise TypeError("[accounts] is not a table")
    table.add(tomlkit.nl())
    accounts.append(account.name, table)
    for slot in told.get("slots", []) if beside else []:
        _join(slot, account.name, beside)
    return tomlkit.dumps(told)


def _join(slot: Table, name: str, beside: str) -> None:
    if slot.get("account") == beside:
        slot.remove("account")
        slot.add("accounts", [beside, name])
    elif beside in slot.get("accounts", []):
        slot["accounts"].append(name)
