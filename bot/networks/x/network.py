"""The three verbs on X: pictures and their alt texts go first, one call posts, our own timeline tells what is live."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from bot.errors import CannotTell, NetworkError, Rejected, Unavailable, Unconfirmed
from bot.model import Account, Handles, Media, Message, Part, Receipt
from bot.networks.base import Ask, Identity, Premises
from bot.networks.facts import limits_from_facts
from bot.networks.http import Manners, Wire
from bot.networks.receipts import id_in
from bot.networks.settings import one_of, wrong_with, wrong_with_address
from bot.networks.x.refusals import Gone, SameWords, judge_for, words_of
from bot.networks.x.signed import Signed, Signer, is_id
from bot.networks.x.timeline import ENDING, Timeline, handle_of, media_keys, place, receipt_of, shows
from bot.networks.x.words import says

SERVER = "https://api.x.com"
CALLS, LEAST = 3, timedelta(seconds=4)
"""What a publish asks for at most (the post; whose keys these are, our posts), and what each is given at least."""
AN_HOUR = timedelta(hours=1)
"""Nothing that we may still be looking for is older."""


class X:
    """One account on X: signed with its own four keys, which never expire."""

    limits = limits_from_facts("x")
    asks = (
        Ask("api_key", "API key (X also calls it consumer key)"),
        Ask("api_secret", "API key secret"),
        Ask("access_token", "Access token"),
        Ask("access_secret", "Access token secret"),
    )
    help = (
        "On console.x.com, signed in as the account that will speak: make an app and choose Read and write in its "
        'user authentication settings. Then, under "Keys and tokens", generate the API key and the access token '
        "(again, if they are older than that choice). Posts are paid from the credits that you buy there."
    )
    how = "On x.com, signed in as this account: Settings > Your account > Account information > Automation."

    @staticmethod
    def check_settings(settings: Mapping[str, str]) -> list[str]:
        """Everything that is wrong with an account's settings."""
        return wrong_with("x", settings, {"server": wrong_with_address, "link": one_of("true", "false")})

    def __init__(self, account: Account, premises: Premises) -> None:
        self.limits = premises.limits
        self.wire = Wire(
            account.settings.get("server") or SERVER,
            timeout=max(premises.limits.timeout / CALLS, LEAST),
            now=premises.now,
            manners=Manners("x-rate-limit-reset", words_of, judge_for(account.name)),
            scrub=premises.credentials.scrub,
        )
        self._premises = premises
        self._signer = Signer(account.name, self.wire, premises.credentials)
        self._timeline = Timeline(self._signer, premises.now)

    def prepare(self, message: Message) -> Handles:
        """Upload the pictures, each with its alt text."""
        signed, start = self._signer.now(), self._premises.now()
        every = {place(part, n): media for part in message.parts for n, media in enumerate(part.media)}
        told = {where: self._upload(media, signed) for where, media in every.items()}
        lives = min((seconds for _, seconds in told.values()), default=0)
        names = {where: name for where, (name, _) in told.items()}
        return Handles(names, start + timedelta(seconds=lives) if names else None)

    def publish(self, part: Part, message: Message, handles: Handles, key: str, after: Receipt | None) -> Receipt:
        """Post it, as an answer to the part before; words that X has already are looked for at once."""
        media_ids = [handles.values[place(part, n)].split()[0] for n in range(len(part.media))]
        before = id_in(after, ENDING) if after else ""
        try:
            told = self._signer.now().client.create_tweet(
                text=part.text or None, media_ids=media_ids or None, in_reply_to_tweet_id=before or None
            )
        except SameWords as refusal:
            return self._said_before(part, handles, before, refusal)
        post = told.get("data")
        if not isinstance(post, dict) or not is_id(post.get("id")):
            raise Unconfirmed(f"{self.wire.base} took the post, but did not name it")
        return receipt_of(post)

    def find(
        self, part: Part, message: Message, handles: tuple[Handles, ...], key: str, since: datetime
    ) -> Receipt | None:
        """Look through our timeline: by the keys of the pictures, which no other post has; else by the words."""
        keys = media_keys(part, handles)
        if not keys and not part.text.strip():
            raise CannotTell(f'without words, only a person can tell whether "{message.post}" is on X')
        for post in self._timeline.since(since, shared=not handles):  # a new ledger asks for a whole season at once
            if shows(post, keys) if keys else says(post, part.text):
                return receipt_of(post)
        return None

    def retract(self, receipt: Receipt) -> None:
        """Delete the post."""
        with suppress(Gone):
            self.wire.ask("DELETE", f"/2/tweets/{id_in(receipt, ENDING)}", auth=self._signer.now().auth)

    def identify(self) -> Identity:
        """Whose keys these are; X does not tell whether the account calls itself automated."""
        me = self._signer.now().client.get_me().get("data")
        if not isinstance(me, dict) or not is_id(me.get("id")) or not me.get("username"):
            raise Unavailable(f"{self.wire.base} did not say whose keys these are")
        number, name = str(me["id"]), str(me["username"])
        return Identity(number, f"@{name}", f"https://x.com/{name}", keep={"user_id": number})

    def clock_ahead(self) -> timedelta | None:
        """How far our clock is ahead of X's."""
        return self.wire.clock_ahead()

    def label(self) -> bool:
        """Only a person can."""
        return False

    def _said_before(self, part: Part, handles: Handles, before: str, refusal: SameWords) -> Receipt:
        """The Receipt of this very part where it is live already; Rejected where an older post has its words."""
        try:
            posts = self._timeline.newest()
        except NetworkError as error:
            raise SameWords(f"{refusal}; which post that is cannot be seen now: {error}") from error
        keys = media_keys(part, (handles,))
        if ours := next((post for post in posts if shows(post, keys)), None):
            return receipt_of(ours)
        same = next((receipt_of(post) for post in posts if says(post, part.text)), None)
        if same is None:
            raise refusal
        if before and not keys and int(same.remote_id) > int(before):  # nobody but us goes on with our thread
            return same
        is_older = before and int(same.remote_id) <= int(before)
        if is_older or same.at < self._premises.now() - AN_HOUR:
            raise Rejected(f"{refusal}: the same words are already out at {same.url}; change them")
        raise SameWords(f"{refusal}: perhaps it is {same.url}")

    def _upload(self, media: Media, signed: Signed) -> tuple[str, int]:
        file = (f"{media.sha256}.jpg", self._premises.picture(media.sha256), media.mime)
        form = {"files": {"media": file}, "data": {"media_category": "tweet_image"}}
        told = self.wire.ask("POST", "/2/media/upload", auth=signed.auth, **form).fields.get("data")
        if not isinstance(told, dict) or not is_id(told.get("id")):
            raise Unavailable(f"{self.wire.base} took a picture, but did not name it")
        if media.alt.strip():
            alt = {"id": str(told["id"]), "metadata": {"alt_text": {"text": media.alt}}}
            self.wire.ask("POST", "/2/media/metadata", auth=signed.auth, json=alt)
        return handle_of(told)
