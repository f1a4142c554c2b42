"""Every coming post as each network will show it, on one page that needs nothing but itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.app import App

OURS = "<!-- a preview, made by Footnote -->"


def preview_page(
    app: App, ahead: timedelta | None = None, on_done: Callable[[int, int], None] = lambda done, total: None
) -> tuple[str, int]:
    """The page, and how many posts are on it; `ahead`: only those that go out so soon. Nothing is written.

    `on_done` hears how many of how many pictures are drawn.
    """
    from bot.images.many import each
    from bot.previews.collect import collected
    from bot.previews.page import set_page
    from bot.previews.pictures import light, shrunk

    entries, pictures = collected(app, ahead)
    small = light(each(shrunk, list(pictures.values()), on_done))
    return set_page(app, entries, dict(zip(pictures, small, strict=True)), ahead), len(entries)


def is_preview(path: Path) -> bool:
    """Whether a file is a page that we made."""
    if not path.is_file():
        return False
    with path.open("rb") as opened:
        return OURS.encode() in opened.read(200)
