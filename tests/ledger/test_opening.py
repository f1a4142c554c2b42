"""Opening a ledger: made from nothing, migrated after a backup, refused where it would break, locked by one."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot import ledger as room
from bot.errors import LedgerBusy, LedgerError
from bot.ledger import PublisherLock, ledger_folder, memory_ledger, open_ledger

TABLES = "workspace account hold offer reading approval message delivery handles attempt receipt event".split()
TABLES += ["admission", "desk"]


def tables(path):
    with sqlite3.connect(path) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_a_ledger_is_made_from_nothing_and_belongs_to_its_owner_alone(tmp_path):
    ledger = open_ledger(tmp_path / "deep" / "state", "spa")
    ledger.close()
    assert set(TABLES) <= tables(tmp_path / "deep" / "state" / "ledger.db")
    assert stat.S_IMODE((tmp_path / "deep" / "state").stat().st_mode) == 0o700
    assert not list(tmp_path.rglob("*.before-migration.db")), "there was nothing to lose"


def test_opening_again_changes_nothing(tmp_path):
    for _ in range(3):
        ledger = open_ledger(tmp_path, "spa")
        ledger.records.note("p", "ann", "a line", room.records.instant(1))
        ledger.close()
    ledger = open_ledger(tmp_path, "spa")
    assert len(ledger.records.history("p")) == 3
    ledger.close()


OPEN = "import sys, pathlib; from bot.ledger import open_ledger; open_ledger(pathlib.Path(sys.argv[1]), 'spa').close()"


def test_processes_that_open_a_new_ledger_at_the_same_moment_all_get_it(tmp_path):
    racers = [subprocess.Popen([sys.executable, "-c", OPEN, str(tmp_path)], stderr=subprocess.PIPE) for _ in range(4)]
    assert [(racer.communicate()[1], racer.returncode) for racer in racers] == [(b"", 0)] * 4


@pytest.fixture
def older(tmp_path, monkeypatch):
    """A ledger with something in it, and a program that knows one more migration."""
    ledger = open_ledger(tmp_path / "state", "spa")
    ledger.records.note("p", "ann", "only in the write-ahead log", room.records.instant(1))
    shutil.copytree(room.migrations.VERSIONS.parent, tmp_path / "migrations")
    (tmp_path / "migrations" / "versions" / "9999_more.py").write_text(
        '"""More."""\nfrom alembic import op\nrevision, down_revision = "9999", "0004"\n'
        'def upgrade():\n    op.execute("CREATE TABLE more (n INTEGER)")\n'
    )
    monkeypatch.setattr(room.migrations, "VERSIONS", tmp_path / "migrations" / "versions")
    yield tmp_path / "state"
    ledger.close()


def test_before_a_migration_there_is_a_whole_backup(older):
    open_ledger(older, "spa").close()
    assert "more" in tables(older / "ledger.db")
    with sqlite3.connect(older / "ledger.before-migration.db") as backup:
        assert backup.execute("SELECT what FROM event").fetchall() == [("only in the write-ahead log",)]
        assert backup.execute("SELECT version_num FROM alembic_version").fetchall() == [("0004",)]


def test_a_ledger_of_a_newer_program_is_not_touched(older, monkeypatch):
    open_ledger(older, "spa").close()
    monkeypatch.undo()
    with pytest.raises(LedgerError, match="newer `bot`: upgrade"):
        open_ledger(older, "spa")


SYNCED = ["Dropbox/spa", "OneDrive - Quiet Feet/x", "Library/CloudStorage/x", "Nextcloud/a/b", "Google Drive/x"]


@pytest.mark.parametrize("folder", SYNCED)
def test_a_synced_folder_is_refused_with_the_reason_and_nothing_is_made(tmp_path, folder):
    with pytest.raises(LedgerError, match=r"synced folder .*two machines would post twice.*\[ledger\] in config.toml"):
        open_ledger(tmp_path / folder, "spa")
    assert not list(tmp_path.iterdir())


def test_a_link_into_a_synced_folder_is_seen_through(tmp_path):
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "innocent").symlink_to(tmp_path / "Dropbox")
    with pytest.raises(LedgerError, match="synced folder"):
        open_ledger(tmp_path / "innocent" / "state", "spa")


def test_a_folder_that_only_sounds_like_one_is_fine(tmp_path):
    open_ledger(tmp_path / "why-i-left-dropbox", "spa").close()


@pytest.mark.skipif(not Path("/proc/self/mounts").exists(), reason="only Linux names its file systems there")
@pytest.mark.parametrize("kind", ["nfs4", "cifs", "9p", "fuse.sshfs"])
def test_a_network_drive_is_refused(tmp_path, monkeypatch, kind):
    monkeypatch.setattr(room, "_file_system", lambda _: kind)
    with pytest.raises(LedgerError, match=rf"network drive \({kind}\)"):
        open_ledger(tmp_path, "spa")


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LedgerError, match="file/state: the ledger's folder cannot be made"):
        open_ledger(tmp_path / "file" / "state", "spa")


def test_the_ledger_lives_where_config_says_or_in_the_state_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert ledger_folder("spa", "", Path("/w")) == tmp_path / "footnote" / "spa"
    assert ledger_folder("spa", "here", tmp_path) == tmp_path / "here"


def test_a_ledger_in_memory_is_whole():
    ledger = memory_ledger("spa")
    assert ledger.deliveries.all() == []
    ledger.close()


HOLD = """
import sys, pathlib
from bot.ledger import PublisherLock
with PublisherLock(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_process_is_refused_with_the_pid_of_the_first(tmp_path, holder):
    with pytest.raises(LedgerBusy, match=rf"already in use by process {holder.pid}\. Stop that one first"):
        PublisherLock(tmp_path).acquire()
    assert PublisherLock(tmp_path).holder() == holder.pid


def test_the_lock_dies_with_its_holder(tmp_path, holder):
    holder.kill()
    holder.wait()
    with PublisherLock(tmp_path) as lock:
        assert (tmp_path / "publisher.lock").read_text() == str(os.getpid())
        assert PublisherLock(tmp_path).holder() == os.getpid()
        assert lock
    assert PublisherLock(tmp_path).holder() is None
