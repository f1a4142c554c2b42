"""A move is written whole, by who holds the row, or not at all."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from bot import delivery as life
from bot.delivery import MOVES, State
from bot.errors import LedgerError, Stale, UnknownName
from bot.model import Handles, Receipt

FIRST = Receipt("1", "https://example.org/1", life.datetime.fromisoformat("2026-12-01T09:00:00+00:00"))


def everything(desk):
    tables = ("delivery", "attempt", "receipt", "handles", "event")
    return {table: desk.sql(f"SELECT * FROM {table}") for table in tables}


@pytest.fixture
def claimed(desk):
    desk.plan()
    return desk.claim()[0]


def test_a_row_comes_back_as_it_was_written(desk, claimed):
    intended = desk.intend(claimed)
    assert desk.rows.get(intended.id) == intended
    received = desk.receive(intended)
    assert desk.rows.get(intended.id) == received
    assert desk.rows.receipts(received)[0].url == "https://example.org/1"


STALE_WRITES = {
    "settle": lambda desk, d: desk.rows.settle(d, life.released(d, "late"), desk.now, "zombie", outcome="x"),
    "intend": lambda desk, d: desk.intend(d),
    "receive": lambda desk, d: desk.receive(life.intended(d, 0, desk.now)),
}


@pytest.mark.parametrize("write", STALE_WRITES)
def test_a_writer_whose_row_has_another_fence_changes_nothing(desk, claimed, write):
    desk.rows.settle(claimed, life.after_lease(claimed, desk.now, life.Limits()), desk.now, "sweeper")
    desk.claim()
    before = everything(desk)
    with pytest.raises(Stale):
        STALE_WRITES[write](desk, claimed)
    assert everything(desk) == before


@pytest.mark.parametrize("write", STALE_WRITES)
def test_a_writer_whose_row_has_another_state_changes_nothing(desk, claimed, write):
    desk.sql("UPDATE delivery SET state = 'failed', lease_until = NULL")
    before = everything(desk)
    with pytest.raises(Stale):
        STALE_WRITES[write](desk, claimed)
    assert everything(desk) == before


def test_of_two_who_claim_one_gets_it(desk):
    desk.plan()
    assert [len(desk.claim()), len(desk.claim())] == [1, 0]


def test_of_two_looks_at_once_one_counts(desk, claimed):
    doubted = desk.doubt(desk.intend(claimed))
    look = life.after_look(doubted, None, desk.now, limits=life.Limits(), patience=desk.patience)
    desk.rows.settle(doubted, look, desk.now, "one")
    with pytest.raises(Stale):
        desk.rows.settle(doubted, look, desk.now, "two")
    assert desk.rows.get(doubted.id).looks == 1


@pytest.mark.parametrize(("come", "to"), sorted(set(product(State, State)) - MOVES - {(s, s) for s in State}))
def test_a_move_that_is_not_allowed_is_refused_before_it_is_written(desk, come, to):
    row = desk.plan()
    before = everything(desk)
    with pytest.raises(Stale, match=f"a {come} delivery cannot become {to}"):
        desk.rows.settle(replace(row, state=come), replace(row, state=to), desk.now, "worker")
    assert everything(desk) == before


def test_one_post_on_one_account_has_one_row_an_occurrence(desk):
    desk.plan()
    with pytest.raises(LedgerError, match="UNIQUE"):
        desk.plan(key="another key")
    desk.plan(key="another key", occurrence="2")
    desk.plan(account="b")


def test_two_rows_never_share_a_key(desk):
    desk.plan("p")
    with pytest.raises(LedgerError, match="idem_key"):
        desk.plan("q", key="spa p a")


BAD = {
    "an unknown state": "UPDATE delivery SET state = 'sent'",
    "published without its receipts": "UPDATE delivery SET state = 'published'",
    "more receipts than parts": "UPDATE delivery SET parts_done = 2",
    "publishing without a lease": "UPDATE delivery SET state = 'publishing'",
    "a lease without publishing": "UPDATE delivery SET lease_until = 1",
    "in doubt about nothing": "UPDATE delivery SET state = 'unconfirmed'",
    "an open intent at rest": "UPDATE delivery SET intent_part = 0",
    "no parts": "UPDATE delivery SET parts = 0",
    "a hold on nothing we know": "INSERT INTO hold VALUES ('spa', 'planet', 'x', 'x', '', 1)",
}


@pytest.mark.parametrize("what", BAD)
def test_the_database_itself_refuses(desk, what):
    desk.plan()
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        desk.sql(BAD[what])


@pytest.mark.parametrize("table", ["event", "receipt", "message"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET rowid = 99", "DELETE FROM {}"])
def test_history_receipts_and_frozen_words_can_only_grow(desk, claimed, table, verb):
    desk.receive(desk.intend(claimed))
    with pytest.raises(sqlite3.IntegrityError, match=f"{table} is append-only"):
        desk.sql(verb.format(table))


def test_a_part_has_one_receipt(desk, claimed):
    intended = desk.intend(claimed)
    desk.receive(intended)
    desk.sql("UPDATE delivery SET state = 'publishing', parts_done = 0, lease_until = 1, intent_part = 0")
    with pytest.raises(LedgerError, match="UNIQUE"):
        desk.receive(intended)


def test_a_refused_receipt_leaves_no_trace_of_its_move(desk, claimed):
    intended = desk.intend(claimed)
    before = everything(desk)
    broken = Receipt("1", None, desk.now)
    with pytest.raises(LedgerError):
        desk.rows.receive(intended, life.after_receipt(intended, FIRST), broken, desk.now, who="w", open_at=desk.now)
    assert everything(desk) == before


def test_every_attempt_is_on_record_with_its_outcome(desk, claimed):
    intended = desk.intend(claimed)
    desk.rows.settle(intended, life.released(intended, "x"), desk.now, "worker", outcome="not sent")
    desk.receive(desk.intend(desk.claim()[0]))
    assert desk.sql("SELECT fence, outcome FROM attempt ORDER BY fence") == [(1, "not sent"), (3, "receipt")]


def test_the_handles_of_every_attempt_are_kept_newest_first(desk, claimed):
    intended = desk.intend(claimed, handles=Handles({"media": "1"}))
    desk.rows.settle(intended, life.released(intended, "x"), desk.now, "worker")
    expires = desk.now + timedelta(hours=1)
    again = desk.intend(desk.claim()[0], handles=Handles({"media": "2"}, expires))
    assert desk.rows.handles(again) == (Handles({"media": "2"}, expires), Handles({"media": "1"}, None))


def test_new_words_are_taken_until_the_first_intent_and_never_after(desk, claimed):
    words = desk.records.keep_message("new words")
    row = desk.rows.settle(claimed, life.released(claimed, "x"), desk.now, "worker")
    assert desk.rows.refreeze(row, words, 1, desk.now, "plan")
    assert not desk.rows.refreeze(row, words, 1, desk.now, "plan"), "a stale row changes nothing"
    intended = desk.intend(desk.claim()[0])
    row = desk.rows.settle(intended, life.released(intended, "x"), desk.now, "worker")
    assert not desk.rows.refreeze(row, desk.records.keep_message("newer words"), 1, desk.now, "plan")
    assert desk.rows.get(row.id).message == words


def test_history_tells_every_move_from_the_first_to_the_last(desk, claimed):
    desk.receive(desk.intend(claimed))
    moves = [event.move for event in desk.records.history("p") if event.move]
    assert moves == ["scheduled", "scheduled -> publishing", "publishing -> published"]


def test_a_receipt_that_comes_too_late_is_noted_and_changes_nothing(desk, claimed):
    doubted = desk.doubt(desk.intend(claimed))
    desk.rows.receive_late(claimed, FIRST, desk.now, "zombie")
    assert desk.rows.get(doubted.id) == doubted
    assert desk.records.history("p")[-1].what == "late receipt: https://example.org/1"


def test_a_row_that_is_not_there_is_named(desk):
    with pytest.raises(UnknownName, match="no delivery 7"):
        desk.rows.get(7)
