"""The newest row of each post on each account, and whether that is all there will be."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bot.delivery import OVER, Delivery, State


def newest_by_post(rows: Iterable[Delivery]) -> dict[str, dict[str, Delivery]]:
    """The last occurrence of each post on each account: post -> account -> row."""
    newest: dict[str, dict[str, Delivery]] = {}
    for row in sorted(rows, key=lambda row: int(row.occurrence)):
        newest.setdefault(row.post, {})[row.account] = row
    return newest


def is_out(accounts: Iterable[str], rows: Collection[Delivery]) -> bool:
    """Whether it is published somewhere, and wherever it is wanted, and nothing of it is still to go anywhere."""
    published = {row.account for row in rows if row.state is State.PUBLISHED}
    return bool(published) and published.issuperset(accounts) and all(row.state in OVER for row in rows)
