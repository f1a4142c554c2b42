"""How a person lets us in, and what Google means when it says no."""

from __future__ import annotations

import json
from collections.abc import Callable

from bot.errors import NetworkError, Rejected, Unauthorized, Unavailable, Unconfirmed
from bot.networks.base import Ask
from bot.networks.http import Answer
from bot.networks.oauth import Grant

ASKS = (Ask("client_id", "Client ID"), Ask("client_secret", "Client secret"))
GRANT = Grant(
    authorize="https://accounts.google.com/o/oauth2/v2/auth",
    token="https://oauth2.googleapis.com/token",  # noqa: S106 - an address
    scopes={
        "https://www.googleapis.com/auth/business.manage": "to see your locations, and to post, look up and delete "
        "posts there; Google has no smaller permission for it"
    },
    extra={"access_type": "offline", "prompt": "consent"},
)
HELP = (
    "On console.cloud.google.com, in a project that Google has approved for the Business Profile APIs (there is a form "
    "for it): Google Auth Platform > Clients > Create client > Desktop app shows the Client ID and the Client secret. "
    "Publish the app there (Audience): while it is in Testing, the access ends after 7 days."
)
NOT_APPROVED = (
    "Google has not approved the project for the Business Profile APIs (its quota is 0): fill in the form that "
    "docs/connect/google.md names, and wait for the e-mail"
)
NO_ANSWER = {"CANCELLED", "UNKNOWN", "DEADLINE_EXCEEDED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS"}
"""Google's words for: it may have been done (google.rpc.Code)."""


class Gone(Rejected):
    """What was asked for is not there, or not any more."""


def words_of(answer: Answer) -> str:
    """Google's own words."""
    told = answer.fields.get("error")
    said = f"{told.get('status', '')} {told.get('message', '')}" if isinstance(told, dict) else str(told or "")
    return said.strip().rstrip(".")


def judge_for(account: str) -> Callable[[Answer, str], NetworkError | None]:
    """The meaning of its refusals for one account; None where they mean what they mean everywhere."""
    again = f"sign in again with `bot connect {account}`"

    def judge(answer: Answer, said: str) -> NetworkError | None:
        told = answer.fields.get("error")
        if not isinstance(told, dict):  # the page of whoever stands before the server: it was not asked
            return Unavailable(said) if answer.status in {403, 404} else None
        name = told.get("status")
        if name in NO_ANSWER:
            return Unconfirmed(said)
        if name == "ABORTED":
            return Unavailable(said)
        if what := _needed(answer.status, json.dumps(told.get("details") or []), again):
            return Unauthorized(f"{said}: {what}")
        return Gone(said) if answer.status == 404 else None

    return judge


def _needed(status: int, details: str, again: str) -> str:
    """What the owner must do before anything goes on; "" = nothing."""
    if status == 429 and '"quota_limit_value": "0"' in details:
        return NOT_APPROVED
    if status == 403 and "SERVICE_DISABLED" in details:
        return "enable that API in the project on console.cloud.google.com"
    if status == 403:
        return f"is this account an owner or manager of the location? Then {again}"
    return again if status == 401 else ""
