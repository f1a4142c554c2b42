"""The documents that posts are drafted from."""

from __future__ import annotations

from collections import Counter

from bot.web.desk.look import Look
from bot.web.desk.views import Text


def texts(look: Look) -> tuple[Text, ...]:
    """Each document with the number of posts that stand on it."""
    posts = [standing.file.post for standing in look.season.posts.values() if standing.file]
    stand_on = Counter(post.source.document for post in posts if post.source)
    root = look.app.root
    return tuple(
        Text(path.relative_to(root / "documents").as_posix(), stand_on[path.relative_to(root).as_posix()])
        for path in look.app.documents()
    )
