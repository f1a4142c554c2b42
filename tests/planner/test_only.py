"""One post is planned at once; the others keep what they have."""

from datetime import timedelta


def test_one_post_gets_its_time_and_the_others_wait_for_their_round(studio):
    studio.write("a")
    studio.write("b")
    assert [row.post for row in studio.plan(only="b").planned] == ["b"]
    assert studio.rows("a") == []
    assert [row.post for row in studio.plan().planned] == ["a"]


def test_the_moments_of_the_others_are_taken(studio):
    studio.write("a")
    (first,) = studio.plan().planned
    studio.write("b")
    (second,) = studio.plan(only="b").planned
    assert second.due_at == first.due_at + timedelta(days=2)


def test_what_another_post_says_already_waits(studio):
    studio.write("a")
    studio.plan()
    studio.write("b", text="Calm words.")
    plan = studio.plan(only="b")
    assert ([one.post for one in plan.waiting], plan.planned) == (["b"], [])
    assert "posts/a.md, which is planned" in plan.problems[0].what


def test_mistakes_of_other_files_are_not_told_and_those_of_its_own_are(studio):
    studio.write("a")
    studio.write("b")
    studio.plan()
    studio.put("b", "broken")
    studio.put("c", "broken")
    assert studio.plan(only="a").problems == []
    assert studio.reasons("b") == {"broken file"}
    assert [problem.file for problem in studio.plan(only="b").problems] == ["posts/b.md"]
    assert [problem.file for problem in studio.plan().problems] == ["posts/b.md", "posts/c.md"]


def test_nothing_is_planned_while_the_zone_is_in_doubt_or_many_files_are_gone(studio):
    for name in "abcd":
        studio.write(name)
    studio.plan()
    for name in "bcd":
        studio.path(name).unlink()
    studio.write("e")
    plan = studio.plan(only="e")
    assert ("are gone" in plan.stopped, plan.planned) == (True, [])
    studio.configure(zone="Europe/Berlin")
    assert "timezone" in studio.plan(only="e").stopped


def test_a_post_that_nobody_knows_is_no_news(studio):
    studio.write("a")
    plan = studio.plan(only="nothing")
    assert (plan.planned, plan.problems, plan.waiting) == ([], [], [])


def test_a_withdrawn_post_is_canceled_at_once(studio):
    studio.write("a")
    studio.write("b")
    studio.plan()
    for name in "ab":
        studio.write(name, status="withdrawn")
    studio.plan(only="a")
    assert (studio.state("a"), studio.state("b")) == ("canceled", "scheduled")
