"""Whether the folders that config.toml names keep out of each other's way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.errors import Problem
from bot.mistakes import lines_of
from bot.model import Account

SITE, FOLDER = "site", "site"
"""The network that writes into a folder, and the folder of an account that names none."""


def wrong_with_folders(
    root: Path, accounts: tuple[Account, ...], ledger: str, text: str, file: str
) -> Iterator[Problem]:
    """Two site accounts in one folder overwrite each other's pages, and the ledger is nobody's to serve.

    `ledger` is the folder as written ("" = elsewhere), `text` the content of `file`.
    """
    lines = lines_of(text)
    keeps = _full(root, ledger) if ledger else None
    owners: dict[Path, str] = {}
    for account in accounts:
        if account.network != SITE:
            continue
        folder, line = _full(root, _folder(account.settings)), lines.get(("accounts", account.name), 0)
        line = lines.get(("accounts", account.name, "folder"), line)
        first = owners.setdefault(folder, account.name)
        shown = f'"{_folder(account.settings)}"'
        if first != account.name:
            what = f'"{first}" and "{account.name}" share the folder {shown}: give one of them another folder'
            yield Problem(file, line, f"accounts.{account.name}.folder: {what}")
        if keeps and (folder.is_relative_to(keeps) or keeps.is_relative_to(folder)):
            what = f'{shown} and the ledger\'s folder "{ledger}" lie in each other: keep them apart'
            yield Problem(file, line, f"accounts.{account.name}.folder: {what}")


def _folder(settings: Mapping[str, str]) -> str:
    return settings.get("folder", FOLDER)


def _full(root: Path, folder: str) -> Path:
    try:
        return (root / Path(folder).expanduser()).resolve()
    except (OSError, ValueError, RuntimeError):  # no folder can be called that: its network says so
        return root / folder
