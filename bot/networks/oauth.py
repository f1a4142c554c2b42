"""Access that a person gives in her browser (OAuth 2, RFC 6749 and 7636), and how it is kept fresh."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from requests import PreparedRequest
from requests.auth import AuthBase

from bot.errors import NetworkError, RateLimited, Rejected, Unauthorized, Unavailable
from bot.model import Account
from bot.networks.base import Premises
from bot.networks.http import Answer, Manners, Wire
from bot.networks.tokens import SOON, is_due, moment, secrets_in

GIVEN_UP = {"invalid_grant", "invalid_client", "unauthorized_client", "access_denied"}
"""OAuth's words (RFC 6749, 5.2) for: a person must sign in again."""

Renew = Callable[[Mapping[str, str]], Mapping[str, str]]
"""New secrets for the old ones. Raises NetworkError."""


@dataclass(frozen=True, slots=True)
class Grant:
    """How a network lets a person give access: where she says yes, where a code becomes a token, and what for.

    `scopes` gives the reason of each; `basic` sends the app's name and secret as HTTP Basic instead of in the form;
    `extra` are further parameters of the address, `form` those of every question for a token; `joined` is what stands
    between two scopes; the browser is sent back to `redirect`, which the app there must have on its list
    (https://localhost/ where nothing but https will do: no page opens then, and the person copies the address).
    """

    authorize: str
    token: str
    scopes: Mapping[str, str]
    pkce: bool = True
    basic: bool = False
    extra: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    joined: str = " "
    redirect: str = "http://localhost:8721/"

    def address(self, client_id: str, redirect: str, state: str, challenge: str) -> str:
        """Where the person signs in and says yes; `challenge` is that of PKCE (S256)."""
        asked = {
            "response_type": "code",
            "client_id": client_id,
            "redirect_uri": redirect,
            "scope": self.joined.join(self.scopes),
            "state": state,
            **({"code_challenge": challenge, "code_challenge_method": "S256"} if self.pkce else {}),
            **self.extra,
        }
        return f"{self.authorize}?{urlencode(asked)}"


@dataclass(frozen=True, slots=True)
class Code:
    """What the browser came back with, where it was sent back to, and the secret half of PKCE."""

    code: str
    redirect: str
    verifier: str


class Door:
    """Where a network gives tokens for codes and for older tokens."""

    def __init__(self, grant: Grant, account: Account, premises: Premises) -> None:
        """The setting `server`, where there is one, stands for every host of the network."""
        there = urlsplit(grant.token)
        self._grant, self._account, self._premises, self._path = grant, account, premises, there.path
        self.wire = Wire(
            account.settings.get("server") or f"{there.scheme}://{there.netloc}",
            timeout=premises.limits.timeout,
            now=premises.now,
            manners=Manners(said=words_of, judge=self._judge),
            scrub=premises.credentials.scrub,
        )

    def trade(self, code: Code) -> dict[str, str]:
        """The secrets that a code is worth, once. Raises NetworkError."""
        asked = {"grant_type": "authorization_code", "code": code.code, "redirect_uri": code.redirect}
        return self._ask({**asked, **({"code_verifier": code.verifier} if self._grant.pkce else {})})

    def refresh(self, kept: Mapping[str, str]) -> dict[str, str]:
        """A new token for the refresh token; raises Unauthorized where only a person can help."""
        if not kept.get("refresh_token"):
            raise Unauthorized(self._again("its access cannot be renewed"))
        return self._ask({"grant_type": "refresh_token", "refresh_token": kept["refresh_token"]})

    def _ask(self, asked: Mapping[str, str]) -> dict[str, str]:
        form, kept = {**asked, **self._grant.form}, self._premises.credentials.get()
        name, secret = kept.get("client_id", ""), kept.get("client_secret", "")
        how: dict[str, Any] = {"data": form, "auth": (name, secret)}
        if not self._grant.basic:
            how = {"data": {**form, "client_id": name, "client_secret": secret}}
        return secrets_in(self.wire.ask("POST", self._path, **how).fields, self._premises.now())

    def _judge(self, answer: Answer, said: str) -> NetworkError | None:
        told = answer.fields.get("error")
        if answer.status in {400, 401, 403} and (answer.status == 401 or told in GIVEN_UP):
            return Unauthorized(self._again(said))
        return None

    def _again(self, why: str) -> str:
        return f"{why}: sign in again with `bot connect {self._account.name}`"


class Bearer(AuthBase):
    """Signs every request with the token as it is kept, renewed ahead of time by one of us at a time.

    `renew` makes new secrets of the old ones (None: nothing can). Where that fails for now, the old token serves as
    long as it lives; only Unauthorized means that a person must sign in again. New secrets are kept before they are
    used, so that a crash loses none that anybody relies on.
    """

    def __init__(
        self,
        account: Account,
        premises: Premises,
        renew: Renew | None = None,
    ) -> None:
        self._name, self._credentials, self._now, self._renew = account.name, premises.credentials, premises.now, renew

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """As requests asks it."""
        request.headers["Authorization"] = f"Bearer {self.token()}"
        return request

    def token(self) -> str:
        """The token to use now. Raises Unauthorized, or Unavailable where it cannot be renewed for now."""
        token = self.kept().get("token", "")
        if not token or not token.isascii() or not token.isprintable():
            raise Unauthorized(f"the access is missing, or not whole: sign in again with `bot connect {self._name}`")
        return token

    def kept(self) -> Mapping[str, str]:
        """All that is kept, renewed first where it is time."""
        kept, now = self._credentials.get(), self._now()
        if self._renew is None or not is_due(kept, now):
            return kept
        with self._credentials.alone():
            kept = self._credentials.get()
            return self._renewed(kept, self._renew) if is_due(kept, now) else kept

    def _renewed(self, kept: Mapping[str, str], renew: Renew) -> Mapping[str, str]:
        try:
            after = {**kept, **renew(kept)}
        except (Unavailable, RateLimited, Rejected) as error:
            if (ends := moment(kept, "expires_at")) is None or ends > self._now() + SOON:
                return kept
            raise Unavailable(f"the access could not be renewed now: {error}") from error
        return after if self._credentials.swap(kept, after) else self._credentials.get()


def words_of(answer: Answer) -> str:
    """What a token endpoint says is wrong."""
    told = answer.fields
    return " ".join(str(told[name]) for name in ("error", "error_description", "message") if told.get(name))
