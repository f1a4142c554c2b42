"""The first time a ledger and a workspace meet: nothing that may be out already goes out again."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.config import FILE, Config
from bot.errors import LedgerError
from bot.ledger import Ledger
from bot.model import Status
from bot.posts import load

NEW_LEDGER = "new ledger"
BYTES_MAX = 1_000_000
ID = re.compile(r"""^\s*id\s*=\s*["']([a-z0-9-]{1,80})["']""", re.MULTILINE)


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
        for post in _may_be_out(config):
            ledger.records.hold("post", post, NEW_LEDGER, "already published by an earlier ledger?", now)
    if known is None or known["folder"] != config.root:
        ledger.records.keep_workspace(config.root, zone, now)
    if ledger.records.accounts() != {account.name: account.network for account in config.accounts}:
        ledger.records.keep_accounts(config.accounts)
    return known is None


def _may_be_out(config: Config) -> Iterator[str]:
    """The posts that are approved (or may be, by a rule), and the broken ones: they may have been published before."""
    root = Path(config.root)
    shelf = load(root, [account.name for account in config.accounts], None)
    wanted = {Status.APPROVED, Status.DRAFT} if config.auto_approve else {Status.APPROVED}
    yield from (file.post.id for file in shelf.posts if file.post.status in wanted)
    for path in shelf.broken:
        with suppress(OSError):
            said = (root / path).read_bytes()[:BYTES_MAX].decode(errors="replace")
            yield from dict.fromkeys(ID.findall(said))


def _refuse_a_copy(config: Config, folder: str) -> None:
    here, other = Path(config.root) / FILE, Path(folder) / FILE
    if not other.is_file() or other.samefile(here):
        return
    try:
        theirs = tomllib.loads(other.read_text(encoding="utf-8-sig")).get("workspace")
    except (OSError, ValueError):
        theirs = config.workspace  # it cannot be read, but it is there: nobody can know that it was moved
    if theirs == config.workspace:
        raise LedgerError(
            f"{config.root} is a copy of {folder}: both would publish the same posts. Work in {folder}, or give this "
            f'copy a life of its own with a new `workspace = "..."` in its config.toml.'
        )
