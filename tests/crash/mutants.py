"""The protocol with one mistake in it, each known from a program that made it: the simulator must notice."""

from collections.abc import Callable
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count

import bot.publisher
from bot import delivery as life
from bot.delivery import Patience, State
from bot.errors import Rejected, Stale, Unavailable, Unconfirmed
from bot.ledger import Deliveries
from bot.ledger.deliveries import MOVE
from bot.ledger.rows import delivery_of, micros
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

    def intend(self, before, after, now, who, *, handles=None):
        return after


class NoLane(Deliveries):
    """A row that waits for its next try lets the later ones of its account pass."""

    def _claimable(self, rows, now, most):
        sql = """SELECT * FROM (SELECT d.*, ROW_NUMBER() OVER (PARTITION BY account ORDER BY due_at, id) AS turn
                   FROM delivery d WHERE workspace = :w AND state = 'scheduled' AND due_at <= :now
                   AND retry_at <= :now AND cancel_wish = 0) WHERE turn = 1"""
        return [delivery_of(row) for row in rows.all(sql, w=self._workspace, now=micros(now))]


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

    def _publish_part(self, delivery, message, handles, after, network, *, fresh):
        part, now = message.parts[delivery.parts_done], self._world.now()
        before = self._rows.intend(delivery, life.intended(delivery, part.n, now), now, self._owner)
        receipt = Receipt("sent", "sent", START)
        done = self._receive(before, life.after_receipt(before, receipt), receipt)
        network.publish(part, message, handles, bot.publisher.part_key(before.key, part.n), after)
        return done, receipt


@contextmanager
def new_keys():
    """A new key for every attempt (Mixpost)."""
    kept, attempts = bot.publisher.part_key, count()
    bot.publisher.part_key = lambda key, part: f"{kept(key, part)}-{next(attempts)}"
    try:
        yield
    finally:
        bot.publisher.part_key = kept


@dataclass(frozen=True)
class Mutant:
    """A mistake, what the simulator must say of it, and where to look: "crash points", "stalls" or "seeds"."""

    name: str
    words: str
    where: str
    protocol: Protocol = field(default_factory=Protocol)
    around: Callable = nullcontext


NO_GUARD = Patience(margin=timedelta(hours=-9))
MUTANTS = (
    Mutant("no settling time before a look", "twice", "stalls", Protocol(settle=0)),
    Mutant("no fence: the last writer wins", "twice", "stalls", Protocol(rows=NoFence)),
    Mutant("no lease guard before the call", "twice", "stalls", Protocol(patience=NO_GUARD)),
    Mutant("two owners that believe to be alone", "twice", "stalls", Protocol(trusts_a_lock_that_is_not_there=True)),
    Mutant("no intent before the call", "twice", "crash points", Protocol(rows=NoIntent)),
    Mutant("a crash sends again", "twice", "crash points", Protocol(publisher=SendsAgainAfterACrash)),
    Mutant("silence is taken for 'not posted'", "twice", "crash points", Protocol(publisher=Resends)),
    Mutant("silence is taken for failure", "false", "crash points", Protocol(publisher=TakesSilenceForFailure)),
    Mutant("the receipt comes before the call", "false", "crash points", Protocol(publisher=ReceiptFirst)),
    Mutant("holds and wishes end at the claim", "against a hold", "seeds", Protocol(rows=NoHoldsAtTheIntent)),
    Mutant("no order within an account", "instead of", "seeds", Protocol(rows=NoLane)),
    Mutant("lateness is not judged before the call", "after its grace", "seeds", Protocol(publisher=NeverLate)),
    Mutant("a clock set back is not noticed", "early", "seeds", Protocol(publisher=NeverEarly)),
    Mutant("a new key for every attempt", "twice", "seeds", around=new_keys),
)
