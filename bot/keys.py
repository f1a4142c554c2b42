"""The keys of deliveries: the same for every attempt, different for every part, in the shape that a network takes.

`names` is a hash of what the delivery is called: the same in every ledger. `tid` is the AT Protocol's record key
(https://atproto.com/specs/tid, 2026-08): 13 characters that tell microseconds since 1970 and ten bits of clock id.
It is made when a delivery is first planned, and kept: from the time it was planned for, and from its names, so that
two deliveries of one moment differ.
"""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import UTC, datetime, timedelta

DIGITS = "234567abcdefghijklmnopqrstuvwxyz"
TID = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")
EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
MINUTE = 60_000_000


def key_of(kind: str, names: tuple[str, ...], due_at: datetime) -> str:
    """The key of a delivery of those names; `due_at` is when it was first planned for."""
    hashed = hashlib.sha256("\x1f".join(names).encode()).digest()
    if kind == "tid":
        number = int.from_bytes(hashed)
        return tid((due_at - EPOCH) // MICROSECOND + number % MINUTE, number // MINUTE % 1024)
    return base64.b32encode(hashed).decode().rstrip("=").lower()


def part_key(key: str, part: int) -> str:
    """The key of one part: the delivery's own for the first."""
    if part == 0:
        return key
    return tid(microseconds_of(key) + part, _number(key) % 1024) if TID.fullmatch(key) else f"{key}-{part + 1}"


def tid(microseconds: int, clock: int) -> str:
    """A TID of that time (since 1970) and clock id (0-1023)."""
    number = (microseconds << 10) | clock
    return "".join(DIGITS[number >> shift & 31] for shift in range(60, -1, -5))


def microseconds_of(key: str) -> int:
    """The time that a TID tells, in microseconds since 1970."""
    return _number(key) >> 10


def _number(key: str) -> int:
    number = 0
    for digit in key:
        number = number << 5 | DIGITS.index(digit)
    return number
