"""What Discord means when it says no."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from bot.errors import NetworkError, RateLimited, Rejected, Unauthorized, Unavailable
from bot.networks.http import LONGEST_BREAK, Answer

NO_MESSAGE = 10008
DEEP = 6
"""How deep its reasons lie in an answer, at most."""


class Gone(Rejected):
    """The webhook has no such message, or not any more."""


def words_of(answer: Answer) -> str:
    """What Discord says is wrong, and with which field."""
    whole = str(answer.fields.get("message") or "")
    return "; ".join(filter(None, [whole, *_reasons(answer.fields.get("errors"))]))


def judge_for(account: str, now: Callable[[], datetime]) -> Callable[[Answer, str], NetworkError | None]:
    """The meaning of Discord's refusals for one account; None where they mean what they mean everywhere."""

    def judge(answer: Answer, said: str) -> NetworkError | None:
        wait, code = answer.fields.get("retry_after"), answer.fields.get("code")
        if answer.status == 429 and isinstance(wait, int | float) and 0 <= wait <= LONGEST_BREAK.total_seconds():
            return RateLimited(said, now() + timedelta(seconds=wait))
        if answer.status in {403, 404} and answer.told is None:
            return Unavailable(said)  # the page of whoever stands before Discord: it was not asked
        if answer.status == 404 and code == NO_MESSAGE:
            return Gone(said)
        if answer.status in {401, 403, 404}:
            again = f"make a new webhook for the channel, then `bot connect {account}`"
            return Unauthorized(f"{said}: the webhook is gone, or may not post there any more: {again}")
        return None

    return judge


def _reasons(told: object, where: str = "", deep: int = DEEP) -> Iterator[str]:
    for name, inner in told.items() if isinstance(told, dict) and deep else ():
        if name == "_errors" and isinstance(inner, list):
            yield from (f"{where}: {row.get('message')}" for row in inner if isinstance(row, dict))
        else:
            yield from _reasons(inner, f"{where}.{name}".lstrip("."), deep - 1)
