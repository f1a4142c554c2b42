"""What LinkedIn means when it says no (Posts API, li-lms-2026-05, and what others have met)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from bot.errors import HandlesGone, NetworkError, RateLimited, Rejected, Taken, Unauthorized, Unavailable
from bot.networks.http import Answer, retry_at

URN = re.compile(r"urn:li:(?:share|ugcPost|activity):[0-9]+")
UPLOAD_AGAIN = re.compile(r"MEDIA_ASSET_WAITING_UPLOAD|EXPIRED_UPLOAD_URL")


class Gone(Rejected):
    """What was asked for is not there, or not any more."""


def address_of(urn: str) -> str:
    """Where people see a post."""
    return f"https://www.linkedin.com/feed/update/{urn}/"


def words_of(answer: Answer) -> str:
    """LinkedIn's own words."""
    told = answer.fields
    return " ".join(str(told[name]) for name in ("code", "message") if told.get(name))


def judge_for(account: str, version: str, now: Callable[[], datetime]) -> Callable[[Answer, str], NetworkError | None]:
    """The meaning of its refusals for one account; None where they mean what they mean everywhere."""

    def judge(answer: Answer, said: str) -> NetworkError | None:
        return next(_meanings(answer, said, account, version, now), None)

    return judge


def _meanings(
    answer: Answer, said: str, account: str, version: str, now: Callable[[], datetime]
) -> Iterator[NetworkError]:
    """Those that fit, the surest first."""
    status, again = answer.status, f"sign in again with `bot connect {account}`"
    whole = json.dumps(answer.fields)
    if status in {400, 409, 422} and ("DUPLICATE_POST" in whole or "duplicate of urn:li:" in whole):
        urn = URN.search(whole)
        yield Taken(f"{said}: it says that this is out already, at {address_of(urn[0]) if urn else 'no address'}")
    if status in {400, 422} and UPLOAD_AGAIN.search(whole):
        yield HandlesGone(said)
    if status == 426 or "NONEXISTENT_VERSION" in whole:
        yield Unauthorized(
            f"{said}: LinkedIn has retired version {version} of its API: write a later month below the account in "
            f'config.toml, as in version = "202609", then `bot connect {account}`'
        )
    if status == 429:
        at = retry_at(answer.headers, "", now()) if answer.headers.get("Retry-After") else midnight(now())
        yield RateLimited(said, at)
    if status in {401, 403, 404} and not answer.fields:
        yield Unauthorized(f"{said}: {again}") if status == 401 else Unavailable(said)  # whoever stands before it
    if status in {401, 403}:
        yield Unauthorized(f"{said}: {again}")
    if status == 404:
        yield Gone(said)
    if status == 409:
        yield Unavailable(said)


def midnight(now: datetime) -> datetime:
    """When LinkedIn counts anew: its quotas are of days of UTC."""
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return today + timedelta(days=1, minutes=5)
