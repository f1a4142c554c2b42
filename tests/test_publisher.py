"""The publisher on a real ledger, with a network that does as it is told."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import delivery as life
from bot.delivery import Delivery, Patience, State
from bot.errors import (
    CannotTell,
    HandlesGone,
    LedgerError,
    RateLimited,
    Taken,
    Unauthorized,
    Unavailable,
    Unconfirmed,
    UnknownName,
)
from bot.keys import part_key
from bot.ledger import open_ledger
from bot.model import Account, Handles, Limits, Message, Part, Receipt
from bot.publisher import CLOCKS_DIFFER, Publisher, World

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SPACING = 10 * MINUTE


@dataclass
class Fake:
    """Answers from lists: a value is returned, an error raised, a function called; then all goes well."""

    calls: list = field(default_factory=list)
    prepares: list = field(default_factory=list)
    publishes: list = field(default_factory=list)
    finds: list = field(default_factory=list)
    limits: Limits = field(default_factory=Limits)

    def prepare(self, message):
        self.calls.append(("prepare", message.post))
        return answer(self.prepares, Handles({"media": str(len(self.calls))}))

    def publish(self, part, message, handles, key, after):
        self.calls.append(("publish", message.post, part.n, key, after.remote_id if after else None, handles))
        return answer(self.publishes, Receipt(f"{message.post}/{part.n}", f"https://example.org/{part.n}", NOW))

    def find(self, part, message, handles, key, since):
        self.calls.append(("find", message.post, part.n, key, handles, since))
        return answer(self.finds, None)

    def published(self):
        return [call[1:3] for call in self.calls if call[0] == "publish"]


def answer(answers, otherwise):
    said = answers.pop(0) if answers else otherwise
    if isinstance(said, Exception):
        raise said
    return said() if callable(said) else said


class Stage:
    """A ledger, a clock that stands still, a network and a publisher."""

    def __init__(self, folder):
        self.ledger, self.fake, self.at, self.stopping = open_ledger(folder, "spa"), Fake(), NOW, False
        self.rows, self.records = self.ledger.deliveries, self.ledger.records
        self.networks, self.messages = {"a": self.fake, "b": self.fake}, {}
        self.records.keep_accounts([Account(name, "fake") for name in ("a", "b", "gone")])
        self.publisher = self.owner("me")

    def owner(self, name, *, alone=True, rows=None):
        return Publisher(rows or self.rows, self.world(), name, alone=alone)

    def world(self):
        return World(
            now=lambda: self.at,
            jitter=lambda: 0.5,
            network=self.network,
            message=lambda sha256: self.messages[sha256],
            spacing=lambda _: SPACING,
            hold=lambda *what: self.records.hold(*what, self.at),
            open_account=self.records.open_account,
            cancelled=lambda: self.stopping,
        )

    def network(self, account):
        if account not in self.networks:
            raise UnknownName(f'"{account}" is not an account in config.toml')
        return self.networks[account]

    def plan(self, post="p", account="a", *, parts=1, due=timedelta(0), grace=timedelta(hours=2)):
        message = Message(post, account, "fake", "", tuple(Part(n, f"part {n}") for n in range(parts)))
        sha256 = self.records.keep_message(f"{post} {account}")
        self.messages[sha256] = message
        due = NOW + due
        row = Delivery(0, post, account, "1", State.SCHEDULED, 0, due, due + grace, f"key-{post}-{account}", sha256)
        return self.rows.add(row, message, NOW, "plan")

    def run(self, later=timedelta(0)):
        self.at += later
        with ThreadPoolExecutor(4) as pool:
            return self.publisher.run(pool)

    def row(self, post="p"):
        return next(row for row in self.rows.all() if row.post == post)

    def reasons(self):
        return [(hold.scope, hold.subject, hold.reason) for hold in self.records.holds()]


@pytest.fixture
def stage(tmp_path):
    stage = Stage(tmp_path / "state")
    yield stage
    stage.ledger.close()


def test_what_is_due_goes_out_with_its_url_and_the_account_rests(stage):
    stage.plan("p")
    stage.plan("q")
    stage.run()
    assert (stage.row().state, stage.row().url) == (State.PUBLISHED, "https://example.org/0")
    assert stage.row("q").state is State.SCHEDULED
    assert stage.rows.next_wake(stage.at) == NOW + SPACING
    stage.run(SPACING)
    assert stage.fake.published() == [("p", 0), ("q", 0)]


def test_handles_that_died_before_their_time_are_prepared_again_and_still_looked_for(stage):
    stage.fake.publishes = [HandlesGone("media ids are invalid"), Unconfirmed("no answer")]
    row = stage.plan()
    stage.run()
    assert (stage.row().state, stage.row().errors) == (State.SCHEDULED, 1)
    stage.run(MINUTE)
    assert [call[0] for call in stage.fake.calls] == ["prepare", "publish", "prepare", "publish"]
    assert len(stage.rows.handles(row)) == 2
    assert stage.row().state is State.UNCONFIRMED


def test_before_the_call_the_intent_and_the_handles_are_on_the_disk(stage):
    seen = []

    def look():
        with sqlite3.connect(stage.ledger.folder / "ledger.db") as other:
            seen.extend(other.execute("SELECT state, intent_part FROM delivery").fetchall())
            seen.extend(other.execute("SELECT body FROM handles").fetchall())
            seen.extend(other.execute("SELECT part, outcome FROM attempt").fetchall())
        return Receipt("1", "u", NOW)

    stage.fake.publishes = [look]
    stage.plan()
    stage.run()
    assert seen == [("publishing", 0), ('{"media": "1"}',), (0, "")]


def test_the_parts_of_a_thread_hang_on_each_other_with_a_key_each(stage):
    row = stage.plan(parts=3)
    stage.run()
    calls = [call[2:5] for call in stage.fake.calls if call[0] == "publish"]
    keys = [part_key(row.key, n) for n in range(3)]
    assert calls == [(0, keys[0], None), (1, keys[1], "p/0"), (2, keys[2], "p/1")]
    assert len(set(keys)) == 3
    assert stage.row().state is State.PUBLISHED


def test_a_thread_that_broke_off_goes_on_where_it_was_without_waiting_for_its_own_spacing(stage):
    stage.fake.publishes = [Receipt("one", "u", NOW), Unconfirmed("no answer")]
    stage.fake.finds = [Receipt("two", "u", NOW)]
    stage.plan(parts=3)
    stage.run()
    stage.run(MINUTE)
    assert stage.fake.published() == [("p", 0), ("p", 1), ("p", 2)]
    assert stage.fake.calls[-1][4] == "two"
    assert stage.row().state is State.PUBLISHED


def test_a_lost_answer_is_never_sent_twice(stage):
    stage.fake.publishes = [Unconfirmed("no answer")]
    stage.fake.finds = [None, Receipt("1", "https://example.org/found", NOW)]
    stage.plan()
    stage.run()
    for _ in range(4):
        stage.run(MINUTE)
    assert stage.fake.published() == [("p", 0)]
    assert (stage.row().state, stage.row().url) == (State.PUBLISHED, "https://example.org/found")


def test_what_every_look_misses_is_sent_again_with_the_same_key(stage):
    stage.fake.publishes = [Unconfirmed("no answer")]
    stage.plan()
    stage.run()
    for _ in range(3):
        stage.run(MINUTE)
    keys = {call[3] for call in stage.fake.calls if call[0] in {"publish", "find"}}
    assert stage.fake.published() == [("p", 0)] * 2
    assert keys == {"key-p-a"}


def test_a_look_gets_the_handles_of_every_attempt_and_begins_well_before_the_intent(stage):
    expiring = Handles({"media": "first"}, NOW + timedelta(minutes=1))
    stage.fake.prepares = [expiring]
    stage.fake.publishes = [Unavailable("down"), Unconfirmed("no answer")]
    stage.plan()
    stage.run()
    stage.run(MINUTE)
    intent_at = stage.row().intent_at
    stage.run(MINUTE)
    *_, (_, _, _, _, handles, since) = stage.fake.calls
    assert [each.values["media"] for each in handles] == ["3", "first"]
    assert since == intent_at - CLOCKS_DIFFER


def test_handles_that_live_are_used_again_and_dead_ones_are_not(stage):
    stage.fake.prepares = [Handles({"media": "lives"}, NOW + timedelta(hours=1))]
    stage.fake.publishes = [Unavailable("down"), Unavailable("down")]
    stage.plan()
    stage.run()
    stage.run(MINUTE)
    assert [call[0] for call in stage.fake.calls] == ["prepare", "publish", "publish"]
    stage.run(timedelta(minutes=59))
    assert [call[0] for call in stage.fake.calls][-2:] == ["prepare", "publish"]


def test_lost_access_holds_the_account_and_keeps_its_posts(stage):
    stage.fake.publishes = [Unauthorized("token revoked")]
    stage.plan("p")
    stage.plan("q")
    stage.run()
    stage.run(MINUTE)
    assert stage.reasons() == [("account", "a", "no access")]
    assert stage.fake.published() == [("p", 0)]
    stage.records.release("account", "a", "no access", stage.at)
    stage.run()
    assert stage.row().state is State.PUBLISHED


def test_lost_access_while_looking_holds_the_account_too(stage):
    stage.fake.publishes, stage.fake.finds = [Unconfirmed("no answer")], [Unauthorized("token revoked")]
    stage.plan()
    stage.run()
    stage.run(MINUTE)
    assert stage.reasons() == [("account", "a", "no access")]
    assert stage.row().state is State.UNCONFIRMED


def test_a_rate_limit_closes_the_whole_account_until_it_is_over(stage):
    stage.fake.publishes = [RateLimited("slow down", NOW + 30 * MINUTE)]
    stage.plan("p")
    stage.plan("q")
    stage.run()
    stage.run(29 * MINUTE)
    assert stage.fake.published() == [("p", 0)]
    assert stage.rows.next_wake(stage.at) == NOW + 30 * MINUTE
    stage.run(MINUTE)
    assert stage.fake.published() == [("p", 0), ("p", 0)]


DEFECTS = {
    "an exception": ValueError("a defect"),
    "nothing": lambda: None,
    "a dictionary": {"id": "1"},
    "a receipt without an address": Receipt("1", None, NOW),
    "a receipt with a number": Receipt(1, "u", NOW),
    "a receipt without a time": Receipt("1", "u", None),
    "a receipt whose time has no zone": Receipt("1", "u", NOW.replace(tzinfo=None)),
}


@pytest.mark.parametrize("what", DEFECTS)
def test_an_adapter_that_breaks_after_the_call_leaves_it_unconfirmed_and_stops_nobody(stage, what):
    stage.fake.publishes = [DEFECTS[what]]
    stage.plan("p", "a")
    stage.run()
    stage.plan("q", "b")
    stage.run()
    assert stage.row("p").state is State.UNCONFIRMED
    assert stage.row("q").state is State.PUBLISHED


@pytest.mark.parametrize("what", [name for name in DEFECTS if name != "nothing"])
def test_an_adapter_that_breaks_while_looking_has_not_looked(stage, what):
    stage.fake.publishes, stage.fake.finds = [Unconfirmed("no answer")], [DEFECTS[what]]
    stage.plan()
    stage.run()
    stage.run(MINUTE)
    row = stage.row()
    assert (row.state, row.looks) == (State.UNCONFIRMED, 0)
    assert row.check_at > stage.at


def test_an_upload_that_fails_is_tried_again_later(stage):
    stage.fake.prepares = [ValueError("a defect"), Unavailable("down")]
    stage.plan()
    for _ in range(4):
        stage.run(MINUTE)
    assert stage.row().state is State.PUBLISHED
    assert stage.fake.published() == [("p", 0)]


def test_an_account_that_config_no_longer_names_stops_only_itself(stage):
    stage.plan("orphan", "gone")
    stage.plan("p", "a")
    stage.run()
    assert stage.row("p").state is State.PUBLISHED
    orphan = stage.row("orphan")
    assert (orphan.state, orphan.errors) == (State.SCHEDULED, 1)
    assert "not an account in config.toml" in orphan.reason


def test_an_account_that_leaves_config_in_mid_flight_stops_only_itself(stage):
    stage.fake.publishes = [Unconfirmed("no answer")]
    stage.plan("orphan", "a")
    stage.run()
    interrupted = stage.plan("interrupted", "b")
    stage.owner("dead").claim(1)
    assert stage.rows.get(interrupted.id).state is State.PUBLISHING
    stage.networks.clear()
    stage.run(MINUTE)
    assert stage.row("orphan").state is State.UNCONFIRMED
    assert stage.row("interrupted").state is State.SCHEDULED


def test_words_that_cannot_be_read_stop_only_their_own_delivery(stage):
    row = stage.plan("p", "a")
    stage.plan("q", "b")
    del stage.messages[row.message]
    stage.run()
    assert (stage.row("p").state, stage.row("p").errors) == (State.SCHEDULED, 1)
    assert stage.row("q").state is State.PUBLISHED


def test_where_looking_cannot_tell_a_person_is_asked_once_and_nobody_looks_again(stage):
    stage.fake.publishes, stage.fake.finds = [Unconfirmed("no answer")], [CannotTell("no listing")]
    stage.plan()
    stage.run()
    for _ in range(5):
        stage.run(10 * MINUTE)
    assert stage.row().asks
    assert [call[0] for call in stage.fake.calls] == ["prepare", "publish", "find"]
    assert stage.rows.next_wake(stage.at) is None


def test_a_bot_that_stops_claims_nothing_and_gives_back_what_it_has_not_sent(stage):
    stage.plan("p")
    stage.fake.prepares = [lambda: setattr(stage, "stopping", True) or Handles()]
    stage.run()
    row = stage.row()
    assert (row.state, row.reason, row.tries) == (State.SCHEDULED, "the bot is stopping", 0)
    stage.run(MINUTE)
    assert stage.fake.published() == []


def clock_moves(stage, by):
    def prepare():
        stage.at += by
        return Handles()

    return prepare


def test_a_slow_upload_is_not_followed_by_a_call_at_the_end_of_the_lease(stage):
    stage.fake.prepares = [clock_moves(stage, timedelta(seconds=170))]
    stage.plan()
    stage.run()
    assert (stage.row().state, stage.fake.published()) == (State.SCHEDULED, [])
    assert stage.rows.next_wake(stage.at) > stage.at, "and it does not spin"
    stage.run(MINUTE)
    assert stage.row().state is State.PUBLISHED


def test_a_time_that_passes_during_the_upload_is_missed_not_sent(stage):
    stage.fake.prepares = [clock_moves(stage, timedelta(seconds=100))]
    stage.plan(grace=timedelta(seconds=60))
    stage.run()
    stage.run(MINUTE)
    assert (stage.row().state, stage.fake.published()) == (State.MISSED, [])


def test_a_clock_set_back_during_the_upload_sends_nothing_early(stage):
    stage.fake.prepares = [clock_moves(stage, -timedelta(hours=1))]
    stage.plan()
    stage.run()
    assert (stage.row().state, stage.fake.published()) == (State.SCHEDULED, [])
    stage.run(timedelta(hours=1, minutes=1))
    assert stage.row().state is State.PUBLISHED


def test_a_hold_during_the_upload_stops_it_and_the_round_ends(stage):
    stage.fake.prepares = [lambda: stage.records.hold("post", "p", "claims", "", NOW) and Handles()]
    stage.plan()
    stage.run()
    assert (stage.row().state, stage.fake.published()) == (State.SCHEDULED, [])


def test_a_wish_to_cancel_during_the_upload_is_granted_and_the_round_ends(stage):
    row = stage.plan()
    stage.fake.prepares = [lambda: stage.rows.wish_cancel(row, NOW, "ann", "withdrawn") or Handles()]
    stage.run()
    stage.run()
    assert (stage.row().state, stage.fake.published()) == (State.CANCELED, [])


def test_absent_becomes_canceled_where_that_was_wished_meanwhile(stage):
    row = stage.plan()
    stage.fake.publishes = [Unconfirmed("no answer")]
    stage.run()
    stage.rows.wish_cancel(row, NOW, "ann", "withdrawn")
    for _ in range(4):
        stage.run(MINUTE)
    assert (stage.row().state, stage.fake.published()) == (State.CANCELED, [("p", 0)])


def test_three_claims_that_died_before_an_intent_are_poison_and_the_account_goes_on(stage):
    stage.plan("poison")
    stage.plan("p")
    for n in range(3):
        stage.owner(f"dead {n}").claim(1)
        stage.publisher.sweep()
    assert stage.reasons() == [("delivery", "1", "poison")]
    stage.run()
    assert stage.fake.published() == [("p", 0)]


def test_a_receipt_that_comes_after_the_row_moved_on_is_noted_and_not_believed_blindly(stage):
    def takeover():
        stage.owner("next").sweep()
        return Receipt("1", "https://example.org/late", NOW)

    stage.fake.publishes = [takeover]
    stage.plan()
    stage.run()
    assert stage.row().state is State.UNCONFIRMED
    assert "late receipt: https://example.org/late" in [event.what for event in stage.records.history("p")]


def test_a_receipt_that_cannot_be_written_is_looked_for_later(stage):
    class FullDisk:
        def __getattr__(self, name):
            return getattr(stage.rows, name)

        def receive(self, *_, **__):
            raise LedgerError("disk full")

    stage.plan()
    stage.publisher = stage.owner("me", rows=FullDisk())
    stage.run()
    assert stage.row().state is State.PUBLISHING
    stage.publisher = stage.owner("next")
    stage.fake.finds = [Receipt("1", "https://example.org/found", NOW)]
    stage.run(MINUTE)
    stage.run(MINUTE)
    assert (stage.row().state, stage.fake.published()) == (State.PUBLISHED, [("p", 0)])


def test_an_owner_that_is_not_alone_waits_for_the_lease_of_another(stage):
    stage.plan()
    stage.owner("other").claim(1)
    watcher = stage.owner("me", alone=False)
    stage.at += Patience().lease
    assert watcher.sweep() == 0
    stage.at += timedelta(seconds=1)
    assert watcher.sweep() == 1


def test_two_hundred_deliveries_on_two_accounts_go_out_once_each_in_order_from_many_threads(stage):
    for n in range(100):
        for account in ("a", "b"):
            stage.plan(f"{account}{n:02}", account, due=-timedelta(minutes=100 - n))
    stage.publisher = Publisher(stage.rows, replace(stage.world(), spacing=lambda _: timedelta(0)), "me", alone=True)
    stage.run()
    published = [post for post, _ in stage.fake.published()]
    assert [post for post in published if post[0] == "a"] == [f"a{n:02}" for n in range(100)]
    assert [post for post in published if post[0] == "b"] == [f"b{n:02}" for n in range(100)]
    assert {row.state for row in stage.rows.all()} == {State.PUBLISHED}


def test_a_thread_that_an_earlier_ledger_began_is_looked_for_part_by_part(stage):
    row = stage.plan(parts=3)
    doubted = life.doubted(row, NOW, NOW - timedelta(days=400))
    stage.rows.settle(row, doubted, NOW, "plan")
    stage.fake.finds = [Receipt("one", "u1", NOW), Receipt("two", "u2", NOW), None, None]
    for parts_done in (1, 2, 2):
        stage.run(MINUTE)
        assert (stage.row().state, stage.row().parts_done) == (State.UNCONFIRMED, parts_done)
    assert not stage.fake.published()
    stage.run(MINUTE)
    assert stage.fake.published() == [("p", 2)]
    assert stage.row().state is State.PUBLISHED


def test_what_the_network_says_to_have_already_is_never_sent_again_unasked(stage):
    stage.fake.publishes = [Unconfirmed("no answer"), Taken("media already attached")]
    stage.fake.finds = [None] * 4
    stage.plan()
    for _ in range(12):
        stage.run(MINUTE)
    assert [call[0] for call in stage.fake.calls if call[0] != "find"] == ["prepare", "publish", "publish"]
    row = stage.row()
    assert (row.state, row.asks) == (State.UNCONFIRMED, True)
    assert row.reason == "a says that it has it already, and does not show it"


def test_a_part_is_looked_for_after_the_part_before_it_by_the_networks_clock(stage):
    at = NOW + timedelta(minutes=3)
    stage.fake.publishes = [Receipt("one", "u", at), Unconfirmed("no answer")]
    stage.fake.finds = [Receipt("two", "v", at)]
    stage.plan(parts=2)
    stage.run()
    stage.run(MINUTE)
    (look,) = [call for call in stage.fake.calls if call[0] == "find"]
    assert look[5] == at + timedelta(milliseconds=1)
    assert stage.row().state is State.PUBLISHED


def test_the_proof_of_one_post_is_no_proof_of_another(stage):
    stage.fake.publishes = [Receipt("one", "https://example.org/1", NOW), Unconfirmed("no answer")]
    stage.fake.finds = [Receipt("one", "https://example.org/1", NOW)]
    stage.plan("p")
    stage.plan("q")
    stage.run()
    stage.run(SPACING)
    stage.run(MINUTE)
    row = stage.row("q")
    assert (row.state, row.asks) == (State.UNCONFIRMED, True)
    assert row.reason == "only another post of ours says that: https://example.org/1"


def test_a_defect_in_one_look_keeps_nobody_from_being_looked_for_or_published(stage):
    stage.fake.publishes = [Unconfirmed("no answer")]
    stage.plan("p")
    stage.run()
    stage.fake.finds = [Unavailable("a lone \ud800 breaks the ledger")]
    stage.plan("q", "b")
    stage.run(MINUTE)
    assert stage.row("q").state is State.PUBLISHED
    assert stage.row("p").state is State.UNCONFIRMED


def test_a_look_that_had_to_wait_for_access_is_due_when_access_is_back(stage):
    stage.fake.publishes = [Unconfirmed("no answer")]
    stage.fake.finds = [Unauthorized("revoked")]
    stage.plan()
    stage.run()
    stage.run(MINUTE)
    waits = stage.row()
    assert waits.check_at > stage.at + timedelta(seconds=30)
    stage.rows.look_soon("a", stage.at)
    assert stage.row().check_at == stage.at
    stage.rows.look_soon("b", stage.at)
    stage.fake.finds = [Receipt("1", "u", NOW)]
    stage.run()
    assert stage.row().state is State.PUBLISHED
