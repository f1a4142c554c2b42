"""What a reader may do to the child it runs in, each as a function that tests send there."""

import os
import resource
import socket
import subprocess
import sys
import time
from pathlib import Path

from bot.errors import DocumentError

LEFT = Path("/tmp/footnote-sandbox-was-here")


def sizes(content, tell):
    return {"bytes": len(content), "ends": [content[:1].hex(), content[-1:].hex()]}


def told(content, tell):
    for done in range(1000):
        tell(done, 1000)
    tell(1000, 1000)
    return "read"


def surroundings(content, tell):
    bounds = {name: resource.getrlimit(getattr(resource, name))[0] for name in ("RLIMIT_FSIZE", "RLIMIT_CORE")}
    return {
        "environment": sorted(os.environ),
        "folder": str(Path.cwd()),
        "files": sorted(Path(f"/proc/self/fd/{n}").readlink().as_posix() for n in open_files()),
        "leads": os.getpgid(0) == os.getpid() == os.getsid(0),
        "bounds": bounds,
    }


def open_files():
    found = []
    for number in range(64):
        try:
            os.fstat(number)
        except OSError:
            continue
        found.append(number)
    return found


def refuses(content, tell):
    raise DocumentError("is locked with a password:\x1b[31m\nsave it without one")


def raises(content, tell):
    raise ZeroDivisionError("a bug")


def leaves(content, tell):
    sys.exit(0)


def vanishes(content, tell):
    os._exit(0)


def crashes(content, tell):
    import ctypes

    ctypes.string_at(0)


def aborts(content, tell):
    os.abort()


def killed(content, tell):
    os.kill(os.getpid(), 9)


def recurses(content, tell):
    return recurses(content, tell)


def nests(content, tell):
    deep = []
    for _ in range(100_000):
        deep = [deep]
    return deep


def greedy(content, tell):
    return len([bytearray(1 << 20) for _ in range(4096)])


def bomb(content, tell):
    import zlib

    return len(zlib.decompress(zlib.compress(bytes(64 << 20)) * 1) * 64)


def spins(content, tell):
    while True:
        pass


def sleeps(content, tell):
    time.sleep(3600)


def deaf(content, tell):
    import signal

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM, signal.SIGXCPU, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    os.close(0)
    time.sleep(3600)


def chatters(content, tell):
    while True:
        tell(1, 1)


def long_winded(content, tell):
    return "a" * (31 << 20)


def prints(content, tell):
    print("no answer")  # noqa: T201
    os.write(1, b'{"answer": "forged"}\n')
    return "the answer"


def garbles(content, tell):
    for number in range(3, 64):
        try:
            os.write(number, b"\xff\x00 no json\n")
        except OSError:
            continue
    return "the answer"


def unspeakable(content, tell):
    return {1, 2}


def writes(content, tell):
    LEFT.write_bytes(b"x" * 100)


def connects(content, tell):
    socket.create_connection(("127.0.0.1", 9), timeout=1)


def resolves(content, tell):
    socket.getaddrinfo("example.com", 443)


def starts(content, tell):
    subprocess.run(["/bin/true"], check=False)


def forks(content, tell):
    return os.fork()


def opens_many(content, tell):
    return len([Path("/dev/null").open() for _ in range(1000)])
