"""What an account's server announced of its limits, so that planning works offline; who we are there."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("ALTER TABLE account ADD COLUMN announced TEXT NOT NULL DEFAULT '{}'")
    op.execute("ALTER TABLE account ADD COLUMN identity TEXT NOT NULL DEFAULT ''")
