"""A delivery's life: the states, the allowed moves, and which move an outcome causes.

Pure: every function takes a Delivery and says what it becomes; the ledger writes that with compare-and-set on
state and fence. The order that makes it safe is the publisher's: prepare, store handles, intend (durable),
publish, record the receipt (durable), for each part.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.errors import CannotTell, NetworkError, RateLimited, Rejected, Stale, Unauthorized, Unavailable
from bot.model import Limits, Receipt


class State(StrEnum):
    """Where a delivery stands."""

    SCHEDULED = "scheduled"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    UNCONFIRMED = "unconfirmed"
    MISSED = "missed"
    FAILED = "failed"
    CANCELED = "canceled"


OVER = frozenset({State.PUBLISHED, State.CANCELED})
"""Nothing more becomes of it by itself, nor by a person's word."""
UNDER_WAY = frozenset({State.PUBLISHING, State.UNCONFIRMED})
"""It may be live."""
KEEPS_ITS_TIME = UNDER_WAY | {State.SCHEDULED}
"""It goes on by itself: nobody else gets its moment."""
NOT_SENT = frozenset({State.MISSED, State.FAILED})
"""It ended unsent: a person says whether it still goes out."""
WAITS = NOT_SENT | {State.SCHEDULED}
"""It can be given another time, or be sent now."""

POSTPONED = "cannot look yet"
"""How the reason of a delivery begins whose look could not be made."""
NO_ACCESS = "no access"
"""Why an account is held that the network does not let in: until it is connected again."""
POISON = "poison"
"""Why a delivery is held whose claims never came as far as an intent: it may be what stops the bot."""

S, P, U = State.SCHEDULED, State.PUBLISHING, State.UNCONFIRMED
MOVES: frozenset[tuple[State, State]] = frozenset(
    {
        *((S, to) for to in (P, U, State.MISSED, State.CANCELED)),
        *((P, to) for to in (S, U, State.PUBLISHED, State.FAILED)),
        *((U, to) for to in (S, State.PUBLISHED, State.CANCELED)),
        *((end, to) for end in (State.MISSED, State.FAILED) for to in (S, State.CANCELED)),
    }
)
"""Every allowed move. `scheduled -> unconfirmed` is a new ledger asking whether an old one already published."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One occurrence of one Post to one Account, as its row stands. All times UTC.

    `fence` grows at every claim and every look; `parts_done` counts receipts; `intent_part` is the part whose
    outcome is not known (-1: none) and `intent_at` when it was intended; `tries` counts claims that never reached
    an intent; `errors` certain failures in a row; `looks` the looks that agree on "absent"; `asks` means that only
    a person can settle it.
    """

    id: int
    post: str
    account: str
    occurrence: str
    state: State
    fence: int
    due_at: datetime
    not_after: datetime
    key: str
    message: str
    parts: int = 1
    parts_done: int = 0
    intent_part: int = -1
    intent_at: datetime | None = None
    lease_owner: str = ""
    lease_until: datetime | None = None
    retry_at: datetime | None = None
    check_at: datetime | None = None
    looks: int = 0
    tries: int = 0
    errors: int = 0
    asks: bool = False
    reason: str = ""
    url: str = ""
    local_time: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long we try: the lease of a claim, certain failures in a row, claims without an intent, the backoff."""

    lease: timedelta = timedelta(seconds=180)
    margin: timedelta = timedelta(seconds=5)
    errors: int = 8
    tries: int = 3
    base: timedelta = timedelta(seconds=15)
    cap: timedelta = timedelta(minutes=15)
    longest_wait: timedelta = timedelta(hours=24)

    def backoff(self, failures: int, jitter: float) -> timedelta:
        """The wait after that many failures: full jitter (`jitter` in [0, 1)) over a doubling ceiling."""
        ceiling: timedelta = min(self.cap, self.base * (1 << min(failures - 1, 20)))
        return max(timedelta(seconds=1), ceiling * jitter)

    def look_again(self, age: timedelta, settle: timedelta) -> timedelta:
        """The wait after a look that could not be made: it grows with the age of the question."""
        return max(settle, self.base, min(self.cap, age / 4))


def is_late(delivery: Delivery, now: datetime) -> bool:
    """Whether it is past its grace. What has begun (a first part is out) is finished, however late."""
    return now > delivery.not_after and delivery.parts_done == 0


def is_early(delivery: Delivery, now: datetime) -> bool:
    """Whether it is not due (a clock can be set back after the claim)."""
    return now < delivery.due_at and delivery.parts_done == 0


def has_time(delivery: Delivery, now: datetime, limits: Limits, patience: Patience) -> bool:
    """Whether a publish call that starts now is over before the lease is."""
    lease_until = delivery.lease_until or now
    return now + limits.timeout + patience.margin <= lease_until


def claimed(delivery: Delivery, owner: str, now: datetime, patience: Patience) -> Delivery:
    """It is ours to publish, for the length of a lease."""
    return replace(
        delivery,
        state=P,
        fence=delivery.fence + 1,
        lease_owner=owner,
        lease_until=now + patience.lease,
        retry_at=None,
        tries=delivery.tries + 1,
        reason="",
    )


def intended(delivery: Delivery, part: int, now: datetime) -> Delivery:
    """From here on the part may be live, until an outcome says otherwise."""
    return replace(delivery, intent_part=part, intent_at=now, tries=0, looks=0)


def after_receipt(delivery: Delivery, receipt: Receipt) -> Delivery:
    """The intended part is live: the next part, or the end."""
    done = delivery.parts_done + 1
    after = replace(delivery, parts_done=done, intent_part=-1, intent_at=None, errors=0, looks=0, asks=False)
    after = replace(after, url=delivery.url or receipt.url)
    if done == delivery.parts:
        return _rest(after, State.PUBLISHED, "")
    return after if delivery.state is P else _rest(after, S, "found; the next part is due")


def after_error(
    delivery: Delivery, error: Exception, now: datetime, *, limits: Limits, patience: Patience, jitter: float
) -> Delivery:
    """What an error of `prepare` or `publish` makes of it.

    Before the intent no error can have shown anything to the public. After it only the errors that promise
    "nothing was posted" are believed; every other one, a defect of ours included, is an unknown outcome.
    """
    why = str(error) or type(error).__name__
    known = isinstance(error, Unavailable | RateLimited | Rejected | Unauthorized)
    if not known and delivery.intent_part >= 0:
        return _rest(replace(delivery, check_at=now + limits.settle, looks=0), U, why)
    back = replace(delivery, intent_part=-1, intent_at=None, tries=0)
    if isinstance(error, Rejected):
        return _rest(back, State.FAILED, why)
    if isinstance(error, Unauthorized):
        return _rest(back, S, why)
    if isinstance(error, RateLimited):
        wait = min(max(error.retry_at, now + timedelta(seconds=1)), now + patience.longest_wait)
        return _rest(replace(back, retry_at=wait), S, why)
    errors = delivery.errors + 1
    if errors >= patience.errors:
        return _rest(replace(back, errors=errors), State.FAILED, f"gave up after {errors} tries: {why}")
    return _rest(replace(back, errors=errors, retry_at=now + patience.backoff(errors, jitter)), S, why)


def after_lease(delivery: Delivery, ended_at: datetime, limits: Limits) -> Delivery:
    """Whoever held it is gone since `ended_at` at the latest: the intent decides."""
    if delivery.intent_part < 0:
        return released(delivery, "interrupted before anything was sent")
    after = replace(delivery, check_at=ended_at + limits.settle, looks=0, fence=delivery.fence + 1)
    return _rest(after, U, "interrupted while publishing: looking for it")


def released(delivery: Delivery, why: str) -> Delivery:
    """Certain that the current part was not sent: back to the calendar."""
    after = replace(delivery, intent_part=-1, intent_at=None, fence=delivery.fence + 1)
    return _rest(after, S, why)


def given_back(delivery: Delivery, why: str, now: datetime, patience: Patience) -> Delivery:
    """Its holder returns it unsent, in good order: no crash to count, and a moment's rest so that nothing spins."""
    return released(replace(delivery, tries=0, retry_at=now + patience.base), why)


