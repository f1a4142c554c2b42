"""The photos and logos of a workspace as clean copies, each made once in the sandbox and kept beside its facts."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from bot.errors import DocumentError, ImageError, SandboxError
from bot.images.photos import intake
from bot.io import sandbox
from bot.io.files import write_atomic
from bot.io.memory import Memory

BYTES_MAX = 40_000_000
KEPT = "images/.photos"
LIMITS = sandbox.Allowed(cpu_seconds=20, wall_seconds=30.0)
SENTENCES = {
    "time": "took too long to read: save it smaller, as JPEG",
    "memory": "needs too much memory to be read: save it smaller, as JPEG",
    "size": "is too large to be read: save it smaller, as JPEG",
    "broken": intake.DAMAGED,
}
Share = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that may be drawn: `clean` is upright, in sRGB, without metadata, its shorter side at most 1620.

    `name` is its path in the workspace and `sha256` that of the file as it was given; `width` and `height` are of the
    clean copy, `interest` a small grid of rows (0-255), `faces` left, top, right, bottom as shares of it.
    """

    name: str
    sha256: str
    clean: Path
    width: int
    height: int
    interest: tuple[tuple[int, ...], ...] = ()
    faces: tuple[Share, ...] = ()


class Photos:
    """The clean copies of a workspace, in images/.photos; threads and processes may share them."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._found: Memory[Photo] = Memory()
        self._whole: Memory[bool] = Memory()

    def find(self, name: str) -> Photo:
        """The photo `name`, a path in the workspace below images/. Raises ImageError: one sentence, with what to do."""
        return self._find(name, "images", "photo", ".jpg")

    def logo(self, name: str) -> Path:
        """A clean PNG of the logo `name` (a path in the workspace), transparent where it was. Raises ImageError."""
        return self._find(name, "", "logo", ".png").clean

    def _find(self, name: str, folder: str, what: str, ending: str) -> Photo:
        path = _place(self._root, name, folder)
        try:
            about = path.stat()
            known = self._found.recall(f"{what}:{path}", about)
            if known and self._is_whole(known.clean):
                return known
            content = _content(path, name)
            photo = self._kept(name, content, what, ending)
        except OSError as error:
            raise ImageError(f"{name}: cannot be read or kept ({error.strerror or error}); check its folder") from error
        self._found.keep(f"{what}:{path}", about, photo)
        return photo

    def _is_whole(self, clean: Path) -> bool:
        """Whether the clean copy is still the one that was looked through."""
        try:
            return bool(self._whole.recall(str(clean), clean.stat()))
        except OSError:
            return False

    def _kept(self, name: str, content: bytes, what: str, ending: str) -> Photo:
        """The copy that is there, when it is whole and of this version; else a new one."""
        sha256 = hashlib.sha256(content).hexdigest()
        clean = self._root / KEPT / f"{sha256}{ending}"
        facts = clean.with_suffix(f"{ending}.json")
        told = _told(facts, clean)
        if told is None:
            told = _made(name, content, what)
            picture = base64.b64decode(told.pop("bytes"))
            told |= {"version": intake.VERSION, "clean": hashlib.sha256(picture).hexdigest()}
            _ready(clean.parent)
            write_atomic(clean, picture)
            write_atomic(facts, json.dumps(told).encode())
        self._whole.keep(str(clean), clean.stat(), made=True)
        return Photo(
            name=name,
            sha256=sha256,
            clean=clean,
            width=told["width"],
            height=told["height"],
            interest=tuple(tuple(row) for row in told.get("interest", ())),
            faces=tuple((left, top, right, bottom) for left, top, right, bottom in told.get("faces", ())),
        )


def digest(root: Path, name: str) -> str:
    """The hash of a photo's or a logo's bytes as they are now; ImageError where it is no such file."""
    try:
        return hashlib.sha256(_content(_place(root, name, "images"), name)).hexdigest()
    except OSError as error:
        raise ImageError(f"{name}: cannot be read: {error.strerror or error}") from error


def _place(root: Path, name: str, folder: str) -> Path:
    """Where the file is; ImageError when the name, or a link, leads out of the folder."""
    parts = PurePosixPath(name).parts
    inside = bool(parts) and not name.startswith("/") and ".." not in parts and "\\" not in name and name.isprintable()
    if not inside or (folder and parts[0] != folder) or parts[:2] == tuple(KEPT.split("/")):
        raise ImageError(f'"{name[:200]}" is not in {folder or "the workspace"}/: put the file there and name it')
    path = root / name
    try:
        if not path.resolve().is_relative_to((root / folder).resolve()):
            raise ImageError(f"{name}: leads out of {folder or 'the workspace'}: put the file itself there")
    except (OSError, RuntimeError) as error:  # links that go in a circle
        raise ImageError(f"{name}: leads nowhere: put the file itself there") from error
    return path


def _content(path: Path, name: str) -> bytes:
    """All of the file, never more than may be read; a pipe is not waited for."""
    if path.is_dir():
        raise ImageError(f"{name}: is a folder: name one of the files in it")
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise ImageError(f"{name}: is not a file: put the file itself there")
        content = file.read(BYTES_MAX + 1)
    if len(content) > BYTES_MAX:
        raise ImageError(f"{name}: is larger than {BYTES_MAX // 1_000_000} MB: save it smaller, as JPEG")
    return content


def _made(name: str, content: bytes, what: str) -> dict[str, Any]:
    try:
        told: dict[str, Any] = sandbox.run(f"bot.images.photos.intake:{what}", content, limits=LIMITS)
    except SandboxError as error:
        raise ImageError(f"{name}: {SENTENCES[error.why]}") from error
    except DocumentError as error:
        raise ImageError(f"{name}: {error}") from error
    return told


def _told(facts: Path, clean: Path) -> dict[str, Any] | None:
    """The facts that are kept; None when they, or the copy they tell of, are not as they were written."""
    try:
        told: dict[str, Any] = json.loads(facts.read_bytes())
        whole = told["version"] == intake.VERSION and told["clean"] == hashlib.sha256(clean.read_bytes()).hexdigest()
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return told if whole else None


def _ready(folder: Path) -> None:
    """The folder, told to git as nothing to keep: all in it can be made again."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        write_atomic(ignore, b"*\n")
