"""What makes planned posts wait: files that vanished or broke, a changed zone, an account that is gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from bot import delivery as life
from bot.config import Config
from bot.delivery import NO_ACCESS, OVER, POISON, Delivery, State
from bot.errors import FootnoteError, Stale
from bot.ledger import Ledger
from bot.ledger.records import Reading
from bot.model import Status
from bot.planner.sources import SourceChanged, SourceGone
from bot.planner.times import NoMoment
from bot.planner.welcome import NEW_LEDGER
from bot.posts import Shelf
from bot.slots import resolve

__all__ = [
    "BROKEN",
    "EDITED",
    "GONE",
    "MISSING",
    "NEW_LEDGER",
    "NO_ACCESS",
    "NO_TIME",
    "POISON",
    "REASONS",
    "SOURCE",
    "SOURCE_GONE",
    "UNFIT",
    "ZONE",
    "Holds",
    "reason_of",
]

MISSING, BROKEN, ZONE, GONE = "file missing", "broken file", "zone changed", "not in config.toml"
EDITED, SOURCE, SOURCE_GONE = "edited since approval", "source changed", "source gone"
UNFIT, NO_TIME = "does not fit", "no time to go out"
FILE_HOLDS = (MISSING, BROKEN, EDITED, SOURCE, SOURCE_GONE, UNFIT, NO_TIME)
"""Reasons that end by themselves when the file is whole, approved and fits again."""
REASONS = frozenset(
    {
        *(("workspace", reason) for reason in (ZONE, MISSING)),
        *(("account", reason) for reason in (GONE, NO_ACCESS)),
        *(("post", reason) for reason in (*FILE_HOLDS, NEW_LEDGER)),
        ("delivery", POISON),
    }
)
"""Every hold there can be: its scope and its reason (a file that is missing is not the same as many at once)."""

MANY, SHARE = 3, 0.2
"""This many files gone at once, and this share of all: an unmounted disk, not a decision."""

REMOVED = "gone"
"""The status of a reading whose file a person says to have removed."""


def reason_of(error: FootnoteError) -> str:
    """What the hold of a post is called that cannot go out for that error."""
    if isinstance(error, SourceChanged):
        return SOURCE_GONE if isinstance(error, SourceGone) else SOURCE
    return NO_TIME if isinstance(error, NoMoment) else UNFIT


class Holds:
    """Holds and releases posts of one workspace, each with its reason."""

    def __init__(self, config: Config, ledger: Ledger) -> None:
        self._config, self._ledger, self._records = config, ledger, ledger.records
        self._held = {(hold.scope, hold.subject, hold.reason) for hold in ledger.records.holds()}

    def zone_changed(self, rows: Iterable[Delivery], now: datetime, *, accept: bool) -> str:
        """Why planning stops when config.toml names another zone; `accept` moves what is still to come."""
        known = self._records.workspace()
        before, after = str(known["zone"]) if known else self._config.zone, self._config.zone
        if before != after and not accept:
            self._hold("workspace", "", ZONE, now, f"{before} -> {after}")
            return (
                f"the timezone in config.toml changed from {before} to {after}; nothing goes out until you say so: "
                f"`bot plan --accept-zone` keeps the clock times, or put {before} back"
            )
        if before != after:
            self._records.keep_workspace(self._config.root, after, now)
        self._resolve_again(rows, now)
        return ""

    def many_missing(self, shelf: Shelf, readings: Mapping[str, Reading], now: datetime, *, accept: bool) -> str:
        """Why planning stops when a large part of the posts is gone at once; dismissed drafts do not count."""
        gone = self._gone(shelf, readings)
        known = [reading for reading in readings.values() if reading.status != REMOVED and not _is_draft(reading)]
        if not accept and len(gone) >= MANY and len(gone) > SHARE * len(known):
            self._hold("workspace", "", MISSING, now, f"{len(gone)} posts")
            return (
                f"{len(gone)} of {len(known)} posts are gone from posts/: is a disk missing? Nothing goes out until "
                f"they are back, or until you say that you removed them: `bot plan --accept-missing`"
            )
        if accept:
            for reading in gone:
                self._records.keep_reading(replace(reading, status=REMOVED), now)
        return ""

    def goes_on(self, now: datetime) -> None:
        """What stopped planning is over, and every post was planned since: what was called off meanwhile is."""
        for reason in (ZONE, MISSING):
            self._release("workspace", "", reason, now)

    def missing_and_broken(
        self, rows: Iterable[Delivery], shelf: Shelf, readings: Mapping[str, Reading], now: datetime
    ) -> list[str]:
        """Hold the posts whose file vanished or broke; returns what to tell a person."""
        waiting = {row.post for row in rows if row.state not in OVER}
        notes = []
        for reading in self._gone(shelf, readings):
            if reading.post in waiting:
                self._hold("post", reading.post, MISSING, now, reading.path)
                notes.append(f"{reading.path} is gone: its posts wait. Put it back, or withdraw it there")
        for reading in readings.values():
            if reading.path in shelf.broken and reading.post in waiting:
                self._hold("post", reading.post, BROKEN, now, reading.path)
        return notes

    def accounts(self, rows: Sequence[Delivery], now: datetime) -> None:
        """Hold accounts that config.toml no longer has while something waits for them; release the others."""
        known = {account.name for account in self._config.accounts}
        waited_for = {row.account for row in rows if row.state not in OVER}
        for name in {row.account for row in rows}:
            if name in waited_for - known:
                self._hold("account", name, GONE, now)
            else:
                self._release("account", name, GONE, now)

    def only(self, post: str, rows: Iterable[Delivery], reason: str, now: datetime) -> None:
        """Whatever of a post may still go out waits for this reason, and for no other that its file gave."""
        self.release(post, now, but=reason)
        if any(row.state not in OVER for row in rows):
            self._hold("post", post, reason, now)

    def release(self, post: str, now: datetime, *, but: str = "") -> None:
        """Its file is whole, approved, and fits; `but` for that reason."""
        for reason in FILE_HOLDS:
            if reason != but:
                self._release("post", post, reason, now)

    def doubts(self, post: str) -> bool:
        """Whether an earlier ledger may have published it."""
        return ("post", post, NEW_LEDGER) in self._held

    def answered(self, post: str, now: datetime) -> None:
        """It was looked for, and what became of it is known."""
        self._release("post", post, NEW_LEDGER, now)

    def _hold(self, scope: str, subject: str, reason: str, now: datetime, note: str = "") -> None:
        if (scope, subject, reason) not in self._held:
            self._records.hold(scope, subject, reason, note, now)
            self._held.add((scope, subject, reason))

    def _release(self, scope: str, subject: str, reason: str, now: datetime) -> None:
        if (scope, subject, reason) in self._held:
            self._records.release(scope, subject, reason, now)
            self._held.remove((scope, subject, reason))

    def _gone(self, shelf: Shelf, readings: Mapping[str, Reading]) -> list[Reading]:
        here = {file.post.id for file in shelf.posts}
        paths = {*shelf.unsettled, *shelf.broken}
        gone = (reading for reading in readings.values() if reading.post not in here and reading.path not in paths)
        return [
            reading for reading in gone if reading.status not in {Status.WITHDRAWN, REMOVED} and not _is_draft(reading)
        ]

    def _resolve_again(self, rows: Iterable[Delivery], now: datetime) -> None:
        """What is still to come keeps its clock time in a new zone."""
        for row in rows:
            if row.state is State.SCHEDULED and row.zone != self._config.zone and row.due_at > now:
                moment = resolve(datetime.fromisoformat(row.local_time), self._config.zone)
                late = row.not_after - row.due_at
                after = life.rescheduled(row, moment.utc, moment.utc + late, f"now {self._config.zone}")
                with suppress(Stale):  # it is being published at this moment
                    self._ledger.deliveries.settle(row, replace(after, zone=self._config.zone), now, "plan")


def _is_draft(reading: Reading) -> bool:
    """Nothing was ever planned for it: removing it loses nothing, and is how drafts are dismissed."""
    return reading.status == Status.DRAFT and not reading.input_hash
