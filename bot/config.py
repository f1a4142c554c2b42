"""config.toml -> a frozen Config; every mistake at once, each with its path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.model import Account, Brand, Slot


@dataclass(frozen=True, slots=True)
class Config:
    """config.toml, checked. Paths are kept as written; `root` is the workspace's folder (absolute)."""

    root: str
    workspace: str
    brand: Brand
    subject: str
    zone: str
    link: str = ""
    hashtags: tuple[str, ...] = ()
    language: str = "en"
    accounts: tuple[Account, ...] = ()
    slots: tuple[Slot, ...] = ()
    closed: tuple[date, ...] = ()
    auto_approve: str = ""
    posts_per_document: int = 8
    grace: timedelta = timedelta(hours=2)
    ledger: str = ""
    start_fresh: bool = False
    feed_host: str = "127.0.0.1"
    feed_port: int = 8040
    subjects: Mapping[str, str] = field(default_factory=dict)

    def account(self, name: str) -> Account:
        """The account of that name; KeyError when config.toml has none."""
        return {account.name: account for account in self.accounts}[name]
