"""A child process with bounds, for files that nobody vouches for."""

from __future__ import annotations

import contextlib
import json
import math
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import bot
from bot.errors import DocumentError, SandboxError

INSIDE = Path(__file__).with_name("inside.py")
OUT_OF_MEMORY = 3
"""The exit code by which inside.py says so."""
CHUNK = 1 << 16
SENTENCE_MAX = 1000
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a child may use: bytes of address space, seconds of CPU and of waiting, bytes of answer."""

    memory: int = 256 << 20
    cpu_seconds: int = 8
    wall_seconds: float = 10.0
    answer: int = 30 << 20


def run(function: str, content: bytes, *, limits: Allowed = Allowed(), progress: Progress | None = None) -> Any:
    """Call `module:name` as `function(content, tell)` in a fresh child; returns its JSON-able answer.

    `tell(done, total)` there is `progress(done, total)` here, ten times a second at most. A DocumentError raised there
    is raised here with the same sentence. Anything else raises SandboxError, whose `why` says which bound was met.
    The child and whatever it started are gone when this returns, however it returns. Threads may call it.
    """
    until = time.monotonic() + limits.wall_seconds
    child = subprocess.Popen(  # noqa: S603 - our own interpreter and file
        _command(function, limits),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"},
        start_new_session=True,
        bufsize=0,
    )
    assert child.stdin  # noqa: S101 - both were asked for
    assert child.stdout  # noqa: S101
    try:
        lines = _lines(_exchange(child.stdin, child.stdout, content, until), limits.answer)
        answer = _answer(lines, progress)
        if answer is None:
            child.wait(max(until - time.monotonic(), 0.1))
            raise _died(child.returncode)
        return answer["answer"]
    except subprocess.TimeoutExpired:
        raise SandboxError("time") from None
    finally:
        _end(child)


def _command(function: str, limits: Allowed) -> list[str]:
    """The child finds modules where we do, wherever it stands and however we were installed."""
    home = Path(bot.__file__).parents[1]
    asked = {
        "function": function,
        "path": [str(home), *(str(Path(path).absolute()) for path in sys.path if path)],
        "memory": limits.memory,
        "cpu": limits.cpu_seconds,
        "wall": math.ceil(limits.wall_seconds),
    }
    return [sys.executable, "-I", "-X", "utf8", str(INSIDE), json.dumps(asked)]


def _exchange(stdin: IO[bytes], stdout: IO[bytes], content: bytes, until: float) -> Iterator[bytes]:
    """Hand the content in while what comes out is read; neither waits for the other, and both end in time."""
    rest = memoryview(content)
    os.set_blocking(stdin.fileno(), False)
    with selectors.DefaultSelector() as ready:
        ready.register(stdin, selectors.EVENT_WRITE)
        ready.register(stdout, selectors.EVENT_READ)
        while True:
            left = until - time.monotonic()
            if left <= 0:
                raise SandboxError("time")
            files = [key.fileobj for key, _ in ready.select(left)]
            if stdin in files:
                rest = _written(stdin, rest)
                if not rest:
                    ready.unregister(stdin)
                    stdin.close()
            if stdout in files:
                chunk = os.read(stdout.fileno(), CHUNK)
                if not chunk:
                    return
                yield chunk


def _written(stdin: IO[bytes], rest: memoryview) -> memoryview:
    """What is still to be handed in; nothing, when nobody takes it any more."""
    try:
        return rest[os.write(stdin.fileno(), rest[:CHUNK]) :] if rest else rest
    except BlockingIOError:
        return rest
    except BrokenPipeError:
        return rest[:0]


def _lines(chunks: Iterator[bytes], most: int) -> Iterator[bytes]:
    kept: list[bytes] = []
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise SandboxError("size")
        *whole, rest = chunk.split(b"\n")
        for part in whole:
            yield b"".join([*kept, part])
            kept = []
        kept.append(rest)


def _answer(lines: Iterator[bytes], progress: Progress | None) -> dict[str, Any] | None:
    """The answer among the lines; None when the child ended without one."""
    for line in lines:
        said = _parsed(line)
        match said:
            case {"progress": [int(done), int(total)]}:
                if progress:
                    progress(done, total)
            case {"refused": str(sentence)}:
                raise DocumentError("".join(char if char.isprintable() else " " for char in sentence[:SENTENCE_MAX]))
            case {"answer": _}:
                return said
            case {"broken": str(detail)}:
                raise SandboxError("broken", detail)
            case _:
                raise SandboxError("broken", "it answered something else")
    return None


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _died(code: int | None) -> SandboxError:
    """Why a child ended that said nothing: by the signal, or the exit code, that ended it."""
    if code in {-signal.SIGXCPU, -signal.SIGALRM}:
        return SandboxError("time", f"exit {code}")
    if code in {OUT_OF_MEMORY, -signal.SIGKILL}:  # nobody but the system, short of memory, kills it unasked
        return SandboxError("memory", f"exit {code}")
    return SandboxError("broken", f"exit {code}")


def _end(child: subprocess.Popen[bytes]) -> None:
    """Nothing of its group lives on; nothing of it stays open here."""
    with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody is left in it (macOS: none but the dead)
        os.killpg(child.pid, signal.SIGKILL)
    for end in (child.stdin, child.stdout):
        if end:
            end.close()
    child.wait()
