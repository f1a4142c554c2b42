"""One planning round over posts that were read: approvals are computed, every approved post gets its moments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot import delivery as life
from bot.delivery import KEEPS_ITS_TIME, NOT_SENT, OVER, UNDER_WAY, Delivery, State
from bot.errors import FootnoteError, LedgerError, Problem
from bot.keys import key_of
from bot.ledger.records import Reading
from bot.model import Account, Post, Status
from bot.planner.acts import DROPPED
from bot.planner.approvals import decide
from bot.planner.freeze import Frozen
from bot.planner.holds import EDITED, UNFIT, Holds, reason_of
from bot.planner.newest import is_out, newest_by_post
from bot.planner.plan import Plan, Waiting
from bot.planner.times import NoMoment, Times, about_summer_time
from bot.planner.twins import Twins
from bot.posts import PostFile

if TYPE_CHECKING:
    from bot.planner.planner import Planner

LOOK_BACK = timedelta(days=400)
Rows = Sequence[Delivery]
Readings = dict[str, Reading]


class Round:
    """One planning round over the newest row of each post on each account, of the `known` rows and readings."""

    def __init__(self, planner: Planner, holds: Holds, plan: Plan, now: datetime, known: tuple[Rows, Readings]) -> None:
        self._config, self._ledger, self._press = planner.config, planner.ledger, planner.press.at_once()
        self._holds, self._plan, self._now = holds, plan, now
        rows, self._readings = known
        self._newest = newest_by_post(rows)
        self._standing = [row for rows in self._newest.values() for row in rows.values()]
        self._twins = Twins(self._config, self._press)
        self._times = Times(self._config, now)
        self._times.take(row for rows in self._newest.values() for row in rows.values())

    def plan_post(self, file: PostFile, record: set[str]) -> None:
        """Look one post's approval up (or make it, by rule) and give it its rows."""
        last = self._readings.get(file.post.id)
        try:
            self._plan_post(file.post, last, record)
        except LedgerError:  # the publisher, or another planner, was quicker: once more, with the rows as they are now
            self._newest = newest_by_post(self._ledger.deliveries.all())
            self._times.take(row for rows in self._newest.values() for row in rows.values())
            self._plan_post(file.post, last, record)

    def _plan_post(self, post: Post, last: Reading | None, record: set[str]) -> None:
        rows = self._newest.get(post.id, {})
        frozen = last.input_hash if last else ""
        if post.status is Status.WITHDRAWN:
            self._withdraw(rows.values(), "withdrawn")
            self._holds.release(post.id, self._now)
        else:
            frozen = self._plan_wanted(post, last, record)
        if rows and all(row.state in OVER for row in rows.values()):
            self._holds.answered(post.id, self._now)
        reading = Reading(post.id, post.path, post.status.value, frozen)
        if reading != last:
            self._ledger.records.keep_reading(reading, self._now)
            self._readings[post.id] = reading

    def _plan_wanted(self, post: Post, last: Reading | None, record: set[str]) -> str:
        """Rows for a post that is not withdrawn; returns the input hash its rows were made from."""
        rows, frozen = self._newest.get(post.id, {}), last.input_hash if last else ""
        try:
            hashed = self._press.hash_of(post)
            if is_out(post.accounts, rows.values()):
                self._say_if_changed(post, same=hashed == frozen)
                self._holds.release(post.id, self._now)
                return frozen
            decision = decide(post, hashed, record, last, self._config)
            twin = self._twin(post, hashed) if decision.by else ""
            if twin:
                self._problem(post, FootnoteError(f"{twin}: `bot approve {post.id}` if you mean to say it again"))
            elif decision.by:
                self._ledger.records.approve(post.id, hashed, decision.by, decision.rule, self._now)
            if twin or not decision.approved:
                self._plan.waiting.append(Waiting(post.id, post.path, decision.claims))
                self._press.all_pictures(post)  # as they would be seen: a person says yes to a picture, too
                self._holds.only(post.id, rows.values(), EDITED, self._now)
                return frozen
            return self._plan_approved(post, hashed, frozen)
        except LedgerError:
            raise
        except FootnoteError as error:
            self._problem(post, error)
            self._holds.only(post.id, rows.values(), reason_of(error), self._now)
            return frozen
        except (OSError, ValueError, ArithmeticError) as error:  # whatever is odd about one file, the others go on
            self._problem(post, FootnoteError(f"cannot be planned: {error}"))
            self._holds.only(post.id, rows.values(), UNFIT, self._now)
            return frozen

    def _plan_approved(self, post: Post, hashed: str, frozen: str) -> str:
        """Give each account of an approved post its row: for all of them, or, where one does not fit, for none."""
        rows, same = self._newest.get(post.id, {}), hashed == frozen
        prints = self._prints(post, same=same)
        settled = [self._plan_account(post, name, prints.get(name), same=same) for name in post.accounts]
        self._withdraw([row for row in rows.values() if row.account not in post.accounts], "no longer on that account")
        self._holds.release(post.id, self._now)
        return hashed if all(settled) else ""

    def _prints(self, post: Post, *, same: bool) -> dict[str, Frozen]:
        """The Messages that are to be fixed now. Raises FootnoteError with whatever does not fit, on any account."""
        prints: dict[str, Frozen] = {}
        errors: list[FootnoteError] = []
        for name in post.accounts:
            row, account = self._newest.get(post.id, {}).get(name), self._config.account(name)
            try:
                if self._wants_words(post, account, row, same=same):
                    prints[name] = self._press.freeze(post, account)
            except FootnoteError as error:
                errors.append(error)
        if prints:
            errors.extend(self._twins.refusals(prints, [*self._standing, *self._plan.planned]))
        if errors:
            said = dict.fromkeys(map(str, errors))
            raise errors[0] if len(said) == 1 else FootnoteError("; ".join(said))
        return prints

    def _wants_words(self, post: Post, account: Account, row: Delivery | None, *, same: bool) -> bool:
        if row is None:
            return True
        if row.state is State.CANCELED:
            return row.reason != DROPPED
        return row.state not in OVER | UNDER_WAY and not (same and self._press.stands(post, account, row.message))

    def _plan_account(self, post: Post, name: str, words: Frozen | None, *, same: bool) -> bool:
        """False when its words may still change: a later round looks again."""
        row = self._newest.get(post.id, {}).get(name)
        if row is None or row.state in OVER:
            if words is not None:
                self._add(post, name, words, int(row.occurrence) + 1 if row else 1)
            elif row is not None and row.state is State.PUBLISHED:
                self._say_if_changed(post, same=same)
        elif row.state in UNDER_WAY:
            if not same:
                self._plan.notes.append(
                    f"{post.path}: may be on its way to {name}: there it keeps the words that were approved before"
                )
            return same
        elif words is None or words.sha256 == row.message:
            self._plan.changed.extend(self._move(post, row))
        else:
            self._give_words(post, row, words)
        return True

    def _give_words(self, post: Post, row: Delivery, words: Frozen) -> None:
        """New words for a row that is still to go out: allowed until the first attempt, never after it."""
        deliveries = self._ledger.deliveries
        if row.state is State.FAILED and row.parts_done == 0:  # refused words, new words: a new life, a new key
            self._add(post, row.account, words, int(row.occurrence) + 1)
        elif deliveries.refreeze(row, words.sha256, len(words.message.parts), self._now, "plan"):
            after = deliveries.get(row.id)
            self._plan.changed.extend(self._move(post, after) or [after])
        else:
            self._plan.notes.append(f"{post.path}: an attempt was made on {row.account}; its words stay as they were")
            self._plan.changed.extend(self._move(post, deliveries.get(row.id)))

    def _add(self, post: Post, name: str, words: Frozen, occurrence: int) -> None:
        account, doubted = self._config.account(name), self._holds.doubts(post.id)
        try:
            moment = self._times.first(post, account, even_past=doubted)
        except NoMoment as error:  # the other accounts go on
            self._problem(post, error)
            return
        row = Delivery(
            id=0,
            post=post.id,
            account=account.name,
            occurrence=str(occurrence),
            state=State.SCHEDULED,
            fence=0,
            due_at=moment.utc,
            not_after=self._times.not_after(post, moment.utc),
            key=key_of(
                self._press.limits(account).keys,
                ("v1", self._config.workspace, post.id, account.name, str(occurrence)),
                moment.utc,
            ),
            message=words.sha256,
            local_time=moment.local.isoformat(),
            zone=self._config.zone,
        )
        added = self._ledger.deliveries.add(row, words.message, self._now, "plan")
        if doubted:
            unsure = life.doubted(added, self._now, self._now - LOOK_BACK)
            added = self._ledger.deliveries.settle(added, unsure, self._now, "plan")
        self._times.take([added])
        self._plan.planned.append(added)
        self._plan.notes.extend(filter(None, [about_summer_time(post, self._config.zone)]))

    def _move(self, post: Post, row: Delivery) -> list[Delivery]:
        """Follow a wish for another time; returns the row when it moved."""
        after = self._times.moved(post, row)
        if after is None:
            return []
        moved = self._ledger.deliveries.settle(row, after, self._now, "plan")
        self._times.take([moved])
        self._plan.notes.extend(filter(None, [about_summer_time(post, self._config.zone)]))
        return [moved]

    def _twin(self, post: Post, hashed: str) -> str:
        """Another post that says the very same in the same places, and is out or on its way; "" when none does."""
        planned = {row.post for row in self._plan.planned}
        for other in self._readings.values():
            if other.post == post.id or other.input_hash != hashed:
                continue
            states = {row.state for row in self._newest.get(other.post, {}).values()}
            if State.PUBLISHED in states:
                return f"says the same as {other.path}, which is published"
            wanted = other.status != Status.WITHDRAWN and states - {State.CANCELED}
            if wanted or other.post in planned or states & UNDER_WAY:
                return f"says the same as {other.path}, which is planned"
        return ""

    def _say_if_changed(self, post: Post, *, same: bool) -> None:
        said = f"{post.path}: changed since it went out; what is out stays as it is"
        if not same and said not in self._plan.notes:
            self._plan.notes.append(said)

    def _problem(self, post: Post, error: FootnoteError) -> None:
        self._plan.problems.append(Problem(post.path, 0, str(error).removeprefix(f"{post.path}: ")))

    def _withdraw(self, rows: Collection[Delivery], why: str) -> None:
        deliveries = self._ledger.deliveries
        for row in rows:
            if row.state in KEEPS_ITS_TIME:
                deliveries.wish_cancel(row, self._now, "plan", why)
            elif row.state in NOT_SENT:
                deliveries.settle(row, life.canceled(row, why), self._now, "plan")
            elif row.state is State.CANCELED and row.reason == DROPPED:  # it may come back when a person wants it again
                deliveries.settle(row, replace(row, reason=f"{DROPPED}, then {why}"), self._now, "plan")
