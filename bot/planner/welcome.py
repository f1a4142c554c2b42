"""The first time a ledger and a workspace meet: nothing that may be out already goes out again."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bot.config import Config
from bot.errors import LedgerError
from bot.ledger import Ledger
from bot.model import Status
from bot.posts import load

NEW_LEDGER = "new ledger"


def welcome(config: Config, ledger: Ledger, now: datetime) -> bool:
    """Introduce the workspace; True when the ledger was new to it.

    A new ledger that meets approved posts holds each until it has been looked for, unless config.toml lets the
    workspace start fresh. A ledger that belongs to another folder's copy of the workspace is refused.
    """
    known = ledger.records.workspace()
    if known is not None and known["folder"] != config.root:
        _refuse_a_copy(config, str(known["folder"]))
    zone = config.zone if known is None else str(known["zone"])
    if known is None and not config.start_fresh:
        for file in load(Path(config.root), [account.name for account in config.accounts], None).posts:
            if file.post.status is Status.APPROVED:
                ledger.records.hold("post", file.post.id, NEW_LEDGER, "already published by an earlier ledger?", now)
    if known is None or known["folder"] != config.root:
        ledger.records.keep_workspace(config.root, zone, now)
    ledger.records.keep_accounts(config.accounts)
    return known is None


def _refuse_a_copy(config: Config, folder: str) -> None:
    other = Path(folder) / "config.toml"
    if other.is_file() and f'"{config.workspace}"' in other.read_text(encoding="utf-8", errors="replace"):
        raise LedgerError(
            f"{config.root} is a copy of {folder}: both would publish the same posts. Work in {folder}, or give this "
            f'copy a life of its own with a new `workspace = "..."` in its config.toml.'
        )
