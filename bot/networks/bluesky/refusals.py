"""What a server of the AT Protocol means when it says no."""

from __future__ import annotations

from collections.abc import Callable

from bot.errors import NetworkError, Rejected, Unauthorized, Unavailable
from bot.networks.http import Answer

TOO_LARGE = "PayloadTooLarge"
LAPSED = {"ExpiredToken", "InvalidToken"}
LOCKED = {
    "AccountTakedown": "Bluesky has taken the account down: write to its moderators",
    "AccountDeactivated": "the account is deactivated: reactivate it in the Bluesky app",
    "AuthFactorTokenRequired": "this is the account's main password: make an app password under Settings > Privacy "
    "and security > App passwords",
}


class Lapsed(Unauthorized):
    """The token is not taken any more; another one may be."""


class Refused(Rejected):
    """The server said no in so many words; `name` is what it calls that."""

    def __init__(self, message: str, name: str) -> None:
        self.name = name
        super().__init__(message)


def words_of(answer: Answer) -> str:
    """The server's own words: the name of the refusal and its message."""
    told = answer.fields
    return ": ".join(str(told[name]) for name in ("error", "message") if told.get(name))


def judge_for(account: str) -> Callable[[Answer, str], NetworkError | None]:
    """What is Bluesky's own about a refusal: which token to renew, what only the owner can mend, its name."""
    again = f"`bot connect {account}`"

    def judge(answer: Answer, said: str) -> NetworkError | None:
        name = str(answer.fields.get("error") or "")
        if not 400 <= answer.status < 500 or answer.status in {408, 429}:
            return None
        if name in LOCKED:
            return Unauthorized(f"{LOCKED[name]}, then {again}")
        if name in LAPSED or answer.status == 401:
            return Lapsed(f"{said}; connect again with {again}")
        if answer.status == 413:
            return Refused(said, TOO_LARGE)
        return Refused(said, name) if name else Unavailable(said)  # no name: whoever that was, it was no such server

    return judge
