"""What Telegram's answers mean (Bot API 10.1, 2026-06-11)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.errors import NetworkError, RateLimited, Rejected, Unauthorized, Unavailable, Unconfirmed
from bot.model import Account, Receipt
from bot.networks.http import Answer

NO_ACCESS = re.compile(r"chat not found|not enough rights|need administrator|kicked|not a member", re.IGNORECASE)
A_MINUTE, LONGEST = timedelta(minutes=1), timedelta(days=1)


class Gone(Rejected):
    """The message is not there any more."""


def words_of(answer: Answer) -> str:
    """Telegram's own words."""
    return str(answer.fields.get("description") or "")


def judge_for(account: Account, chat: str, now: Callable[[], datetime]) -> Callable[[Answer, str], NetworkError | None]:
    """The meaning of Telegram's refusals for one account; None where the status alone tells."""
    again = f"is the bot still an administrator of {chat}? Then `bot connect {account.name}`"

    def judge(answer: Answer, said: str) -> NetworkError | None:
        return next(_meanings(answer, said, again, now), None)

    return judge


def _meanings(answer: Answer, said: str, again: str, now: Callable[[], datetime]) -> Iterator[NetworkError]:
    """Those that fit, the surest first."""
    told = answer.fields.get("parameters")
    more = told if isinstance(told, dict) else {}
    if type(moved := more.get("migrate_to_chat_id")) is int:
        yield Unauthorized(f'{said}: the group has a new number: write chat = "{moved}" into config.toml')
    if answer.status == 429:
        seconds = more.get("retry_after")
        wait = timedelta(seconds=min(seconds, 86_400)) if type(seconds) is int and seconds >= 0 else A_MINUTE
        yield RateLimited(said, now() + min(wait, LONGEST))
    if answer.told is None and answer.status in {401, 403, 404}:
        yield Unavailable(said)  # the page of whoever stands before the server
    if "message to delete not found" in said:
        yield Gone(said)
    if answer.status in {401, 403, 404} or (answer.status == 400 and NO_ACCESS.search(said)):
        yield Unauthorized(f"{said}: {again}")
    if answer.status == 400 and "can't be deleted" in said:
        yield Rejected(f"{said}: after 48 hours only a person can delete it, in the channel")


def receipt_of(messages: Any) -> Receipt:
    """Of one message, or of an album, whose address is that of its first picture."""
    try:
        numbers, chat = [int(one["message_id"]) for one in messages], messages[0]["chat"]
        name = chat.get("username") or f"c/{str(chat['id']).removeprefix('-100').lstrip('-')}"
        at = datetime.fromtimestamp(messages[0]["date"], UTC)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError, OSError) as error:
        raise Unconfirmed("Telegram took the message, but did not name it") from error
    return Receipt(",".join(map(str, numbers)), f"https://t.me/{name}/{numbers[0]}", at)
