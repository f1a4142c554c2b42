"""What an account on Instagram or Threads shows: its posts, each with the number and the address that it has there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from bot.errors import CannotTell, Rejected, Unavailable
from bot.model import Receipt
from bot.networks.base import Premises
from bot.networks.http import Wire
from bot.networks.meta.graph import rows
from bot.networks.receipts import is_address

MARGIN = timedelta(minutes=2)
"""How far our clock may be from Meta's."""
A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Edges:
    """How one of the two names what both have: the ends of addresses, and the fields of an answer."""

    name: str
    make: str
    publish: str
    quota: str
    posted: tuple[str, ...]
    status: str
    why: str
    words: str
    picture: Mapping[str, str]


class Shown:
    """The posts of one account; `who` tells its number there. Safe to use from several threads."""

    def __init__(self, wire: Wire, premises: Premises, edges: Edges, root: str, who: Callable[[], str]) -> None:
        self.wire, self.root, self._premises, self._edges, self._who = wire, root, premises, edges, who
        self._number = ""

    def account(self) -> str:
        """Where the account is: its number was kept when it was connected, or is asked for once."""
        kept = self._premises.credentials.get().get("account_id", "")
        self._number = kept or self._number or self._who()
        return f"{self.root}/{self._number}"

    @property
    def somewhere(self) -> str:
        """Where a post is of which nobody told the address."""
        return f"https://www.{self._edges.name.lower()}.com/"

    def posted(self, since: datetime) -> Iterator[tuple[Receipt, Mapping[str, Any]]]:
        """What the account has posted since then, newest first in each list; raises where that is not all of it."""
        for edge in self._edges.posted:
            yield from self._listed(edge, since - MARGIN)

    def id_of(self, receipt: Receipt) -> str:
        """The number of a post, also where a person gave nothing but its address. Raises Rejected."""
        if receipt.remote_id:
            return receipt.remote_id
        with suppress(CannotTell):
            for found, _ in self.posted(self._premises.now() - A_YEAR):
                if _path(found.url) == _path(receipt.url):
                    return found.remote_id
        raise Rejected(f'"{receipt.url}" is not among the posts of this account: what is still to be done, do by hand')

    def _listed(self, edge: str, start: datetime) -> Iterator[tuple[Receipt, Mapping[str, Any]]]:
        asked = {"fields": f"id,timestamp,permalink,{self._edges.words}", "limit": "50"}
        for post in rows(self.wire, f"{self.account()}/{edge}", asked):
            receipt = receipt_of(post)
            if receipt is None:
                raise Unavailable(f"{self._edges.name} did not say of a post which it is, and when it was made")
            if receipt.at < start:
                return
            yield receipt, post


def is_id(told: object) -> bool:
    """Whether that is a number, as Meta numbers everything."""
    return isinstance(told, str) and told.isdecimal()


def receipt_of(post: Mapping[str, Any]) -> Receipt | None:
    """That of a post as Meta shows it; None where it does not say enough."""
    with suppress(ValueError):
        at = datetime.fromisoformat(str(post.get("timestamp"))).astimezone(UTC)
        if is_id(post.get("id")) and is_address(post.get("permalink")):
            return Receipt(str(post["id"]), str(post["permalink"]), at)
    return None


def alike(told: object, text: str) -> bool:
    """The same words, however spaced; Meta leaves out the @ where it may not show who is meant."""
    bare = "".join(text.replace("@", "").split())
    return bool(bare) and "".join(str(told or "").replace("@", "").split()) == bare


def _path(url: str) -> str:
    return urlsplit(url.strip()).path.strip("/")
