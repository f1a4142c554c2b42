"""The posts folder is what we want to say: files that move, break, vanish and come back."""

from dataclasses import dataclass, field
from datetime import datetime

import pytest

from bot.delivery import Delivery, Patience
from bot.model import Limits
from bot.planner import Planner, Press


def told(plan):
    return [str(problem) for problem in plan.problems]


def ten_posts(studio):
    names = [f"p{number}" for number in range(10)]
    for name in names:
        studio.write(name)
    studio.plan()
    return names


def test_a_renamed_file_keeps_its_delivery(studio):
    studio.write("a", known_as="feet")
    before = studio.plan().planned
    studio.path("a").rename(studio.path("z"))
    after = studio.plan()
    assert (after.planned, after.changed, after.notes, after.problems) == ([], [], [], [])
    assert studio.rows() == before
    assert not studio.held()


def test_two_files_with_one_id_are_both_named_and_neither_is_planned(studio):
    studio.write("a", known_as="feet")
    studio.write("a (conflicted copy)", known_as="feet")
    plan = studio.plan()
    assert sorted(problem.file for problem in plan.problems) == ["posts/a (conflicted copy).md", "posts/a.md"]
    assert all("same id" in problem and "delete the copy" in problem for problem in told(plan))
    assert studio.rows() == []


def test_a_planned_post_is_held_while_a_copy_of_it_lies_there(studio):
    studio.write("a")
    studio.plan()
    copy = studio.write("a copy", known_as="a")
    assert len(studio.plan().problems) == 2
    studio.later(hours=1)
    studio.publish()
    assert (studio.state(), studio.reasons()) == ("scheduled", {"broken file"})
    copy.unlink()
    studio.plan()
    studio.publish()
    assert (studio.state(), studio.reasons()) == ("published", set())


def test_a_planned_post_is_held_while_two_renamed_copies_claim_its_id(studio):
    studio.write("a")
    studio.plan()
    studio.path("a").rename(studio.path("b"))
    studio.write("c", known_as="a")
    assert len(studio.plan().problems) == 2
    assert studio.reasons() == {"file missing"}
    studio.path("c").unlink()
    studio.plan()
    assert studio.reasons() == set()


def test_a_half_saved_file_is_left_alone(studio):
    studio.write("a")
    studio.plan()
    studio.put("a", "+++\nform")
    studio.age("a", 1000.0, 1)
    plan = studio.plan(settled_at=1000.0)
    assert (plan.problems, plan.notes, studio.held()) == ([], [], set())
    assert studio.plan(settled_at=1002.0).problems


def test_a_broken_file_keeps_the_last_good_plan_on_hold_and_says_so(studio):
    whole = studio.write("a").read_text()
    studio.plan()
    studio.put("a", whole.replace('id = "a"', "id = a"))
    assert [problem.file for problem in studio.plan().problems] == ["posts/a.md"]
    studio.later(hours=1)
    studio.publish()
    assert (studio.state(), studio.reasons()) == ("scheduled", {"broken file"})
    studio.put("a", whole)
    assert studio.plan().changed == []
    assert studio.reasons() == set()
    studio.publish()
    assert studio.state() == "published"


def test_a_broken_file_does_not_keep_the_others_from_being_planned(studio):
    studio.put("a", "nothing of a post")
    studio.write("b")
    assert [row.post for row in studio.plan().planned] == ["b"]


@pytest.mark.parametrize(
    "front",
    [
        "publish_at = 9999-12-31T23:00:00",
        f'[source]\ndocument = "documents/{"a" * 400}.txt"\nsha256 = "{"a" * 64}"',
    ],
    ids=["a time out of this world", "a name too long"],
)
def test_an_odd_file_does_not_keep_the_others_from_being_planned(studio, front):
    studio.write("a", front=front)
    studio.write("b")
    plan = studio.plan()
    assert [row.post for row in plan.planned] == ["b"]
    assert [problem.file for problem in plan.problems] == ["posts/a.md"]


@pytest.mark.parametrize("error", [OSError("no disk"), ValueError("odd"), OverflowError("too far")])
def test_an_error_nobody_thought_of_is_a_problem_of_its_post_alone(studio, error):
    """A network's limits cannot be told for one of two posts, whose row is there already."""
    studio.write("a", text="Odd words.")
    studio.write("b")
    studio.plan()
    app = studio.open()

    class Odd(Press):
        def stands(self, post, account, frozen):
            if post.id == "a":
                raise error
            return super().stands(post, account, frozen)

    studio.write("c")
    press = Odd(app.config, app.ledger, app.pictures, lambda _: Limits())
    plan = Planner(app.config, app.ledger, press, app.planner.reader).plan(studio.now)
    assert told(plan) == [f"posts/a.md: cannot be planned: {error}"]
    assert ([row.post for row in plan.planned], studio.reasons()) == (["c"], {"does not fit"})
    assert (studio.plan().problems, studio.reasons()) == ([], set())


