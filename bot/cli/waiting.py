"""A bar for what takes a while: on a terminal, and not before a person would wonder."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import click

PATIENCE = 2.0


@contextmanager
def bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """What to call with (done, total) while `what` goes on; no pipe and no log gets a bar."""
    began = time.monotonic()
    with ExitStack() as stack:
        shown = None

        def told(done: int, total: int) -> None:
            nonlocal shown
            if not sys.stderr.isatty() or time.monotonic() - began < PATIENCE:
                return
            if shown is None:
                shown = stack.enter_context(click.progressbar(length=total, label=what, file=sys.stderr))
            shown.update(done - shown.pos)

        yield told
