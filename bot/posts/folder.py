"""The posts/ folder: what is in it, what is wrong with it, and writing to it without losing a person's edit."""

from __future__ import annotations

import hashlib
import stat
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.errors import FootnoteError, Problem, Problems
from bot.io.files import sha256_of, write_atomic
from bot.model import Post
from bot.posts.tables import Around
from bot.posts.text import parse

FOLDER = "posts"
SETTLED_AFTER = 2.0
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


def load(root: Path, accounts: Collection[str] | None, now: float | None = None) -> Shelf:
    """Read every post of the workspace in `root`; `accounts` are those of config.toml, None = take any.

    With `now` (seconds since 1970), a file that changed within the last two seconds is unsettled: it may be
    half saved. Two files with one id are both broken: nobody can know which one was meant.
    """
    around = Around(accounts, root)
    read: list[PostFile] = []
    problems: list[Problem] = []
    unsettled: list[str] = []
    for file in _files(root / FOLDER):
        path = file.relative_to(root).as_posix()
        try:
            if now is not None and abs(now - file.stat().st_mtime) < SETTLED_AFTER:
                unsettled.append(path)
            else:
                read.append(_read(file, path, around))
        except FileNotFoundError:
            pass  # gone since the folder was listed: the next look sees what became of it
        except Problems as found:
            problems += found.problems
        except OSError as error:
            problems.append(Problem(path, 0, f"cannot be read: {error.strerror}"))
    problems += _copies(read)
    broken = {problem.file for problem in problems}
    return Shelf(
        posts=tuple(one for one in read if one.path not in broken),
        problems=tuple(sorted(problems, key=lambda problem: problem.file)),
        unsettled=tuple(unsettled),
        broken=tuple(sorted(broken)),
    )


def save(path: Path, content: str, expected_sha256: str | None) -> None:
    """Write a post, unless someone else changed it since it was read: then FootnoteError, and nothing is written.

    `expected_sha256` is the hash of the file that the change was made from; None = the file must not exist.
    """
    found = sha256_of(path) if path.exists() else None
    if found != expected_sha256:
        what = "exists already" if expected_sha256 is None else "was changed by someone else" if found else "is gone"
        raise FootnoteError(f"{FOLDER}/{path.name} {what}: nothing was written; read it again and repeat your change")
    write_atomic(path, content.encode())


def _files(folder: Path) -> Iterator[Path]:
    """The Markdown files, in subfolders too; hidden files and what editors leave behind do not count."""
    for file in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if file.suffix.lower() == ".md" and not hidden:
            yield file


def _read(file: Path, path: str, around: Around) -> PostFile:
    content = _bytes(file, path, around)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Problems([Problem(path, line, "is not UTF-8 text: save it as UTF-8")]) from None
    return PostFile(parse(text, path, around=around), path, hashlib.sha256(content).hexdigest())


def _bytes(file: Path, path: str, around: Around) -> bytes:
    """What is in an ordinary file of the folder; a device, a pipe or a way out of the folder is not opened."""
    about = file.stat()
    if around.root and not file.resolve().is_relative_to((around.root / FOLDER).resolve()):
        raise Problems([Problem(path, 0, "leads out of posts/: put the file itself there")])
    if not stat.S_ISREG(about.st_mode):
        raise Problems([Problem(path, 0, "is not a file: rename it, or move it away")])
    if about.st_size > BYTES_MAX:
        raise Problems([Problem(path, 0, f"has {about.st_size:,} bytes, {BYTES_MAX:,} allowed: is it a post?")])
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
