"""The season as it stands: every post with its file, its approval, its rows and its holds; nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from bot.approval import claims_of
from bot.config import Config
from bot.delivery import KEEPS_ITS_TIME, NOT_SENT, OVER, WAITS, Delivery
from bot.errors import FootnoteError, Problem
from bot.ledger.records import Hold
from bot.model import Claim, Level, Status
from bot.planner.approvals import decide
from bot.planner.changed import ChangedSource
from bot.planner.freeze import Press
from bot.planner.newest import is_out, newest_by_post
from bot.posts import PostFile, Shelf
from bot.slots import Moment, free_moments


@dataclass(frozen=True, slots=True)
class Standing:
    """One post: its file as it reads now (None where it is gone or broken) and its newest row on each account.

    `waits`: it goes nowhere without a person's yes to the words as they stand, whose input hash is `hashed`.
    `trouble`: why nobody can say yes.
    """

    id: str
    file: PostFile | None
    rows: tuple[Delivery, ...] = ()
    claims: tuple[Claim, ...] = ()
    waits: bool = False
    trouble: str = ""
    hashed: str = ""

    @property
    def is_withdrawn(self) -> bool:
        """Whether a person called it off."""
        return self.file is not None and self.file.post.status is Status.WITHDRAWN

    @property
    def is_out(self) -> bool:
        """Whether it is published wherever it is wanted, and nothing of it is still to go anywhere."""
        return is_out(self.file.post.accounts if self.file else (), self.rows)

    @property
    def is_blocked(self) -> bool:
        """Whether a yes must be said by name, because of what the words claim."""
        return any(claim.level is Level.BLOCK for claim in self.claims)

    @property
    def is_flagged(self) -> bool:
        """Whether a person should look at its words twice."""
        return any(claim.level is not Level.NOTE for claim in self.claims)


@dataclass(frozen=True)
class Season:
    """Everything that is planned, out, waiting or in trouble."""

    config: Config
    posts: Mapping[str, Standing]
    holds: tuple[Hold, ...]
    problems: tuple[Problem, ...]

    @cached_property
    def rows(self) -> list[Delivery]:
        """The newest row of each post on each account, by time."""
        rows = (row for standing in self.posts.values() for row in standing.rows)
        return sorted(rows, key=lambda row: (row.due_at, row.id))

    @cached_property
    def waiting(self) -> list[Standing]:
        """The posts that wait for a yes, in the order of their files."""
        return [one for one in self.posts.values() if one.waits]

    @cached_property
    def needs(self) -> list[Delivery]:
        """The rows about which a person is asked."""
        return [row for row in self.rows if row.asks or row.state in NOT_SENT]

    def holds_on(self, row: Delivery) -> list[Hold]:
        """Why a row that is still to go out waits."""
        if row.state in OVER:
            return []
        names = (("workspace", ""), ("account", row.account), ("post", row.post), ("delivery", str(row.id)))
        return [hold for name in names for hold in self._held.get(name, ())]

    def gaps(self, now: datetime, ahead: timedelta) -> list[tuple[Moment, tuple[str, ...]]]:
        """The moments of the week for which there is no post, soonest first, with their accounts."""
        found: dict[datetime, tuple[Moment, tuple[str, ...]]] = {}
        for account in self.config.accounts:
            for moment in self._free(account.name, now):
                if moment.utc > now + ahead:
                    break
                found[moment.utc] = (moment, (*found.get(moment.utc, (moment, ()))[1], account.name))
        return [found[at] for at in sorted(found)]

    def next_free(self, account: str, now: datetime) -> Moment | None:
        """The moment that the next post without a wish gets there."""
        return next(iter(self._free(account, now)), None)

    def _free(self, account: str, now: datetime) -> Iterable[Moment]:
        config = self.config
        return free_moments(
            config.slots,
            account,
            config.zone,
            after=now,
            taken=self._taken.get(account, frozenset()),
            closed=config.closed,
        )

    @cached_property
    def _taken(self) -> dict[str, set[datetime]]:
        taken: dict[str, set[datetime]] = {}
        for row in self.rows:
            if row.state in KEEPS_ITS_TIME:
                taken.setdefault(row.account, set()).add(row.due_at)
        return taken

    @cached_property
    def _held(self) -> dict[tuple[str, str], list[Hold]]:
        held: dict[tuple[str, str], list[Hold]] = {}
        for hold in self.holds:
            held.setdefault((hold.scope, hold.subject), []).append(hold)
        return held


def source_of(press: Press, standing: Standing) -> ChangedSource | None:
    """What the document of a post that may still go out does not say any more; None for nothing."""
    asked = not standing.rows or any(row.state in WAITS for row in standing.rows)
    if standing.file is None or standing.is_withdrawn or standing.is_out or not asked:
        return None
    return press.changed(standing.file.post, (row.message for row in standing.rows))


class Seasons:
    """Reads the season again and again; what follows from what has not changed is remembered."""

    def __init__(self, press: Press, shelf: Callable[[], Shelf]) -> None:
        self._press, self._config, self._ledger, self._shelf = press, press.config, press.ledger, shelf
        self._claims: dict[str, tuple[Claim, ...]] = {}
        self._last: tuple[int, Shelf, Season] | None = None

    def read(self) -> Season:
        """The season as it stands now."""
        changes, shelf = self._ledger.changes(), self._shelf()
        if self._last and (changes, shelf) == self._last[:2]:
            return self._last[2]
        posts = self._standings(shelf)
        self._claims = {one.file.sha256: one.claims for one in posts.values() if one.file}
        season = Season(self._config, posts, tuple(self._ledger.records.holds()), shelf.problems)
        lasts = not any(image.photo for file in shelf.posts for image in file.post.images)
        self._last = (changes, shelf, season) if lasts else None  # a photo may change, and no file of a post with it
        return season

    def _standings(self, shelf: Shelf) -> dict[str, Standing]:
        rows, records = newest_by_post(self._ledger.deliveries.all()), self._ledger.records
        approvals, readings = records.approvals(), records.readings()
        posts: dict[str, Standing] = {}
        for file in shelf.posts:
            standing = self._seen(file, rows.pop(file.post.id, {}).values())
            if not standing.is_withdrawn and not standing.is_out:
                record, last = approvals.get(file.post.id, set()), readings.get(file.post.id)
                decision = decide(file.post, standing.hashed, record, last, self._config, claims=standing.claims)
                standing = standing if decision.approved else replace(standing, waits=True)
            posts[file.post.id] = standing
        return posts | {post: Standing(post, None, tuple(left.values())) for post, left in rows.items()}

    def _seen(self, file: PostFile, rows: Iterable[Delivery]) -> Standing:
        """A post before anybody asks whether it has a yes."""
        claims = self._claims.get(file.sha256)
        seen = Standing(file.post.id, file, tuple(rows), claims_of(file.post) if claims is None else claims)
        try:
            return replace(seen, hashed=self._press.hash_of(file.post))
        except FootnoteError as error:
            return replace(seen, trouble=str(error).removeprefix(f"{file.path}: "))
