"""What the answers of Graph mean, and how it is spoken to (developers.facebook.com, copies of 2026-09-11)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from bot.errors import (
    CannotTell,
    HandlesGone,
    NetworkError,
    RateLimited,
    Rejected,
    Taken,
    Unauthorized,
    Unavailable,
    Unconfirmed,
)
from bot.model import Account
from bot.networks.base import Premises
from bot.networks.http import Answer, Manners, Wire

VERSION = "v26.0"
"""Current since 2026-07-29, until two years after the next (changelog of that day)."""
TEMPORARY = {1, 2, -1}
"""Graph's own faults: wait and try again; what was asked for may have been done."""
THROTTLED = {4, 9, 17, 32, 341, 613, 80001, 80002}
NO_ACCESS = {3, 10, 102, 190, 459, 464, *range(200, 300)}
BLOCKED = 368
"""Blocked for a while for what was posted."""
SAME_AGAIN, SAME_PHOTOS = 506, 1366051
"""The same words as in the post before; photos that a post shows already."""
WRONG, NOT_THERE, NO_SUCH = 100, 33, 803
A_WHILE, A_DAY = timedelta(minutes=15), timedelta(days=1)
BUSY = {2207051}
"""Subcodes (Instagram, Threads) that call for a long rest: taken for spam."""
RESTRICTED = {2207050, 4279013, 1404078}
"""Subcodes: Meta restricts the account, or wants to know who runs the Page."""
MADE_ANEW = {2207003, 2207006, 2207008, 2207020, 2207032, 2207052, 2207053}
"""Subcodes: a container died, or its picture could not be fetched: another one may live."""
WAIT = {2207027}
"""Subcode: it is not ready to be published."""
REFUSED = {1346003, 1366046, 1404102, 2207004, 2207005, 2207009, 2207010, 2207023, 2207026, 2207028}
"""Subcodes: a picture of the wrong kind or size, words against the rules or too long; whatever code they come with."""
FAULTS, TOO_FAST = {1363047, 1609010}, {1390008}
"""Subcodes: a fault of Graph's own; posting too fast."""
PAGES, FURTHER = 20, {"after", "until", "offset", "__paging_token"}
"""So many pages of a list are read; what in the address of the next one says where it begins."""


class Gone(Rejected):
    """What was asked for is not there, or not any more (Graph does not say which, nor whether it ever was)."""


def wire_to(host: str, account: Account, premises: Premises) -> Wire:
    """The way to one of Graph's hosts; the setting `server` stands for all of them."""
    return Wire(
        account.settings.get("server") or host,
        timeout=premises.limits.timeout,
        now=premises.now,
        manners=Manners(said=words_of, judge=judge_for(account.name, premises.now)),
        scrub=premises.credentials.scrub,
    )


def version_of(account: Account) -> str:
    """The version of Graph that is spoken."""
    return account.settings.get("version") or VERSION


def wrong_with_version(value: str) -> str:
    """Why that is no version of Graph; "" when it is one."""
    major, _, minor = value.removeprefix("v").partition(".")
    return "" if value.startswith("v") and major.isdecimal() and minor.isdecimal() else f"write it as {VERSION}"


def words_of(answer: Answer) -> str:
    """Graph's words for people, else those for programmers, and its number."""
    error = error_of(answer)
    said = str(error.get("error_user_msg") or error.get("message") or "").rstrip(".")
    number = "/".join(str(error[name]) for name in ("code", "error_subcode") if error.get(name))
    return f"{said} (Meta's error {number})" if said and number else said


def error_of(answer: Answer) -> Mapping[str, Any]:
    """The error in an answer; {} where there is none."""
    error = answer.fields.get("error")
    return error if isinstance(error, dict) else {}


