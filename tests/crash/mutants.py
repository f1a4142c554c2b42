"""The protocol with one mistake in it, each known from a program that made it: the simulator must notice."""

import secrets
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta

import bot.publisher
from bot import delivery as life
from bot.delivery import Patience, State
from bot.errors import Rejected, Stale, Unavailable, Unconfirmed
from bot.ledger import Deliveries
from bot.ledger.deliveries import MOVE
from bot.model import Receipt
from bot.publisher import Publisher
from tests.crash.simulator import START, Protocol


class NoFence(Deliveries):
    """Whoever writes last is right."""

    def _move(self, rows, before, after, now, who, **also):
        row = rows.one("SELECT state, fence FROM delivery WHERE id = :id", id=before.id)
        state = State(row["state"])
        as_found = replace(before, state=state, fence=row["fence"])
        if (state, after.state) in life.MOVES or state is after.state:
            super()._move(rows, as_found, after, now, who, **also)


class NoHoldsAtTheIntent(Deliveries):
    """Holds and wishes count where rows are claimed, and only there."""

    def _move(self, rows, before, after, now, who, **also):
        super()._move(rows, before, after, now, who, **{**also, "sql": MOVE})


class NoIntent(Deliveries):
    """The call is made first, and written down after."""

    def intend(self, before, after, now, who):
        return after

    def receive(self, before, after, receipt, now, *, who, open_at):
        stored = replace(before, intent_part=-1, intent_at=None) if before.state is State.PUBLISHING else before
        return super().receive(replace(stored, intent_part=before.intent_part), after, receipt, now, who=who, open_at=open_at)


class NoLane(Deliveries):
    """A row that waits for its next try lets the later ones of its account pass."""

    def _claimable(self, rows, now, most):
        sql = """SELECT * FROM (SELECT d.*, ROW_NUMBER() OVER (PARTITION BY account ORDER BY due_at, id) AS turn
                   FROM delivery d WHERE workspace = :w AND state = 'scheduled' AND due_at <= :now
                   AND retry_at <= :now AND cancel_wish = 0) WHERE turn = 1"""
        return [bot.ledger.deliveries.delivery_of(row) for row in rows.all(sql, w=self._workspace, now=micros(now))]


class Resends(Publisher):
    """No answer means not posted (Telegram clients, Tusky)."""

    def _fail(self, delivery, error):
        return super()._fail(delivery, Unavailable(str(error)) if isinstance(error, Unconfirmed) else error)


class TakesSilenceForFailure(Publisher):
    """No answer means failed."""

    def _fail(self, delivery, error):
        return super()._fail(delivery, Rejected(str(error)) if isinstance(error, Unconfirmed) else error)


class SendsAgainAfterACrash(Publisher):
    """A row whose worker died goes back to the queue (Oban, River, procrastinate)."""

    def sweep(self):
        now = self._world.now()
        lapsed = self._rows.lapsed(now, self._owner, alone=self._alone)
        for left in lapsed:
            with suppress(Stale):
                self._rows.settle(left, life.released(left, "again"), now, self._owner)
        return len(lapsed) + self._rows.cancel_wished(now)


class NeverLate(Publisher):
    """Lateness counts at the claim, not before the call."""

    def _why_not(self, delivery, now, network):
        return super()._why_not(replace(delivery, not_after=now), now, network)


class NeverEarly(Publisher):
    """Due is due, wherever the clock has gone."""

    def _why_not(self, delivery, now, network):
        return super()._why_not(replace(delivery, due_at=min(now, delivery.due_at)), now, network)


class ReceiptFirst(Publisher):
    """Marked as sent, then sent (at-most-once workers)."""

    def _publish_part(self, delivery, message, handles, after, network):
        part, now = message.parts[delivery.parts_done], self._world.now()
        before = self._rows.intend(delivery, life.intended(delivery, part.n, now), now, self._owner)
        receipt = Receipt("sent", "sent", START)
        done = self._receive(before, life.after_receipt(before, receipt), receipt)
        network.publish(part, message, handles, bot.publisher.part_key(before, part.n), after)
        return done, receipt


def micros(at):
    return bot.ledger.deliveries.micros(at)


@contextmanager
def random_keys():
    """A new key for every attempt (Mixpost)."""
    kept = bot.publisher.part_key
    bot.publisher.part_key = lambda delivery, part: f"{kept(delivery, part)}-{secrets.token_hex(4)}"
    try:
        yield
    finally:
        bot.publisher.part_key = kept


@dataclass(frozen=True)
class Mutant:
    """A mistake; `words` must be among what the simulator says of it."""

    name: str
    protocol: Protocol
    words: str


MUTANTS = (
    Mutant("no settling time before a look", Protocol(settle=0), "twice"),
    Mutant("no fence: the last writer wins", Protocol(rows=NoFence), ""),
    Mutant("holds and wishes are not looked at before the call", Protocol(rows=NoHoldsAtTheIntent), "against a hold"),
    Mutant("no intent before the call", Protocol(rows=NoIntent), "twice"),
    Mutant("no order within an account", Protocol(rows=NoLane), "instead of"),
    Mutant("silence is taken for 'not posted'", Protocol(publisher=Resends), "twice"),
    Mutant("silence is taken for failure", Protocol(publisher=TakesSilenceForFailure), "false"),
    Mutant("a crash sends again", Protocol(publisher=SendsAgainAfterACrash), "twice"),
    Mutant("lateness is not judged before the call", Protocol(publisher=NeverLate), "after its grace"),
    Mutant("a clock set back is not noticed", Protocol(publisher=NeverEarly), "early"),
    Mutant("the receipt comes before the call", Protocol(publisher=ReceiptFirst), "false"),
    Mutant("no lease guard", Protocol(patience=Patience(margin=timedelta(hours=-9))), "twice"),
    Mutant("two owners that believe to be alone", Protocol(trusts_a_lock_that_is_not_there=True), ""),
)
