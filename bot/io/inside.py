"""The child's side of the sandbox: bounds itself, reads content from stdin, and answers in lines of JSON.

Run by its path, never imported: nothing of `bot` is loaded before the bounds hold.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

MEMORY = 3
"""The exit code that says: out of memory. There may be none left to say more."""
BETWEEN_TELLS = 0.1
FILES = 64
FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "os.rem", "os.ren", "os.mk")
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
"""What no reader has a reason to do; whoever tries is stopped, even where the system would let it."""


def main() -> None:
    """Do what the command line asks, within what it allows."""
    asked = json.loads(sys.argv[1])
    _bound(asked["memory"], asked["cpu"], asked["wall"])
    answers, sink = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, 1)  # what a library prints is nobody's answer
    say = _speaker(answers)
    try:
        sys.path[:] = asked["path"]
        module, _, name = asked["function"].partition(":")
        function = getattr(importlib.import_module(module), name)
        refusal = importlib.import_module("bot.errors").DocumentError
        _forbid()
        try:
            say({"answer": function(sys.stdin.buffer.read(), _teller(say))})
        except refusal as error:
            say({"refused": str(error)})
    except MemoryError:
        os._exit(MEMORY)
    except BaseException as error:  # the parent judges: here nothing can be put right
        say({"broken": f"{type(error).__name__}: {error}"[:500]})
    os._exit(0)  # nothing a library left behind may hold us up


def _bound(memory: int, cpu: int, wall: int) -> None:
    """What the system itself enforces; a system that knows a bound only by name (macOS: AS) goes without it."""
    bounds = {
        resource.RLIMIT_AS: (memory, memory),
        resource.RLIMIT_DATA: (memory, memory),
        resource.RLIMIT_CPU: (cpu, cpu + 1),
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_NOFILE: (FILES, FILES),
        resource.RLIMIT_NPROC: (0, 0),
    }
    for bound, allowed in bounds.items():
        with contextlib.suppress(ValueError, OSError):  # a stricter one holds already
            resource.setrlimit(bound, allowed)
    signal.alarm(wall + 1)  # should the parent be gone


def _forbid() -> None:
    """Our own modules are loaded, and their bytecode kept; from here on no file grows and nobody is called."""
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    def refuse(event: str, about: tuple[Any, ...]) -> None:
        if event.startswith(FORBIDDEN) or (event == "open" and about[2] & WRITES):
            raise PermissionError(event)

    sys.addaudithook(refuse)


def _speaker(answers: int) -> Callable[[object], None]:
    def say(what: object) -> None:
        line = memoryview(json.dumps(what).encode() + b"\n")
        while line:
            line = line[os.write(answers, line) :]

    return say


def _teller(say: Callable[[object], None]) -> Callable[[int, int], None]:
    """Tells how far it is, often enough for an eye and no oftener."""
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= BETWEEN_TELLS or done == total:
            last = time.monotonic()
            say({"progress": [int(done), int(total)]})

    return tell


if __name__ == "__main__":
    main()
