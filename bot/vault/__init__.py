"""The secrets of the accounts: one encrypted file each beside the ledger, under a key that lives elsewhere."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from bot.errors import FootnoteError
from bot.vault.folder import KeptCredentials, Key, Vault
from bot.vault.hidden import Hidden, Secrets, scrub
from bot.vault.keys import VARIABLE, key_of_environment, key_of_file, key_of_keyring

__all__ = ["Hidden", "KeptCredentials", "Key", "Secrets", "Vault", "open_vault", "scrub"]


def open_vault(
    ledger_folder: Path, workspace: str, *, where: str = "file", environment: Mapping[str, str] = os.environ
) -> Vault:
    """The vault of a workspace; touches nothing until it is used.

    Its key is FOOTNOTE_KEY where that is set; else `where` tells: "file" is one in the user's configuration folder
    (XDG), "keyring" one that the operating system keeps. Both are made at first use.
    """
    folder = ledger_folder / "vault"
    key_file = _configuration(environment) / "footnote" / "keys" / f"{workspace}.key"
    keys: dict[str, Key] = {
        "file": partial(key_of_file, key_file),
        "keyring": partial(key_of_keyring, workspace, folder / ".key.lock"),
    }
    if where not in keys:
        raise FootnoteError(f'"{where}" is no place for the key of the accounts\' secrets: write "file" or "keyring"')
    if VARIABLE in environment:
        return Vault(folder, partial(key_of_environment, environment[VARIABLE]), workspace=workspace, home=VARIABLE)
    home = str(key_file) if where == "file" else "the keyring of this computer"
    return Vault(folder, keys[where], workspace=workspace, home=home)


def _configuration(environment: Mapping[str, str]) -> Path:
    return Path(environment.get("XDG_CONFIG_HOME") or "~/.config").expanduser()
