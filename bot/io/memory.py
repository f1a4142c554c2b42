"""What was made of files, believed for as long as a file is the same."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
SETTLED_AFTER = 2.0
"""A file that changed so many seconds ago may change again without showing it: clocks of file systems are coarse."""


class Memory(Generic[T]):
    """What was made of each file, by its path; threads may share it.

    A file is the same when its place on the disk, its size and its times are. What was made of one that had changed
    within the last two seconds is not kept (git calls such a file racily clean).
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._kept: dict[str, tuple[tuple[int, ...], T]] = {}

    def recall(self, path: str, about: os.stat_result) -> T | None:
        """What was made of the file that looks like `about`; None when that is not known."""
        kept = self._kept.get(path)
        return kept[1] if kept and kept[0] == _state(about) else None

    def keep(self, path: str, about: os.stat_result, made: T) -> None:
        """Believe `made` until the file changes; `about` is how the file looked before it was read."""
        if self._clock() - about.st_mtime >= SETTLED_AFTER:
            self._kept[path] = (_state(about), made)
        else:
            self._kept.pop(path, None)

    def forget_all_but(self, paths: set[str]) -> None:
        """Let go of what was made of other files."""
        for path in self._kept.keys() - paths:
            self._kept.pop(path, None)


def _state(about: os.stat_result) -> tuple[int, ...]:
    return (about.st_mtime_ns, about.st_ctime_ns, about.st_size, about.st_ino, about.st_dev)
