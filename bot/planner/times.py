"""When a post may go out: the wish in its file, or the next free slot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot import delivery as life
from bot.config import Config
from bot.delivery import KEEPS_ITS_TIME, WAITS, Delivery, State
from bot.errors import FootnoteError
from bot.model import Account, Post
from bot.slots import Moment, free_moments, resolve


class NoMoment(FootnoteError):
    """There is no time at which the post could go out as it stands."""


@dataclass(frozen=True, slots=True)
class Times:
    """The times of one planning round; `taken` are the moments given away on each account."""

    config: Config
    now: datetime
    taken: dict[str, set[datetime]] = field(default_factory=dict)

    def take(self, rows: Iterable[Delivery]) -> None:
        """Nobody else gets the moments of these rows."""
        for row in rows:
            if row.state in KEEPS_ITS_TIME:
                self.taken.setdefault(row.account, set()).add(row.due_at)

    def first(self, post: Post, account: Account, *, even_past: bool) -> Moment:
        """The moment of a new row: the wish, else the next free slot. Raises NoMoment.

        `even_past` is for what may be out already: it is looked for first, whatever its time was.
        """
        if post.publish_at is not None:
            moment = resolve(post.publish_at, self.config.zone)
            return moment if even_past else self._still_to_come(post, moment)
        taken = self.taken.setdefault(account.name, set())
        config = self.config
        found = free_moments(config.slots, account.name, config.zone, after=self.now, taken=taken, closed=config.closed)
        free = next(found, None)
        if free is None:
            raise NoMoment(
                f'there is no free slot for "{account.name}": add [[slots]] in config.toml, or a publish_at here'
            )
        if post.not_after is not None and post.not_after < free.local:
            raise NoMoment(
                f'the next free slot for "{account.name}" is {free.local:%Y-%m-%d %H:%M}, later than not_after: '
                f"choose a later not_after, or a publish_at"
            )
        return free

    def moved(self, post: Post, row: Delivery) -> Delivery | None:
        """The row with the times its file wishes; None when it has them. Raises NoMoment."""
        if row.state not in WAITS:
            return None
        if post.publish_at is not None:
            moment = resolve(post.publish_at, self.config.zone)
            if moment.local.isoformat() != row.local_time:
                self._still_to_come(post, moment)
                after = life.rescheduled(row, moment.utc, self.not_after(post, moment.utc), "moved by its file")
                return replace(after, local_time=moment.local.isoformat(), zone=self.config.zone)
        latest = self.not_after(post, row.due_at)
        as_planned = row.due_at == resolve(datetime.fromisoformat(row.local_time), row.zone).utc
        if row.state is State.SCHEDULED and as_planned and latest != row.not_after:  # a person's "now" is left alone
            return replace(row, not_after=latest, reason="its latest time was moved by its file")
        return None

    def not_after(self, post: Post, due: datetime) -> datetime:
        """The latest moment: its grace, or earlier where its file says so."""
        latest = due + self.config.grace
        return latest if post.not_after is None else min(latest, resolve(post.not_after, self.config.zone).utc)

    def _still_to_come(self, post: Post, moment: Moment) -> Moment:
        if post.not_after is not None and post.not_after < moment.local:
            raise NoMoment("not_after is before publish_at: choose a later not_after, or remove it")
        if self.not_after(post, moment.utc) < self.now:
            raise NoMoment("publish_at has passed: choose a later time, or remove it")
        return moment


def about_summer_time(post: Post, zone: str) -> str:
    """What a person should know about a wish on the day the clocks change; "" on every other day."""
    moment = resolve(post.publish_at, zone) if post.publish_at else None
    if moment is None or not moment.note:
        return ""
    at = f"{moment.local:%Y-%m-%d}, when the clocks change: it goes out"
    if moment.note == "gap":
        return f"{post.path}: there is no {post.publish_at:%H:%M} on {at} at {moment.local:%H:%M}"
    return f"{post.path}: there are two {moment.local:%H:%M} on {at} at the first"
