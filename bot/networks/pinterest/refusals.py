"""What Pinterest means when it says no."""

from __future__ import annotations

from collections.abc import Callable

from bot.errors import NetworkError, Rejected, Unauthorized, Unavailable
from bot.networks.http import Answer

ON_TRIAL = (
    "the app has Trial access, and with that nobody but you would see its pins: ask for Standard access on "
    "developers.pinterest.com (My apps), then"
)


class Gone(Rejected):
    """What was asked for is not there, or not any more."""


def words_of(answer: Answer) -> str:
    """Pinterest's own words."""
    return str(answer.fields.get("message") or "").rstrip(".")


def judge_for(account: str) -> Callable[[Answer, str], NetworkError | None]:
    """The meaning of its refusals for one account; None where they mean what they mean everywhere."""
    again = f"`bot connect {account}`"

    def judge(answer: Answer, said: str) -> NetworkError | None:
        told = said.lower()
        if answer.status in {401, 403} and "trial access" in told:  # code 29, seen in 2025-11
            return Unauthorized(f"{said}: {ON_TRIAL} {again}")
        if answer.status == 401 or (answer.status == 403 and "scope" in told):
            return Unauthorized(f"{said}: sign in again with {again}, and say yes to all that is asked")
        if answer.status in {403, 404} and not answer.fields:
            return Unavailable(said)  # the page of whoever stands before the server: it was not asked
        return Gone(said) if answer.status == 404 else None

    return judge