def test_a_file_that_came_back_as_a_draft_is_not_called_broken_any_more(studio):
    whole = studio.write("a").read_text()
    studio.plan()
    studio.put("a", "broken")
    studio.plan()
    studio.put("a", whole.replace('"approved"', '"draft"'))
    studio.plan()
    assert studio.reasons() == {"edited since approval"}


def test_a_missing_file_holds_its_post_with_a_notice_until_it_is_back(studio):
    studio.write("a")
    studio.plan()
    away = studio.path("a").rename(studio.root / "a.md")
    (note,) = studio.plan().notes
    assert "posts/a.md is gone" in note
    studio.later(hours=1)
    studio.publish()
    assert (studio.state(), studio.reasons()) == ("scheduled", {"file missing"})
    away.rename(studio.path("a"))
    assert studio.plan().notes == []
    studio.publish()
    assert (studio.state(), studio.reasons()) == ("published", set())


def test_a_file_that_vanishes_while_its_post_is_under_way_holds_what_may_come_back(studio):
    studio.write("a")
    studio.plan()
    studio.later(hours=1)
    studio.attempt()
    studio.path("a").unlink()
    studio.plan()
    assert studio.reasons() == {"file missing"}


def test_a_published_post_may_lose_its_file(studio):
    studio.write("a")
    studio.plan()
    studio.later(hours=1)
    studio.publish()
    studio.path("a").unlink()
    plan = studio.plan()
    assert (plan.notes, plan.problems, studio.held()) == ([], [], set())


def test_many_files_gone_at_once_stop_planning_and_nothing_goes_out(studio):
    names = ten_posts(studio)
    for name in names[:3]:
        studio.path(name).unlink()
    studio.write("new")
    plan = studio.plan()
    assert "3 of 10 posts are gone" in plan.stopped
    assert "--accept-missing" in plan.stopped
    assert (plan.planned, studio.rows("new")) == ([], [])
    studio.later(days=14)
    studio.publish()
    assert {row.state for row in studio.rows()} == {"scheduled"}


def test_many_files_gone_and_back_again_is_as_if_nothing_had_been(studio):
    names = ten_posts(studio)
    before = studio.rows()
    (studio.root / "posts").rename(studio.root / "elsewhere")
    assert studio.plan().stopped
    (studio.root / "elsewhere").rename(studio.root / "posts")
    assert not studio.plan().stopped
    assert (studio.rows(), studio.held(), len(names)) == (before, set(), 10)


def test_a_person_may_say_that_the_missing_files_were_removed(studio):
    names = ten_posts(studio)
    for name in names[:3]:
        studio.path(name).unlink()
    studio.write("new")
    plan = studio.plan(accept_missing=True)
    assert (plan.stopped, [row.post for row in plan.planned]) == ("", ["new"])
    assert [studio.reasons(name) for name in names[:4]] == [{"file missing"}] * 3 + [set()]
    assert not studio.plan().stopped
    assert {row.state for row in studio.rows()} == {"scheduled"}, "only `withdrawn` cancels"


def test_three_of_fifteen_files_are_a_decision_and_three_of_fourteen_are_not(studio):
    for number in range(15):
        studio.write(f"p{number}")
    studio.plan()
    for number in range(3):
        studio.path(f"p{number}").unlink()
    assert not studio.plan().stopped
    studio.path("p3").unlink()
    assert studio.plan().stopped


def test_two_files_are_never_many(studio):
    for name in "ab":
        studio.write(name)
    studio.plan()
    for name in "ab":
        studio.path(name).unlink()
    assert not studio.plan().stopped
    assert len(studio.plan().notes) == 2


def test_deleting_drafts_is_how_drafts_are_dismissed(studio):
    for number in range(5):
        studio.write(f"p{number}", status="draft")
    studio.write("a")
    studio.plan()
    for number in range(4):
        studio.path(f"p{number}").unlink()
    plan = studio.plan()
    assert (plan.stopped, plan.notes, len(plan.waiting)) == ("", [], 1)


