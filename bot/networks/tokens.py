"""Tokens that run out, as they are kept with the secrets of an account.

`client_id` and `client_secret` are those of the app, `token` what signs, `refresh_token` what renews it; `issued_at`
and `expires_at` are the token's, and `ends_at` is when a person must sign in again whatever we do (ISO 8601, UTC;
missing = never).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.errors import Unavailable

SOON = timedelta(minutes=5)
"""A token that lives no longer than this is not used any more, if there may be another."""
LEFT = 3
"""Renewed when a third of its life is left: there is time to try again, and to tell the owner."""
LIVES = timedelta(days=400)
"""No token lives longer; what says so is not believed."""


def is_due(kept: Mapping[str, str], now: datetime) -> bool:
    """Whether it is time to renew a token: a third of its life is left, or so little that it may end under way."""
    ends, began = moment(kept, "expires_at"), moment(kept, "issued_at")
    if ends is None:
        return False
    return now > ends - max(SOON, (ends - began) / LEFT if began else SOON)


def secrets_in(told: Mapping[str, Any], now: datetime) -> dict[str, str]:
    """The secrets in a token endpoint's answer (RFC 6749, 5.1). Raises Unavailable where there is no token."""
    token = told.get("access_token")
    if not isinstance(token, str) or not token:
        raise Unavailable("the network answered without a token: try again")
    found = {"token": token, "issued_at": now.isoformat()}
    if isinstance(told.get("refresh_token"), str) and told["refresh_token"]:
        found["refresh_token"] = told["refresh_token"]
    for name, lives in (("expires_at", told.get("expires_in")), ("ends_at", told.get("refresh_token_expires_in"))):
        if type(lives) is int and 0 < lives < LIVES.total_seconds():
            found[name] = (now + timedelta(seconds=lives)).isoformat()
    return found


def moment(kept: Mapping[str, str], name: str) -> datetime | None:
    """A time among the secrets; None where there is none."""
    try:
        return datetime.fromisoformat(kept.get(name, ""))
    except ValueError:
        return None
