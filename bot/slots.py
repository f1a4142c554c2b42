"""Weekly slots, closed days and what is taken -> the next free moments; time zones live here."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.model import Slot

LOOK_AHEAD = timedelta(days=731)


@dataclass(frozen=True, slots=True)
class Moment:
    """One instant: `local` is what the wall clock shows then (naive), `utc` the same instant in UTC.

    `note` is "gap" when the asked time does not exist that day and was moved forward by the length of the gap
    (RFC 5545), "overlap" when it exists twice and the first was taken, else "".
    """

    local: datetime
    utc: datetime
    note: str = ""


@lru_cache(maxsize=20_000)  # the same moments are asked about in every planning round
def resolve(local: datetime, zone: str) -> Moment:
    """The instant at which clocks in `zone` show `local` (naive)."""
    there = ZoneInfo(zone)
    first = local.replace(tzinfo=there, fold=0)
    utc = first.astimezone(UTC)
    shown = utc.astimezone(there).replace(tzinfo=None, fold=0)
    if shown != local.replace(fold=0):
        return Moment(shown, utc, "gap")
    twice = first.utcoffset() != local.replace(tzinfo=there, fold=1).utcoffset()
    return Moment(shown, utc, "overlap" if twice else "")


def free_moments(
    slots: Collection[Slot],
    account: str,
    zone: str,
    *,
    after: datetime,
    taken: Collection[datetime] = (),
    closed: Collection[date] = (),
) -> Iterator[Moment]:
    """The account's slots later than `after` (UTC), soonest first, none twice, for two years ahead.

    Left out: moments in `taken` (UTC), days in `closed` (local), and days the zone skipped (Samoa, 2011-12-30).
    """
    first = after.astimezone(ZoneInfo(zone)).date()
    for ahead in range(LOOK_AHEAD.days):
        day = first + timedelta(days=ahead)
        if day in closed:
            continue
        times = {slot.at for slot in slots if slot.account == account and slot.weekday == day.weekday()}
        asked = (resolve(datetime.combine(day, at), zone) for at in times)
        moments = {moment.utc: moment for moment in asked if moment.local.date() == day}
        yield from (moments[utc] for utc in sorted(moments) if utc > after and utc not in taken)
