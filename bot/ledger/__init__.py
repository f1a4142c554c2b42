"""The ledger: what was offered, approved, planned, tried and published. Every SQL statement lives in this room."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from bot.errors import LedgerError
from bot.ledger.admissions import Admissions
from bot.ledger.deliveries import Deliveries
from bot.ledger.engine import MEMORY, Store
from bot.ledger.lock import PublisherLock, opening
from bot.ledger.migrations import is_newest, migrate, version
from bot.ledger.records import Records

__all__ = [
    "Admissions",
    "Deliveries",
    "Ledger",
    "PublisherLock",
    "Records",
    "ledger_folder",
    "memory_ledger",
    "open_ledger",
]

REMOTE = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "fuse.sshfs",
    "fuse.rclone",
    "fuse.gvfsd-fuse",
    "afs",
    "davfs",
}
SYNCED = (
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "icloud",
    "mobile documents",
    "cloudstorage",
    "nextcloud",
    "syncthing",
)
"""How the names of the folders begin that sync services keep, in lower case."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open ledger: its folder, the immutable pictures in `media`, and the rows."""

    folder: Path
    media: Path
    store: Store
    deliveries: Deliveries
    records: Records
    admissions: Admissions

    def lock(self) -> PublisherLock:
        """The right to publish from it."""
        return PublisherLock(self.folder)

    def is_there(self) -> bool:
        """Whether the file on the disk is still the one that was opened."""
        return self.store.is_there()

    def changes(self) -> int:
        """A number that differs whenever anybody, in any process, has written since the last look."""
        return self.store.data_version()

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()


def ledger_folder(workspace: str, wanted: str, root: Path) -> Path:
    """Where the ledger lives: where config.toml says, else the user's state folder (XDG) by workspace id."""
    if wanted:
        return (root / Path(wanted).expanduser()).resolve()
    state = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    return Path(state).expanduser() / "footnote" / workspace


def open_ledger(folder: Path, workspace: str) -> Ledger:
    """Open the ledger in that folder, making or migrating it; a network or synced folder is refused."""
    _refuse_shared_folders(folder)
    media, path = folder / "media", folder / "ledger.db"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        media.mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise LedgerError(f"{folder}: the ledger's folder cannot be made: {error.strerror}") from error
    store = Store(path)
    with store.guarded(), opening(folder):
        found = version(store.engine)
        if not is_newest(found):
            if found:
                store.backup(path.with_suffix(".before-migration.db"))
            migrate(store.engine)
    return _ledger(folder, media, store, workspace)


def memory_ledger(workspace: str) -> Ledger:
    """A ledger that lives as long as the process (simulation, previews)."""
    store = Store(MEMORY)
    migrate(store.engine)
    return _ledger(MEMORY, MEMORY, store, workspace)


def _ledger(folder: Path, media: Path, store: Store, workspace: str) -> Ledger:
    rows = Deliveries(store, workspace), Records(store, workspace), Admissions(store, workspace)
    return Ledger(folder, media, store, *rows)


def _refuse_shared_folders(folder: Path) -> None:
    real = folder.resolve()
    kind = _file_system(real)
    what = f"on a network drive ({kind})" if kind in REMOTE else ""
    synced = (name for name in real.parts if name.lower().startswith(SYNCED))
    what = what or next((f"inside a synced folder ({name})" for name in synced), "")
    if what:
        raise LedgerError(
            f"{folder} is {what}: a database there breaks, and two machines would post twice. "
            "Name a folder on this machine's own disk as `folder` under [ledger] in config.toml, or leave it out."
        )


def _file_system(folder: Path) -> str:
    """The type of the file system a folder is (or will be) on; "" where the system does not tell."""
    try:
        lines = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    mounts = {parts[1].replace("\\040", " "): parts[2] for parts in map(str.split, lines)}
    return next((mounts[str(at)] for at in (folder, *folder.parents) if str(at) in mounts), "")
