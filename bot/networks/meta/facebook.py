"""The three verbs on a Facebook Page: photos are uploaded unseen, one call posts, the Page's own posts tell."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, ClassVar

from bot.errors import Rejected, Unavailable, Unconfirmed
from bot.model import Account, Handles, Media, Message, Part, Receipt
from bot.networks.base import Ask, Identity, Premises
from bot.networks.facts import limits_from_facts
from bot.networks.meta import graph
from bot.networks.meta.login import FACEBOOK, Login
from bot.networks.meta.posts import is_id, made_at, photos_in, posted, says
from bot.networks.oauth import Code
from bot.networks.receipts import id_in
from bot.networks.settings import one_of, wrong_with, wrong_with_address

KEPT = timedelta(hours=20)
"""How long an unpublished photo waits (Meta: some 24 hours)."""
ENDING = r"/([0-9]+_[0-9]+)$"
MEASURED = {"views": "post_media_view", "reach": "post_total_media_view_unique", "clicks": "post_clicks"}
COUNTED = "shares,reactions.limit(0).summary(total_count),comments.limit(0).summary(total_count)"
COUNTS = {
    "likes": ("reactions", "summary", "total_count"),
    "comments": ("comments", "summary", "total_count"),
    "shares": ("shares", "count"),
}
SETTINGS = {
    "page": lambda value: "" if value.isdecimal() else "only its number",
    "version": graph.wrong_with_version,
    "server": wrong_with_address,
    "link": one_of("true", "false"),
}


class Facebook:
    """One Page, spoken for with its own token, which does not run out."""

    limits = limits_from_facts("facebook")
    asks: ClassVar = (Ask("client_id", "Your Meta app's ID"), Ask("client_secret", "Your Meta app's secret"))
    help: ClassVar = (
        "At developers.facebook.com: My Apps > Create App > Manage everything on your Page. Add http://localhost:8721/ "
        "to its valid redirect addresses, and copy ID and secret from App settings > Basic. Switch the app to Live: "
        "what it posts before is seen by nobody but you."
    )
    grant: ClassVar = FACEBOOK
    choice: ClassVar = "page"

    @staticmethod
    def check_settings(settings: Mapping[str, str]) -> list[str]:
        """Everything that is wrong with an account's settings."""
        return wrong_with("facebook", settings, SETTINGS)

    def __init__(self, account: Account, premises: Premises) -> None:
        self.limits, self._premises = premises.limits, premises
        self._page, self._root = account.settings.get("page", ""), f"/{graph.version_of(account)}"
        self.wire = graph.wire_to("https://graph.facebook.com", account, premises)
        self._login = Login(account, premises, self.wire, self._root)
        self.wire.session.auth = self._login

    def sign_in(self, code: Code) -> Mapping[str, str]:
        """A token of the person's; that of the Page is fetched with it."""
        return self._login.trade(code)

    def choices(self) -> Sequence[tuple[str, str]]:
        """The Pages for which the person may post."""
        return [(str(page["id"]), str(page["name"])) for page in self._login.pages()]

    def prepare(self, message: Message) -> Handles:
        """Upload the pictures, seen by nobody, each with its alt text."""
        every = {f"{part.n}-{n}": media for part in message.parts for n, media in enumerate(part.media)}
        ids = {place: self._upload(media) for place, media in every.items()}
        return Handles(ids, self._premises.now() + KEPT if ids else None)

    def publish(self, part: Part, message: Message, handles: Handles, key: str, after: Receipt | None) -> Receipt:
        """One post that shows them."""
        form = {"message": part.text} if part.text else {}
        for n in range(len(part.media)):
            form[f"attached_media[{n}]"] = json.dumps({"media_fbid": handles.values[f"{part.n}-{n}"]})
        told = self.wire.commit("POST", f"{self._root}/{self._known()}/feed", data=form).fields
        if not is_id(told.get("id")):
            raise Unconfirmed("Facebook took the post, but did not name it")
        return _receipt(str(told["id"]), self._premises.now())

    def find(
        self, part: Part, message: Message, handles: tuple[Handles, ...], key: str, since: datetime
    ) -> Receipt | None:
        """Look among the Page's posts for a photo of any attempt, or for the words."""
        names = [f"{part.n}-{n}" for n in range(len(part.media))]
        ours = {attempt.values[name] for attempt in handles for name in names if name in attempt.values}
        for post in posted(self.wire, f"{self._root}/{self._known()}/published_posts", since):
            if ours & photos_in(post) if ours else part.text.strip() and says(post, part.text):
                return _receipt(str(post["id"]), made_at(post))
        return None

    def retract(self, receipt: Receipt) -> None:
        """Delete the post."""
        with suppress(graph.Gone):
            self.wire.ask("DELETE", f"{self._root}/{id_in(receipt, ENDING)}")

    def measure(self, receipt: Receipt) -> Mapping[str, int]:
        """Figure by figure: one that Meta has given up fails alone."""
        found, here = dict[str, Any](), f"{self._root}/{id_in(receipt, ENDING)}"
        for name, metric in MEASURED.items():
            with suppress(Rejected):
                told = self.wire.ask("GET", f"{here}/insights", params={"metric": metric}).fields
                found[name] = _inside(told, "data", 0, "values", 0, "value")
        with suppress(Rejected):
            post = self.wire.ask("GET", here, params={"fields": COUNTED}).fields
            found |= {name: _inside(post, *way) for name, way in COUNTS.items()}
        return {name: value for name, value in found.items() if type(value) is int}

    def identify(self) -> Identity:
        """The Page, by its own token."""
        page, keep = self._login.page(self._page)
        if not (is_id(page.get("id")) and page.get("name")):
            raise Unavailable("Facebook did not say which Page that is")
        return Identity(str(page["id"]), str(page["name"]), f"https://www.facebook.com/{page['id']}", keep=keep)

    def _upload(self, media: Media) -> str:
        file = {"source": (f"{media.sha256}.jpg", self._premises.picture(media.sha256), media.mime)}
        form = {"published": "false", "alt_text_custom": media.alt}
        told = self.wire.ask("POST", f"{self._root}/{self._known()}/photos", files=file, data=form).fields
        if not is_id(told.get("id")):
            raise Unavailable("Facebook took a picture, but did not name it")
        return str(told["id"])

    def _known(self) -> str:
        if not self._page:
            raise Rejected('which Page? Write page = "its number" below the account in config.toml')
        return self._page


def _receipt(number: str, at: datetime) -> Receipt:
    return Receipt(number, f"https://www.facebook.com/{number}", at)


def _inside(told: Any, *names: str | int) -> Any:
    """What is in there; None where it is not there."""
    try:
        for name in names:
            told = told[name]
    except (KeyError, IndexError, TypeError):
        return None
    return told
