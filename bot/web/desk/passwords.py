"""The password of the desk: what is kept of it, whether one is right, and how often it may be guessed."""

from __future__ import annotations

import unicodedata
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.errors import FootnoteError

LEAST = 10
NOBODYS = "$argon2id$v=19$m=65536,t=3,p=4$bYEAR3cpvvQgvdj9zgjzyA$ZbZR6XpKYIAI5XJuOf/q4QIcScPT8o5NUHoaZiSq+Ps"
"""The hash of words that nobody knows: where there is no password, a guess takes as long as where there is one."""


class TooManyGuesses(FootnoteError):
    """Wrong too often within a minute: nothing was looked at."""

    def __init__(self) -> None:
        super().__init__("The password was wrong too often. Wait a minute, then try again.")


def hashed(password: str) -> str:
    """What is kept of a password (argon2id); FootnoteError when it is too short to be one."""
    from argon2 import PasswordHasher

    if len(password) < LEAST:
        raise FootnoteError(
            f"a password has at least {LEAST} characters (this one: {len(password)}); nothing was changed"
        )
    return PasswordHasher().hash(_bytes(password))


def matches(kept: str, password: str) -> bool:
    """Whether that is the password of which this was kept ("" = there is none: never, after the same time)."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(kept or NOBODYS, _bytes(password)) and kept != ""
    except (VerificationError, InvalidHashError):
        return False


@dataclass(slots=True)
class Guesses:
    """The wrong passwords of the last minute: so many from one address, so many in all."""

    each: int = 5
    all: int = 20
    within: timedelta = timedelta(minutes=1)
    _wrong: deque[tuple[datetime, str]] = field(default_factory=deque)

    def check(self, address: str, now: datetime) -> None:
        """Raises TooManyGuesses when there were so many that nobody guesses on now."""
        while self._wrong and self._wrong[0][0] <= now - self.within:
            self._wrong.popleft()
        if len(self._wrong) >= self.all or sum(one == address for _, one in self._wrong) >= self.each:
            raise TooManyGuesses

    def note(self, address: str, now: datetime) -> None:
        """One more was wrong."""
        self._wrong.append((now, address))


def _bytes(password: str) -> bytes:
    """The same on every keyboard: an accent is a part of its letter."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
