"""Tokens of sixty days, as Instagram and Threads give them: a short one is traded in, and renewed ahead of time."""

from __future__ import annotations

from collections.abc import Mapping

from bot.model import Account
from bot.networks.base import Premises
from bot.networks.http import Wire
from bot.networks.oauth import Bearer, Code, Door, Grant
from bot.networks.tokens import secrets_in


class Sixty:
    """The access of one account; `kind` is how its tokens' names begin ("ig", "th"). `signed` signs with it."""

    def __init__(self, grant: Grant, kind: str, account: Account, premises: Premises, wire: Wire) -> None:
        self._door, self._kind, self._premises, self._wire = Door(grant, account, premises), kind, premises, wire
        self.signed = Bearer(account, premises, self._longer)

    def trade(self, code: Code) -> dict[str, str]:
        """What a person's yes is worth: the token of an hour at once becomes one of sixty days."""
        short = self._door.trade(Code(code.code.removesuffix("#_"), code.redirect, code.verifier))["token"]
        secret = self._premises.credentials.get().get("client_secret", "")
        return self._ask("access_token", f"{self._kind}_exchange_token", access_token=short, client_secret=secret)

    def renew(self) -> None:
        """Where it is time: Meta renews what is a day old, and not over."""
        self.signed.kept()

    def _longer(self, kept: Mapping[str, str]) -> dict[str, str]:
        return self._ask("refresh_access_token", f"{self._kind}_refresh_token", access_token=kept.get("token", ""))

    def _ask(self, path: str, kind: str, **asked: str) -> dict[str, str]:
        told = self._wire.ask("GET", f"/{path}", params={"grant_type": kind, **asked}, auth=lambda request: request)
        return secrets_in(told.fields, self._premises.now())
