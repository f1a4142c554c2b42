"""Who may come to the desk: links that open once, sessions, the password, and where the desk was opened last.

Of the secrets only hashes are kept: whoever reads the ledger cannot come in with what he finds there.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from bot.ledger.engine import Row, Rows, Store
from bot.ledger.rows import micros

Kind = Literal["link", "session"]


class Admissions:
    """The admissions of one workspace; a secret is known by its SHA-256."""

    def __init__(self, store: Store, workspace: str) -> None:
        self._store, self._workspace = store, workspace

    def add(self, kind: Kind, sha256: str, expires_at: datetime, now: datetime) -> None:
        """Let in whoever has that secret, until it expires; what has expired already is forgotten."""

        def act(rows: Rows) -> None:
            rows.run("DELETE FROM admission WHERE expires_at <= :now", now=micros(now))
            rows.run(
                "INSERT INTO admission (workspace, kind, sha256, expires_at) VALUES (:w, :kind, :sha256, :at)",
                w=self._workspace,
                kind=kind,
                sha256=sha256,
                at=micros(expires_at),
            )

        self._store.write(act)

    def take(self, kind: Kind, sha256: str, now: datetime) -> bool:
        """Use a secret up: True exactly once, whoever else tries at the same moment, and never when it has expired."""
        sql = "DELETE FROM admission WHERE workspace = :w AND kind = :kind AND sha256 = :sha256 AND expires_at > :now"
        return self._run(sql, kind=kind, sha256=sha256, now=micros(now)) == 1

    def is_valid(self, kind: Kind, sha256: str, now: datetime) -> bool:
        """Whether that secret lets in now."""
        sql = """SELECT 1 AS found FROM admission
                 WHERE workspace = :w AND kind = :kind AND sha256 = :sha256 AND expires_at > :now"""
        return self._one(sql, kind=kind, sha256=sha256, now=micros(now)) is not None

    def forget(self, kind: Kind, sha256: str) -> None:
        """That secret lets nobody in any more."""
        sql = "DELETE FROM admission WHERE workspace = :w AND kind = :kind AND sha256 = :sha256"
        self._run(sql, kind=kind, sha256=sha256)

    def forget_all(self, kind: Kind) -> None:
        """No secret of that kind lets anybody in any more."""
        self._run("DELETE FROM admission WHERE workspace = :w AND kind = :kind", kind=kind)

    def password(self) -> str:
        """The password's hash (argon2, in its own format); "" for none."""
        return self._told("password")

    def keep_password(self, password: str) -> None:
        """Keep a password's hash; in the same moment every link and every session ends."""

        def act(rows: Rows) -> None:
            rows.run(
                """INSERT INTO desk (workspace, password) VALUES (:w, :password)
                   ON CONFLICT (workspace) DO UPDATE SET password = :password""",
                w=self._workspace,
                password=password,
            )
            rows.run("DELETE FROM admission WHERE workspace = :w", w=self._workspace)

        self._store.write(act)

    def address(self) -> str:
        """Where the desk was opened last; "" for never."""
        return self._told("address")

    def keep_address(self, address: str) -> None:
        """Note where the desk is open."""
        self._run(
            """INSERT INTO desk (workspace, address) VALUES (:w, :address)
               ON CONFLICT (workspace) DO UPDATE SET address = :address""",
            address=address,
        )

    def _told(self, column: Literal["password", "address"]) -> str:
        row = self._one("SELECT password, address FROM desk WHERE workspace = :w")
        return "" if row is None else str(row[column])

    def _one(self, sql: str, **values: object) -> Row | None:
        return self._store.read(lambda rows: rows.one(sql, w=self._workspace, **values))

    def _run(self, sql: str, **values: object) -> int:
        return self._store.write(lambda rows: rows.run(sql, w=self._workspace, **values))
