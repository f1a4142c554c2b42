"""One look at the season, told as pages tell it: moments on the studio's clock, posts as items with pictures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from bot.app import App
from bot.delivery import Delivery, State
from bot.errors import FootnoteError
from bot.fitting import from_json
from bot.images import alt_text, drawing_hash
from bot.model import Message
from bot.planner.season import Season, Standing
from bot.web.desk import wording
from bot.web.desk.views import Item, Picture, Place, Tone, When

GRAVEST_FIRST = (Tone.TROUBLE, Tone.WAITING, Tone.COMING, Tone.WELL, Tone.OVER)
OUT_LOUD = 120
"""So many characters of a text stand for its title."""


@dataclass(frozen=True)
class Look:
    """The season as it was read for one page."""

    app: App
    season: Season
    now: datetime

    @cached_property
    def down(self) -> set[int]:
        """The deliveries that are live nowhere any more, though they were."""
        return self.app.ledger.deliveries.taken_down()

    @property
    def today(self) -> datetime:
        """The studio's clock now (naive)."""
        return self.local(self.now)

    def local(self, at: datetime) -> datetime:
        """A moment on the studio's clock (naive)."""
        return at.astimezone(ZoneInfo(self.app.config.zone)).replace(tzinfo=None)

    def when(self, at: datetime) -> When:
        """A moment as it is said today."""
        return wording.when(self.local(at), self.today)

    def items(self, rows: Iterable[Delivery]) -> tuple[Item, ...]:
        """The rows in their order; those of one post at one moment are one item."""
        together: dict[tuple[str, datetime], list[Delivery]] = {}
        for row in rows:
            together.setdefault((row.post, row.due_at), []).append(row)
        return tuple(self._item(some) for some in together.values())

    def place(self, row: Delivery) -> Place:
        """What became of a post on an account."""
        word, tone, why = wording.state(row, self.season.holds_on(row))
        if row.id in self.down:
            word, tone, why = "taken down", Tone.OVER, ""
        url = row.url if row.url.startswith(("https://", "http://")) else ""
        return Place(row.account, self.network(row.account), word, tone, why, url)

    def network(self, account: str) -> str:
        """What people call the network of an account; "" for one that is gone."""
        known = (one.network for one in self.app.config.accounts if one.name == account)
        return wording.network(next(known, ""))

    def trouble(self, standing: Standing) -> str:
        """Why a post cannot go out as it stands, as the last planning found; "" for nothing."""
        problem = self.app.troubles.get(standing.file.path) if standing.file else None
        return wording.plain(problem.what) if problem and not standing.is_out else ""

    def title(self, standing: Standing) -> str:
        """What a post is called on a page: its headline, else its first line."""
        out = [row for row in standing.rows if row.state is State.PUBLISHED] if standing.is_out else []
        if standing.file is None or out:
            rows = out or standing.rows
            return self.message(rows[0]).title if rows else standing.id
        post = standing.file.post
        lines = [image.headline for image in post.images[:1]] + post.text.splitlines()[:1]
        said = next((line for line in lines if line.strip()), post.id)
        return said if len(said) <= OUT_LOUD else f"{said[:OUT_LOUD].rpartition(' ')[0]} …"

    def pictures(self, standing: Standing) -> tuple[Picture, ...]:
        """The pictures as they went out, or as they will."""
        out = [row for row in standing.rows if row.state is State.PUBLISHED]
        if standing.file is None or (out and standing.is_out):
            rows = out or standing.rows
            media = [one for part in self.message(rows[0]).parts for one in part.media] if rows else []
            return tuple(Picture(f"/media/{one.sha256}.jpg", f"/small/{one.sha256}.jpg", one.alt) for one in media)
        found = []
        post = standing.file.post
        for number, image in enumerate(post.images):
            try:
                drawn = f"{number}.jpg?v={drawing_hash(self.app.pictures.of_post(post, number))[:16]}"
            except FootnoteError:
                drawn = f"{number}.jpg"
            alt = image.alt or alt_text(
                image, page=number + 1, pages=len(post.images), language=self.app.config.language
            )
            found.append(Picture(f"/pictures/{standing.id}/{drawn}", f"/pictures/{standing.id}/small-{drawn}", alt))
        return tuple(found)

    def picture(self, standing: Standing) -> Picture | None:
        """The first picture."""
        return next(iter(self.pictures(standing)), None)

    def message(self, row: Delivery) -> Message:
        """What was fixed for a row, exactly as it is sent."""
        return from_json(self.app.ledger.records.message(row.message))

    def _item(self, rows: list[Delivery]) -> Item:
        standing = self.season.posts[rows[0].post]
        places = tuple(map(self.place, rows))
        tone = min((place.tone for place in places), key=GRAVEST_FIRST.index)
        return Item(standing.id, self.title(standing), self.picture(standing), self.when(rows[0].due_at), places, tone)
