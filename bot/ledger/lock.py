"""One process publishes from a ledger at a time: a kernel lock that dies with its holder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from bot.errors import LedgerBusy


@contextmanager
def opening(folder: Path) -> Iterator[None]:
    """One process looks at the ledger's version and migrates it, while the others wait."""
    with (folder / "opening.lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class PublisherLock:
    """Held while a process may publish; the file carries its pid for the error of the next one."""

    def __init__(self, folder: Path) -> None:
        self._path, self._file = folder / "publisher.lock", -1

    def holder(self) -> int | None:
        """The pid of the process that holds it, or None when it is free."""
        try:
            self.acquire()
        except LedgerBusy:
            return int(self._path.read_text(encoding="ascii") or "0")
        self.release()
        return None

    def acquire(self) -> None:
        """Take it, or raise LedgerBusy with the holder's pid."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            pid = os.read(file, 20).decode("ascii", "replace") or "unknown"
            os.close(file)
            raise LedgerBusy(
                f"{self._path.parent}: already in use by process {pid}. Stop that one first, or let it do the work."
            ) from error
        os.ftruncate(file, 0)
        os.pwrite(file, str(os.getpid()).encode("ascii"), 0)
        self._file = file

    def release(self) -> None:
        """Let it go."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def __enter__(self) -> PublisherLock:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
