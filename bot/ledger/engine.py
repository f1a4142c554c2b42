"""The engine under the ledger: SQLite made durable, one writer at a time, commits shared by those who wait."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from bot.errors import LedgerError

T = TypeVar("T")
Row = Mapping[str, Any]
MEMORY = Path(":memory:")
TROUBLE = (sqlite3.Error, DBAPIError)
"""What the driver raises, and what the pool makes of it."""


class Ticket(Generic[T]):
    """One act that waits for the next shared commit."""

    def __init__(self, act: Callable[[Rows], T]) -> None:
        self.act, self.done = act, False
        self.result: T | None = None
        self.error: Exception | None = None


class Rows:
    """Plain SQL over one connection, inside one transaction: straight to the driver, for every post costs some."""

    def __init__(self, connection: Connection) -> None:
        self._driver = connection.connection

    def all(self, sql: str, **values: object) -> list[Row]:
        """Every row of a query."""
        cursor = self._execute(sql, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def table(self, sql: str, **values: object) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The names of a query's columns, and its rows."""
        cursor = self._execute(sql, values)
        return [column[0] for column in cursor.description], cursor.fetchall()

    def one(self, sql: str, **values: object) -> Row | None:
        """The first row of a query, or None."""
        cursor = self._execute(sql, values)
        row = cursor.fetchone()
        return (
            None if row is None else {column[0]: value for column, value in zip(cursor.description, row, strict=True)}
        )

    def run(self, sql: str, **values: object) -> int:
        """A statement; returns how many rows it touched."""
        return int(self._execute(sql, values).rowcount)

    def insert(self, sql: str, **values: object) -> int:
        """An insert; returns the new row's id."""
        return int(self._execute(sql, values).lastrowid)

    def _execute(self, sql: str, values: Mapping[str, object]) -> Any:
        cursor: Any = self._driver.cursor()
        cursor.execute(sql, values)
        return cursor


class Store:
    """The database: `read` sees the last commit; `write` is durable when it returns.

    Writers that arrive while a commit is under way share the next one (group commit): each act runs in a savepoint
    of its own, so that one that fails takes nobody with it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        options: dict[str, Any] = {"poolclass": StaticPool} if path == MEMORY else {"pool_size": 40, "max_overflow": 40}
        self.engine = create_engine(
            f"sqlite:///{path}",
            isolation_level=None,
            connect_args={"check_same_thread": False, "timeout": 15},
            **options,
        )
        event.listen(self.engine, "connect", _configure)
        self._waiting: list[Ticket[Any]] = []
        self._queue, self._turn = threading.Lock(), threading.Lock()
        self._writer: Connection | None = None
        self._watcher: Connection | None = None
        self._watch = threading.Lock()
        self._inode = 0

    def read(self, act: Callable[[Rows], T]) -> T:
        """Run a query on the last committed state."""
        with _plain_errors(self.path), self.engine.connect() as connection:
            return act(Rows(connection))

    def write(self, act: Callable[[Rows], T]) -> T:
        """Run an act in a transaction that is durable when this returns; its exception undoes it alone."""
        ticket = Ticket(act)
        with self._queue:
            self._waiting.append(ticket)
        with self._turn:
            if not ticket.done:
                self._commit_waiting()
        if ticket.error is not None:
            raise ticket.error
        if not ticket.done:  # whoever was to commit it was interrupted before
            raise LedgerError(f"{self.path}: nothing was written: the commit was interrupted")
        return cast("T", ticket.result)

    def is_there(self) -> bool:
        """Whether `path` still names the file that was opened (somebody may have deleted or replaced it)."""
        try:
            found = self.path.stat().st_ino
        except OSError:
            return False
        self._inode = self._inode or found
        return found == self._inode

    def data_version(self) -> int:
        """Changes with every commit of any other connection (SQLite's PRAGMA data_version)."""
        with self._watch, _plain_errors(self.path):
            if self._watcher is None:
                self._watcher = self.engine.connect()
            return int(self._watcher.exec_driver_sql("PRAGMA data_version").scalar_one())

    def guarded(self) -> AbstractContextManager[None]:
        """A block in which the database's own errors become LedgerError with the file's name."""
        return _plain_errors(self.path)

    def backup(self, to: Path) -> None:
        """Write a whole copy of the last committed state, the write-ahead log included."""
        to.unlink(missing_ok=True)
        self.read(lambda rows: rows.run("VACUUM INTO :to", to=str(to)))

    def close(self) -> None:
        """Let go of every connection."""
        for connection in (self._writer, self._watcher):
            if connection is not None:
                connection.close()
        self.engine.dispose()

    def _commit_waiting(self) -> None:
        with self._queue:
            batch, self._waiting = self._waiting, []
        try:
            with _plain_errors(self.path):
                self._transact(batch)
        except BaseException as error:  # an interrupt too: nobody may believe that this commit was made
            self._give_up_writer()
            trouble = error if isinstance(error, LedgerError) else LedgerError(f"{self.path}: interrupted: {error!r}")
            for ticket in batch:
                ticket.error = ticket.error or trouble
            if trouble is not error:
                raise
        for ticket in batch:
            ticket.done = True

    def _give_up_writer(self) -> None:
        """After trouble nothing in its memory is trusted: undo what is open, and begin again on a new connection."""
        writer, self._writer = self._writer, None
        if writer is not None:
            with suppress(*TROUBLE):
                Rows(writer).run("ROLLBACK")
            if self.path != MEMORY:
                writer.invalidate()
            writer.close()

    def _transact(self, batch: Sequence[Ticket[Any]]) -> None:
        if self._writer is None:
            self._writer = self.engine.connect()
        rows, alone = Rows(self._writer), len(batch) == 1
        rows.run("BEGIN IMMEDIATE")
        for ticket in batch:
            _run_in_savepoint(rows, ticket, alone=alone)
        rows.run("ROLLBACK" if alone and batch[0].error else "COMMIT")


def _run_in_savepoint(rows: Rows, ticket: Ticket[Any], *, alone: bool) -> None:
    if not alone:
        rows.run("SAVEPOINT act")
    try:
        ticket.result = ticket.act(rows)
    except sqlite3.IntegrityError as error:
        ticket.error = LedgerError(f"the ledger refused a row: {error}")
    except TROUBLE:
        raise  # the database itself is in trouble: nobody in this commit can be sure
    except Exception as error:
        ticket.error = error
    if not alone:
        if ticket.error:
            rows.run("ROLLBACK TO act")
        rows.run("RELEASE act")


@contextmanager
def _plain_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except TROUBLE as error:
        message = (
            f"{path}: the ledger cannot be used: {getattr(error, 'orig', error)}. Check the disk's space and rights."
        )
        raise LedgerError(message) from error


def _configure(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=15000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
