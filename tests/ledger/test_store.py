"""The engine: durable when it returns, shared commits in which nobody falls with another."""

import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event

from bot.errors import LedgerError
from bot.ledger.engine import Store


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "ledger.db")
    store.write(lambda rows: rows.run("CREATE TABLE note (n INTEGER PRIMARY KEY, who TEXT NOT NULL)"))
    yield store
    store.close()


def put(n):
    return lambda rows: rows.insert("INSERT INTO note VALUES (:n, 'x')", n=n)


def numbers(store):
    """What another process sees."""
    with sqlite3.connect(store.path) as connection:
        return [n for (n,) in connection.execute("SELECT n FROM note ORDER BY n")]


def test_every_connection_is_durable_and_patient(store):
    def pragma(rows, name):
        return next(iter(rows.one(f"PRAGMA {name}").values()))

    for look in (store.read, store.write):
        found = [look(lambda rows, name=name: pragma(rows, name)) for name in ("journal_mode", "synchronous")]
        assert found == ["wal", 2], "2 is FULL"
        assert look(lambda rows: pragma(rows, "busy_timeout")) == 15_000
        assert look(lambda rows: pragma(rows, "foreign_keys")) == 1


def test_a_write_is_there_for_another_process_when_it_returns(store):
    assert store.write(put(1)) == 1
    assert numbers(store) == [1]


def test_an_act_that_raises_is_undone_whole(store):
    def act(rows):
        put(1)(rows)
        raise ValueError("changed my mind")

    with pytest.raises(ValueError, match="changed my mind"):
        store.write(act)
    assert numbers(store) == []
    store.write(put(2))
    assert numbers(store) == [2]


def test_sixteen_threads_share_commits_and_everything_is_there(store):
    begins = threading.Barrier(16)

    def write(thread):
        begins.wait()
        for n in range(25):
            store.write(put(thread * 100 + n))
            assert thread * 100 + n in numbers(store), "durable when it returns"

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(write, range(16)))
    assert len(numbers(store)) == 400


def gathered(store, acts):
    """Run the acts in one shared commit: all of them wait while another write holds the turn."""
    entered, go = threading.Event(), threading.Event()

    def slow(rows):
        entered.set()
        go.wait(10)

    with ThreadPoolExecutor(20) as pool:
        first = pool.submit(store.write, slow)
        entered.wait(10)
        futures = [pool.submit(store.write, act) for act in acts]
        while len(store._waiting) < len(acts):
            threading.Event().wait(0.001)
        go.set()
        first.result()
        return [future.exception() or future.result() for future in futures]


def fails(rows):
    put(99)(rows)
    raise ValueError("mine alone")


def test_an_act_that_fails_takes_nobody_of_its_commit_with_it(store):
    results = gathered(store, [put(1), fails, put(2), put(1), put(3)])
    assert numbers(store) == [1, 2, 3]
    assert [type(result) for result in results].count(ValueError) == 1
    assert [type(result) for result in results].count(LedgerError) == 1, "the second of the two ones"
    assert [result for result in results if isinstance(result, int)] == [1, 2, 3]


def interrupted(rows):
    raise KeyboardInterrupt


def test_an_interrupt_in_a_shared_commit_lets_nobody_believe_it_was_made(store):
    results = gathered(store, [put(1), interrupted, put(2)])
    kinds = [type(result) for result in results]
    assert LedgerError in kinds
    assert int not in kinds, "nothing was committed, so nobody may be told that it was"
    assert numbers(store) == []
    store.write(put(5))
    assert numbers(store) == [5]


def refuse_commits(store):
    """The disk says no at COMMIT, once: a deferred constraint is the one refusal that can be had on demand."""
    store.write(lambda rows: rows.run("CREATE TABLE child (n REFERENCES note DEFERRABLE INITIALLY DEFERRED)"))
    return lambda rows: rows.run("INSERT INTO child VALUES (12345)")


def test_after_a_commit_that_failed_the_next_one_begins_anew(store):
    with pytest.raises(LedgerError):
        store.write(refuse_commits(store))
    store.write(put(1))
    assert numbers(store) == [1]


def test_a_commit_that_failed_is_told_to_everyone_in_it(store):
    results = gathered(store, [refuse_commits(store), put(1)])
    assert [type(result) for result in results] == [LedgerError, LedgerError]
    assert numbers(store) == []


def test_a_full_disk_is_an_error_with_the_file_and_what_to_do_and_it_passes(store):
    pages = store.read(lambda rows: rows.one("PRAGMA page_count"))["page_count"]
    store.write(lambda rows: rows.run(f"PRAGMA max_page_count = {pages}"))

    def much(rows):
        for n in range(5000):
            put(n)(rows)

    with pytest.raises(LedgerError, match=r"ledger\.db: the ledger cannot be used: .*full.*Check the disk"):
        store.write(much)
    assert numbers(store) == []
    store.write(put(1))
    assert numbers(store) == [1]


def test_a_backup_has_what_is_still_in_the_log(store, tmp_path):
    store.write(put(7))
    store.backup(tmp_path / "copy.db")
    store.backup(tmp_path / "copy.db")
    with sqlite3.connect(tmp_path / "copy.db") as connection:
        assert connection.execute("SELECT n FROM note").fetchall() == [(7,)]


def test_what_is_no_database_is_named(tmp_path):
    (tmp_path / "ledger.db").write_text("this is a shopping list, and a long one: " * 100)
    with pytest.raises(LedgerError, match=r"ledger\.db.*not a database"):
        Store(tmp_path / "ledger.db").read(lambda rows: rows.one("SELECT 1"))


def test_threads_that_ask_what_changed_share_one_connection_and_ask_in_turn(store):
    opened, inside, most = [], [], []

    def take(*_):
        opened.append(1)
        time.sleep(0.02)  # long enough for the others to come in, if they could

    def begin(*_):
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.001)

    event.listen(store.engine, "checkout", take)
    event.listen(store.engine, "before_cursor_execute", begin)
    event.listen(store.engine, "after_cursor_execute", lambda *_: inside.pop())
    begins = threading.Barrier(6)

    def ask():
        begins.wait()
        return {store.data_version() for _ in range(10)}

    with ThreadPoolExecutor(6) as pool:
        found = [asked.result() for asked in [pool.submit(ask) for _ in range(6)]]
    assert (len(set.union(*found)), len(opened), max(most)) == (1, 1, 1)
