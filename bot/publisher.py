"""Due deliveries -> networks, and what became of the unconfirmed ones.

The order is the safety: prepare (repeatable), record the intent and the handles (durable), publish, record the
receipt (durable), part by part. Nothing under the publish call may retry. The rules are in bot/delivery.py; here
they meet the ledger, the network and the clock, which come in as arguments.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot import delivery as life
from bot.delivery import Delivery, Patience, State
from bot.errors import (
    CannotTell,
    FootnoteError,
    HandlesGone,
    LedgerError,
    NetworkError,
    RateLimited,
    Stale,
    Taken,
    Unauthorized,
    Unavailable,
)
from bot.keys import part_key
from bot.ledger import Deliveries
from bot.model import Handles, Limits, Message, Receipt
from bot.networks.base import Network

log = logging.getLogger("bot.publisher")

TAKEN = "taken"
CLOCKS_DIFFER = timedelta(minutes=15)
"""How far our clock may be ahead of a network's: a look begins that long before the intent."""
MOMENT = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class World:
    """What surrounds the publisher: every port it touches apart from the rows. `cancelled` = the bot is stopping."""

    now: Callable[[], datetime]
    jitter: Callable[[], float]
    network: Callable[[str], Network]
    message: Callable[[str], Message]
    spacing: Callable[[str], timedelta]
    hold: Callable[[str, str, str, str], None]
    open_account: Callable[[str, datetime], None]
    cancelled: Callable[[], bool] = field(default=lambda: False)


def _outcome(error: Exception) -> str:
    """How an attempt is called whose outcome is not certain."""
    return TAKEN if isinstance(error, Taken) else "unknown"


def proof(returned: object) -> Receipt:
    """What an adapter returned, if it is a whole Receipt; raises TypeError: a defect, hence an unknown outcome."""
    if isinstance(returned, Receipt) and {type(returned.remote_id), type(returned.url)} == {str} and returned.at.tzinfo:
        return returned
    raise TypeError(f"the network's adapter gave no receipt but {returned!r}")


