"""The state machine: every allowed move and no other, and which move each outcome causes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from bot import delivery as life
from bot.delivery import MOVES, Delivery, Patience, State
from bot.errors import (
    CannotTell,
    NetworkError,
    NothingPosted,
    RateLimited,
    Rejected,
    Stale,
    Unauthorized,
    Unavailable,
    Unconfirmed,
)
from bot.model import Limits, Receipt

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
LIMITS = Limits(settle=timedelta(seconds=45), looks=2, timeout=timedelta(seconds=30))
PATIENCE = Patience()
RECEIPT = Receipt("42", "https://example.org/42", NOW)
SECOND = timedelta(seconds=1)

SCHEDULED = Delivery(
    id=1,
    post="p",
    account="a",
    occurrence="1",
    state=State.SCHEDULED,
    fence=3,
    due_at=NOW,
    not_after=NOW + timedelta(hours=2),
    key="k",
    message="m",
)
PUBLISHING = life.claimed(SCHEDULED, "owner", NOW, PATIENCE)
INTENDED = life.intended(PUBLISHING, 0, NOW)


def error_move(delivery, error, jitter=0.5):
    return life.after_error(delivery, error, NOW, limits=LIMITS, patience=PATIENCE, jitter=jitter)


def look_move(delivery, seen, now=NOW, limits=LIMITS):
    return life.after_look(delivery, seen, now, limits=limits, patience=PATIENCE)


UNCONFIRMED = error_move(INTENDED, Unconfirmed("no answer"))
ONE_LOOK = replace(LIMITS, looks=1)
CAUSES = {
    "claimed": (SCHEDULED, PUBLISHING),
    "doubted": (SCHEDULED, life.doubted(SCHEDULED, NOW, NOW)),
    "missed": (SCHEDULED, life.missed(SCHEDULED)),
    "canceled": (SCHEDULED, life.canceled(SCHEDULED, "why")),
    "given back": (PUBLISHING, life.given_back(PUBLISHING, "why", NOW, PATIENCE)),
    "no answer": (INTENDED, UNCONFIRMED),
    "every receipt": (INTENDED, life.after_receipt(INTENDED, RECEIPT)),
    "rejected": (INTENDED, error_move(INTENDED, Rejected("no"))),
    "absent": (UNCONFIRMED, look_move(UNCONFIRMED, None, limits=ONE_LOOK)),
    "found": (UNCONFIRMED, look_move(UNCONFIRMED, RECEIPT)),
    "dropped": (UNCONFIRMED, life.canceled(UNCONFIRMED, "why")),
    "let be": (life.missed(SCHEDULED), life.canceled(life.missed(SCHEDULED), "why")),
    "given up": (
        error_move(INTENDED, Rejected("no")),
        life.canceled(error_move(INTENDED, Rejected("no")), "why"),
    ),
    "again": (life.missed(SCHEDULED), life.rescheduled(life.missed(SCHEDULED), NOW, NOW, "why")),
    "once more": (
        error_move(INTENDED, Rejected("no")),
        life.rescheduled(error_move(INTENDED, Rejected("no")), NOW, NOW, "why"),
    ),
}


@pytest.mark.parametrize("name", CAUSES)
def test_a_cause_makes_an_allowed_move(name):
    before, after = CAUSES[name]
    assert (before.state, after.state) in MOVES


def test_every_allowed_move_has_a_cause():
    assert {(before.state, after.state) for before, after in CAUSES.values()} == MOVES


def test_published_and_canceled_are_ends_for_ever():
    assert not {move for move in MOVES if move[0] in {State.PUBLISHED, State.CANCELED}}


@pytest.mark.parametrize("parts", [1, 2, 5])
def test_it_is_published_when_every_part_has_its_receipt_and_not_before(parts):
    delivery = replace(PUBLISHING, parts=parts)
    for n in range(parts):
        assert delivery.state is State.PUBLISHING
        delivery = life.after_receipt(life.intended(delivery, n, NOW), RECEIPT)
    assert (delivery.state, delivery.parts_done, delivery.intent_part) == (State.PUBLISHED, parts, -1)


def test_the_url_is_that_of_the_first_part():
    first = life.after_receipt(life.intended(replace(PUBLISHING, parts=2), 0, NOW), RECEIPT)
    second = life.after_receipt(life.intended(first, 1, NOW), replace(RECEIPT, url="https://example.org/43"))
    assert second.url == RECEIPT.url


PROMISES = [Unavailable("x"), RateLimited("x", NOW + SECOND), Rejected("x"), Unauthorized("x")]
SILENCE = [Unconfirmed("x"), CannotTell("x"), NetworkError("x"), NothingPosted("x"), ValueError("x"), TimeoutError()]


@pytest.mark.parametrize("error", SILENCE, ids=lambda e: type(e).__name__)
def test_after_the_intent_an_error_that_promises_nothing_leaves_it_unconfirmed(error):
    after = error_move(INTENDED, error)
    assert (after.state, after.intent_part, after.looks) == (State.UNCONFIRMED, 0, 0)
    assert after.check_at == NOW + LIMITS.settle
    assert after.reason


@pytest.mark.parametrize("error", PROMISES, ids=lambda e: type(e).__name__)
def test_after_the_intent_an_error_that_promises_is_believed(error):
    after = error_move(INTENDED, error)
    assert after.state is (State.FAILED if isinstance(error, Rejected) else State.SCHEDULED)
    assert after.intent_part == -1


@pytest.mark.parametrize("error", [*PROMISES, *SILENCE], ids=lambda e: type(e).__name__)
def test_before_the_intent_no_error_can_leave_it_unconfirmed(error):
    assert error_move(PUBLISHING, error).state is not State.UNCONFIRMED


def test_a_rate_limit_is_waited_for_but_never_longer_than_a_day():
    assert error_move(INTENDED, RateLimited("x", NOW + timedelta(minutes=7))).retry_at == NOW + timedelta(minutes=7)
    assert error_move(INTENDED, RateLimited("x", NOW - timedelta(days=9))).retry_at == NOW + SECOND
    assert error_move(INTENDED, RateLimited("x", NOW + timedelta(days=999))).retry_at == NOW + timedelta(hours=24)


def test_a_rate_limit_without_a_zone_is_taken_as_utc():
    naive = (NOW + timedelta(minutes=7)).replace(tzinfo=None)
    assert error_move(INTENDED, RateLimited("x", naive)).retry_at == NOW + timedelta(minutes=7)


def test_a_rate_limit_is_no_failure_and_patience_does_not_run_out_by_it():
    delivery = INTENDED
    for _ in range(50):
        delivery = error_move(life.intended(PUBLISHING, 0, NOW), RateLimited("x", NOW))
    assert (delivery.state, delivery.errors) == (State.SCHEDULED, 0)


def test_lost_access_is_no_failure():
    after = error_move(INTENDED, Unauthorized("revoked"))
    assert (after.state, after.errors, after.retry_at) == (State.SCHEDULED, 0, None)


def test_eight_certain_failures_in_a_row_are_the_end_and_a_receipt_forgets_them():
    delivery, states = replace(SCHEDULED, parts=2), []
    for _ in range(PATIENCE.errors):
        delivery = error_move(life.intended(life.claimed(delivery, "o", NOW, PATIENCE), 0, NOW), Unavailable("down"))
        states.append(delivery.state)
    assert states == [State.SCHEDULED] * 7 + [State.FAILED]
    assert life.after_receipt(replace(INTENDED, errors=7), RECEIPT).errors == 0


@pytest.mark.parametrize(("failures", "jitter"), [*product([1, 2, 8, 40, 10_000], [0.0, 0.5, 0.999])])
def test_the_backoff_is_never_under_a_second_nor_over_its_cap(failures, jitter):
    assert SECOND <= PATIENCE.backoff(failures, jitter) <= PATIENCE.cap


def test_the_backoff_doubles_up_to_its_cap():
    waits = [PATIENCE.backoff(n, 1) for n in range(1, 10)]
    assert waits[:4] == [timedelta(seconds=s) for s in (15, 30, 60, 120)]
    assert waits[-1] == PATIENCE.cap


def test_it_is_late_one_microsecond_after_its_grace_and_not_at_it():
    assert not life.is_late(SCHEDULED, SCHEDULED.not_after)
    assert life.is_late(SCHEDULED, SCHEDULED.not_after + timedelta(microseconds=1))


def test_what_has_begun_is_finished_however_late_and_is_never_early():
    begun = replace(SCHEDULED, parts=2, parts_done=1)
    assert not life.is_late(begun, NOW + timedelta(days=30))
    assert not life.is_early(begun, NOW - timedelta(days=30))


def test_it_is_early_until_the_moment_it_is_due():
    assert life.is_early(SCHEDULED, NOW - timedelta(microseconds=1))
    assert not life.is_early(SCHEDULED, NOW)


def test_a_call_may_start_only_if_it_is_over_before_the_lease_is():
    last = PUBLISHING.lease_until - LIMITS.timeout - PATIENCE.margin
    assert life.has_time(PUBLISHING, last, LIMITS, PATIENCE)
    assert not life.has_time(PUBLISHING, last + timedelta(microseconds=1), LIMITS, PATIENCE)
    assert not life.has_time(SCHEDULED, NOW, LIMITS, PATIENCE)


def test_a_claim_takes_a_new_fence_and_counts_as_a_try_until_it_intends():
    assert (PUBLISHING.fence, PUBLISHING.tries, PUBLISHING.lease_owner) == (4, 1, "owner")
    assert PUBLISHING.lease_until == NOW + PATIENCE.lease
    assert INTENDED.tries == 0


def test_a_lapsed_lease_without_an_intent_goes_back_and_remembers_the_try():
    after = life.after_lease(PUBLISHING, NOW, LIMITS)
    assert (after.state, after.tries, after.fence, after.lease_until) == (State.SCHEDULED, 1, 5, None)


def test_a_lapsed_lease_with_an_intent_is_looked_for_after_the_settling_time():
    after = life.after_lease(INTENDED, NOW, LIMITS)
    assert (after.state, after.intent_part, after.fence) == (State.UNCONFIRMED, 0, 5)
    assert after.check_at == NOW + LIMITS.settle


def test_what_is_given_back_in_good_order_is_no_try_and_rests_a_moment():
    after = life.given_back(PUBLISHING, "why", NOW, PATIENCE)
    assert (after.state, after.tries, after.retry_at) == (State.SCHEDULED, 0, NOW + PATIENCE.base)


def test_absent_is_believed_only_when_every_look_agrees():
    once = look_move(UNCONFIRMED, None)
    assert (once.state, once.looks, once.check_at) == (State.UNCONFIRMED, 1, NOW + LIMITS.settle)
    twice = look_move(once, None)
    assert (twice.state, twice.intent_part, twice.looks) == (State.SCHEDULED, -1, 0)


def test_every_look_takes_a_new_fence():
    for seen in (None, RECEIPT, CannotTell("x"), Unavailable("x")):
        assert look_move(UNCONFIRMED, seen).fence == UNCONFIRMED.fence + 1


def test_where_looking_cannot_tell_a_person_is_asked_and_nothing_wakes_it():
    after = look_move(UNCONFIRMED, CannotTell("no listing"))
    assert (after.state, after.asks, after.check_at, after.reason) == (State.UNCONFIRMED, True, None, "no listing")


@pytest.mark.parametrize("answer", [lambda d: life.released(d, ""), lambda d: life.canceled(d, "")])
def test_an_answer_ends_the_question(answer):
    after = answer(look_move(UNCONFIRMED, CannotTell("no listing")))
    assert (after.asks, after.intent_part) == (False, -1)


def test_a_look_that_could_not_be_made_is_made_again_ever_more_rarely():
    waits = [
        look_move(UNCONFIRMED, Unavailable("down"), NOW + age).check_at - (NOW + age)
        for age in (timedelta(0), timedelta(minutes=10), timedelta(days=3))
    ]
    assert waits == [LIMITS.settle, timedelta(minutes=2, seconds=30), PATIENCE.cap]


def test_a_look_that_was_rate_limited_waits_for_as_long_as_was_asked():
    assert look_move(UNCONFIRMED, RateLimited("x", NOW + timedelta(hours=2))).check_at == NOW + timedelta(hours=2)
    assert look_move(UNCONFIRMED, RateLimited("x", NOW + timedelta(days=99))).check_at == NOW + timedelta(hours=24)


def test_a_look_that_could_not_be_made_takes_back_no_other():
    once = look_move(UNCONFIRMED, None)
    assert look_move(once, Unavailable("down")).looks == 1


def test_a_found_part_of_several_sends_it_back_for_the_next():
    after = look_move(replace(UNCONFIRMED, parts=2), RECEIPT)
    assert (after.state, after.parts_done, after.intent_part) == (State.SCHEDULED, 1, -1)


def test_a_new_ledger_looks_at_once_for_what_an_old_one_may_have_sent():
    since = NOW - timedelta(days=9)
    after = life.doubted(SCHEDULED, NOW, since)
    assert (after.check_at, after.intent_at, after.intent_part) == (NOW, since, 0)


def test_what_is_being_published_cannot_be_given_a_new_time():
    with pytest.raises(Stale, match="being published"):
        life.rescheduled(INTENDED, NOW, NOW, "why")


def test_a_new_time_is_a_new_start():
    tired = replace(life.missed(SCHEDULED), errors=7, tries=2, retry_at=NOW)
    after = life.rescheduled(tired, NOW + SECOND, NOW + SECOND, "moved")
    assert (after.errors, after.tries, after.retry_at, after.fence) == (0, 0, None, 4)


@pytest.mark.parametrize("name", CAUSES)
def test_only_what_is_being_published_has_a_lease_and_only_what_is_in_doubt_a_time_to_look(name):
    _, after = CAUSES[name]
    assert (after.lease_until is not None) == (after.state is State.PUBLISHING)
    assert after.check_at is None or after.state is State.UNCONFIRMED
    assert after.intent_part < 0 or after.state in {State.PUBLISHING, State.UNCONFIRMED}
