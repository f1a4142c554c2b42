"""Where a picture is put so that a network can fetch it, under a name that nobody guesses."""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import secrets
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Protocol

from bot.errors import Rejected, Unauthorized, Unavailable
from bot.io.files import sha256_of, write_atomic
from bot.model import Media
from bot.public.faults import Fault
from bot.public.outside import Outside

KEPT_FOR = 30 * 24 * 3600.0
"""Seconds that the feed shows a picture that nobody asked for again; networks fetch within a day."""
log = logging.getLogger(__name__)


class Kept(Protocol):
    """An entry of the vault."""

    def get(self) -> Mapping[str, str]:
        """What is kept; raises Unauthorized where nothing is, or nothing that can be opened."""
        ...

    def alone(self) -> AbstractContextManager[object]:
        """One at a time, across threads and processes."""
        ...

    def scrub(self, text: str) -> str:
        """The text without any of it."""
        ...


class Place(Protocol):
    """Somewhere that the world can fetch files from."""

    @property
    def advice(self) -> str:
        """What to look at when the picture is not there."""
        ...

    def put(self, name: str, picture: bytes) -> str:
        """Put a JPEG there, and give its address; safe to repeat. Raises Unavailable with what to do."""
        ...


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that a web host serves at `url` (which ends with "/")."""

    folder: Path
    url: str
    advice: str = "is the site's folder on your web host as it is here? Copy it there again, media/ too"

    def put(self, name: str, picture: bytes) -> str:
        """Write the file unless it is there."""
        path = self.folder / name
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if not (path.is_file() and path.read_bytes() == picture):
                write_atomic(path, picture)
        except OSError as error:
            raise Unavailable(f"{path}: the picture cannot be put there: {error.strerror}") from error
        return self.url + name


@dataclass(frozen=True, slots=True)
class FeedFolder:
    """The folder that the feed listener serves at /m/; what is older than a month goes."""

    folder: Path
    url: str
    advice: str = "is `bot run` running, and does your web server pass this address on to it (the feed's port)?"

    def put(self, name: str, picture: bytes) -> str:
        """Write the file unless it is there, as new."""
        address = Folder(self.folder, self.url).put(name, picture)
        try:
            os.utime(self.folder / name)
            for path in self.folder.glob("*.jpg"):
                if time.time() - path.stat().st_mtime > KEPT_FOR:
                    path.unlink()
        except OSError as error:  # what should go may go next time
            log.info("%s: could not be tidied: %s", self.folder, error.strerror)
        return address


@dataclass(frozen=True, slots=True)
class Showcase:
    """Puts pictures at a public address, and looks there as a network would; `pictures` are named `<sha256>.jpg`."""

    place: Place
    pictures: Path
    secret: Callable[[], str]
    outside: Outside

    def address(self, media: Media) -> str:
        """Put the picture there, look at it from outside, and give its address.

        Raises Unavailable where a network could not fetch it, Rejected for a picture that is damaged.
        """
        source = self.pictures / f"{media.sha256}.jpg"
        try:
            is_whole = sha256_of(source) == media.sha256
        except OSError as error:
            raise Unavailable(f"{source}: the picture cannot be read: {error.strerror}") from error
        if not is_whole:
            raise Rejected(f"{source}: the picture is damaged: restore it from a backup, or approve the post again")
        address, faults = self.show(media.sha256, source.read_bytes())
        for fault in faults:
            if fault.is_certain:
                raise Unavailable(f"its picture cannot be fetched: {fault.said}: {fault.advice} (`bot media` looks)")
            log.warning("pictures: %s: %s", fault.said, fault.advice)
        return address

    def trial(self, colour: str) -> tuple[str, list[Fault]]:
        """Put a plain picture of that colour there; see `show`."""
        from PIL import Image

        drawn = BytesIO()
        Image.new("RGB", (640, 640), colour).save(drawn, "JPEG")
        return self.show(hashlib.sha256(drawn.getvalue()).hexdigest(), drawn.getvalue())

    def show(self, sha256: str, picture: bytes) -> tuple[str, list[Fault]]:
        """Put a picture there; its address, and everything that keeps a network from it. Raises Unavailable."""
        name = hmac.new(self.secret().encode(), sha256.encode(), "sha256").hexdigest()[:40] + ".jpg"
        address = self.place.put(name, picture)
        return address, list(self.outside.faults(address, picture, self.place.advice))


def address_secret(kept: Kept, keep: Callable[[Mapping[str, str]], None]) -> str:
    """The secret of this workspace's addresses, made at first use; one that is lost is made anew, for new addresses."""
    try:
        return kept.get()["secret"]
    except Unauthorized:
        with kept.alone():
            try:
                return kept.get()["secret"]  # somebody was quicker
            except Unauthorized:
                keep({"secret": secrets.token_hex(32)})
                return kept.get()["secret"]
