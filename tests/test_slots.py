"""Weekly slots, closed days and what is taken -> the next free moments."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Slot
from bot.slots import LOOK_AHEAD, Moment, free_moments, resolve

at = datetime.fromisoformat


def utc(text):
    return at(text).replace(tzinfo=UTC)


ZONES = [
    "America/New_York",
    "America/Denver",
    "America/St_Johns",
    "Europe/Berlin",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
    "Pacific/Chatham",
    "Asia/Beirut",
]
GAPS = [  # zone, asked, shown, in UTC
    ("America/New_York", "2026-03-08T02:30", "2026-03-08T03:30", "2026-03-08T07:30"),
    ("America/Denver", "2026-03-08T02:00", "2026-03-08T03:00", "2026-03-08T09:00"),
    ("America/St_Johns", "2026-03-08T02:15", "2026-03-08T03:15", "2026-03-08T05:45"),
    ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T03:30", "2026-03-29T01:30"),
    ("Africa/Casablanca", "2025-04-06T02:30", "2025-04-06T03:30", "2025-04-06T02:30"),
    ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-04T02:45", "2026-10-03T15:45"),
    ("Pacific/Chatham", "2026-09-27T03:00", "2026-09-27T04:00", "2026-09-26T14:15"),
    ("Asia/Beirut", "2026-03-29T00:30", "2026-03-29T01:30", "2026-03-28T22:30"),
    ("Pacific/Apia", "2011-12-30T10:00", "2011-12-31T10:00", "2011-12-30T20:00"),
]
OVERLAPS = [  # zone, asked (and shown), the first time it comes, in UTC
    ("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30"),
    ("America/Denver", "2026-11-01T01:00", "2026-11-01T07:00"),
    ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30"),
    ("Africa/Casablanca", "2025-02-23T02:30", "2025-02-23T01:30"),
    ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45"),
    ("Pacific/Chatham", "2026-04-05T03:00", "2026-04-04T13:15"),
]
PLAIN = [
    ("America/New_York", "2026-07-01T09:00", "2026-07-01T13:00"),
    ("Asia/Kathmandu", "2026-07-01T09:00", "2026-07-01T03:15"),
    ("Pacific/Kiritimati", "2026-07-01T09:00", "2026-06-30T19:00"),
    ("Africa/Casablanca", "2026-07-01T09:00", "2026-07-01T08:00"),
    ("Africa/Casablanca", "2026-03-01T09:00", "2026-03-01T09:00"),  # Ramadan
    ("Australia/Lord_Howe", "2026-07-01T09:00", "2026-06-30T22:30"),
    ("Australia/Lord_Howe", "2026-12-01T09:00", "2026-11-30T22:00"),
]


@pytest.mark.parametrize(("zone", "asked", "shown", "instant"), GAPS)
def test_a_time_that_does_not_exist_moves_forward_by_the_gap(zone, asked, shown, instant):
    assert resolve(at(asked), zone) == Moment(at(shown), utc(instant), "gap")


@pytest.mark.parametrize(("zone", "asked", "instant"), OVERLAPS)
def test_a_time_that_exists_twice_is_the_first(zone, asked, instant):
    assert resolve(at(asked), zone) == Moment(at(asked), utc(instant), "overlap")
    assert resolve(at(asked).replace(fold=1), zone) == resolve(at(asked), zone)


@pytest.mark.parametrize(("zone", "asked", "instant"), PLAIN)
def test_an_ordinary_time_has_no_note(zone, asked, instant):
    assert resolve(at(asked), zone) == Moment(at(asked), utc(instant))


@given(st.sampled_from(ZONES), st.datetimes(at("2020-01-01"), at("2037-12-31")))
def test_what_the_wall_shows_is_what_the_instant_says(zone, local):
    moment = resolve(local, zone)
    assert moment.utc.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == moment.local
    assert (moment.local == local) == (moment.note != "gap")
    assert moment.local >= local


def slots(*days, account="feed", hour=9, minute=0):
    return [Slot(account, day, time(hour, minute)) for day in days]


MONDAY = utc("2026-11-23T00:00")


def test_slots_come_soonest_first_and_only_the_accounts_own():
    offered = [*slots(4, 0, 2), *slots(0, hour=17), *slots(1, account="other")]
    moments = islice(free_moments(offered, "feed", "America/Denver", after=MONDAY), 5)
    assert [str(moment.local) for moment in moments] == [
        "2026-11-23 09:00:00",
        "2026-11-23 17:00:00",
        "2026-11-25 09:00:00",
        "2026-11-27 09:00:00",
        "2026-11-30 09:00:00",
    ]


@pytest.mark.parametrize("zone", ZONES)
def test_nine_o_clock_stays_nine_o_clock_all_year(zone):
    moments = list(free_moments(slots(*range(7)), "feed", zone, after=MONDAY))
    assert {moment.local.time() for moment in moments} == {time(9)}
    assert LOOK_AHEAD.days - 1 <= len(moments) <= LOOK_AHEAD.days
    assert all(timedelta(hours=22) <= b.utc - a.utc <= timedelta(hours=26) for a, b in pairwise(moments))


def test_a_slot_at_this_very_moment_has_passed():
    first = next(free_moments(slots(0), "feed", "UTC", after=utc("2026-11-23T09:00")))
    assert first.utc == utc("2026-11-30T09:00")


def test_today_there_counts_even_where_it_is_still_yesterday_in_utc():
    first = next(free_moments(slots(0), "feed", "Pacific/Kiritimati", after=utc("2026-11-22T18:59")))
    assert (first.local, first.utc) == (at("2026-11-23T09:00"), utc("2026-11-22T19:00"))


def test_taken_moments_and_closed_days_are_left_out():
    moments = free_moments(
        slots(0, 1, 2), "feed", "UTC", after=MONDAY, taken={utc("2026-11-23T09:00")}, closed={date(2026, 11, 24)}
    )
    assert next(moments).utc == utc("2026-11-25T09:00")


def test_two_slots_that_meet_in_a_gap_are_one_moment():
    sunday = [*slots(6, hour=2, minute=30), *slots(6, hour=3, minute=30)]
    first, second = islice(free_moments(sunday, "feed", "Europe/Berlin", after=utc("2026-03-28T12:00")), 2)
    assert (first.utc, second.utc) == (utc("2026-03-29T01:30"), utc("2026-04-05T00:30"))


def test_a_day_the_zone_skipped_offers_nothing():
    first, second = islice(free_moments(slots(4, 5), "feed", "Pacific/Apia", after=utc("2011-12-30T00:00")), 2)
    assert (first.local, second.local) == (at("2011-12-31T09:00"), at("2012-01-06T09:00"))


def test_no_slots_no_moments():
    assert list(free_moments([], "feed", "UTC", after=MONDAY)) == []
