"""The three verbs on a channel of Discord, through a webhook whose address is the secret."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

from bot.errors import CannotTell, Rejected, Unauthorized, Unavailable, Unconfirmed
from bot.model import Account, Handles, Message, Part, Receipt
from bot.networks.base import Ask, Identity, Premises
from bot.networks.discord.refusals import Gone, judge_for, words_of
from bot.networks.facts import limits_from_facts
from bot.networks.http import Manners, Wire
from bot.networks.receipts import id_in
from bot.networks.settings import wrong_with, wrong_with_address

SERVER = "https://discord.com"
WEBHOOK = re.compile(r"https?://[^/?#\s]+/api(?:/v\d+)?/webhooks/(\d+)/([\w.-]+)/?", re.ASCII)
ENDING = r"/channels/[^/]+/\d+/(\d+)$"
"""How the address of a message ends in its id."""


class Discord:
    """One webhook, which posts to one channel; nothing that it says can ping anybody."""

    limits = limits_from_facts("discord")
    asks: ClassVar[tuple[Ask, ...]] = (Ask("url", "The webhook's address (Copy Webhook URL)"),)
    help: ClassVar[str] = (
        "In Discord, on a computer: the gear beside the channel > Integrations > Webhooks > New Webhook. Click it, "
        'give it the name and the picture that posts shall show, save, and press "Copy Webhook URL". Whoever '
        "has that address can post there: give it to nobody."
    )

    @staticmethod
    def check_settings(settings: Mapping[str, str]) -> list[str]:
        """Everything that is wrong with an account's settings."""
        return wrong_with("discord", settings, {"server": wrong_with_address})

    def __init__(self, account: Account, premises: Premises) -> None:
        self.limits, self._premises, self._name = premises.limits, premises, account.name
        self.wire = Wire(
            account.settings.get("server") or SERVER,
            timeout=premises.limits.timeout,
            now=premises.now,
            manners=Manners(said=words_of, judge=judge_for(account.name, premises.now)),
            scrub=self._scrub,
        )

    def prepare(self, message: Message) -> Handles:
        """Ask where the webhook posts: that belongs to the addresses of its messages."""
        return Handles({"guild": str(self._told().get("guild_id") or "@me")})

    def publish(self, part: Part, message: Message, handles: Handles, key: str, after: Receipt | None) -> Receipt:
        """Post the message, and wait for it to come back: a later part is simply the next message."""
        webhook, token = self._webhook()
        names = [f"{n}.{media.mime.rpartition('/')[2]}" for n, media in enumerate(part.media, start=1)]
        said = {
            "content": part.text,
            "allowed_mentions": {"parse": []},
            "attachments": [
                {"id": str(n), "filename": name, "description": media.alt}
                for n, (name, media) in enumerate(zip(names, part.media, strict=True))
            ],
        }
        form: dict[str, Any] = {"payload_json": (None, json.dumps(said), "application/json")}
        for n, (name, media) in enumerate(zip(names, part.media, strict=True)):
            form[f"files[{n}]"] = (name, self._premises.picture(media.sha256), media.mime)
        told = self.wire.commit("POST", _path(webhook, token), params={"wait": "true"}, files=form).fields
        number, channel = told.get("id"), told.get("channel_id")
        if not _is_id(number) or not _is_id(channel):
            raise Unconfirmed(f"{self.wire.base} took the message, but did not name it")
        url = f"{SERVER}/channels/{handles.values.get('guild', '@me')}/{channel}/{number}"
        return Receipt(f"{webhook}/{number}", url, self._premises.now())

    def find(
        self, part: Part, message: Message, handles: tuple[Handles, ...], key: str, since: datetime
    ) -> Receipt | None:
        """Nobody can: a webhook sees no message that it cannot name."""
        begins = f'"{part.text[:60]}"' if part.text.strip() else "the picture"
        raise CannotTell(f"Discord does not list what a webhook posted: look in its channel whether {begins} is there")

    def retract(self, receipt: Receipt) -> None:
        """Delete the message; only the webhook that posted it can."""
        webhook, token = self._webhook()
        by, _, number = id_in(receipt, ENDING).rpartition("/")
        theirs = f"this webhook did not post it: if {receipt.url} is still there, delete it there by hand"
        if by and by != webhook:
            raise Rejected(theirs)
        try:
            self.wire.ask("DELETE", f"{_path(webhook, token)}/messages/{number}")
        except Gone as gone:
            if not by:
                raise Rejected(theirs) from gone

    def identify(self) -> Identity:
        """Which channel it posts to: a new webhook for the same channel is the same account."""
        told = self._told()
        channel = str(told.get("channel_id") or told["id"])
        url = f"{SERVER}/channels/{told.get('guild_id') or '@me'}/{channel}"
        return Identity(channel, str(told.get("name") or "webhook"), url, automated=True)

    def clock_ahead(self) -> timedelta | None:
        """How far our clock is ahead of Discord's."""
        return self.wire.clock_ahead()

    def _told(self) -> Mapping[str, Any]:
        told = self.wire.ask("GET", _path(*self._webhook())).fields
        if not _is_id(told.get("id")):
            raise Unavailable(f"{self.wire.base} did not say what webhook this is")
        return told

    def _webhook(self) -> tuple[str, str]:
        """The webhook's id and its token. Raises Unauthorized."""
        found = WEBHOOK.fullmatch(self._premises.credentials.get().get("url", "").strip())
        if found is None:
            raise Unauthorized(
                "what is kept is not the address of a webhook, as in https://discord.com/api/webhooks/123/abc: copy it "
                f"again in Discord, then `bot connect {self._name}`"
            )
        return found[1], found[2]

    def _scrub(self, text: str) -> str:
        """Also the half of the address that is the secret."""
        try:
            _, token = self._webhook()
        except Unauthorized:
            token = ""
        known = self._premises.credentials.scrub(text)
        return known.replace(token, "…") if token else known


def _path(webhook: str, token: str) -> str:
    return f"/api/v10/webhooks/{webhook}/{token}"


def _is_id(told: object) -> bool:
    return isinstance(told, str) and re.fullmatch(r"[0-9]{1,20}", told) is not None
