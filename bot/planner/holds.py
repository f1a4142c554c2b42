"""What makes planned posts wait: files that vanished or broke, a changed zone, an account that is gone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from bot import delivery as life
from bot.config import Config
from bot.delivery import Delivery, State
from bot.ledger import Ledger
from bot.ledger.records import Reading
from bot.posts import Shelf
from bot.slots import resolve

MISSING, BROKEN, ZONE, GONE = "file missing", "broken file", "zone changed", "not in config.toml"
EDITED, SOURCE, UNFIT = "edited since approval", "source changed", "does not fit"
FILE_HOLDS = (MISSING, BROKEN, EDITED, SOURCE, UNFIT)
"""Reasons that end by themselves when the file is whole, approved and fits again."""

MANY, SHARE = 3, 0.2
"""This many files gone at once, and this share of all: an unmounted disk, not a decision."""


class Holds:
    """Holds and releases posts of one workspace, each with its reason."""

    def __init__(self, config: Config, ledger: Ledger) -> None:
        self._config, self._ledger = config, ledger

    def zone_changed(self, now: datetime, *, accept: bool) -> str:
        """Why planning stops when config.toml names another zone; `accept` moves what is still to come."""
        known = self._ledger.records.workspace()
        before, after = str(known["zone"]) if known else self._config.zone, self._config.zone
        if before != after and not accept:
            self._ledger.records.hold("workspace", "", ZONE, f"{before} -> {after}", now)
            return (
                f"the timezone in config.toml changed from {before} to {after}; nothing goes out until you say so: "
                f"`bot plan --accept-zone` keeps the clock times, or put {before} back"
            )
        if before != after:
            self._resolve_again(now)
            self._ledger.records.keep_workspace(self._config.root, after, now)
        self._ledger.records.release("workspace", "", ZONE, now)
        return ""

    def many_missing(self, shelf: Shelf, readings: Mapping[str, Reading], now: datetime, *, accept: bool) -> str:
        """Why planning stops when a large part of the posts is gone at once."""
        gone = self._gone(shelf, readings)
        known = [reading for reading in readings.values() if reading.status != "gone"]
        if not accept and len(gone) >= MANY and len(gone) > SHARE * len(known):
            self._ledger.records.hold("workspace", "", MISSING, f"{len(gone)} posts", now)
            return (
                f"{len(gone)} of {len(known)} posts are gone from posts/: is a disk missing? Nothing goes out until "
                f"they are back, or until you say that you removed them: `bot plan --accept-missing`"
            )
        self._ledger.records.release("workspace", "", MISSING, now)
        if accept:
            for reading in gone:
                self._ledger.records.keep_reading(replace(reading, status="gone"), now)
        return ""

    def missing_and_broken(self, shelf: Shelf, readings: Mapping[str, Reading], now: datetime) -> list[str]:
        """Hold the posts whose file vanished or broke; returns what to tell a person."""
        waiting = {row.post for row in self._ledger.deliveries.all() if row.state is State.SCHEDULED}
        notes = []
        for reading in self._gone(shelf, readings):
            if reading.post in waiting:
                self._ledger.records.hold("post", reading.post, MISSING, reading.path, now)
                notes.append(f"{reading.path} is gone: its posts wait. Put it back, or withdraw it there")
        for reading in readings.values():
            if reading.path in shelf.broken and reading.post in waiting:
                self._ledger.records.hold("post", reading.post, BROKEN, reading.path, now)
        return notes

    def accounts(self, now: datetime) -> None:
        """Hold accounts that config.toml no longer has; release those that it has again."""
        known = {account.name for account in self._config.accounts}
        for name in {row.account for row in self._ledger.deliveries.all()}:
            if name in known:
                self._ledger.records.release("account", name, GONE, now)
            else:
                self._ledger.records.hold("account", name, GONE, "", now)

    def post(self, post: str, rows: Collection[Delivery], reason: str, now: datetime) -> None:
        """Make the rows of a post that are still to go out wait."""
        if any(row.state is State.SCHEDULED for row in rows):
            self._ledger.records.hold("post", post, reason, "", now)

    def release(self, post: str, now: datetime) -> None:
        """Its file is whole, approved, and fits."""
        for reason in FILE_HOLDS:
            self._ledger.records.release("post", post, reason, now)

    def _gone(self, shelf: Shelf, readings: Mapping[str, Reading]) -> list[Reading]:
        here = {file.post.id for file in shelf.posts}
        paths = {*shelf.unsettled, *shelf.broken}
        gone = (reading for reading in readings.values() if reading.post not in here and reading.path not in paths)
        return [reading for reading in gone if reading.status not in {"withdrawn", "gone"}]

    def _resolve_again(self, now: datetime) -> None:
        for row in self._ledger.deliveries.all():
            if row.state is State.SCHEDULED and row.due_at > now:
                moment = resolve(datetime.fromisoformat(row.local_time), self._config.zone)
                late = row.not_after - row.due_at
                after = life.rescheduled(row, moment.utc, moment.utc + late, f"now {self._config.zone}")
                after = replace(after, zone=self._config.zone)
                self._ledger.deliveries.settle(row, after, now, "plan")
