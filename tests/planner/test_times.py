"""When posts go out: slots, wishes, the days the clocks change, and another zone."""

from datetime import UTC, datetime, timedelta

import pytest

DAILY = '[[slots]]\naccount = "feed"\ndays = ["mon","tue","wed","thu","fri","sat","sun"]\ntime = "{time}"\n'


def told(plan):
    return [str(problem) for problem in plan.problems]


def times(studio):
    return {row.post: row.local_time for row in studio.rows()}


def wish(at, **more):
    return "\n".join([f"publish_at = {at}", *(f"{key} = {value}" for key, value in more.items())])


def test_a_second_round_changes_nothing_at_all(studio):
    for name in "abc":
        studio.write(name)
    studio.write("d", front=wish("2026-11-05T10:30:00"))
    studio.write("e", status="draft")
    studio.write("f", status="withdrawn")
    studio.plan()
    before = studio.fingerprint()
    plan = studio.plan()
    assert (plan.planned, plan.changed) == ([], [])
    assert studio.fingerprint() == before


def test_free_slots_are_given_in_the_order_of_the_files(studio):
    for name in ("2-b", "1-a", "sub/3-c"):
        studio.write(name, known_as=name.replace("sub/", ""))
    studio.plan()
    assert times(studio) == {
        "1-a": "2026-11-02T09:00:00",
        "2-b": "2026-11-04T09:00:00",
        "3-c": "2026-11-06T09:00:00",
    }


def test_a_later_post_takes_the_next_slot_and_moves_nobody(studio):
    studio.write("b")
    studio.plan()
    studio.write("a")
    studio.plan()
    assert times(studio) == {"b": "2026-11-02T09:00:00", "a": "2026-11-04T09:00:00"}


def test_nothing_is_planned_on_a_closed_day(studio):
    studio.configure(top="closed = [2026-11-02, 2026-11-04]")
    studio.write("a")
    studio.plan()
    assert times(studio) == {"a": "2026-11-06T09:00:00"}


def test_a_wish_is_granted_to_the_minute_and_between_slots(studio):
    studio.write("a", front=wish("2026-11-03T17:45:00"))
    (row,) = studio.plan().planned
    assert (row.local_time, row.due_at) == ("2026-11-03T17:45:00", datetime(2026, 11, 4, 0, 45, tzinfo=UTC))
    assert row.not_after - row.due_at == timedelta(hours=2)


def test_a_slot_that_somebody_wished_for_is_given_to_nobody_else(studio):
    studio.write("a")
    studio.write("z", front=wish("2026-11-02T09:00:00"))
    studio.plan()
    assert times(studio) == {"z": "2026-11-02T09:00:00", "a": "2026-11-04T09:00:00"}


def test_no_slot_is_a_problem_that_says_what_to_do(studio):
    studio.configure(slots="")
    studio.write("a")
    assert told(studio.plan()) == [
        'posts/a.md: there is no free slot for "feed": add [[slots]] in config.toml, or a publish_at here'
    ]
    assert studio.rows() == []


def test_a_wish_in_the_past_is_a_problem(studio):
    studio.write("a", front=wish("2026-11-02T05:59:00"))
    assert told(studio.plan()) == ["posts/a.md: publish_at has passed: choose a later time, or remove it"]
    assert studio.rows() == []


def test_a_wish_within_its_grace_still_goes_out(studio):
    studio.write("a", front=wish("2026-11-02T07:00:00"))
    studio.plan()
    studio.publish()
    assert studio.state() == "published"


def test_a_wish_that_moves_before_the_attempt_moves_the_delivery(studio):
    studio.write("a", front=wish("2026-11-03T10:00:00"))
    (before,) = studio.plan().planned
    studio.write("a", front=wish("2026-11-03T11:00:00"))
    (after,) = studio.plan().changed
    assert (after.id, after.local_time, after.due_at - before.due_at) == (
        before.id,
        "2026-11-03T11:00:00",
        timedelta(hours=1),
    )
    assert after.not_after - after.due_at == timedelta(hours=2)
    assert studio.plan().changed == []


