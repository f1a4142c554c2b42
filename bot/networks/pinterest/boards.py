"""The account's boards, and the pins on them: the proof of what is live."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from requests.auth import AuthBase

from bot.errors import CannotTell, Rejected, Unavailable
from bot.networks.http import Wire
from bot.networks.pinterest.pins import Pin, made_at
from bot.networks.pinterest.refusals import Gone
from bot.written import plain

PAGE, PAGES = 100, 25
A_MINUTE = timedelta(minutes=1)


class Boards:
    """The boards that the token may see: secret ones are not among them."""

    def __init__(self, wire: Wire, signed: AuthBase, named: str) -> None:
        self._wire, self._signed, self._named = wire, signed, named

    def all(self) -> list[tuple[str, str]]:
        """The id and the name of each."""
        return [(str(one["id"]), str(one.get("name") or "")) for page in self._pages("/v5/boards") for one in page]

    def chosen(self) -> tuple[str, str]:
        """The one in config.toml, by its id or its exact name. Raises Rejected, with all there are, where none is."""
        every, named = self.all(), self._named
        found = [one for one in every if named in {"", one[0]}] or [one for one in every if one[1] == named]
        if len(found) == 1:
            return found[0]
        called = f' called "{named}"' if named else ""
        what = f"there are {len(found)} boards{called}" if found else f"there is no board{called}"
        listed = "; ".join(f'board = "{number}" is {plain(name)}' for number, name in found or every)
        raise Rejected(
            f"{what}: say in config.toml which one (a secret one cannot be used): "
            + (listed or "make one on Pinterest first")
        )

    def pins(self, boards: Collection[str], since: datetime) -> Iterator[Pin]:
        """What was put there since then. Raises Unavailable or CannotTell where that cannot be said of all of it."""
        try:
            for board in boards:
                yield from self._since(board, since)
        except Gone as gone:
            raise CannotTell(f"{gone}: the board is not there any more; look on Pinterest for the pin") from gone
        except Rejected as error:
            raise Unavailable(f"cannot look: {error}") from error

    def _since(self, board: str, since: datetime) -> Iterator[Pin]:
        """A board shows the newest first, unless somebody arranged it: a look ends with a page of old ones only."""
        for page in self._pages(f"/v5/boards/{board}/pins"):
            start = since - A_MINUTE - max(self._wire.clock_ahead() or timedelta(0), timedelta(0))
            new = [pin for pin in page if (made_at(pin) or since) >= start]
            yield from new
            if page and not new:
                return

    def _pages(self, path: str) -> Iterator[list[Mapping[str, Any]]]:
        asked = {"page_size": str(PAGE)}
        for _ in range(PAGES):
            told = self._wire.ask("GET", path, params=asked, auth=self._signed).fields
            items = told.get("items")
            if not isinstance(items, list) or not all(isinstance(one, dict) and one.get("id") for one in items):
                raise Unavailable(f"{self._wire.base} answered, but not with what was asked for")
            yield items
            if not (mark := told.get("bookmark")):
                return
            asked["bookmark"] = str(mark)
        raise CannotTell(f"more than {PAGES * PAGE:,} of them on {self._wire.base}: look there")
