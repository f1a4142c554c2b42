"""The posts/ folder: what is in it, what is wrong with it, and writing to it without losing a person's edit."""

from __future__ import annotations

import fcntl
import hashlib
import os
import stat
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.errors import Changed, Problem, Problems
from bot.io.files import sha256_of, write_atomic
from bot.io.memory import SETTLED_AFTER, Memory
from bot.model import Post
from bot.posts.tables import Around
from bot.posts.text import parse

FOLDER = "posts"
BYTES_MAX = 1_000_000


@dataclass(frozen=True, slots=True)
class PostFile:
    """A post and the file it was read from: `path` in the workspace, and the hash of the file's bytes."""

    post: Post
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a look at the folder found, by path: a file is in exactly one of posts, unsettled and broken."""

    posts: tuple[PostFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    unsettled: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


class Reader:
    """Reads the posts of the workspace in `root` as often as need be: a file that is as it was is not read again.

    `accounts` are those of config.toml, None = take any. Threads may share a reader.
    """

    def __init__(self, root: Path, accounts: Collection[str] | None, *, clock: Callable[[], float] = time.time) -> None:
        self._around, self._root = Around(accounts, root), root
        self._kept: Memory[PostFile] = Memory(clock)
        self._turn = threading.Lock()  # of two who look at once, the second finds what the first has read

    def load(self, now: float | None = None) -> Shelf:
        """The folder as it reads now.

        With `now` (seconds since 1970), a file that changed within the last two seconds is unsettled: it may be
        half saved. Two files with one id are both broken: nobody can know which one was meant.
        """
        read: list[PostFile] = []
        problems: list[Problem] = []
        unsettled: list[str] = []
        with self._turn:
            for file, path in _files(self._root / FOLDER, FOLDER):
                try:
                    about = file.stat()
                    if now is not None and abs(now - about.st_mtime) < SETTLED_AFTER:
                        unsettled.append(path)
                    else:
                        read.append(self._kept.recall(path, about) or self._read(file, path, about))
                except FileNotFoundError:
                    pass  # gone since the folder was listed: the next look sees what became of it
                except Problems as found:
                    problems += found.problems
                except OSError as error:
                    problems.append(Problem(path, 0, f"cannot be read: {error.strerror}"))
            self._kept.forget_all_but({one.path for one in read})
        return _shelf(read, [*problems, *_copies(read)], unsettled)

    def _read(self, file: os.DirEntry[str], path: str, about: os.stat_result) -> PostFile:
        read = as_file(_bytes(Path(file.path), path, about, self._around), path, self._around)
        if not file.is_symlink() and not any(image.photo for image in read.post.images):  # a photo may vanish
            self._kept.keep(path, about, read)
        return read


def load(root: Path, accounts: Collection[str] | None, now: float | None = None) -> Shelf:
    """Read every post of the workspace in `root` once; see Reader."""
    return Reader(root, accounts).load(now)


def save(root: Path, path: str, content: str, expected_sha256: str | None) -> None:
    """Write the post at `path` in the workspace `root`, unless someone else changed it since it was read: Changed.

    Then nothing is written. `expected_sha256` is the hash of the file that the change was made from; None = the file
    must not exist. Of several who save at the same moment, in whichever process, one wins.
    """
    file = root / path
    with _alone_in(file.parent):
        found = sha256_of(file) if file.exists() else None
        if found != expected_sha256:
            what = (
                "exists already" if expected_sha256 is None else "was changed by someone else" if found else "is gone"
            )
            raise _changed(path, what)
        write_atomic(file, content.encode())


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """A block that one thread of one process at a time is in."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # some network drives have no locks: there the look before writing must do
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _files(folder: Path | str, name: str) -> Iterator[tuple[os.DirEntry[str], str]]:
    """The Markdown files with their paths, in subfolders too; hidden ones and editors' left-overs do not count."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        return  # it is not there, or may not be looked into
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = f"{name}/{entry.name}"
        if entry.name.lower().endswith(".md"):
            yield entry, path
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, path)


def _shelf(read: list[PostFile], problems: list[Problem], unsettled: list[str]) -> Shelf:
    broken = {problem.file for problem in problems}
    return Shelf(
        posts=tuple(one for one in read if one.path not in broken),
        problems=tuple(sorted(problems, key=lambda problem: problem.file)),
        unsettled=tuple(unsettled),
        broken=tuple(sorted(broken)),
    )


def as_file(content: bytes, path: str, around: Around) -> PostFile:
    """What a file of these bytes would be; Problems with every mistake of it."""
    if len(content) > BYTES_MAX:
        raise _too_large(len(content), path)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Problems([Problem(path, line, "is not UTF-8 text: save it as UTF-8")]) from None
    return PostFile(parse(text, path, around=around), path, hashlib.sha256(content).hexdigest())


def read_again(root: Path, file: PostFile) -> str:
    """What is in the file of a post; Changed when that is not what it was when `file` was read."""
    path = root / file.path
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise _changed(file.path, "was changed by someone else" if path.is_file() else "is gone")
    return content.decode()


def _too_large(size: int, path: str) -> Problems:
    return Problems([Problem(path, 0, f"has {size:,} bytes, {BYTES_MAX:,} allowed: is it a post?")])


def _changed(path: str, what: str) -> Changed:
    return Changed(f"{path} {what}: nothing was written; read it again and repeat your change")


def _bytes(file: Path, path: str, about: os.stat_result, around: Around) -> bytes:
    """What is in an ordinary file of the folder; a device, a pipe or a way out of the folder is not opened."""
    if around.root and not file.resolve().is_relative_to((around.root / FOLDER).resolve()):
        raise Problems([Problem(path, 0, "leads out of posts/: put the file itself there")])
    if not stat.S_ISREG(about.st_mode):
        raise Problems([Problem(path, 0, "is not a file: rename it, or move it away")])
    if about.st_size > BYTES_MAX:
        raise _too_large(about.st_size, path)
    return file.read_bytes()


def _copies(read: list[PostFile]) -> Iterator[Problem]:
    """One problem for each file that shares its id with others, naming them."""
    by_id: dict[str, list[str]] = defaultdict(list)
    for one in read:
        by_id[one.post.id].append(one.path)
    for one in read:
        if others := " and ".join(path for path in by_id[one.post.id] if path != one.path):
            what = f'has the same id "{one.post.id}" as {others}: delete the copy, or give it an id of its own'
            yield Problem(one.path, 0, what)
