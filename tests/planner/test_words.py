"""What a person does to a post's file: other words, a yes, a withdrawal, and each taken back."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.errors import Changed, Problems
from bot.model import Image
from bot.planner import approve, reopen, rewrite, rewritten, withdraw
from bot.posts import parse, words_of_post

PICTURE = '[[image]]   # the only one\nheadline = "Calm feet"\nsupport = "They carry us."\nalt = "%s"'
SAID = "Calm feet They carry us."


def change(studio, name="a", **words):
    app = studio.open()
    file = app.post(name)
    return rewrite(app.config, file, replace(words_of_post(file.post), **words))


def act(studio, do, name="a"):
    app = studio.open()
    do(app.config, app.post(name))


def image(studio):
    return parse(studio.path("a").read_text(), "").images[0]


def test_other_words_are_written_and_the_rest_of_the_file_stays(studio):
    path = studio.write("a", front="# why: because\ntopic    = 'calm'   # odd spaces")
    before = path.read_text()
    file = change(studio, text="Other words.", link="https://example.com/")
    assert path.read_text() == before.replace("Calm words.", "Other words.").replace(
        "odd spaces\n", 'odd spaces\nlink = "https://example.com/"\n'
    )
    assert file == studio.open().post("a")


def test_the_same_words_write_nothing(studio):
    path = studio.write("a")
    about = path.stat()
    file = studio.open().post("a")
    assert change(studio, text=" Calm words.\r\n", texts={"feed": ""}) == file
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (about.st_mtime_ns, about.st_ino)


def test_what_a_file_would_be_with_other_words_is_known_before_it_is_written(studio):
    path = studio.write("a", front=PICTURE % SAID)
    before, app = path.read_bytes(), studio.open()
    file = app.post("a")
    strong = Image("Strong feet", "They carry us.", SAID)
    words = replace(words_of_post(file.post), text="Other words.", images=(strong,))
    content, after = rewritten(app.config, file, words)
    assert (path.read_bytes(), after.post.text, after.post.images[0].alt) == (
        before,
        "Other words.",
        "Strong feet They carry us.",
    )
    assert rewrite(app.config, file, words) == after
    assert path.read_text() == content
    assert rewritten(app.config, after, words_of_post(after.post)) == (content, after)


def test_every_mistake_is_told_and_nothing_is_written(studio):
    path = studio.write("a", front=PICTURE % SAID)
    before = path.read_bytes()
    with pytest.raises(Problems) as caught:
        change(
            studio,
            text="A \x07 bell.",
            link="example.com",
            tags=("two words",),
            texts={"fede": "x"},
            images=(Image(),),
            publish_at=datetime.fromisoformat("1999-01-01T09:00"),
        )
    told = "\n".join(problem.what for problem in caught.value.problems)
    for name in ("publish_at", "link", "tags", "a picture needs a headline", '"fede" is not an account', "U+0007"):
        assert name in told
    assert path.read_bytes() == before


@pytest.mark.parametrize("text", ["x" * 1_000_000, "half \ud800"], ids=["too long", "half a character"])
def test_what_no_file_can_hold_is_a_problem(studio, text):
    path = studio.write("a")
    before = path.read_bytes()
    with pytest.raises(Problems, match=r"posts/a\.md"):
        change(studio, text=text)
    assert path.read_bytes() == before


def test_an_alt_text_that_nobody_wrote_follows_the_words(studio):
    studio.write("a", front=PICTURE % SAID)
    change(studio, images=(Image("Calm hands", "They carry us.", SAID),))
    assert (image(studio).headline, image(studio).alt) == ("Calm hands", "Calm hands They carry us.")


@pytest.mark.parametrize(("before", "now"), [("A foot.", "A foot."), (SAID, "A hand."), ("A foot.", ""), (SAID, "")])
def test_an_alt_text_that_somebody_wrote_or_writes_now_is_left_alone(studio, before, now):
    studio.write("a", front=PICTURE % before)
    change(studio, images=(Image("Calm hands", "", now),))
    assert (image(studio).headline, image(studio).alt) == ("Calm hands", now)


ACTS = {
    "withdraw": lambda app, file, now: withdraw(app.config, file),
    "reopen": lambda app, file, now: reopen(app.config, file),
    "rewrite": lambda app, file, now: rewrite(app.config, file, replace(words_of_post(file.post), text="Mine.")),
    "approve": lambda app, file, now: approve(app.config, app.ledger, file, now),
}


@pytest.mark.parametrize("do", ACTS.values(), ids=ACTS)
def test_a_file_that_changed_under_a_person_is_theirs_no_more(studio, do):
    path = studio.write("a")
    app = studio.open()
    file = app.post("a")
    path.write_text(path.read_text() + "More.\n")
    theirs = path.read_bytes()
    with pytest.raises(Changed, match=r"posts/a\.md was changed by someone else: nothing was written"):
        do(app, file, studio.now)
    assert path.read_bytes() == theirs
    path.unlink()
    with pytest.raises(Changed, match=r"posts/a\.md is gone: nothing was written"):
        do(app, file, studio.now)
    assert not path.exists()


def test_who_approved_is_on_record(studio):
    studio.write("a", status="draft")
    app = studio.open()
    approve(app.config, app.ledger, app.post("a"), studio.now, who="a person (at the desk)")
    (event,) = [event for event in app.ledger.records.history("a") if event.what.startswith("approved")]
    assert event.who == "a person (at the desk)"


def test_what_is_withdrawn_is_called_off_and_approved_again_it_gets_a_life_of_its_own(studio):
    studio.write("a")
    (first,) = studio.plan().planned
    act(studio, withdraw)
    studio.plan()
    assert studio.state() == "canceled"
    act(studio, reopen)
    assert [one.post for one in studio.plan().waiting] == ["a"]
    assert (studio.state(), studio.held()) == ("canceled", set())
    studio.approve("a")
    (second,) = studio.plan().planned
    assert (second.occurrence, second.key == first.key, second.due_at) == ("2", False, first.due_at)
    studio.later(hours=1)
    studio.publish()
    assert (studio.state(), len(studio.entries())) == ("published", 1)


def test_a_yes_taken_back_holds_the_post_and_another_yes_gives_it_back_its_time(studio):
    studio.write("a")
    (first,) = studio.plan().planned
    act(studio, reopen)
    plan = studio.plan()
    assert ([one.post for one in plan.waiting], studio.reasons()) == (["a"], {"edited since approval"})
    studio.later(minutes=70)
    studio.publish()
    assert studio.entries() == []
    studio.approve("a")
    plan = studio.plan()
    assert (plan.planned, plan.problems, studio.held()) == ([], [], set())
    assert studio.row() == first
    studio.publish()
    assert (studio.state(), len(studio.entries())) == ("published", 1)


def test_a_withdrawal_taken_back_before_any_plan_saw_it_changes_nothing(studio):
    studio.write("a")
    (first,) = studio.plan().planned
    act(studio, withdraw)
    act(studio, reopen)
    studio.approve("a")
    plan = studio.plan()
    assert (plan.planned, plan.changed, studio.row(), studio.held()) == ([], [], first, set())


def test_an_approved_post_that_is_rewritten_waits_and_approved_again_keeps_its_time(studio):
    studio.write("a")
    (first,) = studio.plan().planned
    change(studio, text="Other words.")
    assert [one.post for one in studio.plan().waiting] == ["a"]
    assert studio.reasons() == {"edited since approval"}
    studio.approve("a")
    (after,) = studio.plan().changed
    assert (after.id, after.due_at, studio.words(), studio.held()) == (first.id, first.due_at, "Other words.", set())


def test_another_time_needs_no_new_yes(studio):
    studio.write("a")
    studio.plan()
    change(studio, publish_at=datetime.fromisoformat("2026-12-01T10:00"))
    (moved,) = studio.plan().changed
    assert (moved.local_time, studio.held()) == ("2026-12-01T10:00:00", set())


@pytest.mark.parametrize("do", [withdraw, reopen])
def test_what_is_out_stays_out_whatever_becomes_of_its_file(studio, do):
    studio.write("a")
    studio.plan()
    studio.later(hours=1)
    studio.publish()
    act(studio, do)
    plan = studio.plan()
    assert (plan.planned, plan.changed, studio.state(), studio.held()) == ([], [], "published", set())
    studio.approve("a")
    assert (studio.plan().planned, studio.state()) == ([], "published")


def test_what_may_be_on_its_way_is_called_off_at_the_next_chance_and_comes_back_once(studio):
    studio.write("a")
    studio.plan()
    studio.later(hours=1)
    studio.attempt(TimeoutError("no answer"))
    act(studio, withdraw)
    studio.plan()
    assert studio.state() == "unconfirmed"
    act(studio, reopen)
    studio.plan()
    studio.approve("a")
    assert studio.plan().planned == []
    studio.later(minutes=10)
    studio.publish()
    studio.publish()
    assert [row.occurrence for row in studio.plan().planned] == ["2"]
