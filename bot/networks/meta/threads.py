"""The three verbs on Threads: what waits in containers is published once; what goes on answers the part before."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from bot.errors import Unavailable
from bot.model import Account, Handles, Message, Part, Receipt
from bot.networks.base import Ask, Identity, Premises
from bot.networks.facts import limits_from_facts
from bot.networks.meta import graph
from bot.networks.meta.containers import KEPT, Containers
from bot.networks.meta.shown import Edges, Shown
from bot.networks.meta.sixty import Sixty
from bot.networks.oauth import Grant
from bot.networks.settings import one_of, wrong_with, wrong_with_address
from bot.written import plain

HOST, ROOT = "https://graph.threads.net", "/v1.0"
EDGES = Edges(
    name="Threads",
    make="threads",
    publish="threads_publish",
    quota="threads_publishing_limit",
    posted=("threads", "replies"),
    status="status",
    why="error_message",
    words="text",
    picture={"media_type": "IMAGE"},
)
MEASURED = {"views": "views", "likes": "likes", "comments": "replies", "shares": "shares"}
GRANT = Grant(
    authorize="https://threads.net/oauth/authorize",
    token=f"{HOST}/oauth/access_token",
    scopes={
        "threads_basic": "to show you whose account it is, and to look whether a post is out",
        "threads_content_publish": "to post",
        "threads_manage_replies": "to go on in a thread: each further part answers the one before",
        "threads_read_replies": "to look whether such a part is out, and never send it twice",
        "threads_manage_insights": "to show you how a post is doing",
        "threads_delete": "to take a post down that you take back",
    },
    pkce=False,
    joined=",",
    redirect="https://localhost/",
)


class Threads:
    """One account, by a token of sixty days that is renewed ahead of time."""

    limits = limits_from_facts("threads")
    grant: ClassVar = GRANT
    asks: ClassVar = (Ask("client_id", "Your Threads app's ID"), Ask("client_secret", "Your Threads app's secret"))
    help: ClassVar = (
        "At developers.facebook.com: My Apps > Create App > Access the Threads API. In its settings add "
        "https://localhost/ as redirect address, and yourself as Threads tester; say yes to that in Threads (Settings "
        "> Website permissions > Invites). Copy the Threads app ID and secret, which are not those of the app itself."
    )

    @staticmethod
    def check_settings(settings: Mapping[str, str]) -> list[str]:
        """Everything that is wrong with an account's settings."""
        return wrong_with("threads", settings, {"server": wrong_with_address, "link": one_of("true", "false")})

    def __init__(self, account: Account, premises: Premises) -> None:
        self.limits, self._premises = premises.limits, premises
        quick = replace(premises, limits=replace(premises.limits, timeout=premises.limits.timeout / 4))
        self.wire = graph.wire_to(HOST, account, quick)
        self._access = Sixty(self.grant, "th", account, quick, self.wire)
        self.wire.session.auth = self._access.signed
        self._shown = Shown(self.wire, premises, EDGES, ROOT, lambda: self.identify().id)
        self._containers = Containers(premises, EDGES, self._shown)
        self.sign_in, self.renew = self._access.trade, self._access.renew

    def prepare(self, message: Message) -> Handles:
        """A container for the first part; a further one can only be made once it has something to answer."""
        ends, first = self._premises.now() + KEPT, message.parts[0]
        return Handles({"0": self._containers.make({"text": first.text}, first.media)}, ends)

    def publish(self, part: Part, message: Message, handles: Handles, key: str, after: Receipt | None) -> Receipt:
        """Publish what waits, or what answers the part before."""
        if after is None:
            return self._containers.publish(handles.values["0"])
        return self._containers.answer({"text": part.text, "reply_to_id": self._shown.id_of(after)}, part.media)

    def find(
        self, part: Part, message: Message, handles: tuple[Handles, ...], key: str, since: datetime
    ) -> Receipt | None:
        """By the containers of all attempts; where there are none, by the words."""
        ours = [attempt.values[str(part.n)] for attempt in handles if str(part.n) in attempt.values]
        return self._containers.find(part, ours, since)

    def retract(self, receipt: Receipt) -> None:
        """Delete the post; Threads allows a hundred a day."""
        with suppress(graph.Gone):
            self.wire.ask("DELETE", f"{ROOT}/{self._shown.id_of(receipt)}")

    def measure(self, receipt: Receipt) -> Mapping[str, int]:
        """How the post is doing."""
        return graph.measured(self.wire, f"{ROOT}/{self._shown.id_of(receipt)}", MEASURED)

    def identify(self) -> Identity:
        """Whose token it is."""
        told = self.wire.ask("GET", f"{ROOT}/me", params={"fields": "id,username"}).fields
        number, name = str(told.get("id") or ""), plain(str(told.get("username") or ""))
        if not (number.isdecimal() and name):
            raise Unavailable("Threads does not say whose token it is")
        return Identity(number, f"@{name}", f"https://www.threads.net/@{name}", keep={"account_id": number})
