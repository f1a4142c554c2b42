"""What attempts left behind: handles, outcomes, receipts."""

from __future__ import annotations

from datetime import datetime

from bot.delivery import Delivery
from bot.ledger.engine import Store
from bot.ledger.rows import handles_of, micros, receipt_of
from bot.model import Handles, Receipt


class Evidence:
    """The evidence of one workspace's deliveries."""

    def __init__(self, store: Store, workspace: str) -> None:
        self._store, self._workspace = store, workspace

    def handles(self, delivery: Delivery) -> tuple[Handles, ...]:
        """Those of every attempt, newest first."""
        sql = "SELECT body, expires_at FROM handles WHERE delivery = :id ORDER BY fence DESC"
        return tuple(map(handles_of, self._store.read(lambda rows: rows.all(sql, id=delivery.id))))

    def expire_handles(self, delivery: Delivery, now: datetime) -> None:
        """What was prepared is of no use any more, but `find` still looks for it."""
        sql = "UPDATE handles SET expires_at = :at WHERE delivery = :id AND (expires_at IS NULL OR expires_at > :at)"
        self._store.write(lambda rows: rows.run(sql, id=delivery.id, at=micros(now)))

    def outcomes(self, delivery: Delivery) -> list[str]:
        """How each attempt of it ended, oldest first; empty where this ledger never made one."""
        sql = "SELECT outcome FROM attempt WHERE delivery = :id ORDER BY fence, part"
        return [str(row["outcome"]) for row in self._store.read(lambda rows: rows.all(sql, id=delivery.id))]

    def receipts(self, delivery: Delivery) -> tuple[Receipt, ...]:
        """Those of its parts, in order."""
        sql = "SELECT * FROM receipt WHERE delivery = :id ORDER BY part"
        return tuple(map(receipt_of, self._store.read(lambda rows: rows.all(sql, id=delivery.id))))

    def is_on_record(self, delivery: Delivery, receipt: Receipt) -> bool:
        """Whether that is the proof of another part or delivery on this account already."""
        sql = """SELECT 1 FROM receipt r JOIN delivery d ON d.id = r.delivery WHERE d.workspace = :w
                 AND d.account = :account AND r.remote_id = :remote_id AND r.remote_id <> '' LIMIT 1"""
        values = {"w": self._workspace, "account": delivery.account, "remote_id": receipt.remote_id}
        return self._store.read(lambda rows: rows.one(sql, **values)) is not None
