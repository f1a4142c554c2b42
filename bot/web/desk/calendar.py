"""The calendar: a month of days, or a list of them, with what goes out and what is missing."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import islice

from bot.delivery import Delivery, State
from bot.slots import resolve
from bot.web.desk.look import Look
from bot.web.desk.views import Agenda, Day, Gap, Month
from bot.web.desk.wording import DAYS, MONTHS

IN_A_DAY = 4
YEARS = range(2000, 2101)
"""As in a post's file."""
PAGE, OFF = 40, 60
SHOWN_AHEAD = timedelta(days=28)


def month(look: Look, asked: str) -> Month:
    """The month "2026-12"; this one where that is none."""
    first = _first_of(asked) or look.today.date().replace(day=1)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    days = _days(look, weeks[0][0], weeks[-1][-1])
    before, after = first - timedelta(days=1), first + timedelta(days=31)
    return Month(
        name=f"{MONTHS[first.month - 1]} {first.year}",
        iso=f"{first:%Y-%m}",
        before=f"{before:%Y-%m}",
        after=f"{after:%Y-%m}",
        weeks=tuple(tuple(_day(look, day, days, first.month, IN_A_DAY) for day in week) for week in weeks),
    )


def agenda(look: Look, page: int) -> Agenda:
    """The days that have something: page 0 begins today, page -1 ends before it."""
    past, coming = _past_and_coming(look)
    some = coming[page * PAGE : (page + 1) * PAGE] if page >= 0 else past[page * PAGE : (page + 1) * PAGE or None]
    earlier = len(past) if page >= 0 else len(past) + page * PAGE
    later = len(coming) - (page + 1) * PAGE if page >= 0 else 1
    by_day = _by_day(look, some)
    gaps = _gaps(look, SHOWN_AHEAD) if page == 0 else {}
    shown = sorted({*by_day, *gaps})
    days = tuple(_day(look, day, (by_day, gaps), day.month, PAGE) for day in shown)
    before = str(page - 1) if page > 0 or earlier > 0 else ""
    off = (one for one in look.season.posts.values() if one.is_withdrawn and not one.is_out)
    named = tuple((one.id, look.title(one)) for one in islice(off, OFF)) if page == 0 else ()
    return Agenda(days, before, str(page + 1) if later > 0 else "", named)


def page_of(look: Look, asked: str) -> int:
    """The page of the list on which the day "2026-12-24" begins; today's where that is none."""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return 0
    past, coming = _past_and_coming(look)
    days = [look.local(row.due_at).date() for row in (*past, *coming)]
    return (days.index(day) - len(past)) // PAGE if day in days else 0


def _past_and_coming(look: Look) -> tuple[list[Delivery], list[Delivery]]:
    """The rows before this day began, and those since."""
    midnight = resolve(datetime.combine(look.today.date(), datetime.min.time()), look.app.config.zone).utc
    rows = [row for row in look.season.rows if row.state is not State.CANCELED]
    return [row for row in rows if row.due_at < midnight], [row for row in rows if row.due_at >= midnight]


def _first_of(asked: str) -> date | None:
    try:
        first = datetime.strptime(asked, "%Y-%m").date()  # noqa: DTZ007  a month has no zone
    except ValueError:
        return None
    return first if first.year in YEARS else None


Days = tuple[dict[date, list[Delivery]], dict[date, tuple[Gap, ...]]]


def _days(look: Look, first: date, last: date) -> Days:
    begin, end = (
        resolve(datetime.combine(day, datetime.min.time()), look.app.config.zone).utc
        for day in (first, last + timedelta(days=1))
    )
    rows = (row for row in look.season.rows if begin <= row.due_at < end and row.state is not State.CANCELED)
    return _by_day(look, rows), _gaps(look, min(end - look.now, 3 * SHOWN_AHEAD))


def _by_day(look: Look, rows: Iterable[Delivery]) -> dict[date, list[Delivery]]:
    days: dict[date, list[Delivery]] = {}
    for row in rows:
        days.setdefault(look.local(row.due_at).date(), []).append(row)
    return days


def _gaps(look: Look, ahead: timedelta) -> dict[date, tuple[Gap, ...]]:
    found: dict[date, tuple[Gap, ...]] = {}
    for moment, accounts in look.season.gaps(look.now, ahead):
        day = moment.local.date()
        found[day] = (*found.get(day, ()), Gap(look.when(moment.utc), accounts))
    return found


def _day(look: Look, day: date, days: Days, this_month: int, most: int) -> Day:
    rows, gaps = days[0].get(day, []), days[1].get(day, ())
    posts = list(dict.fromkeys((row.post, row.due_at) for row in rows))
    year = "" if day.year == look.today.year else f" {day.year}"
    shown = set(posts[:most])  # the others are counted, not made
    return Day(
        iso=day.isoformat(),
        number=day.day,
        name=f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{year}",
        in_month=day.month == this_month,
        is_today=day == look.today.date(),
        items=look.items(row for row in rows if (row.post, row.due_at) in shown),
        more=max(0, len(posts) - most),
        gaps=gaps,
        note="closed" if day in look.app.config.closed else "",
    )
