"""The three verbs on a Mastodon server: pictures are uploaded, a status takes them, our own statuses tell."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import ClassVar
from urllib.parse import urlsplit

from bot.errors import CannotTell, Rejected, Unauthorized, Unavailable, Unconfirmed
from bot.model import Account, Handles, Media, Message, Part, Receipt
from bot.networks.base import Ask, Identity, Premises
from bot.networks.facts import limits_from_facts
from bot.networks.mastodon import answers
from bot.networks.mastodon.server import Server
from bot.networks.receipts import id_in
from bot.networks.settings import one_of, wrong_with, wrong_with_address

SETTINGS = {"server": wrong_with_address, "visibility": one_of("public", "unlisted", "private")}
KEPT = timedelta(hours=20)
"""How long an uploaded picture waits: a server may delete after a day what no status has taken."""


class Mastodon:
    """One account on one server. Nothing relies on the key: Mastodon knows it for an hour, GoToSocial never."""

    limits = limits_from_facts("mastodon")
    asks: ClassVar[tuple[Ask, ...]] = (
        Ask("server", "The address of your server, as in https://mastodon.social", secret=False),
        Ask("token", "Your access token"),
    )
    help: ClassVar[str] = (
        "On your server: Preferences > Development > New application. Give it a name and tick read:accounts, "
        "read:statuses, write:statuses and write:media (write:accounts too, if the bot may mark the account as "
        'automated). Submit, click the name in the list, and copy what stands beside "Your access token".'
    )
    how: ClassVar[str] = 'Preferences > Public profile: tick "This is an automated account", then "Save changes".'

    def __init__(self, account: Account, premises: Premises) -> None:
        self.limits, self._now = premises.limits, premises.now
        self._visibility = account.settings.get("visibility") or "public"
        self.server = Server(account, premises)

    @staticmethod
    def check_settings(settings: Mapping[str, str]) -> list[str]:
        """Everything that is wrong with an account's settings."""
        return wrong_with("mastodon", settings, SETTINGS, needed=("server",))

    def prepare(self, message: Message) -> Handles:
        """Upload the pictures with their alt texts, and wait until the server has worked on them."""
        ids = self.server.upload({name: media for part in message.parts for name, media in _named(part)})
        return Handles(ids, self._now() + KEPT if ids else None)

    def publish(self, part: Part, message: Message, handles: Handles, key: str, after: Receipt | None) -> Receipt:
        """Post the status. Rejected for one that was posted and then deleted: nobody wants that back unasked."""
        status = {
            "status": part.text,
            "media_ids": [handles.values[name] for name, _ in _named(part)],
            "visibility": self._visibility,
            "language": answers.language_of(message.language),
            "in_reply_to_id": id_in(after, answers.ENDING) if after else "",
        }
        sent, headers = {name: value for name, value in status.items() if value}, {"Idempotency-Key": key}
        owner = self.server.known_owner()
        try:
            answer = self.server.wire.commit("POST", "/api/v1/statuses", json=sent, headers=headers)
        except answers.Gone as gone:
            what = "the post it continues, or the post itself, was deleted there" if after else "it was deleted there"
            raise Rejected(f"{gone}: {what}. To post it again, give it a new time in an hour or more") from gone
        receipt = answers.receipt_of(answer.fields)
        if receipt is None or (owner and answers.is_of_another(answer.fields, owner)):
            raise Unconfirmed(f"{self.server.wire.base} answered {answer.status}, but not with the post of ours")
        return receipt

    def find(
        self, part: Part, message: Message, handles: tuple[Handles, ...], key: str, since: datetime
    ) -> Receipt | None:
        """Look among our own statuses for the pictures of any attempt, or for the words where there are none."""
        ours = {handle for attempt in handles for handle in attempt.values.values()} if part.media else set()
        words = answers.words(part.text)
        if not ours and not words:
            raise CannotTell("a picture without words, from an earlier ledger: look whether it was published")
        try:
            for receipt, status in self.server.posted(since):
                shown = answers.media_of(status)
                if ours & shown if ours and shown else words == answers.words_of(status):
                    return receipt
        except Rejected as refused:
            raise Unavailable(str(refused)) from refused
        return None

    def retract(self, receipt: Receipt) -> None:
        """Delete the status."""
        with suppress(answers.Gone):
            self.server.wire.ask("DELETE", f"/api/v1/statuses/{id_in(receipt, answers.ENDING)}")

    def identify(self) -> Identity:
        """Whose token it is."""
        told = self.server.ask_owner()
        place, automated = urlsplit(self.server.wire.base), told.get("bot")
        return Identity(
            f"{told['id']}@{place.netloc.lower()}",
            f"@{told['acct']}@{place.hostname}",
            str(told.get("url") or self.server.wire.base),
            automated if isinstance(automated, bool) else None,
            {"account_id": told["id"]},
        )

    def clock_ahead(self) -> timedelta | None:
        """How far our clock is ahead of the server's."""
        return self.server.wire.clock_ahead()

    def announced(self) -> Mapping[str, int]:
        """Its limits, as far as it tells."""
        try:
            return answers.limits_in(self.server.wire.ask("GET", "/api/v2/instance").fields)
        except (answers.Gone, Unavailable):  # before 4.0
            return answers.limits_in(self.server.wire.ask("GET", "/api/v1/instance").fields)

    def label(self) -> bool:
        """Tick the box, where the token may."""
        try:
            told = self.server.wire.ask("PATCH", "/api/v1/accounts/update_credentials", json={"bot": True}).fields
        except Unauthorized:
            self.server.ask_owner()  # raises where the token is good for nothing at all
            return False
        return told.get("bot") is True


def _named(part: Part) -> list[tuple[str, Media]]:
    """The pictures of a part under names of their own, also where one is shown twice."""
    return [(f"{part.n}-{place}-{media.sha256}", media) for place, media in enumerate(part.media)]