def test_a_first_wish_moves_a_delivery_out_of_its_slot_which_is_free_again(studio):
    studio.write("a")
    studio.plan()
    studio.write("a", front=wish("2026-11-03T10:00:00"))
    studio.plan()
    studio.write("b")
    studio.plan()
    assert times(studio) == {"a": "2026-11-03T10:00:00", "b": "2026-11-02T09:00:00"}


def test_a_wish_taken_back_leaves_the_time_as_it_was(studio):
    studio.write("a", front=wish("2026-11-03T10:00:00"))
    studio.plan()
    studio.write("a")
    assert studio.plan().changed == []


def test_a_wish_that_moves_into_the_past_holds_the_post_and_says_so(studio):
    studio.write("a", front=wish("2026-11-03T10:00:00"))
    studio.plan()
    studio.write("a", front=wish("2025-11-03T10:00:00"))
    assert "publish_at has passed" in told(studio.plan())[0]
    assert studio.reasons() == {"no time to go out"}
    studio.write("a", front=wish("2026-11-03T10:00:00"))
    assert studio.plan().problems == []
    assert studio.reasons() == set()


@pytest.mark.parametrize("error", [None, TimeoutError("no answer")], ids=["in flight", "no answer"])
def test_a_wish_that_moves_after_the_intent_changes_nothing(studio, error):
    studio.write("a", front=wish("2026-11-02T08:00:00"))
    studio.plan()
    row = studio.attempt(error)
    studio.write("a", front=wish("2026-11-05T08:00:00"))
    plan = studio.plan()
    assert (plan.changed, plan.planned) == ([], [])
    assert studio.row() == row


def test_a_wish_that_moves_after_a_refused_attempt_moves_it(studio):
    from bot.errors import Unavailable

    studio.write("a", front=wish("2026-11-02T08:00:00"))
    studio.plan()
    row = studio.attempt(Unavailable("later"))
    studio.write("a", front=wish("2026-11-05T08:00:00"))
    (moved,) = studio.plan().changed
    assert (moved.key, moved.message, moved.local_time) == (row.key, row.message, "2026-11-05T08:00:00")


def test_a_missed_post_goes_out_at_its_new_wish(studio):
    studio.write("a", front=wish("2026-11-02T09:00:00"))
    studio.plan()
    studio.later(hours=9)
    studio.publish()
    assert studio.state() == "missed"
    plan = studio.plan()
    assert (plan.planned, plan.changed, plan.problems) == ([], [], [])
    studio.write("a", front=wish("2026-11-03T09:00:00"))
    assert [row.state for row in studio.plan().changed] == ["scheduled"]
    studio.later(days=1)
    studio.now = studio.row().due_at
    studio.publish()
    assert studio.state() == "published"


def test_a_post_that_missed_its_slot_is_not_planned_again_by_itself(studio):
    studio.write("a")
    studio.plan()
    studio.later(hours=9)
    studio.publish()
    plan = studio.plan()
    assert (studio.state(), plan.planned, plan.changed) == ("missed", [], [])


def test_not_after_shortens_the_grace_also_of_a_planned_post(studio):
    studio.write("a", front=wish("2026-11-02T09:00:00", not_after="2026-11-02T09:30:00"))
    (row,) = studio.plan().planned
    assert row.not_after - row.due_at == timedelta(minutes=30)
    studio.write("a", front=wish("2026-11-02T09:00:00", not_after="2026-11-02T09:15:00"))
    studio.plan()
    assert studio.row().not_after - row.due_at == timedelta(minutes=15)
    studio.write("a", front=wish("2026-11-02T09:00:00"))
    studio.plan()
    assert studio.row().not_after - row.due_at == timedelta(hours=2)


def test_not_after_before_the_time_is_a_problem(studio):
    studio.write("a", front=wish("2026-11-02T09:00:00", not_after="2026-11-01T09:00:00"))
    studio.write("b", front="not_after = 2026-11-02T08:59:00")
    plan = studio.plan()
    assert told(plan)[0] == "posts/a.md: not_after is before publish_at: choose a later not_after, or remove it"
    assert 'posts/b.md: the next free slot for "feed" is 2026-11-02 09:00, later than not_after' in told(plan)[1]
    assert studio.rows() == []


