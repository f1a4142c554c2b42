"""One planning round: read the posts folder, compute approvals, give every approved post its moments."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from bot import delivery as life
from bot.config import Config
from bot.delivery import Delivery, State
from bot.errors import FootnoteError, Problem
from bot.ledger import Ledger
from bot.ledger.records import Reading
from bot.model import Account, Claim, Post, Status
from bot.planner.acts import hash_of
from bot.planner.approvals import decide
from bot.planner.freeze import Frozen, Press, SourceChanged
from bot.planner.holds import EDITED, SOURCE, UNFIT, Holds
from bot.planner.welcome import NEW_LEDGER
from bot.posts import PostFile, load
from bot.slots import Moment, free_moments, resolve

LOOK_BACK = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A post that waits for a person, with what was found in its words."""

    post: str
    path: str
    claims: tuple[Claim, ...]


@dataclass(slots=True)
class Plan:
    """What a planning round did, and what it wants a person to see."""

    planned: list[Delivery] = field(default_factory=list)
    changed: list[Delivery] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    stopped: str = ""

    @property
    def needs_you(self) -> bool:
        """Whether anything waits for a person."""
        return bool(self.problems or self.waiting or self.stopped)


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans one workspace."""

    config: Config
    ledger: Ledger
    press: Press

    def plan(
        self,
        now: datetime,
        *,
        settled_at: float | None = None,
        accept_zone: bool = False,
        accept_missing: bool = False,
    ) -> Plan:
        """One round; nothing it does is undone or doubled by the next one.

        `settled_at` (seconds since 1970) leaves files alone that changed within two seconds before it.
        """
        plan, holds = Plan(), Holds(self.config, self.ledger)
        shelf = load(Path(self.config.root), [account.name for account in self.config.accounts], settled_at)
        readings = self.ledger.records.readings()
        plan.problems.extend(shelf.problems)
        plan.stopped = holds.zone_changed(now, accept=accept_zone) or holds.many_missing(
            shelf, readings, now, accept=accept_missing
        )
        if plan.stopped:
            return plan
        plan.notes.extend(holds.missing_and_broken(shelf, readings, now))
        holds.accounts(now)
        this_round = Round(self, holds, plan, now)
        approvals = self.ledger.records.approvals()
        for file in shelf.posts:
            this_round.plan_post(file, readings.get(file.post.id), approvals.get(file.post.id, set()))
        return plan


class Round:
    """One planning round over the rows as they stood at its start."""

    def __init__(self, planner: Planner, holds: Holds, plan: Plan, now: datetime) -> None:
        self._config, self._ledger, self._press = planner.config, planner.ledger, planner.press
        self._holds, self._plan, self._now = holds, plan, now
        self._rows: dict[str, list[Delivery]] = {}
        self._taken: dict[str, set[datetime]] = {}
        for row in self._ledger.deliveries.all():
            self._rows.setdefault(row.post, []).append(row)
            if row.state is not State.CANCELED:
                self._taken.setdefault(row.account, set()).add(row.due_at)
        self._doubted = {hold.subject for hold in self._ledger.records.holds() if hold.reason == NEW_LEDGER}

    def plan_post(self, file: PostFile, last: Reading | None, record: set[str]) -> None:
        """Look one post's approval up (or make it, by rule) and give it its rows."""
        post, records = file.post, self._ledger.records
        rows = self._rows.get(post.id, [])
        hashed, frozen = hash_of(self._config, post), last.input_hash if last else ""
        if post.status is Status.WITHDRAWN:
            self._withdraw(rows, "withdrawn")
        else:
            decision = decide(post, hashed, record, last, self._config)
            if decision.by:
                records.approve(post.id, hashed, decision.by, decision.rule, self._now)
            if decision.approved:
                frozen = self._plan_approved(post, hashed, frozen)
            else:
                self._plan.waiting.append(Waiting(post.id, post.path, decision.claims))
                self._holds.post(post.id, rows, EDITED, self._now)
        reading = Reading(post.id, post.path, post.status.value, frozen)
        if reading != last:
            records.keep_reading(reading, self._now)

    def _plan_approved(self, post: Post, hashed: str, frozen: str) -> str:
        """Give each account of an approved post its row; returns the input hash that is frozen now."""
        rows = self._rows.get(post.id, [])
        try:
            for name in post.accounts:
                self._plan_account(post, self._config.account(name), same=hashed == frozen)
        except FootnoteError as error:
            self._plan.problems.append(Problem(post.path, 0, str(error).removeprefix(f"{post.path}: ")))
            self._holds.post(post.id, rows, SOURCE if isinstance(error, SourceChanged) else UNFIT, self._now)
            return frozen
        self._withdraw([row for row in rows if row.account not in post.accounts], "no longer among its accounts")
        self._holds.release(post.id, self._now)
        return hashed

    def _plan_account(self, post: Post, account: Account, *, same: bool) -> None:
        rows = [row for row in self._rows.get(post.id, []) if row.account == account.name]
        last = max(rows, key=lambda row: int(row.occurrence), default=None)
        if last is None or last.state is State.CANCELED:
            self._add(post, account, self._press.freeze(post, account), int(last.occurrence) + 1 if last else 1)
        elif last.state in {State.PUBLISHED, State.PUBLISHING, State.UNCONFIRMED}:
            if not same:
                self._plan.notes.append(
                    f"{post.path}: changed since it went out on {account.name}; that stays as it is"
                )
        elif same:
            self._press.check_source(post, last.message)
            self._move(post, last)
        else:
            self._freeze_again(post, account, last)

    def _freeze_again(self, post: Post, account: Account, last: Delivery) -> None:
        """New words for a row that is still to go out: allowed until the first attempt, never after it."""
        frozen, deliveries = self._press.freeze(post, account), self._ledger.deliveries
        if last.message == frozen.sha256:
            self._move(post, last)
        elif deliveries.refreeze(last, frozen.sha256, len(frozen.message.parts), self._now, "plan"):
            self._plan.changed.append(deliveries.get(last.id))
            self._move(post, deliveries.get(last.id))
        elif last.state is State.FAILED and last.parts_done == 0:  # refused words, new words: a new life, a new key
            self._add(post, account, frozen, int(last.occurrence) + 1)
        else:
            self._plan.notes.append(f"{post.path}: an attempt was made on {account.name}; its words stay as they were")

    def _add(self, post: Post, account: Account, frozen: Frozen, occurrence: int) -> None:
        moment = self._moment(post, account)
        if moment is None:
            return
        key = self._key(post.id, account.name, str(occurrence))
        row = Delivery(
            id=0,
            post=post.id,
            account=account.name,
            occurrence=str(occurrence),
            state=State.SCHEDULED,
            fence=0,
            due_at=moment.utc,
            not_after=self._not_after(post, moment.utc),
            key=key,
            message=frozen.sha256,
            local_time=moment.local.isoformat(),
            zone=self._config.zone,
        )
        added = self._ledger.deliveries.add(row, frozen.message, self._now, "plan")
        if post.id in self._doubted:
            doubted = life.doubted(added, self._now, self._now - LOOK_BACK)
            added = self._ledger.deliveries.settle(added, doubted, self._now, "plan")
        self._plan.planned.append(added)

    def _move(self, post: Post, row: Delivery) -> None:
        """Follow a wish for another time, where nothing has been tried yet."""
        movable = {State.SCHEDULED, State.MISSED, State.FAILED}
        if post.publish_at is None or row.state not in movable:
            return
        moment = resolve(post.publish_at, self._config.zone)
        if moment.local.isoformat() == row.local_time or (row.state is not State.SCHEDULED and moment.utc < self._now):
            return
        after = life.rescheduled(row, moment.utc, self._not_after(post, moment.utc), "moved by its file")
        after = replace(after, local_time=moment.local.isoformat(), zone=self._config.zone)
        self._plan.changed.append(self._ledger.deliveries.settle(row, after, self._now, "plan"))

    def _moment(self, post: Post, account: Account) -> Moment | None:
        config = self._config
        if post.publish_at is not None:
            moment = resolve(post.publish_at, config.zone)
            if moment.note:
                self._plan.notes.append(
                    f"{post.path}: {moment.note} of summer time: it goes out at {moment.local:%H:%M}"
                )
            if self._not_after(post, moment.utc) < self._now:
                self._plan.problems.append(
                    Problem(post.path, 0, "publish_at has passed: choose a later time, or remove it")
                )
                return None
            return moment
        taken = self._taken.setdefault(account.name, set())
        found = free_moments(
            config.slots, account.name, config.zone, after=self._now, taken=taken, closed=config.closed
        )
        free = next(found, None)
        if free is not None:
            taken.add(free.utc)
        else:
            what = f'there is no free slot for "{account.name}": add [[slots]] in config.toml, or a publish_at here'
            self._plan.problems.append(Problem(post.path, 0, what))
        return free

    def _not_after(self, post: Post, due: datetime) -> datetime:
        latest = due + self._config.grace
        return latest if post.not_after is None else min(latest, resolve(post.not_after, self._config.zone).utc)

    def _key(self, post: str, account: str, occurrence: str) -> str:
        names = "\x1f".join(("v1", self._config.workspace, post, account, occurrence))
        return base64.b32encode(hashlib.sha256(names.encode()).digest()).decode().rstrip("=").lower()

    def _withdraw(self, rows: list[Delivery], why: str) -> None:
        for row in rows:
            if row.state in {State.SCHEDULED, State.PUBLISHING, State.UNCONFIRMED}:
                self._ledger.deliveries.wish_cancel(row, self._now, "plan", why)
        self._ledger.deliveries.cancel_wished(self._now)
