"""Many pictures at once, on all cores: processes, as threads would wait for each other in the interpreter."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.context import BaseContext
from typing import TypeVar

from bot.errors import ImageError
from bot.images import Drawing, draw

FEW = 8
"""So many are drawn here, sooner than processes would have started (a quarter of a second)."""
TOGETHER = 4
"""At most so many neighbours go to one process in a piece, so that the sizes of a photo share its pixels."""

Given = TypeVar("Given")
Made = TypeVar("Made")
Told = Callable[[int, int], None]


def draw_all(drawings: Sequence[Drawing], on_done: Told = lambda done, total: None) -> list[bytes | ImageError]:
    """Each drawing as a file, or why it cannot be drawn, in the order given; `on_done` hears (done, total).

    The bytes are those of `draw`, however many cores there are.
    """
    return each(drawn, drawings, on_done)


def drawn(drawing: Drawing) -> bytes | ImageError:
    """The file of a drawing, or why there is none."""
    try:
        return draw(drawing)
    except ImageError as error:
        return ImageError(str(error))


def each(work: Callable[[Given], Made], items: Sequence[Given], on_done: Told = lambda done, total: None) -> list[Made]:
    """What `work` (a function of a module) makes of each item, in their order, on all cores.

    It works here for a few items, for one core, and for what is left when a process dies.
    """
    total, made = len(items), list[Made]()
    for one in _made(work, items):
        made.append(one)
        on_done(len(made), total)
    return made


def _made(work: Callable[[Given], Made], items: Sequence[Given]) -> Iterator[Made]:
    cores, done = min(_cores(), len(items)), 0
    if len(items) > FEW and cores > 1:
        piece = max(1, min(TOGETHER, len(items) // (2 * cores)))
        try:
            with ProcessPoolExecutor(cores, mp_context=_context(), initializer=_quiet) as pool:
                for one in pool.map(work, items, chunksize=piece):
                    done += 1
                    yield one
        except (BrokenProcessPool, OSError):  # no room for processes: slower, then
            pass
    yield from map(work, islice(items, done, None))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _context() -> BaseContext:
    """Never a plain fork: the locks of this program's threads would be copied as they stand."""
    has_server = "forkserver" in multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("forkserver" if has_server else "spawn")


def _quiet() -> None:
    """Ctrl-C is for the program that started us."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