class Publisher:
    """One owner of claims. Safe to use from several threads; `alone` says that a lock keeps other owners out."""

    def __init__(
        self, rows: Deliveries, world: World, owner: str, *, alone: bool, patience: Patience | None = None
    ) -> None:
        self._rows, self._world, self._owner, self._alone = rows, world, owner, alone
        self._patience = patience or Patience()

    def run(self, pool: Executor, most: int = 100) -> int:
        """One round: sweep, look, claim, deliver; returns how many deliveries it touched."""
        touched = self.sweep() + self.look_all()
        while not self._world.cancelled() and (claimed := self.claim(most)):
            touched += len(claimed)
            for _ in pool.map(self.deliver, claimed):
                pass
        return touched

    def claim(self, most: int) -> list[Delivery]:
        """Take what is due, one an account."""
        return self._rows.claim(self._world.now(), self._owner, most, self._patience)

    def sweep(self) -> int:
        """Take over what a dead owner left, and carry out cancel wishes."""
        now = self._world.now()
        lapsed = self._rows.lapsed(now, self._owner, alone=self._alone)
        for left in lapsed:
            ended = now if self._alone else max(now, left.lease_until or now)
            with suppress(Stale):
                after = life.after_lease(left, ended, self._limits(left))
                self._rows.settle(left, after, now, self._owner)
                if after.state is State.SCHEDULED and left.tries >= self._patience.tries:
                    self._world.hold("delivery", str(left.id), life.POISON, "it stopped the bot several times in a row")
        return len(lapsed) + self._rows.cancel_wished(now)

    def look_all(self) -> int:
        """Look for every unconfirmed delivery whose time has come."""
        due = self._rows.due_looks(self._world.now())
        for delivery in due:
            try:
                self.look(delivery)
            except Stale:
                continue
            except Exception:  # a defect: the others are looked for, and published, all the same
                log.exception("%s on %s: a defect of the bot", delivery.post, delivery.account)
        return len(due)

    def look(self, delivery: Delivery) -> Delivery:
        """One look for the intended part of an unconfirmed delivery."""
        seen, limits = self._seen(delivery), self._limits(delivery)
        now = self._world.now()
        after = life.after_look(delivery, seen, now, limits=limits, patience=self._patience)
        if isinstance(seen, Receipt):
            if after.state is State.SCHEDULED and not self._rows.outcomes(delivery):  # all of it may be older than we
                after = life.doubted(after, now, delivery.intent_at or now)
            return self._receive(delivery, after, seen)
        if after.state is State.SCHEDULED and TAKEN in self._rows.outcomes(delivery):
            after = life.unsettled(delivery, f"{delivery.account} says that it has it already, and does not show it")
        outcome = "absent" if after.state is State.SCHEDULED else ""
        log.info("looked for %s on %s: %s", delivery.post, delivery.account, after.reason or "not there (yet)")
        after = self._rows.settle(delivery, after, now, self._owner, outcome=outcome)
        if isinstance(seen, Unauthorized):
            self._world.hold("account", delivery.account, life.NO_ACCESS, str(seen))
        return after

    def deliver(self, delivery: Delivery) -> Delivery:
        """Publish the parts of a claimed delivery that are not out yet; never raises for what a network does."""
        try:
            return self._deliver(delivery)
        except Stale:
            log.warning("%s on %s has moved on: leaving it to its new owner", delivery.post, delivery.account)
        except LedgerError as error:
            log.error("%s on %s: %s", delivery.post, delivery.account, error)  # noqa: TRY400  an expected failure
        except Exception:  # a defect: its lease runs out, and the intent decides; the others go on
            log.exception("%s on %s: a defect of the bot", delivery.post, delivery.account)
        return delivery

    def _deliver(self, delivery: Delivery) -> Delivery:
        try:
            message, network = self._world.message(delivery.message), self._world.network(delivery.account)
            known = self._known_handles(delivery)
            handles = known or network.prepare(message)
        except Exception as error:  # whatever it was, the public has seen nothing
            return self._fail(delivery, error)
        receipts = self._rows.receipts(delivery) if delivery.parts_done else ()
        fresh = known is None
        while delivery.state is State.PUBLISHING:
            after = receipts[-1] if receipts else None
            delivery, receipt = self._publish_part(delivery, message, handles, after, network, fresh=fresh)
            fresh = False
            receipts = (*receipts, receipt) if receipt else receipts
        return delivery

    def _publish_part(
        self,
        delivery: Delivery,
        message: Message,
        handles: Handles,
        after: Receipt | None,
        network: Network,
        *,
        fresh: bool,
    ) -> tuple[Delivery, Receipt | None]:
        part, now = message.parts[delivery.parts_done], self._world.now()
        why = self._why_not(delivery, now, network)
        if why:
            return self._give_back(delivery, why, now), None
        try:
            intended = life.intended(delivery, part.n, now)
            before = self._rows.intend(delivery, intended, now, self._owner, handles=handles if fresh else None)
        except Stale:  # held or to be canceled since the claim: give it back, if it is still ours
            return self._give_back(delivery, "held before it was sent", now), None
        now = self._world.now()
        why = self._why_not(before, now, network)
        if why:  # the commit took long: certain that nothing was sent
            return self._give_back(before, why, now, outcome="not sent"), None
        try:
            receipt = proof(network.publish(part, message, handles, part_key(before.key, part.n), after))
        except Exception as error:  # a defect in an adapter is an unknown outcome, never a crash
            return self._fail(before, error), None
        return self._receive(before, life.after_receipt(before, receipt), receipt), receipt

    def _why_not(self, delivery: Delivery, now: datetime, network: Network) -> str:
        if life.is_early(delivery, now):
            return "the clock was set back: it is not due yet"
        if life.is_late(delivery, now):
            return "its time passed while preparing"
        if not life.has_time(delivery, now, network.limits, self._patience):
            return "preparing took long: once more"
        return "the bot is stopping" if self._world.cancelled() else ""

    def _give_back(self, delivery: Delivery, why: str, now: datetime, outcome: str = "") -> Delivery:
        after = life.given_back(delivery, why, now, self._patience)
        return self._rows.settle(delivery, after, now, self._owner, outcome=outcome)

    def _known_handles(self, delivery: Delivery) -> Handles | None:
        """What an earlier attempt prepared, if it will live long enough; None when there is nothing such."""
        if delivery.fence == 1:  # its first claim
            return None
        known, soon = self._rows.handles(delivery), self._world.now() + timedelta(minutes=5)
        return known[0] if known and (known[0].expires_at is None or known[0].expires_at > soon) else None

    def _fail(self, delivery: Delivery, error: Exception) -> Delivery:
        if isinstance(error, Stale | LedgerError):
            raise error
        now, jitter = self._world.now(), self._world.jitter()
        limits = self._limits(delivery)
        after = life.after_error(delivery, error, now, limits=limits, patience=self._patience, jitter=jitter)
        outcome = _outcome(error) if after.state is State.UNCONFIRMED else type(error).__name__
        log.warning("%s on %s: %s -> %s", delivery.post, delivery.account, after.reason, after.state)
        after = self._rows.settle(delivery, after, now, self._owner, outcome=outcome)
        if isinstance(error, HandlesGone):
            self._rows.expire_handles(delivery, now)
        if isinstance(error, Unauthorized):
            self._world.hold("account", delivery.account, life.NO_ACCESS, str(error))
        if isinstance(error, RateLimited) and after.retry_at:
            self._world.open_account(delivery.account, after.retry_at)
        return after

    def _receive(self, before: Delivery, after: Delivery, receipt: Receipt) -> Delivery:
        now = self._world.now()
        open_at = now + self._world.spacing(before.account) if after.state is State.PUBLISHED else now
        try:
            self._rows.receive(before, after, receipt, now, who=self._owner, open_at=open_at)
        except Stale:
            self._rows.receive_late(before, receipt, now, self._owner)
            raise
        log.info("published %s on %s: %s", before.post, before.account, receipt.url)
        return after

    def _seen(self, delivery: Delivery) -> Receipt | NetworkError | None:
        handles, since = self._rows.handles(delivery), (delivery.intent_at or delivery.due_at) - CLOCKS_DIFFER
        if before := self._rows.receipts(delivery):  # by the network's own clock, which is the better one
            since = max(since, before[-1].at + MOMENT) if delivery.parts_done else since
        key = part_key(delivery.key, delivery.intent_part)
        try:
            message, network = self._world.message(delivery.message), self._world.network(delivery.account)
            seen = network.find(message.parts[delivery.intent_part], message, handles, key, since)
            if seen and self._rows.is_on_record(delivery, seen):
                return CannotTell(f"only another post of ours says that: {seen.url}")
            return None if seen is None else proof(seen)
        except NetworkError as error:
            return error
        except Exception as error:  # whatever went wrong, we have not looked
            return Unavailable(str(error) or type(error).__name__)

    def _limits(self, delivery: Delivery) -> Limits:
        try:
            return self._world.network(delivery.account).limits
        except FootnoteError:  # config.toml no longer names the account: what the contract promises of any network
            return Limits()
