"""The three verbs on Google: the picture gets an address, one call makes the post, the location's list tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar

from bot.errors import CannotTell, Rejected, Unauthorized, Unavailable, Unconfirmed
from bot.model import Account, Handles, Message, Part, Receipt
from bot.networks.base import Ask, Identity, Premises
from bot.networks.facts import limits_from_facts
from bot.networks.google import posts
from bot.networks.google.access import ASKS, GRANT, HELP, Gone, judge_for, words_of
from bot.networks.google.locations import Locations
from bot.networks.http import Manners, Wire
from bot.networks.oauth import Bearer, Code, Door, Grant
from bot.networks.receipts import id_in
from bot.networks.settings import one_of, wrong_with, wrong_with_address
from bot.written import plain

SETTINGS = {
    "location": lambda name: "" if name.strip() else 'write "accounts/.../locations/...", or its name',
    "button": one_of(*posts.BUTTONS),
    "server": wrong_with_address,
}
KEPT = timedelta(hours=1)
"""How long an address of a picture, and a location that was looked up, are believed in."""
EARLIER = timedelta(minutes=1)


class Google:
    """One location of a business. Nothing keeps Google from taking a post twice: only looking does."""

    limits = limits_from_facts("google")
    asks: ClassVar[tuple[Ask, ...]] = ASKS
    help: ClassVar[str] = HELP
    grant: ClassVar[Grant] = GRANT
    choice: ClassVar[str] = "location"

    @staticmethod
    def check_settings(settings: Mapping[str, str]) -> list[str]:
        """Everything that is wrong with an account's settings."""
        return wrong_with("google", settings, SETTINGS)

    def __init__(self, account: Account, premises: Premises) -> None:
        self.limits, self._account, self._premises = premises.limits, account, premises
        self._half = premises.limits.timeout / 2  # a publish may have to renew its access first
        self._door = Door(self.grant, account, replace(premises, limits=replace(premises.limits, timeout=self._half)))
        self._signed = Bearer(account, premises, self._renewed)
        self._button = account.settings.get("button", posts.BUTTONS[0])
        self._locations = Locations(self._wire_to, self._signed, account.settings.get("location", "").strip())
        self.wire = self._locations.wire

    def prepare(self, message: Message) -> Handles:
        """Look up the location, and put the pictures where Google can fetch them."""
        found = {f"picture{part.n}": self._premises.address(part.media[0]) for part in message.parts if part.media}
        return Handles({"location": self._locations.path(), **found}, self._premises.now() + KEPT)

    def publish(self, part: Part, message: Message, handles: Handles, key: str, after: Receipt | None) -> Receipt:
        """Make the post."""
        post = posts.post_of(part, message, self._button, handles.values.get(f"picture{part.n}", ""))
        path = f"/v4/{handles.values['location']}/localPosts"
        told = self.wire.commit("POST", path, json=post, auth=self._signed)
        receipt = posts.receipt_of(told.fields, self._premises.now())
        if receipt is None:
            raise Unconfirmed(f"{self.wire.base} took the post, but did not name it")
        return receipt

    def find(
        self, part: Part, message: Message, handles: tuple[Handles, ...], key: str, since: datetime
    ) -> Receipt | None:
        """Look through the location's posts for one with the same words and the same button."""
        if not part.text.strip():
            raise CannotTell(f'without words, only a person can tell whether "{message.post}" is on Google: look there')
        another, action = "", posts.action_of(message, self._button)
        for place in {each.values["location"] for each in handles if "location" in each.values} or {self._only()}:
            for post in self._locations.posts(place):
                receipt = posts.receipt_of(post, since)
                if not receipt or receipt.at < self._start(since) or not posts.says(post, part):
                    continue
                if posts.leads(post, action):
                    return receipt
                another = receipt.url
        if another:
            raise CannotTell(f"{another} has the same words, but leads elsewhere: look whether it is this post")
        return None

    def retract(self, receipt: Receipt) -> None:
        """Delete the post."""
        with suppress(Gone):
            self.wire.ask("DELETE", f"/v4/{id_in(receipt, posts.ENDING)}", auth=self._signed)

    def measure(self, receipt: Receipt) -> Mapping[str, int]:
        """What Google counted. Raises Rejected for a post that Google took, but does not show."""
        name = id_in(receipt, posts.ENDING)
        if self.wire.ask("GET", f"/v4/{name}", auth=self._signed).fields.get("state") == "REJECTED":
            raise Rejected("Google took this post, but does not show it (it broke a rule): see docs/connect/google.md")
        asked = posts.question(receipt, name, self._premises.now())
        path = f"/v4/{name.rpartition('/')[0]}:reportInsights"
        with suppress(Gone):  # a method that Google may take away, as it did others of v4
            return posts.figures_in(self.wire.ask("POST", path, json=asked, auth=self._signed).fields)
        return {}

    def identify(self) -> Identity:
        """The location."""
        path, name = self._locations.chosen()
        return Identity(path, plain(name), f"https://business.google.com/posts/l/{path.rpartition('/')[2]}")

    def choices(self) -> Sequence[tuple[str, str]]:
        """The locations."""
        return [(path, plain(name)) for path, name in self._locations.all()]

    def clock_ahead(self) -> timedelta | None:
        """How far our clock is ahead of Google's."""
        return self.wire.clock_ahead()

    def sign_in(self, code: Code) -> Mapping[str, str]:
        """The tokens that a person's yes is worth."""
        return self._door.trade(code)

    def renew(self) -> None:
        """Have the next token in time; the refresh token stays the same."""
        self._signed.kept()

    def _wire_to(self, host: str) -> Wire:
        """The setting `server`, where there is one, stands for every host."""
        return Wire(
            self._account.settings.get("server") or host,
            timeout=self._half,
            now=self._premises.now,
            manners=Manners(said=words_of, judge=judge_for(self._account.name)),
            scrub=self._premises.credentials.scrub,
        )

    def _start(self, since: datetime) -> datetime:
        return since - EARLIER - max(self.clock_ahead() or timedelta(0), timedelta(0))

    def _only(self) -> str:
        """The location to look at where no attempt says which."""
        try:
            return self._locations.path()
        except Rejected as error:
            raise Unavailable(f"cannot look: {error}") from error

    def _renewed(self, kept: Mapping[str, str]) -> Mapping[str, str]:
        try:
            return self._door.refresh(kept)
        except Rejected as refused:  # whatever its words: it will not take this refresh token any more
            raise Unauthorized(f"{refused}: sign in again with `bot connect {self._account.name}`") from refused
