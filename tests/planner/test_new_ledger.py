"""A ledger and a workspace meet for the first time, or not where they met before."""

import json
import shutil

import pytest

from bot.errors import LedgerError

FRESH = "[ledger]\nstart_fresh = true\n"


def published(studio, **post):
    """A post that went out, whose ledger is then lost."""
    studio.write("a", **post)
    studio.plan()
    studio.later(hours=1)
    studio.publish()
    url = studio.row().url
    assert studio.state() == "published"
    studio.lose_ledger()
    return url


def test_what_was_published_before_is_found_and_adopted_and_never_posted_again(studio):
    url = published(studio)
    (entry,) = studio.entries()
    before = entry.read_bytes()
    plan = studio.plan()
    assert (studio.state(), studio.reasons(), plan.problems) == ("unconfirmed", {"new ledger"}, [])
    studio.publish()
    assert (studio.state(), studio.row().url) == ("published", url)
    studio.later(days=14)
    studio.plan()
    studio.publish()
    assert [path.read_bytes() for path in studio.entries()] == [before]
    assert studio.held() == set(), "the question is answered"


def test_what_was_published_at_a_time_long_past_is_looked_for_too(studio):
    url = published(studio, front="publish_at = 2026-11-02T09:00:00")
    studio.later(days=200)
    assert studio.plan().problems == []
    studio.publish()
    assert (studio.state(), studio.row().url) == ("published", url)


def test_an_adopted_post_takes_no_slot_from_the_others(studio):
    published(studio)
    studio.plan()
    studio.publish()
    studio.write("b")
    (row,) = studio.plan().planned
    assert row.local_time == "2026-11-04T09:00:00", "the next slot"


def test_what_was_not_published_waits_until_a_person_approves_it(new_studio):
    studio = new_studio()
    studio.write("a")
    studio.plan()
    studio.publish()
    assert (studio.state(), studio.reasons()) == ("scheduled", {"new ledger"})
    studio.later(hours=1)
    studio.publish()
    assert (studio.state(), studio.entries()) == ("scheduled", [])
    studio.approve("a")
    studio.publish()
    assert (studio.state(), studio.held()) == ("published", set())


def test_a_person_may_say_that_it_is_to_be_sent(new_studio):
    from datetime import timedelta

    from bot.planner import resolve

    studio = new_studio()
    studio.write("a")
    studio.plan()
    studio.publish()
    studio.later(days=30)
    resolve(studio.open().ledger, studio.row(), "resend", studio.now, grace=timedelta(hours=2))
    studio.publish()
    assert (studio.state(), studio.held()) == ("published", set())


def test_an_approval_before_anybody_looked_does_not_skip_the_look(studio):
    url = published(studio)
    studio.approve("a")
    studio.plan()
    assert studio.state() == "unconfirmed"
    studio.publish()
    assert (studio.row().url, len(studio.entries())) == (url, 1)


def test_a_file_that_was_broken_when_the_ledger_was_new_is_looked_for_when_it_is_whole(studio):
    whole = studio.write("a").read_text()
    url = published(studio)
    studio.put("a", whole.replace('["feed"]', '["feed", "elsewhere"]'))
    assert studio.plan().problems
    studio.put("a", whole)
    studio.plan()
    assert studio.state() == "unconfirmed"
    studio.publish()
    assert (studio.row().url, len(studio.entries())) == (url, 1)


def test_copies_that_lay_there_when_the_ledger_was_new_are_looked_for(studio):
    url = published(studio)
    copy = studio.write("a copy", known_as="a")
    studio.plan()
    copy.unlink()
    studio.plan()
    studio.publish()
    assert (studio.row().url, len(studio.entries())) == (url, 1)


def test_drafts_and_later_posts_are_not_doubted(new_studio):
    studio = new_studio()
    studio.write("a", status="draft")
    studio.open()
    studio.write("b")
    studio.approve("a")
    assert [(row.post, row.state) for row in studio.plan().planned] == [("a", "scheduled"), ("b", "scheduled")]


def test_a_doubted_post_that_is_withdrawn_and_wanted_again_is_still_looked_for(new_studio):
    studio = new_studio()
    studio.write("a")
    studio.open()
    studio.write("a", status="withdrawn")
    studio.plan()
    studio.write("a")
    studio.plan()
    assert studio.state() == "unconfirmed"


def test_a_workspace_may_start_fresh(new_studio):
    studio = new_studio()
    studio.configure(rest=FRESH)
    studio.write("a")
    (row,) = studio.plan().planned
    assert (row.state, studio.held()) == ("scheduled", set())


def test_a_fresh_start_over_an_old_site_makes_no_second_entry(new_studio):
    studio = new_studio()
    studio.configure(rest=FRESH)
    url = published(studio)
    studio.later(days=1)
    studio.plan()
    studio.now = studio.row().due_at
    studio.publish()
    assert (studio.state(), len(studio.entries())) == ("published", 1)
    assert json.loads(studio.entries()[0].read_text())["url"] == url


def test_what_a_rule_approved_and_an_earlier_ledger_published_makes_no_second_entry(studio):
    studio.configure(rest='[review]\nauto_approve = "unflagged"\n')
    published(studio, status="draft")
    studio.plan()
    studio.now = studio.row().due_at
    studio.publish()
    assert (studio.state(), len(studio.entries())) == ("published", 1)


def copied(studio, new_studio):
    other = new_studio("copy")
    studio.close()
    shutil.rmtree(other.root)
    shutil.copytree(studio.root, other.root)
    return other


def test_a_copy_of_the_folder_is_refused_with_the_name_of_the_other(studio, new_studio):
    other = copied(studio, new_studio)
    with pytest.raises(LedgerError, match=rf"copy is a copy of {studio.root}: both would publish"):
        other.open()


@pytest.mark.parametrize("quoted", ["workspace = 'quiet'", 'workspace="quiet" # ours', "broken ["])
def test_a_copy_is_refused_however_the_other_config_is_written(studio, new_studio, quoted):
    other = copied(studio, new_studio)
    config = studio.root / "config.toml"
    config.write_text(config.read_text().replace('workspace = "quiet"', quoted))
    with pytest.raises(LedgerError, match="is a copy of"):
        other.open()


def test_a_copy_with_a_name_of_its_own_has_a_ledger_of_its_own(studio, new_studio):
    studio.write("a")
    studio.plan()
    other = copied(studio, new_studio)
    config = other.root / "config.toml"
    config.write_text(config.read_text().replace('workspace = "quiet"', 'workspace = "loud"'))
    assert other.rows() == []
    assert other.reasons() == {"new ledger"}


def test_a_moved_folder_goes_on(studio):
    studio.write("a")
    studio.plan()
    before = studio.rows()
    studio.close()
    studio.root = studio.root.rename(studio.root.with_name("elsewhere"))
    plan = studio.plan()
    assert (studio.rows(), plan.planned, studio.held()) == (before, [], set())
    studio.close()
    assert studio.rows() == before


def test_a_folder_that_gave_up_its_name_lets_another_have_it(studio, new_studio):
    other = copied(studio, new_studio)
    config = studio.root / "config.toml"
    config.write_text(config.read_text().replace('"quiet"', '"loud"'))
    assert other.open()
