"""The documents that posts are drafted from."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from bot.composer import address_in
from bot.web.desk.look import Look
from bot.web.desk.views import Text

LAST_LINE = 8192


def texts(look: Look) -> tuple[Text, ...]:
    """Each document with the number of posts that stand on it, and the page that it is a copy of."""
    posts = [standing.file.post for standing in look.season.posts.values() if standing.file]
    stand_on = Counter(post.source.document for post in posts if post.source)
    root = look.app.root
    return tuple(
        Text(path.relative_to(root / "documents").as_posix(), stand_on[path.relative_to(root).as_posix()], _from(path))
        for path in look.app.documents()
    )


def _from(path: Path) -> str:
    """Where a copy of a page says that it is from: that is in its last line."""
    try:
        with path.open("rb") as file:
            file.seek(max(path.stat().st_size - LAST_LINE, 0))
            return address_in(file.read())
    except OSError:  # it is told where it matters
        return ""
