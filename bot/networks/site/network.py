"""The three verbs on a folder: pictures are copied, an entry is created, pages follow from the entries."""

from __future__ import annotations

import fcntl
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import CannotTell, FootnoteError, Rejected, Unavailable, Unconfirmed
from bot.io.files import sha256_of, write_atomic
from bot.model import Account, Handles, Media, Message, Part, Receipt
from bot.networks.base import Premises
from bot.networks.facts import limits_from_facts
from bot.networks.site import entries
from bot.networks.site.entries import Entry
from bot.networks.site.pages import Masthead, Press
from bot.networks.site.settings import check_settings, settings_of

PATIENCE = 10.0
OURS = ("index.html", "feed.xml", "feed.json", "style.css", "404.html", "favicon.svg", "posts", "media")
log = logging.getLogger(__name__)


class Site:
    """A public feed in a folder: `entries/` is what was published, every page is made from it."""

    limits = limits_from_facts("site")
    check_settings = staticmethod(check_settings)

    def __init__(self, account: Account, premises: Premises) -> None:
        """Touches no file; raises FootnoteError for settings or colours it cannot use."""
        studio = premises.studio
        chosen = settings_of(account.settings, root=premises.root, studio=studio.brand.studio)
        self.folder = chosen.folder
        self._entries = chosen.folder / "entries"
        self._url = chosen.url
        self._media = premises.media
        self._now = premises.now
        self._press = Press(
            Masthead(
                url=chosen.url,
                title=chosen.title,
                description=chosen.description,
                button=chosen.button,
                brand=studio.brand,
                zone=studio.zone,
                language=studio.language,
            )
        )

    def prepare(self, message: Message) -> Handles:
        """Copy the pictures. Raises Unavailable, or Rejected for a picture that is not what its name says."""
        try:
            self._open_folder()
            return Handles({media.sha256: self._place(media) for part in message.parts for media in part.media})
        except OSError as error:
            raise self._unavailable(error) from error

    def publish(self, part: Part, message: Message, handles: Handles, key: str, after: Receipt | None) -> Receipt:
        """Create the entry of that key, once; pages that cannot be made now are made at the next chance."""
        if not entries.KEY.fullmatch(key):
            raise ValueError(f'"{key}" cannot name an entry')
        try:
            self._open_folder()
            for media in part.media:
                self._place(media)
            with _alone(self._entries):
                entry = self._read(key, Unconfirmed) or self._create(part, message, key)
        except OSError as error:
            raise self._unavailable(error) from error
        self._build_if_possible()
        return _receipt(entry)

    def find(
        self, part: Part, message: Message, handles: tuple[Handles, ...], key: str, since: datetime
    ) -> Receipt | None:
        """The receipt of the entry of that key, its pages made; None where there is no entry."""
        try:
            entry = self._read(key, CannotTell)
        except OSError as error:
            raise self._unavailable(error) from error
        if entry is None:
            return None
        self._build_if_possible()
        return _receipt(entry)

    def retract(self, receipt: Receipt) -> None:
        """Delete the entry, its page, and its pictures unless another entry shows them. Raises Unavailable."""
        try:
            with _alone(self._entries):
                every = entries.read_all(self._entries)
                gone = next((one for one in every if one.key == receipt.remote_id or one.url == receipt.url), None)
                if gone is None:
                    return
                (self._entries / f"{gone.key}.json").unlink()
                shown = {media.sha256 for entry in every if entry is not gone for media in entry.media}
                pictures = {f"media/{media.sha256}.jpg" for media in gone.media if media.sha256 not in shown}
                for name in (f"posts/{gone.slug}.html", *pictures):
                    (self.folder / name).unlink(missing_ok=True)
                self._write_pages()
        except OSError as error:
            raise self._unavailable(error) from error

    def build(self) -> None:
        """Make every page from the entries, those that changed: safe to repeat. Raises Unavailable.

        Without entries it makes a page that says so.
        """
        try:
            self._open_folder()
            with _alone(self._entries):
                self._write_pages()
        except OSError as error:
            raise self._unavailable(error) from error

    def _open_folder(self) -> None:
        """Make the folders; never in a folder whose pages somebody else made."""
        theirs = [name for name in OURS if (self.folder / name).exists()]
        if theirs and not self._entries.is_dir():  # in this order: entries/ is the first thing we make
            raise Unavailable(
                f"{self.folder} holds {', '.join(theirs)}, but no entries/: they are not from this program. "
                f'Give the site an empty folder, or create "{self._entries}" to let it write over them.'
            )
        for folder in (self._entries, self.folder / "posts", self.folder / "media"):
            folder.mkdir(parents=True, exist_ok=True)

    def _place(self, media: Media) -> str:
        name = f"{media.sha256}.jpg"
        target = self.folder / "media" / name
        if not (target.is_file() and target.stat().st_size == media.size and sha256_of(target) == media.sha256):
            source = self._media / name
            if sha256_of(source) != media.sha256:
                raise Rejected(f"{source}: the picture is damaged: restore it from a backup, or approve the post again")
            write_atomic(target, source.read_bytes())
        return f"media/{name}"

    def _read(self, key: str, broken: type[FootnoteError]) -> Entry | None:
        try:
            return entries.read(self._entries, key)
        except (ValueError, OverflowError) as error:
            raise broken(f"{self._entries / key}.json is there but broken: restore it, or delete it") from error

    def _create(self, part: Part, message: Message, key: str) -> Entry:
        """The one irreversible moment. The lock is held, and there is no entry of that key."""
        taken = {entry.slug for entry in entries.read_all(self._entries)}
        taken |= {page.stem for page in (self.folder / "posts").glob("*.html")}  # also those whose entry is broken
        slug = entries.free_slug(message.post, taken)
        entry = Entry(
            format=entries.FORMAT,
            key=key,
            slug=slug,
            url=f"{self._url}posts/{slug}.html",
            published=self._now().astimezone(UTC),
            post=message.post,
            title=message.title,
            text=part.text,
            link=message.link,
            tags=message.tags,
            language=message.language,
            quotes=message.quotes,
            media=part.media,
        )
        path = self._entries / f"{key}.json"
        try:
            write_atomic(path, entries.to_json(entry))
        except OSError as error:
            if _is_absent(path):
                raise
            raise Unconfirmed(f"{path} may not survive a power cut: {error}") from error
        return entry

    def _build_if_possible(self) -> None:
        try:
            self.build()
        except Exception:  # the entry is live: nothing that fails after it may make it look unpublished
            log.exception("The pages in %s could not be made now; they will be with the next post.", self.folder)

    def _write_pages(self) -> None:
        made = set()
        for name, content in self._press.pages(entries.read_all(self._entries)):
            path = self.folder / name
            if not path.is_file() or path.read_bytes() != content:
                write_atomic(path, content)
            made.add(path)
        for path in set(self.folder.glob("page-[0-9]*.html")) - made:
            path.unlink()

    def _unavailable(self, error: OSError) -> Unavailable:
        return Unavailable(f"{self.folder} cannot be used now: {error}")


def _receipt(entry: Entry) -> Receipt:
    return Receipt(remote_id=entry.key, url=entry.url, at=entry.published)


def _is_absent(path: Path) -> bool:
    """Certain only when the folder answers: any other trouble is not an answer."""
    try:
        path.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One writer at a time, across threads and processes; TimeoutError (an OSError) when that takes too long."""
    with (folder / ".lock").open("ab") as file:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise TimeoutError(f"another process has been writing there for {PATIENCE:.0f} s") from None
                time.sleep(0.02)
        yield
