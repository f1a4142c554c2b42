"""Approval is computed: this hash is on record, by a person or by a rule that a person wrote."""

import pytest

from bot.errors import FootnoteError

BLOCKED = "Massage cures cancer."
FLAGGED = "The very best massage in town."
RULE = '[review]\nauto_approve = "unflagged"\n'


def approvals(studio, post="a"):
    return [event.what for event in studio.open().ledger.records.history(post) if event.what.startswith("approved")]


def waiting(plan):
    return [one.post for one in plan.waiting]


def test_a_draft_waits(studio):
    studio.write("a", status="draft")
    plan = studio.plan()
    assert (waiting(plan), plan.planned, plan.needs_you) == (["a"], [], True)


def test_what_a_person_should_see_comes_with_the_waiting_post(studio):
    studio.write("a", status="draft", text=FLAGGED)
    (one,) = studio.plan().waiting
    assert one.path == "posts/a.md"
    assert [claim.rule for claim in one.claims] == ["superlative"]


def test_approved_written_by_hand_is_recorded_once(studio):
    studio.write("a")
    studio.plan()
    studio.plan()
    assert approvals(studio) == ['approved (status = "approved" in posts/a.md)']


def test_an_edit_unapproves_and_holds_and_undoing_it_approves_again_and_releases(studio):
    studio.write("a")
    studio.plan()
    studio.write("a", text="Other words.")
    plan = studio.plan()
    assert (waiting(plan), plan.changed) == (["a"], [])
    studio.later(hours=1)
    studio.publish()
    assert (studio.state(), studio.reasons()) == ("scheduled", {"edited since approval"})
    studio.write("a")
    assert waiting(studio.plan()) == []
    assert studio.reasons() == set()
    studio.publish()
    assert (studio.state(), studio.words()) == ("published", "Calm words.")


def test_an_edit_of_an_approved_file_is_not_approved_by_its_old_status(studio):
    studio.write("a")
    studio.plan()
    studio.write("a", text="Other words.")
    for _ in range(3):
        studio.plan()
    assert len(approvals(studio)) == 1


def test_an_edit_right_after_bot_approve_is_not_approved_by_the_status_it_wrote(studio):
    studio.write("a", status="draft")
    studio.plan()
    studio.approve("a")
    studio.write("a", text="Other words.")
    assert waiting(studio.plan()) == ["a"]
    assert studio.rows() == []


def test_an_edit_after_bot_approve_of_a_post_never_planned_asks_again(studio):
    studio.write("a", status="draft")
    studio.approve("a")
    studio.write("a", text="Other words.")
    assert waiting(studio.plan()) == ["a"]


def test_back_to_draft_and_approved_by_hand_again_is_a_new_word_of_a_person(studio):
    studio.write("a")
    studio.plan()
    studio.write("a", status="draft", text="Other words.")
    studio.plan()
    assert studio.reasons() == {"edited since approval"}
    studio.write("a", text="Other words.")
    (changed,) = studio.plan().changed
    assert (changed.occurrence, studio.words(), studio.reasons()) == ("1", "Other words.", set())


def test_approving_an_edit_gives_the_same_delivery_its_new_words(studio):
    studio.write("a")
    (before,) = studio.plan().planned
    studio.write("a", text="Other words.")
    studio.plan()
    studio.approve("a")
    (after,) = studio.plan().changed
    assert (after.id, after.key, after.due_at) == (before.id, before.key, before.due_at)
    assert studio.words() == "Other words."


def test_time_topic_path_and_comments_are_no_part_of_an_approval(studio):
    studio.write("a")
    studio.plan()
    studio.path("a").unlink()
    studio.write("z", known_as="a", front='topic = "calm"  # moved\npublish_at = 2026-12-01T10:00:00')
    plan = studio.plan()
    assert (waiting(plan), len(plan.changed), studio.held()) == ([], 1, set())


@pytest.mark.parametrize(
    "edit",
    [
        {"front": 'link = "https://example.com/"'},
        {"front": 'tags = ["calm"]'},
        {"front": '[text]\nfeed = "Others."'},
        {"front": '[[image]]\nheadline = "Calm feet"'},
        {"text": "Calm  words."},
    ],
    ids=["link", "tags", "text for one account", "picture", "a space"],
)
def test_everything_the_public_sees_is_part_of_an_approval(studio, edit):
    studio.write("a")
    studio.plan()
    studio.write("a", **edit)
    assert waiting(studio.plan()) == ["a"]