def test_a_time_that_the_clocks_skip_is_named_and_moved_by_the_gap(studio):
    studio.write("a", front=wish("2027-03-14T02:30:00"))
    plan = studio.plan()
    assert plan.notes == ["posts/a.md: there is no 02:30 on 2027-03-14, when the clocks change: it goes out at 03:30"]
    assert studio.row().due_at == datetime(2027, 3, 14, 9, 30, tzinfo=UTC)
    again = studio.plan()
    assert (again.notes, again.changed) == ([], [])


def test_a_time_that_comes_twice_is_named_and_taken_the_first_time(studio):
    studio.write("a", front=wish("2027-11-07T01:30:00"))
    plan = studio.plan()
    assert plan.notes == [
        "posts/a.md: there are two 01:30 on 2027-11-07, when the clocks change: it goes out at the first"
    ]
    assert studio.row().due_at == datetime(2027, 11, 7, 7, 30, tzinfo=UTC)


def test_a_wish_that_moves_onto_such_a_time_is_named_too(studio):
    studio.write("a", front=wish("2027-03-13T02:30:00"))
    assert studio.plan().notes == []
    studio.write("a", front=wish("2027-03-14T02:30:00"))
    assert "no 02:30" in studio.plan().notes[0]


def test_slots_keep_their_clock_time_over_the_change_of_the_clocks(studio):
    studio.now = datetime(2027, 3, 13, 12, 0, tzinfo=UTC)
    studio.configure(slots=DAILY.format(time="09:00"))
    for name in "ab":
        studio.write(name)
    studio.plan()
    assert [row.due_at.hour for row in studio.rows()] == [16, 15]
    assert set(times(studio).values()) == {"2027-03-13T09:00:00", "2027-03-14T09:00:00"}


def test_another_zone_holds_everything_until_a_person_accepts_it(studio):
    studio.write("a")
    studio.plan()
    before = studio.rows()
    studio.configure(zone="Europe/Berlin")
    studio.write("b")
    plan = studio.plan()
    assert "America/Denver to Europe/Berlin" in plan.stopped
    assert "--accept-zone" in plan.stopped
    assert (studio.rows(), studio.held()) == (before, {("workspace", "", "zone changed")})
    studio.later(hours=1)
    studio.publish()
    assert studio.state() == "scheduled"


def test_an_accepted_zone_keeps_the_clock_times(studio):
    studio.write("a", front=wish("2026-11-10T09:00:00"))
    studio.write("b")
    studio.plan()
    studio.configure(zone="Europe/Berlin")
    plan = studio.plan(accept_zone=True)
    assert (plan.stopped, studio.held()) == ("", set())
    assert studio.row("a").due_at == datetime(2026, 11, 10, 8, 0, tzinfo=UTC)
    assert studio.row("a").not_after == datetime(2026, 11, 10, 10, 0, tzinfo=UTC)
    assert times(studio) == {"a": "2026-11-10T09:00:00", "b": "2026-11-02T09:00:00"}
    assert {row.zone for row in studio.rows()} == {"Europe/Berlin"}
    before = studio.fingerprint()
    assert studio.plan().changed == []
    assert studio.fingerprint() == before


def test_the_old_zone_put_back_releases_everything(studio):
    studio.write("a")
    studio.plan()
    before = studio.rows()
    studio.configure(zone="Europe/Berlin")
    studio.plan()
    studio.configure()
    assert studio.plan().stopped == ""
    assert (studio.rows(), studio.held()) == (before, set())


def test_published_posts_keep_the_zone_they_went_out_in(studio):
    studio.write("a")
    studio.plan()
    studio.later(hours=1)
    studio.publish()
    studio.configure(zone="Europe/Berlin")
    studio.plan(accept_zone=True)
    assert studio.row().zone == "America/Denver"
