"""Brings a ledger's tables to this version: Alembic, from inside the package, after a backup of what is there."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine

from bot.errors import LedgerError

VERSIONS = Path(__file__).parent / "versions"


def migrate(engine: Engine) -> None:
    """Run every migration that the ledger has not seen."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def version(engine: Engine) -> str:
    """The version of the ledger, "" when there is nothing in it (a cheap look, without loading Alembic)."""
    with engine.connect() as connection:
        known = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").first()
        if known is None:
            return ""
        row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return "" if row is None else str(row[0])


def is_newest(found: str) -> bool:
    """Whether that version is the newest; raises LedgerError for one that only a later program knows."""
    known = sorted(path.stem.split("_")[0] for path in VERSIONS.glob("[0-9]*.py"))
    if found and found not in known:
        raise LedgerError(f"this ledger (version {found}) was written by a newer `bot`: upgrade this one")
    return found == known[-1]
