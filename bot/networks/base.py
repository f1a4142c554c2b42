"""The contract of a network: what it allows, and three verbs."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.model import Handles, Limits, Message, Part, Receipt


class Network(Protocol):
    """One account on one network.

    Errors are those of `bot.errors`: Unavailable, RateLimited, Rejected and Unauthorized promise that nothing
    was posted; Unconfirmed promises nothing; anything else is a defect and is treated as Unconfirmed.
    """

    limits: Limits

    def prepare(self, message: Message) -> Handles:
        """Upload what the message needs: safe to repeat; the public sees nothing."""
        ...

    def publish(self, part: Part, message: Message, handles: Handles, key: str, after: Receipt | None) -> Receipt:
        """Do the one irreversible thing.

        `key` is the same for every attempt at this part; `after` is the receipt of the part before.
        """
        ...

    def find(
        self, part: Part, message: Message, handles: tuple[Handles, ...], key: str, since: datetime
    ) -> Receipt | None:
        """Look for the part: a Receipt (it is live), None (absent in this one complete look).

        Raises Unavailable (ask later) or CannotTell (a person decides). `handles` are those of every attempt.
        """
        ...
