"""The posts folder as it reads now -> a planning round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.config import Config
from bot.delivery import Delivery, State
from bot.ledger import Ledger
from bot.planner.freeze import Press
from bot.planner.holds import Holds
from bot.planner.plan import Plan
from bot.planner.rounds import Round
from bot.posts import Reader


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans one workspace."""

    config: Config
    ledger: Ledger
    press: Press
    reader: Reader

    def plan(
        self,
        now: datetime,
        *,
        settled_at: float | None = None,
        accept_zone: bool = False,
        accept_missing: bool = False,
        only: str = "",
    ) -> Plan:
        """One round; nothing it does is undone or doubled by the next one.

        `settled_at` (seconds since 1970) leaves files alone that changed within two seconds before it. `only` plans
        the post of that id and tells of no other; the others keep the moments they have.
        """
        plan, holds = Plan(), Holds(self.config, self.ledger)
        shelf, rows = self.reader.load(settled_at), self.ledger.deliveries.all()
        readings = self.ledger.records.readings()
        last = readings.get(only)
        plan.paths = {last.path} if last else set()
        plan.paths.update(file.path for file in shelf.posts if file.post.id == only)
        plan.problems.extend(one for one in shelf.problems if not only or one.file in plan.paths)
        plan.stopped = holds.zone_changed(rows, now, accept=accept_zone) or holds.many_missing(
            shelf, readings, now, accept=accept_missing
        )
        if plan.stopped:
            return plan
        plan.notes.extend(holds.missing_and_broken(rows, shelf, readings, now))
        holds.accounts(rows, now)
        this_round = Round(self, holds, plan, now, (self._as_moved(rows), readings))
        approvals = self.ledger.records.approvals(only)
        wanted = [file for file in shelf.posts if only in ("", file.post.id)]
        for file in sorted(wanted, key=lambda file: file.post.publish_at is None):  # wishes first, then by path
            this_round.plan_post(file, approvals.get(file.post.id, set()))
        self.ledger.deliveries.cancel_wished(now)
        if not only and not shelf.unsettled:  # until each file was read nobody knows what was called off meanwhile
            holds.goes_on(now)
        return plan

    def _as_moved(self, rows: Sequence[Delivery]) -> Sequence[Delivery]:
        """The rows once more where a new zone moved some of them."""
        moved = any(row.state is State.SCHEDULED and row.zone != self.config.zone for row in rows)
        return self.ledger.deliveries.all() if moved else rows
