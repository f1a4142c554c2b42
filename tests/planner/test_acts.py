"""What a person does to a plan: send it now, answer a question."""

from datetime import timedelta

import pytest

from bot import delivery as life
from bot.delivery import Patience
from bot.errors import CannotTell, FootnoteError, Rejected, Stale, Unavailable
from bot.model import Limits
from bot.planner import bring_forward, resolve

GRACE = timedelta(hours=2)


def now(studio, row=None):
    return bring_forward(studio.open().ledger, row or studio.row(), GRACE, studio.now)


def answer(studio, said, row=None, **more):
    return resolve(studio.open().ledger, row or studio.row(), said, studio.now, grace=GRACE, **more)


def planned(studio):
    studio.write("a")
    (row,) = studio.plan().planned
    return row


def due(studio):
    row = planned(studio)
    studio.now = row.due_at
    return row


def unconfirmed(studio):
    """Sent, no answer, and no look could tell: a question for a person."""
    row = still_looked_for(studio)
    after = life.after_look(row, CannotTell("?"), studio.now, limits=Limits(), patience=Patience())
    return studio.open().ledger.deliveries.settle(row, after, studio.now, "somebody")


def still_looked_for(studio):
    due(studio)
    return studio.attempt(TimeoutError("no answer"))


def missed(studio):
    planned(studio)
    studio.later(days=1)
    studio.publish()
    return studio.row()


def failed(studio):
    due(studio)
    return studio.attempt(Rejected("no"))


def publishing(studio):
    due(studio)
    return studio.attempt()


def published(studio):
    due(studio)
    studio.publish()
    return studio.row()


def canceled(studio):
    planned(studio)
    studio.write("a", status="withdrawn")
    studio.plan()
    studio.write("a")
    return studio.row()


STATES = [planned, publishing, published, unconfirmed, missed, failed, canceled]


@pytest.mark.parametrize("reach", [planned, missed, failed])
def test_what_waits_can_be_sent_now(studio, reach):
    row = reach(studio)
    now(studio, row)
    studio.publish()
    assert (studio.state(), len(studio.entries()), studio.row().key) == ("published", 1, row.key)


@pytest.mark.parametrize("reach", [publishing, published, unconfirmed, canceled])
def test_what_does_not_wait_cannot_be_sent_now(studio, reach):
    row = reach(studio)
    with pytest.raises(FootnoteError, match=f"a on feed is {row.state}: it cannot be sent now"):
        now(studio, row)
    assert studio.row() == row


def test_sent_now_twice_goes_out_once(studio):
    row = planned(studio)
    now(studio, row)
    with pytest.raises(Stale):
        now(studio, row)
    studio.publish()
    with pytest.raises(FootnoteError, match="is published"):
        now(studio)
    studio.later(days=7)
    studio.publish()
    assert len(studio.entries()) == 1


def test_sent_now_does_not_wait_for_the_accounts_spacing(studio):
    planned(studio)
    studio.write("b", front="publish_at = 2026-11-02T08:00:00")
    studio.plan()
    studio.publish()
    now(studio)
    studio.publish()
    assert studio.state() == "published"


def test_the_plan_leaves_what_is_sent_now_alone(studio):
    studio.write("a", front="publish_at = 2026-11-02T09:00:00\nnot_after = 2026-11-02T09:30:00")
    studio.plan()
    studio.later(hours=3)
    studio.publish()
    assert studio.state() == "missed"
    row = now(studio)
    assert studio.plan().changed == []
    assert studio.row() == row


def test_what_is_held_is_not_sent_now_and_the_reason_is_told(studio):
    planned(studio)
    studio.write("a", text="Other words.")
    studio.plan()
    with pytest.raises(FootnoteError, match=r"a on feed is held \(edited since approval\)"):
        now(studio)


def test_a_missed_post_that_was_edited_is_not_sent_now_with_its_old_words(studio):
    missed(studio)
    studio.write("a", text="Other words.")
    studio.plan()
    with pytest.raises(FootnoteError, match="edited since approval"):
        now(studio)
    studio.approve("a")
    studio.plan()
    now(studio)
    studio.publish()
    assert (studio.state(), studio.words()) == ("published", "Other words.")


@pytest.mark.parametrize("reach", [missed, failed])
def test_a_withdrawn_post_is_not_sent_now(studio, reach):
    reach(studio)
    studio.write("a", status="withdrawn")
    studio.plan()
    for act in (now, lambda studio: answer(studio, "resend")):
        with pytest.raises(FootnoteError, match="is canceled"):
            act(studio)


@pytest.mark.parametrize("reach", [unconfirmed, missed, failed, planned])
def test_the_answer_resend_sends_it_with_the_same_key(studio, reach):
    row = reach(studio)
    answer(studio, "resend", row)
    studio.publish()
    assert (studio.state(), studio.row().key, len(studio.entries())) == ("published", row.key, 1)


