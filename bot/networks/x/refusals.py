"""What X means when it says no."""

from __future__ import annotations

from collections.abc import Callable

from bot.errors import HandlesGone, NetworkError, Taken, Unauthorized, Unavailable
from bot.networks.http import Answer

FOR_THE_OWNER = (
    "not permitted",
    "client-forbidden",
    "usage-capped",
    "usage cap",
    "suspended",
    "locked",
    "app permissions",
)
"""Words of a refusal that is about the account or the app, not about the post."""
NO_SUCH_PICTURE = "media ids are invalid"
"""Words of a refusal of a picture that X does not know (any more)."""
FOR_LATER = "try again later"
"""Words of its brake on robots."""


class SameWords(Taken):
    """X will not have the same words twice: a post of ours says them, perhaps this very one."""


class Gone(Unavailable):
    """What was asked for is not there, or not shown now."""


def words_of(answer: Answer) -> str:
    """X's own words: those of its single errors, else of the whole."""
    errors = answer.fields.get("errors")
    rows = [row for row in errors if isinstance(row, dict)] if isinstance(errors, list) else []
    single = [str(row.get("message") or row.get("detail") or "") for row in rows]
    whole = str(answer.fields.get("detail") or answer.fields.get("title") or "")
    return ("; ".join(filter(None, single)) or whole).rstrip(".")


def judge_for(account: str) -> Callable[[Answer, str], NetworkError | None]:
    """The meaning of X's refusals for one account; None where they mean what they mean everywhere."""
    again = f"`bot connect {account}`"

    def judge(answer: Answer, said: str) -> NetworkError | None:
        whole = f"{answer.fields.get('type')} {said}".lower()
        return _about_the_account(answer.status, said, whole, again) or _about_the_post(answer.status, said, whole)

    return judge


def _about_the_account(status: int, said: str, whole: str, again: str) -> Unauthorized | None:
    if status == 401:
        return Unauthorized(f"{said}: connect again with {again} (or is this machine's clock wrong?)")
    if status == 402:
        return Unauthorized(f"{said}: no credits left: top up at console.x.com, then {again}")
    if status in {403, 429} and any(words in whole for words in FOR_THE_OWNER):
        return Unauthorized(
            f"{said}: see what console.x.com says of the app (it needs Read and write, and an access token made "
            f"after that was chosen), then {again}"
        )
    return None


def _about_the_post(status: int, said: str, whole: str) -> NetworkError | None:
    if status == 403 and "duplicate" in whole:
        return SameWords(said)
    if status in {400, 403} and NO_SUCH_PICTURE in whole:
        return HandlesGone(said)
    if status == 404:
        return Gone(said)
    if status == 403 and FOR_LATER in whole:
        return Unavailable(said)
    return None
