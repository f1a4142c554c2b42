"""Deliveries in the ledger: claims, moves with compare-and-set, intents, receipts, views."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.delivery import MOVES, POSTPONED, Delivery, Patience, canceled, claimed, is_late, missed
from bot.errors import Stale, UnknownName
from bot.ledger.engine import Rows, Store
from bot.ledger.evidence import Evidence
from bot.ledger.rows import MICROSECOND, columns_of, delivery_of, instant, micros
from bot.model import Handles, Message, Receipt

LANE_WAIT = timedelta(minutes=5)
"""How long an unconfirmed delivery keeps the later ones of its account waiting (docs/design.md)."""
FOREVER = 2**62

HELD = """EXISTS (SELECT 1 FROM hold h WHERE h.workspace = d.workspace AND (
  h.scope = 'workspace' OR (h.scope = 'account' AND h.subject = d.account)
  OR (h.scope = 'post' AND h.subject = d.post) OR (h.scope = 'delivery' AND h.subject = CAST(d.id AS TEXT))))"""

NEXT = f"""SELECT n.id, MAX(n.due_at, n.retry_at, a.open_at, COALESCE((
    SELECT MAX(o.intent_at) + {LANE_WAIT // MICROSECOND} FROM delivery o
    WHERE o.workspace = a.workspace AND o.account = a.name AND o.state = 'unconfirmed'), 0)) AS ready_at
  FROM (SELECT d.id, d.account, d.due_at, d.retry_at,
      ROW_NUMBER() OVER (PARTITION BY d.account ORDER BY d.due_at, d.id) AS turn
    FROM delivery d WHERE d.workspace = :w AND d.state = 'scheduled' AND d.due_at <= :until
      AND d.cancel_wish = 0 AND NOT {HELD}) n
  JOIN account a ON a.workspace = :w AND a.name = n.account
  WHERE n.turn = 1 AND NOT EXISTS (SELECT 1 FROM delivery o
    WHERE o.workspace = a.workspace AND o.account = a.name AND o.state = 'publishing')"""  # noqa: S608  no value is pasted in
"""Who is next on each account, and from when on: its time, its backoff, the account's spacing, a lane in doubt."""

CLAIMABLE = f"""SELECT d.* FROM ({NEXT}) AS next JOIN delivery d ON d.id = next.id
  WHERE next.ready_at <= :until ORDER BY d.due_at, d.id LIMIT :most"""  # noqa: S608

WAKE = f"""SELECT MIN(at) AS at FROM (SELECT ready_at AS at FROM ({NEXT}) AS next
  UNION ALL SELECT 0 FROM delivery WHERE workspace = :w AND state = 'scheduled' AND cancel_wish = 1
  UNION ALL SELECT check_at FROM delivery WHERE workspace = :w AND state = 'unconfirmed'
  UNION ALL SELECT lease_until FROM delivery WHERE workspace = :w AND state = 'publishing') AS wakes"""  # noqa: S608

COLUMNS = """state fence due_at not_after parts_done intent_part intent_at lease_owner lease_until retry_at check_at
looks tries errors asks reason url local_time zone"""
SET = ", ".join(f"{name} = :{name}" for name in COLUMNS.split())
MOVE = f"""UPDATE delivery AS d SET {SET}, changed_at = :at,
  cancel_wish = CASE WHEN state IN ('missed', 'failed') THEN 0 ELSE cancel_wish END
WHERE id = :id AND fence = :old_fence AND state = :old_state"""  # noqa: S608
INTEND = f"{MOVE} AND cancel_wish = 0 AND NOT {HELD}"


class Deliveries(Evidence):
    """The rows of one workspace. Every write happens whole or not at all, and is durable when it returns."""

    def __init__(self, store: Store, workspace: str) -> None:
        super().__init__(store, workspace)
        self._known: dict[tuple[object, ...], Delivery] = {}

    def claim(self, now: datetime, owner: str, most: int, patience: Patience) -> list[Delivery]:
        """Take up to `most` due deliveries, one an account; the late ones become missed on the way."""

        def act(rows: Rows) -> list[Delivery]:
            ours: list[Delivery] = []
            found = self._claimable(rows, now, most)
            while found and not ours:  # where all were late, those behind them may not be
                for before in found:
                    if is_late(before, now):
                        self._move(rows, before, missed(before), now, "daemon")
                    else:
                        ours.append(claimed(before, owner, now, patience))
                        self._move(rows, before, ours[-1], now, owner)
                found = [] if ours else self._claimable(rows, now, most)
            return ours

        return self._store.write(act)

    def settle(self, before: Delivery, after: Delivery, now: datetime, who: str, **also: str) -> Delivery:
        """Write a move; raises Stale when the row is no longer `before`. `outcome=` closes the open attempt."""

        def act(rows: Rows) -> None:
            self._move(rows, before, after, now, who)
            self._end_attempt(rows, before, also.get("outcome", ""), now)

        self._store.write(act)
        return after

    def intend(
        self, before: Delivery, after: Delivery, now: datetime, who: str, *, handles: Handles | None = None
    ) -> Delivery:
        """Record the intent, and with it what `prepare` left on the network, where that is new.

        Held, to be canceled or no longer ours: Stale, and nothing may be sent.
        """

        def act(rows: Rows) -> None:
            self._move(rows, before, after, now, who, sql=INTEND, what=f"intends part {after.intent_part + 1}")
            if handles is not None:
                self._keep(rows, after, handles, now)
            rows.run(
                "INSERT INTO attempt (delivery, part, fence, intent_at) VALUES (:id, :part, :fence, :at)",
                id=after.id,
                part=after.intent_part,
                fence=after.fence,
                at=micros(now),
            )

        self._store.write(act)
        return after

    def receive(
        self, before: Delivery, after: Delivery, receipt: Receipt, now: datetime, *, who: str, open_at: datetime
    ) -> Delivery:
        """Record the receipt of the intended part; the account's next post waits until `open_at`."""

        def act(rows: Rows) -> None:
            self._move(rows, before, after, now, who, what=f"part {before.intent_part + 1} is live at {receipt.url}")
            self._end_attempt(rows, before, "receipt", now)
            rows.run(
                "INSERT INTO receipt (delivery, part, remote_id, url, at) VALUES (:id, :part, :remote_id, :url, :at)",
                id=before.id,
                part=before.intent_part,
                remote_id=receipt.remote_id,
                url=receipt.url,
                at=micros(receipt.at),
            )
            self._open(rows, before.account, open_at)

        self._store.write(act)
        return after

    def receive_late(self, delivery: Delivery, receipt: Receipt, now: datetime, who: str) -> None:
        """Note a receipt that came after the row had moved on: whoever holds it looks for itself."""
        self._store.write(lambda rows: self._note(rows, delivery, now, who, what=f"late receipt: {receipt.url}"))

    def lapsed(self, now: datetime, owner: str, *, alone: bool) -> list[Delivery]:
        """Rows still `publishing` whose lease is over; `alone`: a lock proves that no other owner is alive."""
        sql = """SELECT * FROM delivery d WHERE workspace = :w AND state = 'publishing'
                 AND (lease_until < :now OR (:alone AND lease_owner <> :owner))"""
        return self._find(sql, now=micros(now), owner=owner, alone=int(alone))

    def due_looks(self, now: datetime) -> list[Delivery]:
        """Unconfirmed deliveries whose time to look has come."""
        sql = "SELECT * FROM delivery WHERE workspace = :w AND state = 'unconfirmed' AND check_at <= :now ORDER BY id"
        return self._find(sql, now=micros(now))

    def wish_cancel(self, delivery: Delivery, now: datetime, who: str, why: str) -> None:
        """Cancel it if it has not been sent: at once when scheduled, else at the next chance."""

        sql = """UPDATE delivery SET cancel_wish = 1 WHERE id = :id AND cancel_wish = 0
                 AND state IN ('scheduled', 'publishing', 'unconfirmed')"""

        def act(rows: Rows) -> None:
            if rows.run(sql, id=delivery.id):
                self._note(rows, delivery, now, who, what=f"cancel: {why}")
            self._cancel_wished(rows, now)

        self._store.write(act)

    def look_soon(self, account: str, now: datetime) -> None:
        """An account lets us in again: looks at it that could not be made are due."""
        sql = """UPDATE delivery SET check_at = :now WHERE workspace = :w AND account = :account
                 AND state = 'unconfirmed' AND check_at > :now AND reason LIKE :postponed"""
        values = {"w": self._workspace, "account": account, "postponed": f"{POSTPONED}%"}
        self._store.write(lambda rows: rows.run(sql, now=micros(now), **values))

    def cancel_wished(self, now: datetime) -> int:
        """Carry out the wishes on rows that are scheduled (again): certain that nothing is under way."""
        sql = "SELECT 1 FROM delivery WHERE workspace = :w AND state = 'scheduled' AND cancel_wish = 1 LIMIT 1"
        wished = self._store.read(lambda rows: rows.one(sql, w=self._workspace))
        return self._store.write(lambda rows: self._cancel_wished(rows, now)) if wished else 0

    def next_wake(self, now: datetime) -> datetime | None:
        """The next moment at which something can be done, as far as the rows know."""
        row = self._store.read(lambda rows: rows.one(WAKE, w=self._workspace, until=FOREVER))
        return None if row is None or row["at"] is None else max(now, instant(row["at"]))

    def add(self, delivery: Delivery, message: Message, now: datetime, who: str) -> Delivery:
        """A new row (its `id` is ignored)."""
        columns = {**columns_of(delivery), "workspace": self._workspace, "at": micros(now)}
        columns |= {"post": delivery.post, "account": delivery.account, "occurrence": delivery.occurrence}
        columns |= {"idem_key": delivery.key, "message": delivery.message, "parts": len(message.parts)}
        names = [name for name in columns if name != "at"]
        values = ", ".join(f":{name}" for name in names)
        sql = f"INSERT INTO delivery ({', '.join(names)}, changed_at) VALUES ({values}, :at)"  # noqa: S608

        def act(rows: Rows) -> Delivery:
            row = replace(delivery, id=rows.insert(sql, **columns), parts=len(message.parts))
            self._note(rows, row, now, who, move_to=row.state.value, what=f"planned for {row.local_time} {row.zone}")
            return row

        return self._store.write(act)

    def refreeze(self, delivery: Delivery, sha256: str, parts: int, now: datetime, who: str) -> bool:
        """Give it new words; refused (False) once any attempt has intended: one key, one body."""
        sql = """UPDATE delivery SET message = :sha256, parts = :parts, fence = fence + 1, changed_at = :at
                 WHERE id = :id AND fence = :fence AND state IN ('scheduled', 'missed', 'failed') AND parts_done = 0
                   AND NOT EXISTS (SELECT 1 FROM attempt WHERE delivery = :id)"""
        values = {"id": delivery.id, "fence": delivery.fence, "sha256": sha256, "parts": parts, "at": micros(now)}

        def act(rows: Rows) -> bool:
            done = rows.run(sql, **values) == 1
            if done:
                self._note(rows, delivery, now, who, what="new words approved")
            return done

        return self._store.write(act)

    def all(self) -> list[Delivery]:
        """Every row, in the order of their times; one that is as it was when last asked for is not made anew."""
        sql = "SELECT * FROM delivery WHERE workspace = :w ORDER BY due_at, id"
        names, found = self._store.read(lambda rows: rows.table(sql, w=self._workspace))
        known = self._known
        made = {row: known.get(row) or delivery_of(dict(zip(names, row, strict=True))) for row in found}
        self._known = made
        return list(made.values())

    def of(self, post: str) -> list[Delivery]:
        """The rows of one post, in the order of their times."""
        return self._find("SELECT * FROM delivery WHERE workspace = :w AND post = :post ORDER BY due_at, id", post=post)

    def get(self, number: int) -> Delivery:
        """The row of that id; raises UnknownName."""
        found = self._find("SELECT * FROM delivery WHERE workspace = :w AND id = :id", id=number)
        if not found:
            raise UnknownName(f"there is no delivery {number}; `bot status` lists them")
        return found[0]

    def _claimable(self, rows: Rows, now: datetime, most: int) -> list[Delivery]:
        return [delivery_of(row) for row in rows.all(CLAIMABLE, w=self._workspace, until=micros(now), most=most)]

    def _cancel_wished(self, rows: Rows, now: datetime) -> int:
        sql = "SELECT * FROM delivery WHERE workspace = :w AND state = 'scheduled' AND cancel_wish = 1"
        found = [delivery_of(row) for row in rows.all(sql, w=self._workspace)]
        for before in found:
            self._move(rows, before, canceled(before, "withdrawn before it was sent"), now, "daemon")
        return len(found)

    def _find(self, sql: str, **values: object) -> list[Delivery]:
        found: Sequence[object] = self._store.read(lambda rows: rows.all(sql, w=self._workspace, **values))
        return [delivery_of(row) for row in found]  # type: ignore[arg-type]

    def _move(
        self,
        rows: Rows,
        before: Delivery,
        after: Delivery,
        now: datetime,
        who: str,
        *,
        sql: str = MOVE,
        what: str = "",
    ) -> None:
        if before.state is not after.state and (before.state, after.state) not in MOVES:
            raise Stale(f"a {before.state} delivery cannot become {after.state}")
        values = {"at": micros(now), "old_fence": before.fence, "old_state": before.state.value}
        if rows.run(sql, id=before.id, **values, **columns_of(after)) != 1:
            raise Stale(f"delivery {before.id} has moved on")
        moved = {"move_from": before.state.value, "move_to": after.state.value} if before.state != after.state else {}
        self._note(rows, after, now, who, what=what or after.reason, **moved)

    def _note(self, rows: Rows, delivery: Delivery, now: datetime, who: str, **columns: str) -> None:
        sql = """INSERT INTO event (workspace, delivery, post, account, at, move_from, move_to, who, what)
                 VALUES (:w, :id, :post, :account, :at, :move_from, :move_to, :who, :what)"""
        known = {"post": delivery.post, "account": delivery.account, "at": micros(now), "who": who}
        rows.run(sql, w=self._workspace, id=delivery.id, **known, **{"move_from": "", "move_to": "", **columns})

    def _end_attempt(self, rows: Rows, before: Delivery, outcome: str, now: datetime) -> None:
        sql = """UPDATE attempt SET outcome = :outcome, ended_at = :at
                 WHERE delivery = :id AND part = :part AND outcome IN ('', 'unknown')"""
        if outcome and before.intent_part >= 0:
            rows.run(sql, outcome=outcome, at=micros(now), id=before.id, part=before.intent_part)

    def _keep(self, rows: Rows, delivery: Delivery, handles: Handles, now: datetime) -> None:
        rows.run(
            "INSERT INTO handles (delivery, fence, body, expires_at, at) VALUES (:id, :fence, :body, :expires_at, :at)",
            id=delivery.id,
            fence=delivery.fence,
            body=json.dumps(dict(handles.values), sort_keys=True),
            expires_at=micros(handles.expires_at),
            at=micros(now),
        )

    def _open(self, rows: Rows, account: str, at: datetime) -> None:
        sql = "UPDATE account SET open_at = MAX(open_at, :at) WHERE workspace = :w AND name = :name"
        rows.run(sql, at=micros(at), w=self._workspace, name=account)