def test_a_removed_file_that_comes_back_with_other_words_asks_again(studio):
    studio.write("a")
    studio.plan()
    studio.path("a").unlink()
    studio.plan(accept_missing=True)
    studio.write("a", text="Other words.")
    assert [one.post for one in studio.plan().waiting] == ["a"]


def test_withdrawn_cancels_and_wanted_again_is_a_new_occurrence_with_another_key(studio):
    studio.write("a")
    (first,) = studio.plan().planned
    studio.write("a", status="withdrawn")
    studio.plan()
    assert studio.state() == "canceled"
    studio.write("a")
    (second,) = studio.plan().planned
    assert (first.occurrence, second.occurrence) == ("1", "2")
    assert first.key != second.key
    assert studio.plan().planned == []


def test_withdrawing_ends_every_hold_of_its_file(studio):
    studio.write("a")
    studio.plan()
    studio.path("a").unlink()
    studio.plan()
    studio.write("a", status="withdrawn")
    studio.plan()
    assert (studio.state(), studio.held()) == ("canceled", set())


def test_what_is_out_stays_out_when_its_post_is_withdrawn_and_wanted_again(studio):
    studio.write("a")
    studio.plan()
    studio.later(hours=1)
    studio.publish()
    for status in ("withdrawn", "approved"):
        studio.write("a", status=status)
        plan = studio.plan()
        assert (plan.planned, plan.notes, studio.state()) == ([], [], "published")


def test_withdrawn_while_it_may_be_on_its_way_is_a_wish(studio):
    studio.write("a")
    studio.plan()
    studio.later(hours=1)
    studio.attempt(TimeoutError("no answer"))
    studio.write("a", status="withdrawn")
    studio.plan()
    studio.write("a")
    assert studio.plan().planned == []
    assert studio.state() == "unconfirmed"
    studio.later(minutes=10)
    studio.publish()
    studio.publish()
    assert studio.state() == "canceled", "looked for, not there, and not wanted when it was asked for"
    assert [row.occurrence for row in studio.plan().planned] == ["2"]


def test_drafts_that_lie_about_do_not_make_many_missing_posts_look_few(studio):
    for number in range(20):
        studio.write(f"draft-{number}", status="draft")
    names = ten_posts(studio)
    for name in names[:3]:
        studio.path(name).unlink()
    assert "3 of 10 posts are gone" in studio.plan().stopped


@dataclass(frozen=True)
class Claiming(Press):
    """While a post is planned, a publisher asks what is due."""

    now: datetime | None = None
    claimed: list[Delivery] = field(default_factory=list)

    def hash_of(self, post):
        self.claimed.extend(self.ledger.deliveries.claim(self.now, "a publisher", 9, Patience()))
        return super().hash_of(post)


def claimed_while_planning(studio, **how):
    app = studio.open()
    press = Claiming(app.config, app.ledger, app.pictures, lambda _: Limits(), now=studio.now)
    assert not Planner(app.config, app.ledger, press, app.planner.reader).plan(studio.now, **how).stopped
    return press.claimed


def vanish(studio):
    for name in ("p7", "p8", "p9"):
        studio.path(name).unlink()
    return "accept_missing"


def move_away(studio):
    studio.configure(zone="Europe/Berlin")
    return "accept_zone"


@pytest.mark.parametrize("stop", [vanish, move_away])
def test_what_was_called_off_while_planning_stood_still_does_not_go_out_when_it_goes_on(studio, stop):
    ten_posts(studio)
    accept = stop(studio)
    assert studio.plan().stopped
    studio.write("p0", status="withdrawn")
    studio.now = studio.rows("p0")[0].due_at
    studio.write("another")
    studio.plan(only="p0")
    assert claimed_while_planning(studio, **{accept: True}) == []
    assert (studio.state("p0"), {scope for scope, *_ in studio.held()} - {"post"}) == ("canceled", set())
    studio.later(minutes=5)
    studio.publish()
    assert studio.entries() == []


@pytest.mark.parametrize("how", [{"only": "p1"}, {"settled_at": 1000.0}])
def test_nothing_goes_on_before_every_file_was_read(studio, how):
    """What stopped planning went away by itself; one post alone is planned, or a file may be half saved."""
    ten_posts(studio)
    studio.configure(zone="Europe/Berlin")
    studio.plan()
    studio.configure()
    studio.write("p0", status="withdrawn")
    studio.age("p0", 1000.0, 1)
    assert not studio.plan(**how).stopped
    assert studio.held() == {("workspace", "", "zone changed")}
    studio.plan()
    assert (studio.held(), studio.state("p0")) == (set(), "canceled")
