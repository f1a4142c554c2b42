"""Our own posts as X shows them: the proof of what is live."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.errors import CannotTell, Rejected, Unavailable
from bot.model import Handles, Part, Receipt
from bot.networks.x.signed import Signer, is_id

SNOWFLAKES_SINCE = datetime(2010, 11, 4, 1, 42, 54, 657_000, UTC)
PAGE, PAGES = 100, 25
JUST_NOW = timedelta(seconds=15)
"""X refuses a timeline of its last ten seconds."""

SHARED = timedelta(minutes=10)
LIVES = 86_400
"""Seconds that X keeps a picture which no post shows, where it does not say."""
ENDING = r"/status/([0-9]{1,19})(?:/|$)"
"""How an address ends in a post's id, also the address of its picture."""

Seen = Mapping[str, Any]
"""A post, with its attachments and entities."""


class Timeline:
    """What the account has posted, replies to itself included. A look is complete, or it raises."""

    def __init__(self, signer: Signer, now: Callable[[], datetime]) -> None:
        self._signer, self._now = signer, now
        self._shared: tuple[datetime, datetime, list[Seen]] = (SNOWFLAKES_SINCE, SNOWFLAKES_SINCE, [])

    def newest(self) -> list[Seen]:
        """The newest hundred posts, newest first."""
        return self._page(None, None)[0]

    def since(self, start: datetime, *, shared: bool = False) -> Iterator[Seen]:
        """Every post since then, newest first. Raises CannotTell where they are too many to look at.

        X takes money for every post it shows: with `shared`, one look does for all who ask within ten minutes.
        """
        if not shared:
            return self._look(start)
        at, since, seen = self._shared
        if start < since or not timedelta() <= self._now() - at < SHARED:
            since = start - timedelta(hours=1)
            seen = list(self._look(since))
            self._shared = self._now(), since, seen
        return (post for post in seen if receipt_of(post).at >= start)

    def _look(self, start: datetime) -> Iterator[Seen]:
        clamped, token = min(start, self._now() - JUST_NOW), None
        for _ in range(PAGES):
            posts, token = self._page(clamped, token)
            yield from posts
            if not token:
                return
        raise CannotTell(f"more than {PAGES * PAGE:,} posts on X since {start:%d %B}: look for it there")

    def _page(self, start: datetime | None, token: str | None) -> tuple[list[Seen], str | None]:
        try:
            told = self._signer.now().client.get_users_tweets(
                self._signer.user_id(),
                user_auth=True,
                max_results=PAGE,
                exclude=["retweets"],
                start_time=start,
                pagination_token=token,
                tweet_fields=["attachments", "entities"],
                expansions=["attachments.media_keys"],
            )
        except Rejected as error:
            raise Unavailable(f"cannot look: {error}") from error
        meta, posts = told.get("meta"), told.get("data", [] if _is_empty(told) else None)
        if not (isinstance(meta, dict) and isinstance(posts, list) and all(map(_is_post, posts))):
            raise Unavailable("X answered, but did not show our own posts")
        return posts, meta.get("next_token")


def media_keys(part: Part, handles: tuple[Handles, ...]) -> set[str]:
    """By which X calls the pictures of a part, in every attempt."""
    places = [place(part, n) for n in range(len(part.media))]
    return {each.values[where].split()[1] for each in handles for where in places if where in each.values}


def place(part: Part, n: int) -> str:
    """Where in the Handles of a message a picture is: "<media id> <media key>"."""
    return f"{part.n}/{n}"


def handle_of(media: Mapping[str, Any]) -> tuple[str, int]:
    """What the Handles say of an uploaded picture, and for how many seconds X keeps it."""
    number, key, seconds = str(media["id"]), str(media.get("media_key") or ""), media.get("expires_after_secs")
    lives = seconds if type(seconds) is int and 0 < seconds < LIVES else LIVES
    return f"{number} {key if key.split() == [key] else f'3_{number}'}", lives


def shows(post: Seen, keys: set[str]) -> bool:
    """Whether it has one of these pictures."""
    attachments = post.get("attachments")
    shown = attachments.get("media_keys") if isinstance(attachments, dict) else None
    return isinstance(shown, list) and not keys.isdisjoint(map(str, shown))


def receipt_of(post: Seen) -> Receipt:
    """The proof of a post: X's ids tell when they were made."""
    at = SNOWFLAKES_SINCE + timedelta(milliseconds=int(post["id"]) >> 22)
    return Receipt(str(post["id"]), f"https://x.com/i/web/status/{post['id']}", at)


def _is_empty(told: Mapping[str, Any]) -> bool:
    """Whether X says that there is no post; without posts, an answer with errors says nothing."""
    meta = told.get("meta")
    return isinstance(meta, dict) and meta.get("result_count") == 0 and not told.get("errors")


def _is_post(row: object) -> bool:
    return isinstance(row, dict) and is_id(row.get("id")) and isinstance(row.get("text"), str)
