"""The three verbs on Instagram: what waits in a container is published once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from bot.errors import Rejected
from bot.model import Account, Handles, Message, Part, Receipt
from bot.networks.base import Ask, Identity, Premises
from bot.networks.facts import limits_from_facts
from bot.networks.meta import graph
from bot.networks.meta.containers import KEPT, Containers
from bot.networks.meta.professional import GRANTS, ByFacebook, ByInstagram
from bot.networks.meta.shown import Edges, Shown
from bot.networks.oauth import Code, Grant
from bot.networks.settings import one_of, wrong_with, wrong_with_address

NARROWEST, WIDEST = 0.8, 1.91
"""Width by height of a picture in the feed: 4:5 to 1.91:1."""
MOST_TAGS = 30
EDGES = Edges(
    name="Instagram",
    make="media",
    publish="media_publish",
    quota="content_publishing_limit",
    posted=("media",),
    status="status_code",
    why="status",
    words="caption",
    picture={},
)
MEASURED = {name: name for name in ("views", "reach", "likes", "comments", "shares")} | {"saves": "saved"}
SETTINGS = {
    "login": one_of(*GRANTS),
    "account": lambda value: "" if value.isdecimal() else "only its number",
    "tags": lambda value: "" if value.isdecimal() and 0 < int(value) <= MOST_TAGS else f"1 to {MOST_TAGS}",
    "version": graph.wrong_with_version,
    "server": wrong_with_address,
}


class Instagram:
    """One professional account (business or creator), by either login."""

    limits = limits_from_facts("instagram")
    grant: ClassVar = GRANTS["instagram"]
    choice: ClassVar = "account"
    by_hand: ClassVar = "in the Instagram app: open the post, tap the three dots, Delete"
    asks: ClassVar = (Ask("client_id", "Your app's ID"), Ask("client_secret", "Your app's secret"))
    help: ClassVar = (
        "At developers.facebook.com: My Apps > Create App > Manage messaging & content on Instagram > API setup with "
        "Instagram login. Add https://localhost/ as redirect address, and copy the Instagram app ID and secret. Your "
        "account on Instagram must be a business or creator account."
    )

    @staticmethod
    def check_settings(settings: Mapping[str, str]) -> list[str]:
        """Everything that is wrong with an account's settings."""
        return wrong_with("instagram", settings, SETTINGS)

    @staticmethod
    def grant_for(settings: Mapping[str, str]) -> Grant:
        """What a person says yes to, by the login that her account names."""
        return GRANTS[settings.get("login") or "instagram"]

    def __init__(self, account: Account, premises: Premises) -> None:
        self.limits, self._premises, self._tags = premises.limits, premises, account.settings.get("tags", "")
        quick = replace(premises, limits=replace(premises.limits, timeout=premises.limits.timeout / 4))
        by = ByFacebook if account.settings.get("login") == "facebook" else ByInstagram
        self._access, self._root = by(account, quick), f"/{graph.version_of(account)}"
        self.wire = self._access.wire
        self._shown = Shown(self.wire, premises, EDGES, self._root, lambda: self._access.identify().id)
        self._containers = Containers(premises, EDGES, self._shown)

    def sign_in(self, code: Code) -> Mapping[str, str]:
        """The secrets that her yes is worth."""
        return self._access.sign_in(code)

    def choices(self) -> Sequence[tuple[str, str]]:
        """The accounts for which she may post."""
        return self._access.choices()

    def renew(self) -> None:
        """Renew the access where it is time."""
        self._access.renew()

    def announced(self) -> Mapping[str, int]:
        """How many hashtags: Instagram's two answers differ, so the owner may choose."""
        return {"tags_max": int(self._tags)} if self._tags else {}

    def prepare(self, message: Message) -> Handles:
        """A container with the pictures, which Instagram fetches, and the caption."""
        (part,), ends = message.parts, self._premises.now() + KEPT
        for number, one in enumerate(part.media, start=1):
            if one.mime != "image/jpeg":
                raise Rejected(f"picture {number} is {one.mime}: Instagram takes JPEG only")
            if not NARROWEST <= round(one.width / one.height, 2) <= WIDEST:
                size = f"{one.width}x{one.height}"
                raise Rejected(f"picture {number} is {size}: Instagram takes 4:5 to 1.91:1, such as 1080x1350")
        return Handles({"0": self._containers.make({"caption": part.text}, part.media)}, ends)

    def publish(self, part: Part, message: Message, handles: Handles, key: str, after: Receipt | None) -> Receipt:
        """Publish the container."""
        return self._containers.publish(handles.values["0"])

    def find(
        self, part: Part, message: Message, handles: tuple[Handles, ...], key: str, since: datetime
    ) -> Receipt | None:
        """By the containers of all attempts; where there are none, by the caption."""
        return self._containers.find(part, [one.values["0"] for one in handles if "0" in one.values], since)

    def measure(self, receipt: Receipt) -> Mapping[str, int]:
        """How the post is doing."""
        return graph.measured(self.wire, f"{self._root}/{self._shown.id_of(receipt)}", MEASURED)

    def identify(self) -> Identity:
        """Whose access it is."""
        return self._access.identify()
