"""Who may come to the desk, as the ledger keeps it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from threading import Barrier

import pytest

from bot.errors import LedgerError
from bot.ledger import open_ledger

HOUR = timedelta(hours=1)
KEY = sha256(b"a secret").hexdigest()


@pytest.fixture
def admissions(desk):
    return desk.ledger.admissions


def test_a_link_opens_once(admissions, desk):
    admissions.add("link", KEY, desk.now + HOUR, desk.now)
    assert [admissions.take("link", KEY, desk.now) for _ in range(3)] == [True, False, False]


def test_a_link_opens_for_one_of_many_who_try_at_the_same_moment(tmp_path, desk):
    ledgers = [open_ledger(desk.folder, "spa") for _ in range(2)]  # two processes, two threads in each
    doors = [ledgers[n % 2].admissions for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        for turn in range(20):
            key, start = sha256(b"%d" % turn).hexdigest(), Barrier(4)
            desk.ledger.admissions.add("link", key, desk.now + HOUR, desk.now)

            def take(door, start=start, key=key):
                start.wait()
                return door.take("link", key, desk.now)

            assert sorted(pool.map(take, doors)) == [False, False, False, True]
    for ledger in ledgers:
        ledger.close()


def test_a_link_expires_to_the_microsecond(admissions, desk):
    admissions.add("link", KEY, desk.now + HOUR, desk.now)
    last = desk.now + HOUR - timedelta(microseconds=1)
    assert admissions.is_valid("link", KEY, last)
    assert not admissions.is_valid("link", KEY, desk.now + HOUR)
    assert not admissions.take("link", KEY, desk.now + HOUR)
    assert admissions.take("link", KEY, last)


def test_a_link_is_no_session_and_a_session_is_no_link(admissions, desk):
    admissions.add("link", KEY, desk.now + HOUR, desk.now)
    assert not admissions.is_valid("session", KEY, desk.now)
    assert not admissions.take("session", KEY, desk.now)
    with pytest.raises(LedgerError, match="refused a row"):
        admissions.add("master key", KEY, desk.now + HOUR, desk.now)


def test_another_workspace_in_the_same_ledger_is_another_desk(tmp_path, desk):
    other = open_ledger(desk.folder, "other")
    desk.ledger.admissions.add("session", KEY, desk.now + HOUR, desk.now)
    desk.ledger.admissions.keep_password("hash")
    desk.ledger.admissions.add("session", KEY, desk.now + HOUR, desk.now)
    assert not other.admissions.is_valid("session", KEY, desk.now)
    assert other.admissions.password() == ""
    other.admissions.keep_password("another hash")
    assert desk.ledger.admissions.is_valid("session", KEY, desk.now)
    assert desk.ledger.admissions.password() == "hash"
    other.close()


def test_who_leaves_is_forgotten_alone(admissions, desk):
    for name in ("one", "two"):
        admissions.add("session", name, desk.now + HOUR, desk.now)
    admissions.forget("session", "one")
    assert not admissions.is_valid("session", "one", desk.now)
    assert admissions.is_valid("session", "two", desk.now)
    admissions.forget_all("session")
    assert not admissions.is_valid("session", "two", desk.now)


def test_what_has_expired_does_not_pile_up(admissions, desk):
    for hour in range(5):
        now = desk.now + hour * HOUR
        admissions.add("session", f"{hour}", now + HOUR, now)
    assert desk.sql("SELECT sha256 FROM admission") == [("4",)]


def test_a_new_password_ends_every_link_and_session(admissions, desk):
    for kind in ("link", "session"):
        admissions.add(kind, KEY, desk.now + HOUR, desk.now)
    admissions.keep_password("hash")
    assert admissions.password() == "hash"
    assert desk.sql("SELECT * FROM admission") == []


def test_the_address_and_the_password_do_not_touch_each_other(admissions):
    assert (admissions.password(), admissions.address()) == ("", "")
    admissions.keep_address("http://127.0.0.1:8030/")
    admissions.keep_password("hash")
    admissions.keep_address("http://127.0.0.1:9000/")
    assert (admissions.password(), admissions.address()) == ("hash", "http://127.0.0.1:9000/")
