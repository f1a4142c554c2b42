"""The three verbs on Pinterest: the board is looked up, one call makes the pin, the board's own list tells."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar

from bot.errors import CannotTell, HandlesGone, Rejected, Unauthorized, Unavailable, Unconfirmed
from bot.model import Account, Handles, Media, Message, Part, Receipt
from bot.networks.base import Ask, Identity, Premises
from bot.networks.facts import limits_from_facts
from bot.networks.http import Manners, Wire
from bot.networks.oauth import Bearer, Code, Door, Grant
from bot.networks.pinterest import figures, pins
from bot.networks.pinterest.access import ASKS, GRANT, HELP, SERVER
from bot.networks.pinterest.boards import Boards
from bot.networks.pinterest.refusals import Gone, judge_for, words_of
from bot.networks.receipts import id_in
from bot.networks.settings import wrong_with, wrong_with_address
from bot.written import plain

SETTINGS = {"board": lambda name: "" if name.strip() else "write its name or its id", "server": wrong_with_address}
KEPT = timedelta(hours=1)
"""How long a board that was looked up is believed in: it can be deleted, and another named in config.toml."""


class Pinterest:
    """One board of one account. Nothing keeps Pinterest from taking a pin twice: only looking does."""

    limits = limits_from_facts("pinterest")
    asks: ClassVar[tuple[Ask, ...]] = ASKS
    help: ClassVar[str] = HELP
    grant: ClassVar[Grant] = GRANT
    choice: ClassVar[str] = "board"

    @staticmethod
    def check_settings(settings: Mapping[str, str]) -> list[str]:
        """Everything that is wrong with an account's settings."""
        return wrong_with("pinterest", settings, SETTINGS)

    def __init__(self, account: Account, premises: Premises) -> None:
        self.limits, self._name, self._premises = premises.limits, account.name, premises
        half = premises.limits.timeout / 2  # a publish may have to renew its access first
        self._door = Door(self.grant, account, replace(premises, limits=replace(premises.limits, timeout=half)))
        self._signed = Bearer(account, premises, self._renewed)
        self.wire = Wire(
            account.settings.get("server") or SERVER,
            timeout=half,
            now=premises.now,
            manners=Manners(said=words_of, judge=judge_for(account.name)),
            scrub=premises.credentials.scrub,
        )
        self._boards = Boards(self.wire, self._signed, account.settings.get("board", "").strip())

    def prepare(self, message: Message) -> Handles:
        """Look up the board: pictures go with the pin itself."""
        if wrong := [what for part in message.parts for what in pins.unfit(part, message)]:
            raise Rejected("; ".join(wrong))
        return Handles({"board": self._boards.chosen()[0]}, self._premises.now() + KEPT)

    def publish(self, part: Part, message: Message, handles: Handles, key: str, after: Receipt | None) -> Receipt:
        """Make the pin."""
        pictures = [self._picture(media) for media in part.media]
        sent = {"board_id": handles.values["board"], "media_source": pins.source_of(pictures)}
        try:
            told = self.wire.commit(
                "POST", "/v5/pins", json={**sent, **pins.words_of(part, message)}, auth=self._signed
            )
        except Gone as gone:
            raise HandlesGone(str(gone)) from gone
        receipt = pins.receipt_of(told.fields, self._premises.now())
        if receipt is None:
            raise Unconfirmed(f"{self.wire.base} took the pin, but did not name it")
        return receipt

    def find(
        self, part: Part, message: Message, handles: tuple[Handles, ...], key: str, since: datetime
    ) -> Receipt | None:
        """Look through the board for a pin with the same words and the same link."""
        words, another = pins.words_of(part, message), ""
        if not words.keys() & {"title", "description"}:
            raise CannotTell(f'without words, only a person can tell whether "{message.post}" is on Pinterest')
        boards = {each.values["board"] for each in handles if "board" in each.values} or {self._only()}
        for pin in self._boards.pins(boards, since):
            receipt = pins.receipt_of(pin, since)
            if receipt and pins.says(pin, words):
                if pins.leads(pin, message.link):
                    return receipt
                another = receipt.url
        if another:
            raise CannotTell(f"{another} has the same words, but leads elsewhere: look whether it is this post")
        return None

    def retract(self, receipt: Receipt) -> None:
        """Delete the pin."""
        with suppress(Gone):
            self.wire.ask("DELETE", f"/v5/pins/{id_in(receipt, pins.ENDING)}", auth=self._signed)

    def measure(self, receipt: Receipt) -> Mapping[str, int]:
        """What Pinterest counted in the last 90 days; reactions and comments since it was made."""
        path = f"/v5/pins/{id_in(receipt, pins.ENDING)}/analytics"
        question = figures.asked(receipt.at, self._premises.now())
        return figures.figures_in(self.wire.ask("GET", path, params=question, auth=self._signed).fields)

    def identify(self) -> Identity:
        """Whose access it is, and the board."""
        me = self.wire.ask("GET", "/v5/user_account", auth=self._signed).fields
        name, (board, called) = str(me.get("username") or ""), self._boards.chosen()
        if not name:
            raise Unavailable(f"{self.wire.base} did not say whose access this is")
        known = f"{me.get('id') or name}/{board}"
        return Identity(known, f'@{name}, board "{called}"', f"https://www.pinterest.com/{name}/")

    def choices(self) -> Sequence[tuple[str, str]]:
        """The boards."""
        return [(number, plain(name)) for number, name in self._boards.all()]

    def clock_ahead(self) -> timedelta | None:
        """How far our clock is ahead of Pinterest's."""
        return self.wire.clock_ahead()

    def sign_in(self, code: Code) -> Mapping[str, str]:
        """The tokens that a person's yes is worth."""
        return self._door.trade(code)

    def renew(self) -> None:
        """Have the next token in time; with it comes the next refresh token, for 60 days more."""
        self._signed.kept()

    def _picture(self, media: Media) -> dict[str, str]:
        content = base64.b64encode(self._premises.picture(media.sha256)).decode("ascii")
        return {"content_type": media.mime, "data": content}

    def _only(self) -> str:
        """The board to look at where no attempt says which."""
        try:
            return self._boards.chosen()[0]
        except Rejected as error:
            raise Unavailable(f"cannot look: {error}") from error

    def _renewed(self, kept: Mapping[str, str]) -> Mapping[str, str]:
        try:
            return self._door.refresh(kept)
        except Rejected as refused:  # whatever its words: it will not take this refresh token any more
            raise Unauthorized(f"{refused}: sign in again with `bot connect {self._name}`") from refused
