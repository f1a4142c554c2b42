"""Photos for drafts: every third gets one, in turn, where its words may stand on it or beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bot.composer.drafts import Draft
from bot.composer.suits import spoken_for
from bot.errors import ImageError
from bot.images.framing import COVERED_MAX
from bot.images.kept import Pictures
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

    def illustrated(self, draft: Draft) -> Draft:
        """The draft with a photo, where it is its turn and one suits; a recognisable face needs consent on record."""
        image = draft.post.images[0]
        if not self._names or _number(draft) % EVERY or image.template != "quote" or len(draft.post.images) > 1:
            return draft
        shown = next((found for name in self._in_turn() for found in self._with(image, name)), None)
        if shown is None:
            return draft
        self._times[shown.photo] += 1
        return replace(draft, post=replace(draft.post, images=(shown,)))

    def _in_turn(self) -> list[str]:
        return sorted(self._names, key=lambda name: (self._times[name], name))

    def _with(self, image: Image, name: str) -> Iterator[Image]:
        """The image over the photo, or beside it; nothing where the photo may not be used, or the words do not fit."""
        last = self._last.get(name, Image())
        try:
            if self._pictures.photos.find(name).faces and not last.consent:
                return
            for template in ("photo", "split"):
                shown = replace(image, template=template, photo=name, credit=last.credit)
                shown = spoken_for(replace(shown, licence=last.licence, consent=last.consent))
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
        return framing is not None and (image.template == "split" or framing.covered <= COVERED_MAX)


def _names(root: Path) -> list[str]:
    """The photos there are, as a post names them."""
    folder = root / FOLDER
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(
        f"{FOLDER}/{one.name}"
        for one in found
        if one.suffix.lower() in KNOWN and one.name[0] != "." and one.name.isprintable() and one.is_file()
    )


def _number(draft: Draft) -> int:
    """The number that a draft's file begins with."""
    return int(Path(draft.path).name.partition("-")[0])
