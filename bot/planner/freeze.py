"""A post's exact Messages: pictures copied to the immutable store, quotes read from the source, text fitted."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.config import Config
from bot.documents import read
from bot.errors import DocumentError, FootnoteError
from bot.fitting import fit, from_json, to_json
from bot.footnotes import is_said
from bot.images import alt_text
from bot.images.kept import keep_picture
from bot.io.files import sha256_of, write_atomic
from bot.ledger import Ledger
from bot.model import Account, Document, Limits, Media, Message, Post, Span
from bot.snippets.wording import words


class SourceChanged(FootnoteError):
    """The document no longer holds the sentences that a post stands on."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """A Message and its hash in the ledger."""

    sha256: str
    message: Message


@dataclass(frozen=True, slots=True)
class Press:
    """What freezing needs: the workspace, the ledger's store, and each network's limits."""

    config: Config
    ledger: Ledger
    limits: Callable[[Account], Limits]

    def freeze(self, post: Post, account: Account) -> Frozen:
        """Fix the Message for one account. Raises FootnoteError: nothing is fixed."""
        message = fit(
            post,
            account,
            self.limits(account),
            self.pictures(post),
            language=self.config.language,
            quotes=self.quotes(post),
        )
        return Frozen(self.ledger.records.keep_message(to_json(message)), message)

    def pictures(self, post: Post) -> list[Media]:
        """Every picture of a post, drawn if need be, its bytes in the immutable store."""
        try:
            return [self._picture(post, number) for number in range(len(post.images))]
        except OSError as error:
            raise FootnoteError(f"{post.path}: {error.filename} cannot be read or written: {error.strerror}") from error

    def quotes(self, post: Post) -> tuple[str, ...]:
        """The sentences of the source, as they stand there. Raises SourceChanged when they do not."""
        if post.source is None:
            return ()
        document = self._document(post.source.document)
        if document is None:
            raise SourceChanged(
                f"{post.path}: {post.source.document} is gone or cannot be read. Put it back, or remove [source]."
            )
        if document.sha256 != post.source.sha256:
            raise SourceChanged(
                f"{post.path}: {post.source.document} has changed since this was written. Compare the words; then "
                f"put its new sha256 and spans under [source], or remove [source]."
            )
        return _quoted(document, post, post.source.spans)

    def stands(self, post: Post, account: Account, frozen: str) -> bool:
        """Whether a frozen Message quotes what [source] points at: False = [source] was edited, freeze again.

        Raises SourceChanged when the document no longer says what the Message quotes, DoesNotFit when the network
        allows less than it did.
        """
        message = from_json(self.ledger.records.message(frozen))
        media = [media for part in message.parts for media in part.media]
        fit(post, account, self.limits(account), media, quotes=message.quotes)
        if post.source is None:
            return not message.quotes
        document = self._document(post.source.document)
        if document is None:  # what was approved stands without the document too
            return True
        if document.sha256 == post.source.sha256:
            return _quoted(document, post, post.source.spans) == message.quotes
        said = words(document, (0, len(document.readable)))
        if not all(quote in said for quote in message.quotes):
            raise SourceChanged(
                f"{post.path}: {post.source.document} no longer says what this post quotes. Compare the words; then "
                f"withdraw the post, or put the document's new sha256 and spans under [source]."
            )
        return True

    def _document(self, name: str) -> Document | None:
        try:
            return read(Path(self.config.root) / name, name)
        except (DocumentError, OSError):
            return None

    def _picture(self, post: Post, number: int) -> Media:
        image = post.images[number]
        path = Path(self.config.root) / picture_path(post, number)
        path.parent.mkdir(exist_ok=True)
        jpeg = keep_picture(path, image, self.config.brand)
        sha256 = hashlib.sha256(jpeg).hexdigest()
        kept = self.ledger.media / f"{sha256}.jpg"
        if not kept.exists():
            write_atomic(kept, jpeg)
        width, height = _size(jpeg)
        return Media(
            sha256, "image/jpeg", image.alt or alt_text(image.headline, image.support), width, height, len(jpeg)
        )


def photo_hashes(config: Config, post: Post) -> dict[str, str]:
    """The hash of each photo's bytes; raises FootnoteError for one that cannot be read."""
    try:
        photos = {image.photo: Path(config.root) / image.photo for image in post.images if image.photo}
        return {name: sha256_of(path) for name, path in photos.items()}
    except OSError as error:
        raise FootnoteError(f"{post.path}: {error.filename} cannot be read: {error.strerror}") from error


def picture_path(post: Post, number: int) -> str:
    """Where a post's picture lies in the workspace: images/<id>.jpg, then <id>--2.jpg (no id has two hyphens)."""
    return f"images/{post.id}.jpg" if number == 0 else f"images/{post.id}--{number + 1}.jpg"


def _quoted(document: Document, post: Post, spans: tuple[Span, ...]) -> tuple[str, ...]:
    if any(end > len(document.readable) for _, end in spans):
        raise SourceChanged(
            f"{post.path}: [source] spans lead beyond the end of {document.name} ({len(document.readable)} "
            f"characters): correct them, or remove [source]."
        )
    quotes = (words(document, span) for span in spans)
    return tuple(quote for quote in quotes if is_said(quote, post))


def _size(jpeg: bytes) -> tuple[int, int]:
    from PIL import Image as Pillow

    with Pillow.open(io.BytesIO(jpeg), formats=["JPEG"]) as picture:
        return picture.size
