"""The keys of deliveries."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.keys import TID, key_of, microseconds_of, part_key, tid

DUE = datetime(2026, 12, 1, 9, tzinfo=UTC)
NAMES = ("v1", "spa", "tension", "studio-bluesky", "1")


@pytest.mark.parametrize(
    ("microseconds", "clock", "expected"),
    [
        (1_700_000_000_000_000, 0, "3ke6kg3wk2222"),
        (1_700_000_000_000_000, 1, "3ke6kg3wk2223"),
        (1_795_000_000_123_456, 17, "3n2lg2q46m22l"),
    ],
)
def test_a_tid_is_the_one_that_the_specification_means(microseconds, clock, expected):
    assert tid(microseconds, clock) == expected
    assert microseconds_of(expected) == microseconds


def test_a_hash_of_names_is_the_same_whatever_the_time():
    key = key_of("names", NAMES, DUE)
    assert key == key_of("names", NAMES, DUE + timedelta(days=9))
    assert key != key_of("names", (*NAMES[:-1], "2"), DUE)
    assert key.isalnum()
    assert len(key) == 52


def test_a_tid_tells_the_minute_it_was_planned_for_and_differs_by_name():
    keys = {key_of("tid", (*NAMES[:-1], str(n)), DUE) for n in range(2000)}
    assert len(keys) == 2000
    for key in keys:
        assert TID.fullmatch(key)
        at = datetime.fromtimestamp(microseconds_of(key) / 1e6, UTC)
        assert DUE <= at < DUE + timedelta(minutes=1)
    assert key_of("tid", NAMES, DUE) == key_of("tid", NAMES, DUE)


@pytest.mark.parametrize("kind", ["names", "tid"])
def test_every_part_has_a_key_of_its_own_in_the_same_shape_and_the_first_has_the_deliverys(kind):
    key = key_of(kind, NAMES, DUE)
    keys = [part_key(key, n) for n in range(25)]
    assert keys[0] == key
    assert len(set(keys)) == 25
    assert all(bool(TID.fullmatch(one)) == (kind == "tid") for one in keys)
    assert kind == "names" or keys == sorted(keys)
