"""One at a time, across threads and processes: a kernel lock that dies with its holder."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import Unavailable

PATIENCE = 30.0
"""Seconds to wait for a turn."""


@contextmanager
def turn(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock file at `path`, making it and its folder; raises Unavailable when `patience` seconds are over.

    Not for nesting: whoever holds it waits for himself.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise Unavailable(f"{path}: cannot be locked: {error.strerror}") from error
    try:
        _wait(file, path, patience)
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)  # closing would leave it to a child that was forked meanwhile
        os.close(file)


def _wait(file: int, path: Path, patience: float) -> None:
    """The lock belongs to this opening of the file: other threads of this process wait like other processes."""
    over = time.monotonic() + patience
    while True:
        try:
            return fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= over:
                raise Unavailable(f"{path}: another thread or process holds it for {patience:g} s: try again") from None
        time.sleep(0.01)
