"""Brings a ledger's tables to this version: Alembic, from inside the package, after a backup of what is there."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine


def migrate(engine: Engine) -> None:
    """Run every migration that the ledger has not seen."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_current(engine: Engine) -> bool:
    """Whether the ledger is at the newest version (a cheap look, without loading Alembic)."""
    newest = max(path.stem for path in (Path(__file__).parent / "versions").glob("[0-9]*.py"))
    with engine.connect() as connection:
        known = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").first()
        if known is None:
            return False
        row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return row is not None and newest.startswith(str(row[0]))
