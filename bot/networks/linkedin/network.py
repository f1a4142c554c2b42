"""The three verbs on LinkedIn: pictures are uploaded unseen, one call posts; only a page's own list tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import ClassVar
from urllib.parse import unquote

from bot.errors import CannotTell, Rejected, Unavailable, Unconfirmed
from bot.model import Account, Handles, Message, Part, Receipt
from bot.networks.base import Ask, Identity, Premises
from bot.networks.facts import limits_from_facts
from bot.networks.http import Manners, Wire
from bot.networks.linkedin import posts
from bot.networks.linkedin.access import ASKS, HELP, MEMBER, ORGANISATION
from bot.networks.linkedin.pictures import UPLOADS, Pictures
from bot.networks.linkedin.refusals import Gone, judge_for, words_of
from bot.networks.oauth import Bearer, Code, Door, Grant
from bot.networks.receipts import id_in
from bot.networks.settings import one_of, wrong_with, wrong_with_address

API, VERSION = "https://api.linkedin.com", "202605"
"""The latest whose description we have read; LinkedIn keeps each for a year at least."""
KEPT = timedelta(hours=12)
PAGE, PAGES = 100, 20
A_MINUTE = timedelta(minutes=1)
ACTIVITY = "https://www.linkedin.com/in/me/recent-activity/all/"
AUTHOR = re.compile(r"me|(?:urn:li:organization:)?[0-9]+")
SETTINGS = {
    "author": lambda name: "" if AUTHOR.fullmatch(name) else 'write "me", or the number of your organisation\'s page',
    "version": lambda month: "" if re.fullmatch(r"20[0-9]{2}(0[1-9]|1[0-2])", month) else "a month, as in 202605",
    "server": wrong_with_address,
    "link": one_of("true", "false"),
}


class LinkedIn:
    """A member's profile, or an organisation's page."""

    limits = limits_from_facts("linkedin")
    asks: ClassVar[tuple[Ask, ...]] = ASKS
    help: ClassVar[str] = HELP
    grant: ClassVar[Grant] = MEMBER

    @staticmethod
    def grant_for(settings: Mapping[str, str]) -> Grant:
        """What is asked for depends on who speaks: LinkedIn refuses an app that asks for what it was not given."""
        return MEMBER if settings.get("author", "me") == "me" else ORGANISATION

    @staticmethod
    def check_settings(settings: Mapping[str, str]) -> list[str]:
        """Everything that is wrong with an account's settings."""
        return wrong_with("linkedin", settings, SETTINGS)

    def __init__(self, account: Account, premises: Premises) -> None:
        self.limits, self._premises = premises.limits, premises
        number = account.settings.get("author", "me").rpartition(":")[2]
        self._page = "" if number == "me" else f"urn:li:organization:{number}"
        self._door = Door(self.grant_for(account.settings), account, premises)
        self._version, self._signed = account.settings.get("version") or VERSION, Bearer(account, premises)
        server = account.settings.get("server", "")
        self.wire, uploads = (self._wire_to(account, server or host) for host in (API, UPLOADS))
        self._pictures = Pictures(self.wire, uploads, anywhere=bool(server), may_look=bool(self._page))

    def prepare(self, message: Message) -> Handles:
        """Upload the pictures, seen by nobody, and wait until they can be shown."""
        author, every = self._author(), {f"{p.n}-{n}": media for p in message.parts for n, media in enumerate(p.media)}
        images = self._pictures.upload(author, {place: self._premises.picture(m.sha256) for place, m in every.items()})
        return Handles({"author": author, **images}, self._premises.now() + KEPT)

    def publish(self, part: Part, message: Message, handles: Handles, key: str, after: Receipt | None) -> Receipt:
        """One post. Raises Taken where LinkedIn says that it has it, naming which: that may also be a deleted one."""
        images = [handles.values[f"{part.n}-{n}"] for n in range(len(part.media))]
        answer = self.wire.commit("POST", "/rest/posts", json=posts.body(handles.values["author"], part, images))
        urn = unquote(answer.headers.get("x-restli-id", ""))
        if not posts.NEW.fullmatch(urn):
            raise Unconfirmed(f"{self.wire.base} took the post, but did not name it")
        return posts.receipt_of(urn, self._premises.now())

    def find(
        self, part: Part, message: Message, handles: tuple[Handles, ...], key: str, since: datetime
    ) -> Receipt | None:
        """Look among the page's posts for the pictures of any attempt, or for the words; nobody may at a member's."""
        if not self._page:
            raise CannotTell(
                f'LinkedIn lets no app see what a member posted: look at {ACTIVITY} whether "{message.title}" is there'
            )
        names = [f"{part.n}-{n}" for n in range(len(part.media))]
        ours = {attempt.values[name] for attempt in handles for name in names if name in attempt.values}
        if not ours and not part.text.strip():
            raise CannotTell(f'without words, only a person can tell whether "{message.post}" is on LinkedIn')
        for post in self._posted(since):
            if ours & set(posts.pictures_in(post)) if ours else posts.says(post, part.text):
                return posts.receipt_of(str(post["id"]), posts.made_at(post) or since)
        return None

    def retract(self, receipt: Receipt) -> None:
        """Delete the post."""
        path = f"/rest/posts/{posts.quoted(id_in(receipt, posts.ENDING))}"
        with suppress(Gone):
            self.wire.ask("DELETE", path, headers={"X-RestLi-Method": "DELETE"})

    def measure(self, receipt: Receipt) -> Mapping[str, int]:
        """What LinkedIn counts, for an organisation's page; of a member's posts it tells us nothing."""
        if not self._page:
            return {}
        asked = posts.figures_question(self._page, id_in(receipt, posts.ENDING))
        return posts.figures_in(self.wire.ask("GET", f"/rest/organizationalEntityShareStatistics?{asked}").fields)

    def identify(self) -> Identity:
        """The member, or the organisation's page."""
        if self._page:
            number = self._page.rpartition(":")[2]
            page = self.wire.ask("GET", f"/rest/organizations/{number}").fields
            name = str(page.get("localizedName") or number)
            return Identity(self._page, name, f"https://www.linkedin.com/company/{page.get('vanityName') or number}/")
        me = self.wire.ask("GET", "/v2/userinfo").fields
        if not isinstance(me.get("sub"), str) or not me["sub"]:
            raise Unavailable(f"{self.wire.base} did not say whose access this is")
        return Identity(me["sub"], str(me.get("name") or me["sub"]), ACTIVITY, keep={"member": me["sub"]})

    def clock_ahead(self) -> timedelta | None:
        """How far our clock is ahead of LinkedIn's."""
        return self.wire.clock_ahead()

    def sign_in(self, code: Code) -> Mapping[str, str]:
        """The token that a person's yes is worth, for sixty days; LinkedIn lets nobody renew it but her."""
        kept = self._door.trade(code)
        return {**kept, "ends_at": kept["expires_at"]} if "expires_at" in kept else kept

    def _wire_to(self, account: Account, base: str) -> Wire:
        judge = judge_for(account.name, self._version, self._premises.now)
        wire = Wire(
            base,
            timeout=self.limits.timeout,
            now=self._premises.now,
            manners=Manners(said=words_of, judge=judge, empty_is_well=True),
            scrub=self._premises.credentials.scrub,
        )
        wire.session.headers.update({"LinkedIn-Version": self._version, "X-Restli-Protocol-Version": "2.0.0"})
        wire.session.auth = self._signed
        return wire

    def _author(self) -> str:
        """Who speaks, by URN."""
        kept = self._premises.credentials.get()
        return self._page or f"urn:li:person:{kept.get('member') or self.identify().id}"

    def _posted(self, since: datetime) -> Iterator[posts.Post]:
        """The page's posts since then, newest first. Raises Unavailable or CannotTell where that is not all of them."""
        path = f"/rest/posts?q=author&author={posts.quoted(self._page)}&sortBy=CREATED&count={PAGE}"
        for start in range(0, PAGE * PAGES, PAGE):
            try:
                page = self.wire.ask("GET", f"{path}&start={start}").fields.get("elements")
            except Rejected as error:
                raise Unavailable(f"cannot look: {error}") from error
            if not isinstance(page, list) or not all(isinstance(one, dict) and one.get("id") for one in page):
                raise Unavailable(f"{self.wire.base} answered, but not with posts")
            first = since - A_MINUTE - max(self.wire.clock_ahead() or timedelta(0), timedelta(0))
            new = [post for post in page if (posts.made_at(post) or since) >= first]
            yield from new
            if not new:
                return
        raise CannotTell(f"more than {PAGE * PAGES:,} posts since then: look for it on your page on LinkedIn")
