"""The locations that an account may speak for, and the posts of one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from requests.auth import AuthBase

from bot.errors import CannotTell, Rejected, Unavailable
from bot.networks.google.access import Gone
from bot.networks.google.posts import Post
from bot.networks.http import Wire
from bot.written import plain

PATH = r"accounts/[^/\s]+/locations/[^/\s]+"
PAGES = 50


class Locations:
    """Three hosts of Google: who has which accounts, which locations these have, and what was posted there."""

    def __init__(self, wire_to: Callable[[str], Wire], signed: AuthBase, named: str) -> None:
        self._accounts = wire_to("https://mybusinessaccountmanagement.googleapis.com")
        self._places = wire_to("https://mybusinessbusinessinformation.googleapis.com")
        self.wire = wire_to("https://mybusiness.googleapis.com")
        self._signed, self._named = signed, named

    def path(self) -> str:
        """The chosen one's path; one that config.toml names in full is not looked up."""
        return self._named if re.fullmatch(PATH, self._named) else self.chosen()[0]

    def all(self) -> list[tuple[str, str]]:
        """The path and the name of each."""
        found: dict[str, str] = {}
        for account in self._pages(self._accounts, "/v1/accounts", "accounts", pageSize="20"):
            mask = {"readMask": "name,title", "pageSize": "100"}
            for place in self._pages(self._places, f"/v1/{account['name']}/locations", "locations", **mask):
                found[f"{account['name']}/{place['name']}"] = str(place.get("title") or "")
        return list(found.items())

    def chosen(self) -> tuple[str, str]:
        """The one in config.toml, by its path or its exact name. Raises Rejected, with all there are, where none is."""
        every, named = self.all(), self._named
        found = [one for one in every if named in {"", one[0]}] or [one for one in every if one[1] == named]
        if len(found) == 1:
            return found[0]
        called = f' called "{named}"' if named else ""
        what = f"there are {len(found)} locations{called}" if found else f"there is no location{called}"
        listed = "; ".join(f'location = "{path}" is {plain(name)}' for path, name in found or every)
        raise Rejected(
            f"{what}: say in config.toml which one: "
            + (listed or "this Google account owns or manages none; sign in with the one that does")
        )

    def posts(self, location: str) -> Iterator[Post]:
        """All posts of a location: in which order they come is nowhere written.

        Raises Unavailable or CannotTell where that cannot be said of all of them.
        """
        try:
            yield from self._pages(self.wire, f"/v4/{location}/localPosts", "localPosts", pageSize="100")
        except Gone as gone:
            raise CannotTell(f"{gone}: the location is not there any more; look on Google for the post") from gone
        except Rejected as error:
            raise Unavailable(f"cannot look: {error}") from error

    def _pages(self, wire: Wire, path: str, what: str, **asked: str) -> Iterator[Mapping[str, Any]]:
        for _ in range(PAGES):
            told = wire.ask("GET", path, params=asked, auth=self._signed).fields
            items = told.get(what, [])  # Google leaves out what is empty
            if not isinstance(items, list) or not all(isinstance(one, dict) and one.get("name") for one in items):
                raise Unavailable(f"{wire.base} answered, but not with what was asked for")
            yield from items
            if not (mark := told.get("nextPageToken")):
                return
            asked["pageToken"] = str(mark)
        raise CannotTell(f"more than {PAGES} pages of {what} on {wire.base}: look there")
