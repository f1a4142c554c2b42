"""Who may be claimed: order, spacing, holds, wishes, doubts; and when to wake for it."""

from datetime import timedelta

import pytest

from bot import delivery as life
from bot.delivery import State
from bot.errors import Stale, Unavailable
from bot.model import Limits

MINUTE = timedelta(minutes=1)


def posts(deliveries):
    return [delivery.post for delivery in deliveries]


def back_off(desk, delivery, jitter=0.99):
    after = life.after_error(
        delivery, Unavailable("down"), desk.now, limits=Limits(), patience=desk.patience, jitter=jitter
    )
    return desk.rows.settle(delivery, after, desk.now, "worker")


def test_what_is_due_is_claimed_and_what_is_not_is_not(desk):
    desk.plan("due")
    desk.plan("later", "b", due=MINUTE)
    assert posts(desk.claim()) == ["due"]
    assert posts(desk.claim(desk.now + MINUTE)) == ["later"]


def test_an_account_has_one_open_delivery_at_a_time_and_accounts_do_not_wait_for_each_other(desk):
    for post, account in (("1", "a"), ("2", "a"), ("3", "b"), ("4", "b")):
        desk.plan(post, account)
    assert posts(desk.claim()) == ["1", "3"]
    assert desk.claim() == []


def test_an_account_goes_in_the_order_of_its_times_then_of_its_planning(desk):
    for post, due in (("third", MINUTE), ("first", -MINUTE), ("second", timedelta(0)), ("and then", MINUTE)):
        desk.plan(post, due=due)
    order = []
    while claimed := desk.claim(desk.now + MINUTE):
        order += posts(claimed)
        desk.receive(desk.intend(claimed[0]))
    assert order == ["first", "second", "third", "and then"]


def test_no_more_are_claimed_than_asked_for(desk):
    desk.plan("1", "a", due=-MINUTE)
    desk.plan("2", "b", due=-2 * MINUTE)
    assert posts(desk.claim(most=1)) == ["2"]


def test_a_row_that_waits_for_its_next_try_keeps_the_later_ones_of_its_account_waiting(desk):
    desk.plan("first")
    desk.plan("second")
    desk.plan("elsewhere", "b")
    tired = back_off(desk, desk.claim()[0])
    assert posts(desk.claim()) == []
    assert posts(desk.claim(tired.retry_at)) == ["first"]


def test_after_a_receipt_the_account_rests_for_its_spacing(desk):
    desk.plan("first")
    desk.plan("second")
    desk.receive(desk.intend(desk.claim()[0]), open_at=desk.now + 10 * MINUTE)
    assert desk.claim(desk.now + 10 * MINUTE - timedelta(microseconds=1)) == []
    assert posts(desk.claim(desk.now + 10 * MINUTE)) == ["second"]


def test_a_person_can_open_an_account_before_its_rest_is_over(desk):
    desk.plan("first")
    desk.plan("second")
    desk.receive(desk.intend(desk.claim()[0]), open_at=desk.now + 10 * MINUTE)
    desk.records.open_account("a", desk.now)
    assert posts(desk.claim()) == ["second"]


def test_a_doubt_keeps_the_lane_waiting_for_five_minutes_and_no_longer(desk):
    desk.plan("doubtful")
    desk.plan("next")
    desk.doubt(desk.intend(desk.claim()[0]))
    assert desk.claim(desk.now + 5 * MINUTE - timedelta(microseconds=1)) == []
    assert posts(desk.claim(desk.now + 5 * MINUTE)) == ["next"]


SCOPES = [("workspace", ""), ("account", "a"), ("post", "p"), ("delivery", "1")]


@pytest.mark.parametrize(("scope", "subject"), SCOPES)
def test_a_hold_stops_the_claim_until_it_is_released(desk, scope, subject):
    desk.plan()
    desk.records.hold(scope, subject, "paused", "", desk.now)
    assert desk.claim() == []
    desk.records.release(scope, subject, "paused", desk.now)
    assert posts(desk.claim()) == ["p"]


@pytest.mark.parametrize(("scope", "subject"), SCOPES)
def test_a_hold_after_the_claim_stops_at_the_intent(desk, scope, subject):
    desk.plan()
    claimed = desk.claim()[0]
    desk.records.hold(scope, subject, "paused", "", desk.now)
    with pytest.raises(Stale):
        desk.intend(claimed)
    assert desk.rows.get(claimed.id) == claimed
    assert desk.sql("SELECT count(*) FROM attempt") == [(0,)]


@pytest.mark.parametrize(("scope", "subject"), [("account", "b"), ("post", "q"), ("delivery", "2")])
def test_a_hold_on_another_stops_nothing(desk, scope, subject):
    desk.plan()
    desk.records.hold(scope, subject, "paused", "", desk.now)
    desk.intend(desk.claim()[0])


def test_one_of_two_holds_is_enough(desk):
    desk.plan()
    desk.records.hold("post", "p", "claims", "", desk.now)
    desk.records.hold("account", "a", "paused", "", desk.now)
    desk.records.release("account", "a", "paused", desk.now)
    assert desk.claim() == []


def test_a_held_post_lets_the_later_ones_of_its_account_pass(desk):
    desk.plan("held")
    desk.plan("free")
    desk.records.hold("post", "held", "claims", "", desk.now)
    assert posts(desk.claim()) == ["free"]


def test_a_wish_to_cancel_what_is_scheduled_is_granted_at_once(desk):
    row = desk.plan()
    desk.rows.wish_cancel(row, desk.now, "ann", "withdrawn")
    assert desk.rows.get(row.id).state is State.CANCELED