def test_alt_text_is_part_of_an_approval(studio):
    studio.write("a", front='[[image]]\nheadline = "Calm feet"\nalt = "Calm feet."')
    studio.plan()
    studio.write("a", front='[[image]]\nheadline = "Calm feet"\nalt = "Feet, calm."')
    assert waiting(studio.plan()) == ["a"]


def test_another_look_of_the_brand_asks_again(studio):
    studio.write("a")
    studio.plan()
    studio.configure(rest='[brand]\nink = "#ffffff"')
    assert waiting(studio.plan()) == ["a"]
    studio.configure()
    assert waiting(studio.plan()) == []


def test_approved_by_hand_never_clears_a_block_claim(studio):
    studio.write("a", text=BLOCKED)
    (one,) = studio.plan().waiting
    assert one.claims[0].level == "BLOCK"
    assert (studio.rows(), approvals(studio)) == ([], [])


def test_approved_by_hand_clears_a_claim_that_a_person_may_judge(studio):
    studio.write("a", text=FLAGGED)
    assert len(studio.plan().planned) == 1


def test_a_block_claim_in_drawn_or_spoken_words_counts_too(studio):
    studio.write("a", front=f'[[image]]\nheadline = "Calm feet"\nalt = "{BLOCKED}"')
    assert waiting(studio.plan()) == ["a"]


def test_bot_approve_refuses_a_block_claim_and_says_which(studio):
    studio.write("a", status="draft", text=BLOCKED)
    with pytest.raises(FootnoteError, match=r"posts/a\.md: .*cancer.*--override"):
        studio.approve("a")
    assert '"draft"' in studio.path("a").read_text()
    assert approvals(studio) == []


def test_why_a_block_claim_may_be_made_goes_on_record_with_the_name(studio):
    studio.write("a", status="draft", text=BLOCKED)
    studio.approve("a", override=" our trial\nof 2025 ", who="Kim")
    [line] = studio.open().ledger.records.history("a")[:1]
    assert (line.who, line.what) == ("Kim", "approved override: our trial of 2025")
    assert len(studio.plan().planned) == 1


def test_another_reason_for_the_same_words_is_kept_too(studio):
    studio.write("a", status="draft", text=BLOCKED)
    studio.approve("a", override="our trial of 2025")
    studio.approve("a", override="the ruling of 2026")
    assert approvals(studio) == ["approved override: our trial of 2025", "approved override: the ruling of 2026"]


@pytest.mark.parametrize("nothing", [" \n ", "\u200b\u200b", ".", "👍"])
def test_a_reason_without_a_word_is_none(studio, nothing):
    studio.write("a", status="draft", text=BLOCKED)
    with pytest.raises(FootnoteError, match="--override"):
        studio.approve("a", override=nothing)


def test_a_reason_is_kept_on_one_line_of_a_bearable_length(studio):
    studio.write("a", status="draft", text=BLOCKED)
    studio.approve("a", override="\u202eour\x1b trial\r\n" + "of 2025 " * 100_000)
    (line,) = approvals(studio)
    assert line.startswith("approved override: our trial of 2025")
    assert line.isprintable()
    assert len(line) < 3000


def test_a_reason_counts_only_where_something_is_blocked(studio):
    studio.write("a", status="draft", text=FLAGGED)
    studio.approve("a", override="just in case")
    assert approvals(studio) == ["approved"]


def test_bot_approve_keeps_every_other_byte_of_the_file(studio):
    path = studio.write("a", status="draft", front="# why: because\n\ntopic    = 'calm'   # odd spaces")
    before = path.read_text()
    studio.approve("a")
    assert path.read_text() == before.replace('"draft"', '"approved"')


def test_bot_approve_refuses_a_file_that_changed_under_it(studio):
    from bot.planner import approve

    for status in ("draft", "approved"):
        path = studio.write("a", status=status)
        app = studio.open()
        read = app.post("a")
        path.write_text(path.read_text() + "More.\n")
        with pytest.raises(FootnoteError, match=r"posts/a\.md was changed by someone else: nothing was written"):
            approve(app.config, app.ledger, read, studio.now)
        path.unlink()
        with pytest.raises(FootnoteError, match=r"posts/a\.md is gone"):
            approve(app.config, app.ledger, read, studio.now)
    assert approvals(studio) == []


def test_bot_approve_writes_nothing_where_a_post_cannot_be_drawn(studio):
    path = studio.write("a", status="draft", front='[[image]]\nheadline = "Calm"\ntemplate = "poster"')
    before = path.read_bytes()
    with pytest.raises(FootnoteError, match="poster"):
        studio.approve("a")
    assert path.read_bytes() == before


