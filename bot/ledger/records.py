"""What else the ledger remembers: the workspace, offers, readings of files, approvals, messages, holds, events."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.ledger.engine import Row, Rows, Store
from bot.ledger.rows import instant, micros
from bot.model import Account


@dataclass(frozen=True, slots=True)
class Reading:
    """How a post's file last read when it was whole: where, with which status and input hash."""

    post: str
    path: str
    status: str
    input_hash: str


@dataclass(frozen=True, slots=True)
class Hold:
    """Why something waits: `scope` is workspace, account, post or delivery; `subject` its name."""

    scope: str
    subject: str
    reason: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One line of history."""

    at: datetime
    post: str
    account: str
    move: str
    who: str
    what: str


class Records:
    """The rows of one workspace that are not deliveries."""

    def __init__(self, store: Store, workspace: str) -> None:
        self._store, self._workspace = store, workspace

    def workspace(self) -> Row | None:
        """Its row, or None in a new ledger."""
        return self._one("SELECT * FROM workspace WHERE id = :w")

    def keep_workspace(self, folder: str, zone: str, now: datetime) -> None:
        """Note where it lives and the zone its calendar is in."""
        self._run(
            """INSERT INTO workspace (id, folder, zone, created_at) VALUES (:w, :folder, :zone, :at)
               ON CONFLICT (id) DO UPDATE SET folder = :folder, zone = :zone""",
            folder=folder,
            zone=zone,
            at=micros(now),
        )

    def accounts(self) -> dict[str, str]:
        """The network of each account that was ever in config.toml."""
        return {row["name"]: row["network"] for row in self._all("SELECT * FROM account WHERE workspace = :w")}

    def keep_accounts(self, accounts: Sequence[Account]) -> None:
        """Note the accounts of config.toml."""

        def act(rows: Rows) -> None:
            for account in accounts:
                rows.run(
                    """INSERT INTO account (workspace, name, network) VALUES (:w, :name, :network)
                       ON CONFLICT (workspace, name) DO UPDATE SET network = :network""",
                    w=self._workspace,
                    name=account.name,
                    network=account.network,
                )

        self._store.write(act)

    def announced(self, name: str) -> dict[str, int]:
        """The limits that an account's server announced last, by the names of Limits' fields; {} for none."""
        row = self._one("SELECT announced FROM account WHERE workspace = :w AND name = :name", name=name)
        told: dict[str, int] = json.loads(row["announced"]) if row else {}
        return told

    def identities(self) -> dict[str, str]:
        """Who we were on each account when it was connected last ("" = never), also on those gone from config.toml."""
        return {r["name"]: r["identity"] for r in self._all("SELECT * FROM account WHERE workspace = :w")}

    def keep_identity(self, name: str, identity: str) -> None:
        """Note who we are on an account."""
        sql = "UPDATE account SET identity = :identity WHERE workspace = :w AND name = :name"
        self._run(sql, name=name, identity=identity)

    def keep_announced(self, name: str, limits: Mapping[str, int]) -> None:
        """Keep what an account's server announces; what it does not mention now stays as it was known."""
        told = json.dumps({**self.announced(name), **limits}, sort_keys=True)
        sql = "UPDATE account SET announced = :told WHERE workspace = :w AND name = :name AND announced <> :told"
        self._run(sql, name=name, told=told)

    def open_account(self, name: str, at: datetime) -> None:
        """Its next post may go out from `at` on (a person's "now", or a rate limit's end)."""
        self._run("UPDATE account SET open_at = :at WHERE workspace = :w AND name = :name", name=name, at=micros(at))

    def offered(self) -> set[str]:
        """The hashes of the snippets that were ever offered as drafts, from whichever document."""
        return {str(row["snippet"]) for row in self._all("SELECT snippet FROM offer WHERE workspace = :w")}

    def record_offers(self, document: str, posts: Mapping[str, str], at: datetime) -> None:
        """Remember snippets (hash -> post id): a draft that is deleted stays deleted."""

        def act(rows: Rows) -> None:
            for snippet, post in posts.items():
                rows.run(
                    """INSERT INTO offer (workspace, document, snippet, post, at)
                       VALUES (:w, :document, :snippet, :post, :at) ON CONFLICT DO NOTHING""",
                    w=self._workspace,
                    document=document,
                    snippet=snippet,
                    post=post,
                    at=micros(at),
                )

        self._store.write(act)

    def readings(self) -> dict[str, Reading]:
        """The last whole reading of every post ever read, by post id."""
        rows = self._all("SELECT post, path, status, input_hash FROM reading WHERE workspace = :w")
        return {row["post"]: Reading(**row) for row in rows}

    def keep_reading(self, reading: Reading, now: datetime) -> None:
        """Note how a post's file reads now."""
        self._run(
            """INSERT INTO reading (workspace, post, path, status, input_hash, at)
               VALUES (:w, :post, :path, :status, :input_hash, :at) ON CONFLICT (workspace, post)
               DO UPDATE SET path = :path, status = :status, input_hash = :input_hash, at = :at""",
            post=reading.post,
            path=reading.path,
            status=reading.status,
            input_hash=reading.input_hash,
            at=micros(now),
        )

    def approvals(self, only: str = "") -> dict[str, set[str]]:
        """Every input hash on record, by post id; `only` those of one post."""
        found: dict[str, set[str]] = {}
        sql = "SELECT post, input_hash FROM approval WHERE workspace = :w AND :post IN ('', post)"
        for row in self._all(sql, post=only):
            found.setdefault(row["post"], set()).add(row["input_hash"])
        return found

    def approval(self, post: str, input_hash: str) -> Row | None:
        """Who approved it as it reads (`approved_by`), by which `rule`, and when (`at`); None where nobody did."""
        sql = """SELECT approved_by, rule, at FROM approval
                 WHERE workspace = :w AND post = :post AND input_hash = :input_hash"""
        return self._one(sql, post=post, input_hash=input_hash)

    def approve(self, post: str, input_hash: str, by: str, rule: str, now: datetime) -> None:
        """Put an approval on record: who, or by which rule that a person wrote."""

        def act(rows: Rows) -> None:
            values = {"post": post, "input_hash": input_hash, "by": by, "rule": rule}
            fresh = rows.run(
                """INSERT INTO approval (workspace, post, input_hash, approved_by, rule, at)
                   VALUES (:w, :post, :input_hash, :by, :rule, :at) ON CONFLICT DO NOTHING""",
                w=self._workspace,
                at=micros(now),
                **values,
            )
            if fresh:
                self._note(rows, post, now, by, f"approved {rule}".strip())

        self._store.write(act)

    def keep_message(self, body: str) -> str:
        """Freeze a Message (canonical JSON); returns its hash."""
        sha256 = hashlib.sha256(body.encode()).hexdigest()
        sql = "INSERT INTO message (sha256, body) VALUES (:sha256, :body) ON CONFLICT DO NOTHING"
        self._run(sql, sha256=sha256, body=body)
        return sha256

    def message(self, sha256: str) -> str:
        """The frozen Message of that hash."""
        row = self._one("SELECT body FROM message WHERE sha256 = :sha256 AND :w = :w", sha256=sha256)
        return "" if row is None else str(row["body"])

    def hold(self, scope: str, subject: str, reason: str, note: str, now: datetime) -> bool:
        """Make something wait; True when it did not wait for this reason already."""

        def act(rows: Rows) -> bool:
            fresh = rows.run(
                """INSERT INTO hold (workspace, scope, subject, reason, note, at)
                   VALUES (:w, :scope, :subject, :reason, :note, :at) ON CONFLICT DO NOTHING""",
                w=self._workspace,
                scope=scope,
                subject=subject,
                reason=reason,
                note=note,
                at=micros(now),
            )
            if fresh:
                self._note(rows, subject if scope == "post" else "", now, "daemon", f"hold {scope} {subject}: {reason}")
            return fresh == 1

        return self._store.write(act)

    def release(self, scope: str, subject: str, reason: str, now: datetime) -> bool:
        """End a hold; True when there was one."""
        if (scope, subject, reason) not in {(hold.scope, hold.subject, hold.reason) for hold in self.holds()}:
            return False

        def act(rows: Rows) -> bool:
            gone = rows.run(
                """DELETE FROM hold WHERE workspace = :w AND scope = :scope AND subject = :subject
                   AND reason = :reason""",
                w=self._workspace,
                scope=scope,
                subject=subject,
                reason=reason,
            )
            if gone:
                self._note(rows, subject if scope == "post" else "", now, "daemon", f"no longer held: {reason}")
            return gone == 1

        return self._store.write(act)

    def holds(self) -> list[Hold]:
        """Every hold, oldest first."""
        sql = "SELECT scope, subject, reason, note, at FROM hold WHERE workspace = :w ORDER BY at, scope, subject"
        return [Hold(r["scope"], r["subject"], r["reason"], r["note"], instant(r["at"])) for r in self._all(sql)]

    def history(self, post: str) -> list[Event]:
        """What happened to a post, oldest first."""
        sql = "SELECT * FROM event WHERE workspace = :w AND post = :post ORDER BY id"
        return [_event(row) for row in self._all(sql, post=post)]

    def note(self, post: str, who: str, what: str, now: datetime) -> None:
        """Append a line to a post's history."""
        self._store.write(lambda rows: self._note(rows, post, now, who, what))

    def _note(self, rows: Rows, post: str, now: datetime, who: str, what: str) -> None:
        rows.run(
            "INSERT INTO event (workspace, post, at, who, what) VALUES (:w, :post, :at, :who, :what)",
            w=self._workspace,
            post=post,
            at=micros(now),
            who=who,
            what=what,
        )

    def _all(self, sql: str, **values: object) -> Sequence[Row]:
        return self._store.read(lambda rows: rows.all(sql, w=self._workspace, **values))

    def _one(self, sql: str, **values: object) -> Row | None:
        return self._store.read(lambda rows: rows.one(sql, w=self._workspace, **values))

    def _run(self, sql: str, **values: object) -> int:
        return self._store.write(lambda rows: rows.run(sql, w=self._workspace, **values))


def _event(row: Row) -> Event:
    move = f"{row['move_from']} -> {row['move_to']}" if row["move_from"] else row["move_to"]
    return Event(instant(row["at"]), row["post"], row["account"], move, row["who"], row["what"])
