"""The three verbs of a Telegram bot in a channel (Bot API 10.1, 2026-06-11); looking back is not among them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, ClassVar

from bot.errors import CannotTell, Rejected, Unauthorized, Unconfirmed
from bot.model import Account, Handles, Message, Part, Receipt
from bot.networks.base import Ask, Identity, Premises
from bot.networks.facts import limits_from_facts
from bot.networks.http import Manners, Wire
from bot.networks.receipts import id_in
from bot.networks.settings import one_of, wrong_with, wrong_with_address
from bot.networks.telegram.answers import Gone, judge_for, receipt_of, words_of

TOKEN = re.compile(r"[0-9]{4,20}:[A-Za-z0-9_-]{20,100}")
CHAT = re.compile(r"@[A-Za-z]\w{3,31}|-?[0-9]{1,20}")
ENDING = r"/([0-9]+)$"
NO_ACCESS = re.compile(
    r"chat not found|not enough rights|need administrator|kicked|not a member|upgraded", re.IGNORECASE
)
SETTINGS = {
    "chat": lambda value: "" if CHAT.fullmatch(value) else "write it as @yourchannel, or as its number",
    "server": wrong_with_address,
    "link": one_of("true", "false"),
}


class Telegram:
    """A bot that may post in one channel."""

    limits = limits_from_facts("telegram")
    asks: ClassVar = (
        Ask("chat", "Your channel, as in @quietfeet", secret=False),
        Ask("token", "The bot's token, as in 123456:ABC-DEF"),
    )
    help: ClassVar = (
        "In Telegram, write /newbot to @BotFather, and copy the token that it gives you. Then open your channel: "
        "Administrators > Add, choose the bot, and let it post messages."
    )

    @staticmethod
    def check_settings(settings: Mapping[str, str]) -> list[str]:
        """Everything that is wrong with an account's settings."""
        return wrong_with("telegram", settings, SETTINGS, needed=("chat",))

    def __init__(self, account: Account, premises: Premises) -> None:
        self.limits, self._premises, self._account = premises.limits, premises, account
        self._chat = account.settings["chat"]
        self.wire = Wire(
            account.settings.get("server") or "https://api.telegram.org",
            timeout=premises.limits.timeout,
            now=premises.now,
            manners=Manners(said=words_of, judge=judge_for(account, self._chat, premises.now)),
            scrub=premises.credentials.scrub,
        )

    def prepare(self, message: Message) -> Handles:
        """There is nothing to upload: a picture goes with its message. The token is looked at before anything is."""
        self._path("getMe")
        return Handles()

    def publish(self, part: Part, message: Message, handles: Handles, key: str, after: Receipt | None) -> Receipt:
        """One message, or one album whose first picture has the words; a later part answers the one before."""
        form = {"chat_id": self._chat}
        if after:
            before = {"message_id": int(id_in(after, ENDING).split(",")[0]), "allow_sending_without_reply": True}
            form["reply_parameters"] = json.dumps(before)
        files = {
            f"p{n}": (f"{n}.jpg", self._premises.picture(one.sha256), one.mime) for n, one in enumerate(part.media)
        }
        if not files:
            told = self._send("sendMessage", {**form, "text": part.text})
        elif len(files) == 1:
            told = self._send("sendPhoto", {**form, "caption": part.text}, {"photo": files["p0"]})
        else:
            album = [{"type": "photo", "media": f"attach://{name}"} for name in files]
            album[0]["caption"] = part.text
            told = self._send("sendMediaGroup", {**form, "media": json.dumps(album)}, files)
        return receipt_of(told if isinstance(told, list) else [told])

    def find(
        self, part: Part, message: Message, handles: tuple[Handles, ...], key: str, since: datetime
    ) -> Receipt | None:
        """Nobody but a person can look."""
        where = f"https://t.me/{self._chat[1:]}" if self._chat.startswith("@") else "your channel"
        raise CannotTell(f'Telegram lets no bot look back: look at {where} whether "{message.title}" is there')

    def retract(self, receipt: Receipt) -> None:
        """Delete the message, or every picture of the album; Telegram allows it for 48 hours."""
        for number in id_in(receipt, ENDING).split(","):
            with suppress(Gone):
                self._ask("deleteMessage", {"chat_id": self._chat, "message_id": number})

    def identify(self) -> Identity:
        """The channel, and whether the bot may post there."""
        me, chat = self._ask("getMe"), self._ask("getChat", {"chat_id": self._chat})
        bot = self._ask("getChatMember", {"chat_id": self._chat, "user_id": str(me.get("id"))})
        title, is_channel = str(chat.get("title") or chat.get("username") or self._chat), chat.get("type") == "channel"
        may = bot.get("status") == "creator" or bool(bot.get("can_post_messages"))
        if bot.get("status") in {"left", "kicked"} or (is_channel and not may):
            raise Rejected(
                f"@{me.get('username')} may not post in {title}: make it an administrator that posts messages"
            )
        url = f"https://t.me/{chat['username']}" if chat.get("username") else "https://t.me/"
        return Identity(f"{me.get('id')}@{chat.get('id')}", title, url, automated=True)

    def _send(self, method: str, form: Mapping[str, str], files: Mapping[str, Any] | None = None) -> Any:
        told = self.wire.commit(
            "POST", self._path(method), data={k: v for k, v in form.items() if v}, files=files
        ).fields
        if told.get("ok") is not True:
            raise Unconfirmed("Telegram took the message, but did not say so")
        return told.get("result")

    def _ask(self, method: str, form: Mapping[str, str] | None = None) -> Mapping[str, Any]:
        told = self.wire.ask("POST", self._path(method), data=form).fields.get("result")
        return told if isinstance(told, dict) else {}

    def _path(self, method: str) -> str:
        """The token is part of the address: it is never shown."""
        token = self._premises.credentials.get().get("token", "")
        if not TOKEN.fullmatch(token):
            raise Unauthorized(f"the bot's token is missing, or not whole: `bot connect {self._account.name}`")
        return f"/bot{token}/{method}"