def test_a_post_that_cannot_be_drawn_is_a_problem_and_the_others_go_on(studio):
    studio.write("a", front='[[image]]\nheadline = "Calm"\ntemplate = "poster"')
    studio.write("b")
    plan = studio.plan()
    assert [str(problem) for problem in plan.problems] == [
        'posts/a.md: "poster" is not a template (known: closing, list, number, photo, quote, split)'
    ]
    assert [row.post for row in plan.planned] == ["b"]


def test_the_rule_approves_what_is_unflagged_and_the_flagged_wait(studio):
    studio.configure(rest=RULE)
    studio.write("a", status="draft")
    studio.write("b", status="draft", text=FLAGGED)
    studio.write("c", status="draft", text=BLOCKED)
    plan = studio.plan()
    assert [row.post for row in plan.planned] == ["a"]
    assert waiting(plan) == ["b", "c"]
    assert approvals(studio) == ['approved (auto_approve = "unflagged" in config.toml)']


def test_an_unflagged_edit_is_approved_by_the_rule_and_a_flagged_one_waits(studio):
    studio.configure(rest=RULE)
    studio.write("a", status="draft")
    studio.plan()
    studio.write("a", status="draft", text="Other words.")
    assert len(studio.plan().changed) == 1
    assert studio.words() == "Other words."
    studio.write("a", status="draft", text=FLAGGED)
    assert waiting(studio.plan()) == ["a"]
    assert studio.reasons() == {"edited since approval"}


def test_without_the_rule_what_it_approved_waits_for_a_person(studio):
    studio.configure(rest=RULE)
    studio.write("a", status="draft")
    studio.plan()
    studio.configure()
    assert waiting(studio.plan()) == ["a"]
    assert studio.reasons() == {"edited since approval"}


def test_the_rule_speaks_for_site_accounts_only(studio):
    from dataclasses import replace

    from bot.model import Account
    from bot.planner.approvals import decide

    studio.configure(rest=RULE)
    studio.write("a", status="draft")
    app = studio.open()
    post = app.post("a").post
    assert decide(post, "hash", set(), None, app.config).by == "rule"
    elsewhere = replace(app.config, accounts=(Account("feed", "mastodon"),))
    assert not decide(post, "hash", set(), None, elsewhere).approved


def test_the_same_words_under_a_new_id_wait_until_a_person_approves_them_by_name(studio):
    studio.write("a")
    studio.plan()
    studio.later(hours=1)
    studio.publish()
    studio.path("a").rename(studio.path("b"))
    studio.write("b", text="Calm words.")
    for _ in range(2):
        plan = studio.plan()
        assert [str(problem) for problem in plan.problems] == [
            "posts/b.md: says the same as posts/a.md, which is published: `bot approve b` if you mean to say it again"
        ]
        assert (waiting(plan), studio.rows("b"), approvals(studio, "b")) == (["b"], [], [])
    studio.approve("b")
    plan = studio.plan()
    assert ([row.post for row in plan.planned], plan.problems) == (["b"], [])
    assert studio.plan().problems == []


@pytest.mark.parametrize("rest", ["", RULE], ids=["by hand", "by the rule"])
def test_of_two_new_posts_with_the_same_words_one_waits(studio, rest):
    studio.configure(rest=rest)
    for name in "ab":
        studio.write(name, text="Calm words.", status="draft" if rest else "approved")
    plan = studio.plan()
    assert ([row.post for row in plan.planned], waiting(plan)) == (["a"], ["b"])
    assert "posts/a.md, which is planned" in plan.problems[0].what
    assert studio.plan().planned == []


def test_an_edit_into_the_words_of_another_post_holds_what_was_planned(studio):
    studio.configure(rest=RULE)
    studio.write("a")
    studio.write("b")
    studio.plan()
    studio.write("b", text="Calm words.")
    assert waiting(studio.plan()) == ["b"]
    assert studio.reasons("b") == {"edited since approval"}


@pytest.mark.parametrize("front", ['tags = ["calm"]', '[[image]]\nheadline = "Calm feet"'])
def test_the_same_words_in_another_dress_are_another_post(studio, front):
    studio.write("a")
    studio.write("b", text="Calm words.", front=front)
    assert len(studio.plan().planned) == 2


def test_words_that_were_withdrawn_before_they_went_out_may_be_said_by_another_post(studio):
    studio.write("a")
    studio.plan()
    studio.write("a", status="withdrawn")
    studio.write("b", text="Calm words.")
    studio.plan()
    assert [(row.post, row.state) for row in studio.rows()] == [("a", "canceled"), ("b", "scheduled")]