def test_what_is_still_looked_for_is_not_sent_again(studio):
    row = still_looked_for(studio)
    with pytest.raises(FootnoteError, match="still being looked for"):
        answer(studio, "resend", row)


def test_the_answer_published_closes_it_with_its_address(studio):
    row = unconfirmed(studio)
    answer(studio, "published", row, url="https://example.com/1")
    assert (studio.state(), studio.row().url) == ("published", "https://example.com/1")
    studio.later(days=7)
    studio.plan()
    studio.publish()
    assert studio.entries() == []


@pytest.mark.parametrize("reach", [unconfirmed, planned, missed, failed])
def test_what_is_dropped_stays_dropped(studio, reach):
    row = reach(studio)
    answer(studio, "drop", row)
    for text in ("Calm words.", "Other words."):
        studio.write("a", text=text)
        studio.approve("a")
        plan = studio.plan()
        assert (plan.planned, studio.state(), studio.held()) == ([], "canceled", set())
    studio.later(days=7)
    studio.publish()
    assert studio.entries() == []


def test_what_is_dropped_comes_back_when_its_post_is_withdrawn_and_approved_again(studio):
    row = unconfirmed(studio)
    answer(studio, "drop", row)
    studio.write("a", status="withdrawn")
    studio.plan()
    studio.approve("a")
    (again,) = studio.plan().planned
    assert (again.occurrence, again.key == row.key) == ("2", False)


REFUSED = [
    *((reach, "published") for reach in STATES if reach is not unconfirmed),
    *((reach, "drop") for reach in STATES if reach not in {unconfirmed, planned, missed, failed}),
    *((reach, "resend") for reach in (publishing, published, canceled)),
    *((reach, "perhaps") for reach in STATES),
]


@pytest.mark.parametrize(("reach", "said"), REFUSED, ids=lambda one: one if isinstance(one, str) else one.__name__)
def test_an_answer_to_a_question_nobody_asked_is_refused(studio, reach, said):
    row = reach(studio)
    with pytest.raises(FootnoteError, match=f"is {row.state}: `{said}` does not answer anything"):
        answer(studio, said, row)
    assert studio.row() == row


@pytest.mark.parametrize("said", ["published", "drop", "resend"])
def test_an_answer_that_comes_after_another_is_refused(studio, said):
    row = unconfirmed(studio)
    answer(studio, "drop", row)
    with pytest.raises(Stale):
        answer(studio, said, row, url="https://example.com/1")
    assert studio.state() == "canceled"


@pytest.mark.parametrize("act", [now, lambda studio, row: answer(studio, "resend", row)], ids=["now", "resend"])
def test_a_refused_delivery_that_new_words_replaced_is_never_sent(studio, act):
    first = failed(studio)
    studio.write("a", text="Other words.")
    studio.approve("a")
    studio.plan()
    with pytest.raises(FootnoteError, match=f"delivery {first.id} was replaced by delivery {studio.row().id}"):
        act(studio, first)


def test_an_answer_about_one_account_leaves_the_publisher_what_it_holds(studio):
    row = publishing(studio)
    studio.write("a", status="withdrawn")
    studio.plan()
    studio.give_back(row, Unavailable("later"))
    studio.plan()
    assert studio.state() == "canceled"


def known(ledger):
    """What a planning round begins with."""
    return ledger.deliveries.all(), ledger.records.readings()


def test_a_planning_round_that_the_publisher_overtakes_leaves_what_it_took(studio):
    """The rows were read, then one of them was claimed: the round looks again instead of failing."""
    from bot.planner.holds import Holds
    from bot.planner.plan import Plan
    from bot.planner.rounds import Round

    studio.write("a", front="publish_at = 2026-11-02T08:00:00")
    studio.plan()
    app, plan = studio.open(), Plan()
    overtaken = Round(app.planner, Holds(app.config, app.ledger), plan, studio.now, known(app.ledger))
    row = studio.attempt()
    studio.write("a", front="publish_at = 2026-11-05T08:00:00")
    records = app.ledger.records
    overtaken.plan_post(app.post("a"), records.approvals()["a"])
    assert (plan.changed, plan.problems, studio.held(), studio.row()) == ([], [], set(), row)


def test_two_planners_at_once_make_one_delivery(studio):
    from bot.planner.holds import Holds
    from bot.planner.plan import Plan
    from bot.planner.rounds import Round

    studio.write("a")
    app, plan = studio.open(), Plan()
    slower = Round(app.planner, Holds(app.config, app.ledger), plan, studio.now, known(app.ledger))
    (row,) = studio.plan().planned
    slower.plan_post(app.post("a"), set())
    assert (plan.planned, studio.rows()) == ([], [row])
