"""One account's way to its Mastodon server: who we are there, what we upload, what we have posted."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from requests import PreparedRequest

from bot.errors import CannotTell, NetworkError, Unauthorized, Unavailable
from bot.model import Account, Media, Receipt
from bot.networks.base import Premises
from bot.networks.http import Answer, Manners, Wire
from bot.networks.mastodon import answers

PAGES = 25
A_MINUTE = timedelta(minutes=1)
"""Clocks that differ by less are the same: who looks begins earlier than that."""
LONGEST_WAIT, FIRST_PAUSE = 60.0, 0.25
"""Seconds: how long a server may work on the pictures of one post, and until it is asked about one again."""


class Server:
    """Safe to use from several threads."""

    def __init__(self, account: Account, premises: Premises) -> None:
        self._name, self._premises, self._owner = account.name, premises, ""
        self.wire = Wire(
            account.settings["server"],
            timeout=premises.limits.timeout,
            now=premises.now,
            manners=Manners(reset="X-RateLimit-Reset", judge=self._meaning),
            scrub=premises.credentials.scrub,
        )
        self.wire.session.auth = self._signed
        self.wire.session.params = {"lang": "en"}  # else a refusal comes in the language the owner reads

    def upload(self, pictures: Mapping[str, Media]) -> dict[str, str]:
        """The pictures' ids under the same names, once the server has worked on all of them."""
        uploads = {name: self._upload(media) for name, media in pictures.items()}
        ids = {name: str(answer.fields.get("id") or "") for name, answer in uploads.items()}
        if not all(ids.values()):
            raise Unavailable(f"{self.wire.base} took a picture and gave no id: is it a Mastodon server?")
        left = min(LONGEST_WAIT, 2 * self._premises.limits.timeout.total_seconds())
        for name in (name for name, answer in uploads.items() if answer.status == 202):
            pause = FIRST_PAUSE
            while not self._is_ready(ids[name]):
                if left <= 0:
                    raise Unavailable(f"{self.wire.base} is still working on a picture: it will be tried again")
                time.sleep(min(pause, left))
                left, pause = left - pause, 2 * pause
        return ids

    def posted(self, since: datetime) -> Iterator[tuple[Receipt, Mapping[str, Any]]]:
        """What we posted since then, newest first, whoever may see it; raises where that is not all of it.

        `since` is a time of our clock: where that is ahead, the look begins as much earlier on the server's.
        """
        owner, asked = self.owner(), {"limit": "40", "exclude_reblogs": "true"}
        for _ in range(PAGES):
            page = self.wire.ask("GET", f"/api/v1/accounts/{owner}/statuses", params=asked)
            if page.told == []:
                return
            start = since - self._ahead()
            for status in page.rows or [{}]:
                if answers.is_of_another(status, owner):
                    continue  # a boost, which some servers show as the post itself: its time and id are not ours
                receipt = answers.receipt_of(status)
                if receipt is None:
                    raise Unavailable(f"{self.wire.base} did not answer with our posts")
                if receipt.at < start:
                    return
                asked["max_id"] = receipt.remote_id
                if not status.get("reblog"):
                    yield receipt, status
        raise CannotTell(f"more than {PAGES} pages of posts on {self.wire.base} since {since:%d %B, %H:%M}: look there")

    def owner(self) -> str:
        """The id of our account: what was kept when it was connected, or what the server says."""
        self._owner = self.known_owner() or self.ask_owner()["id"]
        return self._owner

    def known_owner(self) -> str:
        """The same, as far as it is known without asking; else ""."""
        return self._premises.credentials.get().get("account_id", "") or self._owner

    def ask_owner(self) -> Mapping[str, Any]:
        """Whose token it is, as the server tells; `id` and `acct` are texts with something in them."""
        told = self.wire.ask("GET", "/api/v1/accounts/verify_credentials").fields
        if not (told.get("id") and told.get("acct")):
            raise Unavailable(f"{self.wire.base} does not say whose token it is: is it a Mastodon server?")
        return {**told, "id": str(told["id"]), "acct": str(told["acct"])}

    def _upload(self, media: Media) -> Answer:
        file = (f"picture.{media.mime.rpartition('/')[2]}", self._premises.picture(media.sha256), media.mime)
        return self.wire.ask("POST", "/api/v2/media", files={"file": file}, data={"description": media.alt})

    def _ahead(self) -> timedelta:
        """How far our clock is ahead of the server's, where that matters."""
        ahead = self.wire.clock_ahead() or timedelta(0)
        return ahead if ahead > A_MINUTE else timedelta(0)

    def _is_ready(self, number: str) -> bool:
        try:
            return self.wire.ask("GET", f"/api/v1/media/{number}").status != 206
        except answers.Gone as gone:
            raise Unavailable(f"{gone}: a picture that was just uploaded") from gone

    def _signed(self, request: PreparedRequest) -> PreparedRequest:
        token = self._premises.credentials.get().get("token", "")
        if not token or not token.isascii() or not token.isprintable():
            raise Unauthorized(self._again("the access token is missing, or not whole"))
        request.headers["Authorization"] = f"Bearer {token}"
        return request

    def _meaning(self, answer: Answer, said: str) -> NetworkError | None:
        meant = answers.meaning(answer, said)
        return Unauthorized(self._again(said)) if isinstance(meant, Unauthorized) else meant

    def _again(self, why: str) -> str:
        return f"{why}: connect again with `bot connect {self._name}`"
