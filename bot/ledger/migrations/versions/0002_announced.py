"""What an account's server announced of its limits is kept, so that planning works offline."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("ALTER TABLE account ADD COLUMN announced TEXT NOT NULL DEFAULT '{}'")
