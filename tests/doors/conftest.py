"""A small workspace on disk, and the command as a person runs it."""

import logging
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def logs_as_they_were():
    """`bot run` in this process sets up the log for itself; the tests that come after want theirs."""
    loggers = [logging.getLogger(name) for name in ("", "bot", "urllib3", "apscheduler")]
    before = [(logger, logger.level, [*logger.handlers]) for logger in loggers]
    yield
    for logger, level, handlers in before:
        logger.setLevel(level)
        logger.handlers[:] = handlers


@pytest.fixture
def workspace(tmp_path):
    """The sample workspace: its config and its article, nothing composed yet."""
    shutil.copy(ROOT / "config.toml", tmp_path / "config.toml")
    shutil.copytree(ROOT / "documents", tmp_path / "documents")
    return tmp_path


@pytest.fixture
def bot(workspace):
    """Runs `bot -C workspace ...`; gives click's result."""

    def run(*words):
        return CliRunner().invoke(main, ["-C", str(workspace), *map(str, words)])

    return run
