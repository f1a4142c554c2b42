"""Who may come to the desk: links that open once, and sessions, by the hashes of their secrets."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute(
        """CREATE TABLE admission (
             workspace TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('link', 'session')),
             sha256 TEXT NOT NULL, expires_at BIGINT NOT NULL, PRIMARY KEY (workspace, kind, sha256)
           )"""
    )
    op.execute(
        """CREATE TABLE desk (
             workspace TEXT PRIMARY KEY, password TEXT NOT NULL DEFAULT '', address TEXT NOT NULL DEFAULT ''
           )"""
    )
