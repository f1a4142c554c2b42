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

    def standing(self, delivery: Delivery) -> tuple[tuple[int, Receipt], ...]:
        """The receipts of the parts that were not taken down, with their numbers, in order."""
        sql = """SELECT r.* FROM receipt r LEFT JOIN retraction t ON t.delivery = r.delivery AND t.part = r.part
                 WHERE r.delivery = :id AND t.part IS NULL ORDER BY r.part"""
        found = self._store.read(lambda rows: rows.all(sql, id=delivery.id))
        return tuple((int(row["part"]), receipt_of(row)) for row in found)

    def taken_down(self) -> set[int]:
        """The deliveries (their ids) that were live and are live nowhere any more: every part was taken down."""
        sql = """SELECT DISTINCT t.delivery FROM retraction t JOIN delivery d ON d.id = t.delivery
                 WHERE d.workspace = :w AND NOT EXISTS (
                   SELECT 1 FROM receipt r WHERE r.delivery = t.delivery AND NOT EXISTS (
                     SELECT 1 FROM retraction s WHERE s.delivery = r.delivery AND s.part = r.part))"""
        return {int(row["delivery"]) for row in self._store.read(lambda rows: rows.all(sql, w=self._workspace))}

    def record_retraction(self, delivery: Delivery, part: int, who: str, now: datetime) -> None:
        """That part is not live any more; once is enough."""
        sql = """INSERT INTO retraction (delivery, part, at, who) SELECT :id, :part, :at, :who
                 WHERE NOT EXISTS (SELECT 1 FROM retraction WHERE delivery = :id AND part = :part)"""
        self._store.write(lambda rows: rows.run(sql, id=delivery.id, part=part, at=micros(now), who=who))

    def is_on_record(self, delivery: Delivery, receipt: Receipt) -> bool:
        """Whether that is the proof of another part or delivery on this account already."""
        sql = """SELECT 1 FROM receipt r JOIN delivery d ON d.id = r.delivery WHERE d.workspace = :w
                 AND d.account = :account AND r.remote_id = :remote_id AND r.remote_id <> '' LIMIT 1"""
        values = {"w": self._workspace, "account": delivery.account, "remote_id": receipt.remote_id}
        return self._store.read(lambda rows: rows.one(sql, **values)) is not None
