"""The documents that posts are drafted from."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from bot.app import App
from bot.composer import address_in, subject_for
from bot.errors import DocumentError
from bot.web.desk.look import Look
from bot.web.desk.one_text import address_of
from bot.web.desk.views import Text

LAST_LINE = 8192


def texts(look: Look) -> tuple[Text, ...]:
    """Each document with the number of posts that stand on it, and the page that it is a copy of."""
    posts = [standing.file.post for standing in look.season.posts.values() if standing.file]
    stand_on = Counter(post.source.document for post in posts if post.source)
    root = look.app.root
    names = {path.relative_to(root).as_posix(): path for path in look.app.documents()}
    return tuple(
        Text(name.removeprefix("documents/"), stand_on[name], _from(path), *_about(look.app, name))
        for name, path in names.items()
    )


def _about(app: App, name: str) -> tuple[str, str]:
    """What it is about, and its page; nothing of what cannot be read."""
    try:
        return subject_for(app.config, app.document(name)), address_of(name)
    except (DocumentError, OSError):
        return "", ""


def _from(path: Path) -> str:
    """Where a copy of a page says that it is from: that is in its last line."""
    try:
        with path.open("rb") as file:
            file.seek(max(path.stat().st_size - LAST_LINE, 0))
            return address_in(file.read())
    except OSError:  # it is told where it matters
        return ""