def judge_for(account: str, now: Callable[[], datetime]) -> Callable[[Answer, str], NetworkError | None]:
    """The meaning of Graph's refusals for one account; None where the status alone tells.

    A number that nobody knows is none: what came with a 5xx may have been posted.
    """

    def judge(answer: Answer, said: str) -> NetworkError | None:
        error = error_of(answer)
        if not error:
            return None
        code, subcode = _number(error.get("code")), _number(error.get("error_subcode"))
        known: tuple[tuple[bool, Callable[[], NetworkError]], ...] = (
            (
                code in NO_ACCESS or subcode in RESTRICTED,
                lambda: Unauthorized(f"{said}: see what Meta says of the account, then `bot connect {account}`"),
            ),
            (code == SAME_AGAIN or subcode == SAME_PHOTOS, lambda: Taken(said)),
            (
                code == BLOCKED or subcode in BUSY,
                lambda: RateLimited(f"{said}: Meta wants a rest; look what it says of the account", now() + A_DAY),
            ),
            (code == NO_SUCH or (code == WRONG and subcode == NOT_THERE), lambda: Gone(said)),
            (subcode in MADE_ANEW, lambda: HandlesGone(said)),
            (subcode in WAIT, lambda: Unavailable(said)),
            (code in THROTTLED or subcode in TOO_FAST, lambda: RateLimited(said, now() + _rest(answer))),
            (subcode in REFUSED, lambda: Rejected(said)),
            (
                code in TEMPORARY or subcode in FAULTS or error.get("is_transient") is True,
                lambda: Unconfirmed(said),
            ),
        )
        return next((mean() for is_so, mean in known if is_so), None)

    return judge


def rows(wire: Wire, path: str, asked: Mapping[str, str], **request: Any) -> Iterator[Mapping[str, Any]]:
    """Every row of a list, page by page. Raises CannotTell where it is too long to be read whole."""
    for _ in range(PAGES):
        told = wire.ask("GET", path, params=asked, **request).fields
        if not isinstance(told.get("data"), list):
            raise Unavailable("Meta did not answer with a list, as it should")
        yield from (row for row in told["data"] if isinstance(row, dict))
        paging = told.get("paging")
        if not isinstance(paging, dict) or not paging.get("next"):
            return
        asked = {**asked, **_further(str(paging["next"]))}
    raise CannotTell(f"more than {PAGES} pages of what {wire.base} lists: look there yourself")


def measured(wire: Wire, node: str, names: Mapping[str, str]) -> dict[str, int]:
    """The figures of a post; `names` says what Meta calls each."""
    told = wire.ask("GET", f"{node}/insights", params={"metric": ",".join(names.values())}).fields
    found = {str(row.get("name")): _figure(row) for row in told.get("data") or () if isinstance(row, dict)}
    return {name: value for name, metric in names.items() if (value := found.get(metric)) is not None}


def _further(address: str) -> Mapping[str, str]:
    """Where the next page begins; of its address nothing else is used, not even its host."""
    try:
        found = {name: value for name, value in parse_qsl(urlsplit(address).query) if name in FURTHER}
    except ValueError:
        found = {}
    if not found:
        raise Unavailable("Meta did not say where the next page of its list begins")
    return found


def _figure(row: Mapping[str, Any]) -> int | None:
    every = [row.get("total_value"), *(row.get("values") or ())]
    value = next((one["value"] for one in every if isinstance(one, dict) and "value" in one), None)
    return value if type(value) is int else None


def _rest(answer: Answer) -> timedelta:
    """How long Graph wants to be left alone: its own estimate in minutes, else a while."""
    try:
        told = json.loads(answer.headers.get("X-Business-Use-Case-Usage", ""))
        minutes = [row["estimated_time_to_regain_access"] for rows in told.values() for row in rows]
        return max(A_WHILE, timedelta(minutes=min(max(minutes), 24 * 60)))
    except (ValueError, KeyError, TypeError, AttributeError):
        return A_WHILE


def _number(told: object) -> int:
    return told if type(told) is int else 0