def test_a_wish_to_cancel_stops_at_the_intent_and_is_granted_when_the_row_comes_back(desk):
    row = desk.plan()
    claimed = desk.claim()[0]
    desk.rows.wish_cancel(row, desk.now, "ann", "withdrawn")
    with pytest.raises(Stale):
        desk.intend(claimed)
    desk.rows.settle(claimed, life.released(claimed, "x"), desk.now, "worker")
    assert desk.claim() == [], "it is not to be claimed again, or the round never ends"
    assert desk.rows.next_wake(desk.now) == desk.now
    assert desk.rows.cancel_wished(desk.now) == 1
    assert desk.rows.get(row.id).state is State.CANCELED


def test_after_the_intent_the_outcome_stands_against_a_wish(desk):
    row = desk.plan()
    intended = desk.intend(desk.claim()[0])
    desk.rows.wish_cancel(row, desk.now, "ann", "withdrawn")
    assert desk.receive(intended).state is State.PUBLISHED
    assert desk.rows.cancel_wished(desk.now) == 0


def test_a_wish_that_came_too_late_does_not_cancel_what_a_person_sends_again(desk):
    row = desk.plan()
    intended = desk.intend(desk.claim()[0])
    desk.rows.wish_cancel(row, desk.now, "ann", "withdrawn")
    failed = life.after_error(
        intended, life.Rejected("no"), desk.now, limits=Limits(), patience=desk.patience, jitter=0
    )
    desk.rows.settle(intended, failed, desk.now, "worker")
    again = life.rescheduled(failed, desk.now, desk.now + MINUTE, "a person")
    desk.rows.settle(failed, again, desk.now, "ann")
    assert desk.rows.cancel_wished(desk.now) == 0
    assert posts(desk.claim()) == ["p"]


def test_what_is_late_becomes_missed_and_those_behind_it_go_out_in_the_same_claim(desk):
    for n in range(20):
        desk.plan(f"late {n}", due=-timedelta(days=1))
    desk.plan("in time")
    assert posts(desk.claim()) == ["in time"]
    assert {row.state for row in desk.rows.all()} == {State.MISSED, State.PUBLISHING}


def test_of_a_dead_owner_everything_is_taken_over_and_of_a_living_one_what_has_lapsed(desk):
    desk.plan()
    claimed = desk.claim()[0]
    end = claimed.lease_until
    assert desk.rows.lapsed(desk.now, "next", alone=True) == [claimed]
    assert desk.rows.lapsed(desk.now, "worker", alone=True) == []
    assert desk.rows.lapsed(end, "next", alone=False) == []
    assert desk.rows.lapsed(end + timedelta(microseconds=1), "worker", alone=True) == [claimed]


def test_nothing_to_do_needs_no_waking(desk):
    assert desk.rows.next_wake(desk.now) is None
    desk.plan()
    desk.receive(desk.intend(desk.claim()[0]))
    assert desk.rows.next_wake(desk.now) is None


def test_it_wakes_for_the_earliest_that_is_to_come(desk):
    desk.plan("b", due=9 * MINUTE)
    desk.plan("a", due=7 * MINUTE)
    assert desk.rows.next_wake(desk.now) == desk.now + 7 * MINUTE
    assert desk.rows.next_wake(desk.now + 8 * MINUTE) == desk.now + 8 * MINUTE


def test_it_wakes_when_a_lease_ends_and_when_a_look_is_due(desk):
    desk.plan()
    intended = desk.intend(desk.claim()[0])
    assert desk.rows.next_wake(desk.now) == intended.lease_until
    assert desk.rows.next_wake(desk.now) == intended.lease_until
    doubted = desk.doubt(intended)
    assert desk.rows.next_wake(desk.now) == doubted.check_at
    assert desk.rows.due_looks(doubted.check_at - timedelta(microseconds=1)) == []
    assert desk.rows.due_looks(doubted.check_at) == [doubted]


def test_it_does_not_wake_at_once_for_what_stands_behind_another(desk):
    desk.plan("first")
    desk.plan("second")
    claimed = desk.claim()[0]
    assert desk.rows.next_wake(desk.now) == claimed.lease_until, "behind one that is under way"
    tired = back_off(desk, claimed)
    assert desk.rows.next_wake(desk.now) == tired.retry_at, "behind one in backoff"
    desk.receive(desk.intend(desk.claim(tired.retry_at)[0]), open_at=desk.now + 30 * MINUTE)
    assert desk.rows.next_wake(desk.now) == desk.now + 30 * MINUTE, "behind the spacing"


def test_it_wakes_behind_a_question_when_the_lane_opens(desk):
    desk.plan("asks")
    desk.plan("second")
    doubted = desk.doubt(desk.intend(desk.claim()[0]))
    look = life.after_look(doubted, life.CannotTell("x"), desk.now, limits=Limits(), patience=desk.patience)
    desk.rows.settle(doubted, look, desk.now, "worker")
    assert desk.rows.next_wake(desk.now) == desk.now + 5 * MINUTE


def test_what_is_held_wakes_nobody(desk):
    desk.plan()
    desk.records.hold("post", "p", "claims", "", desk.now)
    assert desk.rows.next_wake(desk.now) is None


def test_a_workspace_sees_and_moves_only_its_own(desk, tmp_path):
    other = type(desk)(tmp_path / "state", "another")
    desk.plan()
    assert other.claim() == []
    assert other.rows.all() == []
    assert other.rows.next_wake(desk.now) is None
    desk.records.hold("workspace", "", "paused", "", desk.now)
    other.plan("mine")
    assert posts(other.claim()) == ["mine"]
    other.ledger.close()
