"""What the ledger remembers besides deliveries."""

from datetime import timedelta

from bot.ledger.records import Reading


def test_a_deleted_draft_stays_deleted(desk):
    desk.records.record_offers("a.md", {"hash": "post"}, desk.now)
    desk.records.record_offers("a.md", {"hash": "another post"}, desk.now)
    assert desk.records.offered() == {"hash"}


def test_what_one_document_offered_is_remembered_for_all(desk):
    desk.records.record_offers("a.md", {"one": "post"}, desk.now)
    desk.records.record_offers("b.md", {"one": "post", "two": "another post"}, desk.now)
    assert desk.records.offered() == {"one", "two"}


def test_undoing_an_edit_approves_again(desk):
    desk.records.approve("p", "h1", "ann", "", desk.now)
    desk.records.approve("p", "h2", "ann", "", desk.now)
    desk.records.approve("p", "h1", "ann", "", desk.now)
    assert desk.records.approvals() == {"p": {"h1", "h2"}}
    assert [event.what for event in desk.records.history("p")] == ["approved", "approved"]


def test_the_last_whole_reading_of_a_file_is_kept(desk):
    for status in ("draft", "approved"):
        desk.records.keep_reading(Reading("p", "posts/p.md", status, "h"), desk.now)
    assert desk.records.readings() == {"p": Reading("p", "posts/p.md", "approved", "h")}


def test_equal_messages_are_one_and_come_back_word_for_word(desk):
    first, second = desk.records.keep_message("wörds\n"), desk.records.keep_message("wörds\n")
    assert first == second
    assert desk.records.message(first) == "wörds\n"
    assert desk.records.message("unknown") == ""


def test_a_hold_is_told_once(desk):
    assert desk.records.hold("post", "p", "claims", "why", desk.now)
    assert not desk.records.hold("post", "p", "claims", "why", desk.now + timedelta(hours=1))
    assert [(hold.reason, hold.note, hold.at) for hold in desk.records.holds()] == [("claims", "why", desk.now)]
    assert desk.records.release("post", "p", "claims", desk.now)
    assert not desk.records.release("post", "p", "claims", desk.now)
    assert [event.what for event in desk.records.history("p")] == ["hold post p: claims", "no longer held: claims"]


def test_accounts_keep_their_rest_when_config_is_read_again(desk):
    desk.records.open_account("a", desk.now + timedelta(hours=1))
    desk.plan()
    desk.records.keep_accounts([type("A", (), {"name": "a", "network": "x"})()])
    assert desk.claim() == []


def test_the_workspace_remembers_its_zone(desk):
    desk.records.keep_workspace("/w", "Europe/Zurich", desk.now)
    desk.records.keep_workspace("/v", "Europe/Rome", desk.now)
    assert dict(desk.records.workspace())["zone"] == "Europe/Rome"
