"""The network `bluesky`: a post is a record in our own repository, under a key that we choose before we try."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar

from bot.errors import HandlesGone, Rejected, Unavailable
from bot.model import Account, Handles, Message, Part, Receipt
from bot.networks.base import Ask, Identity, Premises
from bot.networks.bluesky import records, richtext
from bot.networks.bluesky.pictures import OLD_MOST, Pictures
from bot.networks.bluesky.records import POST, PROFILE
from bot.networks.bluesky.refusals import Refused
from bot.networks.bluesky.repository import Record, Repository
from bot.networks.bluesky.session import ENTRYWAY, Sessions
from bot.networks.bluesky.settings import check_settings
from bot.networks.facts import limits_from_facts
from bot.networks.receipts import id_in

CALLS = 8
"""What a publish asks for at most: a read, a commit, a renewal (two), the commit again, an upload, a commit, a read."""
LEAST = timedelta(seconds=4)
"""What each of these is given at least: with less it would be given up for nothing."""
LIVES = timedelta(minutes=10)
"""How long an uploaded picture lives before a post shows it, we trust."""


class Bluesky:
    """One account on Bluesky, or on any server of the AT Protocol. Safe to use from several threads."""

    limits = limits_from_facts("bluesky")
    check_settings = staticmethod(check_settings)
    asks: ClassVar = (
        Ask("handle", "Your handle, as in quietfeet.bsky.social", secret=False),
        Ask("password", "App password, as in xxxx-xxxx-xxxx-xxxx"),
    )
    help: ClassVar = (
        "In the Bluesky app: Settings > Privacy and security > App passwords > Add App Password. Copy what it shows; "
        "it needs no access to your direct messages."
    )
    how: ClassVar = "run `bot connect` for it once more, with --label"

    def __init__(self, account: Account, premises: Premises) -> None:
        """Touches nothing yet."""
        settings, self.limits = account.settings, premises.limits
        self._now, self._each = premises.now, max(self.limits.timeout / CALLS, LEAST)
        service = settings.get("service") or ENTRYWAY
        self._sessions = Sessions(account.name, service, settings["handle"], premises, self._each)
        self._repository = Repository(self._sessions)
        self._pictures = Pictures(self._repository, premises.picture)

    def prepare(self, message: Message) -> Handles:
        """Upload the pictures, learn whom the text mentions, and settle when the post was made."""
        now = self._now()
        blobs = {media.sha256: self._pictures.upload(media) for part in message.parts for media in part.media}
        names = sorted({name for part in message.parts for name in richtext.handles(part.text)})
        owners = {f"@{name}": did for name in names if (did := self._repository.owner(name))}
        return Handles({**blobs, **owners, "created_at": records.written(now)}, now + LIVES)

    def publish(self, part: Part, message: Message, handles: Handles, key: str, after: Receipt | None) -> Receipt:
        """Put the record under its key, where nothing may be yet: what is there already is ours.

        A refusal for the size of a picture is certain: once more, with smaller copies.
        """
        began, reply = time.monotonic(), self._reply(after) if after else None
        try:
            return self._created(key, records.post_of(part, message, handles.values, reply))
        except Refused as refused:
            copies = self._smaller(part, refused, began)
        return self._created(key, records.post_of(part, message, {**handles.values, **copies}, reply))

    def find(
        self, part: Part, message: Message, handles: tuple[Handles, ...], key: str, since: datetime
    ) -> Receipt | None:
        """The record of that key; where no attempt is known (a new ledger), else one that says the same."""
        found = self._repository.record(POST, key) or (None if handles else self._twin(part, since))
        return records.receipt_of(found) if found else None

    def retract(self, receipt: Receipt) -> None:
        """Delete the record."""
        self._repository.delete(POST, id_in(receipt, records.ENDING))

    def identify(self) -> Identity:
        """Who we are there, and whether the profile calls itself a bot."""
        told = self._sessions.ask("GET", "com.atproto.server.getSession").fields
        profile = self._repository.record(PROFILE, "self")
        keep, did, name = self._sessions.fields(self._sessions.current()), told.get("did"), told.get("handle")
        if not (isinstance(did, str) and isinstance(name, str) and did and name):
            raise Unavailable("the server did not say whose session it is: later")
        automated = profile is not None and records.is_bot(profile["value"])
        return Identity(did, f"@{name}", f"https://bsky.app/profile/{name}", automated, keep)

    def clock_ahead(self) -> timedelta | None:
        """How far our clock is ahead of the server's."""
        return self._sessions.clock_ahead()

    def announced(self) -> Mapping[str, int]:
        """The most bytes of a picture, where the server takes fewer than Bluesky's rules allow."""
        most = self._sessions.ask("GET", "com.atproto.server.describeServer").fields.get("blobUploadLimit")
        return {"image_bytes_max": most} if type(most) is int and 0 < most < Bluesky.limits.image_bytes_max else {}

    def label(self) -> bool:
        """Give the profile the self-label "bot"; all else of it stays."""
        profile = self._repository.record(PROFILE, "self") or {"value": {}, "cid": None}
        if not records.is_bot(profile["value"]):
            self._repository.replace(PROFILE, "self", records.as_bot(profile["value"]), profile["cid"])
        return True

    def _created(self, key: str, record: Record) -> Receipt:
        try:
            return records.receipt_of(self._repository.create(POST, key, record))
        except Refused as refused:
            if refused.name == "BlobNotFound":
                raise HandlesGone(f"{refused}: what was uploaded died before a post showed it") from refused
            raise

    def _smaller(self, part: Part, refused: Refused, began: float) -> dict[str, str]:
        """Copies of the large pictures of a record that was perhaps refused for their size; else raises that."""
        large = [media for media in part.media if media.size > OLD_MOST]
        if not large or refused.name not in {"InvalidRequest", "BlobTooLarge"}:  # servers differ
            raise refused
        latest, copies = began + (self.limits.timeout - 3 * self._each).total_seconds(), {}
        for media in large:
            if time.monotonic() > latest:
                raise Unavailable(f"{refused}; smaller copies took too long to upload: once more") from refused
            try:
                copies[media.sha256] = self._pictures.upload_smaller(media)
            except OSError as error:
                raise Unavailable(f"the picture cannot be read: {error}") from error
        return copies

    def _reply(self, after: Receipt) -> dict[str, dict[str, str]]:
        """What the next post of a thread hangs on: the post before it, and the first."""
        parent = self._repository.record(POST, id_in(after, records.ENDING))
        if parent is None:
            raise Rejected(f"the post before it is gone ({after.url}): a thread cannot go on from there")
        return records.reply_to(parent)

    def _twin(self, part: Part, since: datetime) -> Record | None:
        """The likest of our posts since then, from the newest page that has one; an older page ends the look."""
        likest, found = 0, None
        for rows in self._repository.newest(POST):
            young = [row for row in rows if records.moment_of(row["value"].get("createdAt")) >= since]
            for row in young:
                if (likeness := records.likeness(row["value"], part)) > likest:
                    likest, found = likeness, row
            if likest or not young:
                break
        return found
