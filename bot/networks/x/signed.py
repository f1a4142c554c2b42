"""An account's keys at work: tweepy on our own wire, and the signature for the calls that it does not have."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import requests

from bot.errors import Unauthorized, Unavailable
from bot.networks.base import Credentials
from bot.networks.http import Wire

KEYS = ("api_key", "api_secret", "access_token", "access_secret")


def is_id(told: object) -> bool:
    """Whether that is an id of X."""
    return re.fullmatch("[0-9]{1,19}", str(told)) is not None


class Signed:
    """tweepy's client and its signature (OAuth 1.0a) for these secrets. Safe to use from several threads."""

    def __init__(self, wire: Wire, secrets: Mapping[str, str]) -> None:
        import tweepy

        keys = [secrets[name] for name in KEYS]
        self.secrets = secrets
        self.auth: requests.auth.AuthBase = tweepy.OAuth1UserHandler(*keys).apply_auth()
        self.client: Any = tweepy.Client(None, *keys, return_type=dict)
        self.client.session.close()
        self.client.session = _Session(wire)


class Signer:
    """Signs with the account's keys as they are kept at the moment."""

    def __init__(self, account: str, wire: Wire, credentials: Credentials) -> None:
        self._account, self._wire, self._credentials = account, wire, credentials
        self._held: Signed | None = None

    def now(self) -> Signed:
        """The same as long as the keys are; raises Unauthorized where some are missing."""
        secrets, held = self._credentials.get(), self._held
        if held is None or dict(held.secrets) != dict(secrets):
            if missing := [name for name in KEYS if not secrets.get(name)]:
                raise Unauthorized(f'"{self._account}" lacks its {", ".join(missing)}: `bot connect {self._account}`')
            self._held = held = Signed(self._wire, secrets)
        return held

    def user_id(self) -> str:
        """Whose keys they are: what was kept, else what X says (once)."""
        signed = self.now()
        if known := signed.secrets.get("user_id"):
            return known
        me = signed.client.get_me().get("data")
        told = str(me.get("id")) if isinstance(me, dict) else ""
        if not is_id(told):
            raise Unavailable("X did not say whose keys these are")
        self._credentials.swap(signed.secrets, {**signed.secrets, "user_id": told})
        return told


class _Session:
    """What tweepy takes for its session: our wire.

    So a call goes to our server before it is signed, never waits without end, and fails as every call of ours does.
    """

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def request(self, method: str, url: str, **request: Any) -> requests.Response:
        """As requests does, but whatever is no success is a NetworkError."""
        call = self._wire.ask if method == "GET" else self._wire.commit
        answer = call(method, urlsplit(url).path, **request)
        response = requests.Response()
        response.status_code, response.raw = answer.status, BytesIO(json.dumps(dict(answer.fields)).encode())
        return response
