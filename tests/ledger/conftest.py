"""A real ledger in a real file, and rows to put into it."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from bot import delivery as life
from bot.delivery import Delivery, Patience, State
from bot.ledger import open_ledger
from bot.model import Account, Message, Part, Receipt

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


class Desk:
    """A ledger and the few moves that most tests begin with."""

    now = NOW
    patience = Patience()

    def __init__(self, folder, workspace="spa"):
        self.folder, self.workspace = folder, workspace
        self.ledger = open_ledger(folder, workspace)
        self.rows, self.records, self.store = self.ledger.deliveries, self.ledger.records, self.ledger.store
        self.records.keep_accounts([Account(name, "site") for name in ("a", "b")])

    def plan(self, post="p", account="a", *, due=timedelta(0), parts=1, **more):
        sha256 = self.records.keep_message(f"{post} {account} {parts}")
        message = Message(post, account, "site", "", tuple(Part(n, f"part {n}") for n in range(parts)))
        row = Delivery(
            id=0,
            post=post,
            account=account,
            occurrence="1",
            state=State.SCHEDULED,
            fence=0,
            due_at=NOW + due,
            not_after=NOW + due + timedelta(hours=2),
            key=f"{self.workspace} {post} {account}",
            message=sha256,
        )
        return self.rows.add(life.replace(row, **more), message, NOW, "plan")

    def claim(self, at=NOW, most=10):
        return self.rows.claim(at, "worker", most, self.patience)

    def intend(self, delivery, at=NOW, handles=None):
        after = life.intended(delivery, delivery.parts_done, at)
        return self.rows.intend(delivery, after, at, "worker", handles=handles)

    def receive(self, delivery, at=NOW, open_at=NOW):
        receipt = Receipt("1", "https://example.org/1", at)
        return self.rows.receive(
            delivery, life.after_receipt(delivery, receipt), receipt, at, who="worker", open_at=open_at
        )

    def doubt(self, delivery, at=NOW):
        return self.rows.settle(delivery, life.after_lease(delivery, at, life.Limits()), at, "worker")

    def sql(self, statement, **values):
        """Past the program, as a stranger with a database shell."""
        with sqlite3.connect(self.store.path, isolation_level=None) as connection:
            return connection.execute(statement, values).fetchall()


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path / "state")
    yield desk
    desk.ledger.close()