def after_look(
    delivery: Delivery, seen: Receipt | NetworkError | None, now: datetime, *, limits: Limits, patience: Patience
) -> Delivery:
    """What one look for an unconfirmed part makes of it: found, absent so far, absent, ask later, ask a person."""
    looked = replace(delivery, fence=delivery.fence + 1)
    if isinstance(seen, Receipt):
        return after_receipt(looked, seen)
    if isinstance(seen, CannotTell):
        return unsettled(delivery, str(seen) or "cannot tell whether it is live")
    if seen is not None:
        wait = patience.look_again(now - (delivery.intent_at or now), limits.settle)
        asked = seen.retry_at if isinstance(seen, RateLimited) else now
        check_at = max(now + wait, min(asked, now + patience.longest_wait))
        return replace(looked, check_at=check_at, reason=f"{POSTPONED}: {seen}")
    looks = delivery.looks + 1
    if looks < limits.looks:
        return replace(looked, looks=looks, check_at=now + limits.settle * limits.growth**looks)
    return released(replace(looked, looks=looks), "looked for it: it is not there")


def unsettled(delivery: Delivery, why: str) -> Delivery:
    """Looking cannot settle it: a person decides."""
    return replace(delivery, fence=delivery.fence + 1, asks=True, check_at=None, reason=why)


def missed(delivery: Delivery) -> Delivery:
    """Too late to send."""
    return _rest(delivery, State.MISSED, "its time had passed; nothing was sent")


def canceled(delivery: Delivery, why: str) -> Delivery:
    """Not to be sent."""
    return _rest(replace(delivery, intent_part=-1, intent_at=None, asks=False), State.CANCELED, why)


def rescheduled(delivery: Delivery, due_at: datetime, not_after: datetime, why: str) -> Delivery:
    """A person, or the plan, gives it a new time; raises Stale while it is being published."""
    if delivery.state is P:
        raise Stale(f"{delivery.post} on {delivery.account} is being published: look again in a minute")
    after = replace(delivery, due_at=due_at, not_after=not_after, errors=0, tries=0)
    return _rest(replace(after, retry_at=None, intent_part=-1, intent_at=None, fence=delivery.fence + 1), S, why)


def doubted(delivery: Delivery, now: datetime, since: datetime) -> Delivery:
    """An earlier ledger may have published its next part: look before anything is sent."""
    after = replace(delivery, intent_part=delivery.parts_done, intent_at=since, check_at=now)
    return _rest(after, U, "new ledger: looking whether it was already published")


def _rest(delivery: Delivery, state: State, why: str) -> Delivery:
    """Nobody's any more, in that state."""
    return replace(
        delivery,
        state=state,
        lease_owner="",
        lease_until=None,
        retry_at=delivery.retry_at if state is S else None,
        check_at=delivery.check_at if state is U else None,
        asks=delivery.asks and state is U,
        looks=delivery.looks if state is U else 0,
        reason=why,
    )
