"""What was taken down again: part by part, when, and by whom."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute(
        """CREATE TABLE retraction (
             delivery BIGINT NOT NULL REFERENCES delivery (id), part BIGINT NOT NULL,
             at BIGINT NOT NULL, who TEXT NOT NULL, PRIMARY KEY (delivery, part)
           )"""
    )
