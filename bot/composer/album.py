"""Photos for drafts: one in three gets one, in turn, where its words may stand on it or beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

from bot.composer.drafts import Draft
from bot.composer.suits import spoken_for
from bot.errors import ImageError
from bot.images.kept import Pictures
from bot.images.photos.framing import suits
from bot.model import Image, Post

FOLDER = "images/backgrounds"
KNOWN = {".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif"}
EVERY = 3


class Album:
    """The photos of a workspace, and how often each was used: none comes again before all were.

    A photo's credit, licence and consent are those of the last post that has it.
    """

    def __init__(self, pictures: Pictures, posts: Sequence[Post]) -> None:
        used = [image for post in posts for image in post.images if image.photo]
        self._pictures = pictures
        self._names = _names(pictures.root)
        self._times = Counter(image.photo for image in used)
        self._last = {image.photo: image for image in used}
        self._since = max((_number(post) for post in posts if any(one.photo for one in post.images)), default=0)

    def illustrated(self, draft: Draft) -> Draft:
        """The draft with a photo, where it is its turn and one suits; a recognisable face needs consent on record.

        Where none suits it is the next one's turn.
        """
        image, number = draft.post.images[0], _number(draft.post)
        is_due = number - self._since >= EVERY
        if not self._names or not is_due or image.template != "quote" or len(draft.post.images) > 1:
            return draft
        shown = next((found for name in self._in_turn() for found in self._with(image, name)), None)
        if shown is None:
            return draft
        self._times[shown.photo] += 1
        self._since = number
        return replace(draft, post=replace(draft.post, images=(shown,)))

    def _in_turn(self) -> list[str]:
        return sorted(self._names, key=lambda name: (self._times[name], name))

    def _with(self, image: Image, name: str) -> Iterator[Image]:
        """The image over the photo, or beside it, if need be without its support; nothing where none of it will do."""
        last = self._last.get(name, Image())
        try:
            if self._pictures.photos.find(name).faces and not last.consent:
                return
            for support, template in product(dict.fromkeys([image.support, ""]), ("photo", "split")):
                shown = replace(image, support=support, template=template, photo=name, credit=last.credit)
                shown = replace(shown, licence=last.licence, consent=last.consent)
                shown = spoken_for(shown, language=self._pictures.language)
                if self._suits(shown):
                    yield shown
        except ImageError:
            return

    def _suits(self, image: Image) -> bool:
        from bot.images.paint import planned

        try:
            framing = planned(self._pictures.drawing(image)).framing
        except ImageError:
            return False
        return framing is not None and (image.template == "split" or suits(framing))


def _names(root: Path) -> list[str]:
    """The photos there are, as a post names them."""
    folder = root / FOLDER
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(
        f"{FOLDER}/{one.name}"
        for one in found
        if one.suffix.lower() in KNOWN and one.name[0] != "." and one.name.isprintable() and one.is_file()
    )


def _number(post: Post) -> int:
    """The number that a post's file begins with; 0 where it begins with none."""
    first = Path(post.path).name.partition("-")[0]
    return int(first) if first.isdecimal() else 0
