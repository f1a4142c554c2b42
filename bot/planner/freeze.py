"""A post's exact Messages: pictures copied to the immutable store, quotes read from the source, text fitted."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.approval import input_hash
from bot.config import Config
from bot.documents import read
from bot.errors import DocumentError, FootnoteError, ImageError
from bot.fitting import fit, from_json, to_json
from bot.footnotes import is_said
from bot.images import TEMPLATES, drawing_hash, read_hash
from bot.images.alt import spoken
from bot.images.kept import Pictures, Wanted, picture_path
from bot.images.photos import digest
from bot.io.files import write_atomic
from bot.io.memory import Memory
from bot.ledger import Ledger
from bot.model import Account, Document, Limits, Media, Message, Post
from bot.planner.changed import ChangedSource, changed_source
from bot.planner.sources import SourceChanged, SourceGone, quotes, stated


@dataclass(frozen=True, slots=True)
class Frozen:
    """A Message and its hash in the ledger."""

    sha256: str
    message: Message


@dataclass(frozen=True, slots=True)
class Kept:
    """What is found out from files that seldom change: pictures, documents, and what follows from a post's words."""

    documents: Memory[Document] = field(default_factory=Memory)
    pictures: Memory[tuple[str, Media]] = field(default_factory=Memory)
    hashes: dict[str, tuple[Post, str]] = field(default_factory=dict)
    standing: dict[tuple[str, str], tuple[object, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Press:
    """What freezing needs: the workspace, the ledger's store, its pictures, and each network's limits."""

    config: Config
    ledger: Ledger
    drawn: Pictures
    limits: Callable[[Account], Limits]
    kept: Kept = field(default_factory=Kept, repr=False)

    def at_once(self) -> Press:
        """The same for a moment's work: each account's limits are asked for once."""
        known: dict[str, Limits] = {}

        def limits(account: Account) -> Limits:
            if account.name not in known:
                known[account.name] = self.limits(account)
            return known[account.name]

        return replace(self, limits=limits)

    def hash_of(self, post: Post) -> str:
        """The input hash of a post as it stands in this workspace."""
        kept = self.kept.hashes.get(post.path)
        if kept and kept[0] == post and not self.config.brand.logo and not any(one.photo for one in post.images):
            return kept[1]
        hashed = hash_of(self.config, post)
        self.kept.hashes[post.path] = (post, hashed)
        return hashed

    def freeze(self, post: Post, account: Account) -> Frozen:
        """Fix the Message for one account. Raises FootnoteError: nothing is fixed."""
        message = fit(
            post,
            account,
            self.limits(account),
            self.pictures(post, account),
            language=self.config.language,
            quotes=self.quotes(post),
        )
        return Frozen(self.ledger.records.keep_message(to_json(message)), message)

    def pictures(self, post: Post, account: Account) -> list[Media]:
        """Every picture of a post as an account gets it, drawn if need be, its bytes in the immutable store."""
        limits = self.limits(account)
        try:
            return self._pictures(post, self.drawn.wanted(post, limits, account.image_size), limits)
        except OSError as error:
            what = f"{error.filename or 'its picture'} cannot be read or written: {error.strerror or error}"
            raise FootnoteError(f"{post.path}: {what}") from error

    def _pictures(self, post: Post, wanted: Wanted, limits: Limits) -> list[Media]:
        pages, language = len(post.images), self.config.language
        spoken_for = (
            spoken(image, limits, page=page, pages=pages, language=language)
            for page, image in enumerate(post.images, start=1)
        )
        return [replace(self._picture(post, number, wanted), alt=alt) for number, alt in enumerate(spoken_for)]

    def all_pictures(self, post: Post) -> None:
        """Draw what every account of a post would get: what is refused is refused before anybody says yes."""
        for account in map(self.config.account, post.accounts):
            self.pictures(post, account)

    def quotes(self, post: Post) -> tuple[str, ...]:
        """The sentences of the source, as they stand there. Raises SourceChanged when they do not."""
        document = self.document(post)
        if post.source and document is None:
            raise SourceGone(self.gone(post))
        return quotes(document, post)

    def changed(self, post: Post, frozen: Iterable[str]) -> ChangedSource | None:
        """What its document does not say any more of a post that has these frozen Messages; None for nothing."""
        messages = (from_json(self.ledger.records.message(sha256)) for sha256 in frozen)
        known = dict.fromkeys(quote for message in messages for quote in message.quotes if is_said(quote, post))
        return changed_source(post, self.document(post), tuple(known), Path(self.config.root) / "documents")

    def document(self, post: Post) -> Document | None:
        """The document that a post names as its source, as it reads now; None for none."""
        return self._document(post.source.document) if post.source else None

    def stands(self, post: Post, account: Account, frozen: str) -> bool:
        """Whether a frozen Message quotes what [source] points at: False = [source] was edited, freeze again.

        Raises SourceChanged when the document no longer says what the Message quotes, DoesNotFit when the network
        allows less than it did.
        """
        limits, document = self.limits(account), self.document(post)
        inputs = (post, limits, frozen, document)
        if self.kept.standing.get((post.path, account.name)) == inputs:
            return True
        stands = self._stands(post, account, from_json(self.ledger.records.message(frozen)), document)
        if stands:
            self.kept.standing[post.path, account.name] = inputs
        return stands

    def _stands(self, post: Post, account: Account, message: Message, document: Document | None) -> bool:
        media = [media for part in message.parts for media in part.media]
        fit(post, account, self.limits(account), media, quotes=message.quotes)
        if post.source is None:
            return not message.quotes
        if document is None:
            raise SourceGone(self.gone(post))
        if document.sha256 == post.source.sha256:
            return quotes(document, post) == message.quotes
        if not stated(document).issuperset(message.quotes):
            raise SourceChanged(
                f"{post.path}: {post.source.document} no longer says what this post quotes. Compare the words; then "
                f"`bot approve {post.id}` if they stand, or `bot withdraw {post.id}`."
            )
        return True

    def gone(self, post: Post) -> str:
        """What is told, with what to do, of a post whose document is not there or cannot be read."""
        renamed = found.renamed if (found := self.changed(post, ())) else ""
        name = post.source.document if post.source else ""
        do = (
            f"{renamed} says the very same: write that name"
            if renamed
            else f"Put it back, `bot withdraw {post.id}`, or remove [source]"
        )
        return f"{post.path}: {name} is gone or cannot be read. {do}{' under [source]' if renamed else ''}."

    def _document(self, name: str) -> Document | None:
        path = Path(self.config.root) / name
        try:
            about = path.stat()
            document = self.kept.documents.recall(name, about)
            if document is None:
                document = read(path, name)
                self.kept.documents.keep(name, about, document)
        except (DocumentError, OSError):
            return None
        return document

    def _picture(self, post: Post, number: int, wanted: Wanted) -> Media:
        name = picture_path(post, number, wanted)
        path = Path(self.config.root) / name
        about = path.stat() if path.exists() else None
        drawn, media = (about and self.kept.pictures.recall(name, about)) or ("", None)
        fits = media and (not wanted.bytes_max or media.size <= wanted.bytes_max) and self._stored(media).exists()
        if media and fits and drawn == drawing_hash(self.drawn.of_post(post, number, wanted)):
            return media
        picture = self.drawn.passed(post, number, wanted)
        media = Media(hashlib.sha256(picture).hexdigest(), wanted.mime, "", *_size(picture), len(picture))
        if not self._stored(media).exists():
            write_atomic(self._stored(media), picture)
        if about:
            self.kept.pictures.keep(name, about, (read_hash(picture), media))
        return media

    def _stored(self, media: Media) -> Path:
        return self.ledger.media / f"{media.sha256}.jpg"


def hash_of(config: Config, post: Post) -> str:
    """The input hash of a post as it stands in a workspace."""
    return input_hash(post, config.brand, TEMPLATES, photo_hashes(config, post), language=config.language)


def photo_hashes(config: Config, post: Post) -> dict[str, str]:
    """The hash of each photo's bytes, and of the logo's; raises FootnoteError for one that cannot be read."""
    names = {image.photo for image in post.images if image.photo} | {config.brand.logo if post.images else ""} - {""}
    try:
        return {name: digest(Path(config.root), name) for name in sorted(names)}
    except ImageError as error:
        raise FootnoteError(f"{post.path}: {error}") from error


def _size(picture: bytes) -> tuple[int, int]:
    from PIL import Image as Pillow

    with Pillow.open(io.BytesIO(picture), formats=["JPEG", "PNG", "WEBP"]) as opened:
        return opened.size
