"""Our session with a server of the AT Protocol: opened with the app password, refreshed, kept with the secrets."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from bot.errors import NetworkError, Rejected, Unauthorized, Unavailable
from bot.networks.base import Premises
from bot.networks.http import Answer, Manners, Wire
from bot.networks.settings import wrong_with_address

ENTRYWAY = "https://bsky.social"
SOON = timedelta(minutes=2)
"""A token that ends sooner is refreshed before it is used."""
TOO_LARGE = "PayloadTooLarge"
LAPSED = {"ExpiredToken", "InvalidToken"}
LOCKED = {
    "AccountTakedown": "Bluesky has taken the account down: write to its moderators",
    "AccountDeactivated": "the account is deactivated: reactivate it in the Bluesky app",
    "AuthFactorTokenRequired": "this is the account's own password: make an app password instead (Settings > Privacy "
    "and security > App passwords)",
}


class Lapsed(Unauthorized):
    """The token is not taken any more; another one may be."""


class Refused(Rejected):
    """The server said no in so many words; `name` is what it calls that."""

    def __init__(self, message: str, name: str) -> None:
        self.name = name
        super().__init__(message)


@dataclass(frozen=True, slots=True, repr=False)
class Session:
    """Who we are (`did`), the server that keeps our records (`home`), and the tokens it takes."""

    did: str
    home: str
    access: str
    refresh: str


class Sessions:
    """The one session of an account. Safe to use from several threads and processes."""

    def __init__(self, account: str, service: str, identifier: str, premises: Premises) -> None:
        self._service, self._identifier = service.rstrip("/"), identifier
        self._now, self._credentials = premises.now, premises.credentials
        self._again = f"connect again with `bot connect {account}`"
        self._ahead = timedelta(0)  # our clock, of the server's
        manners = Manners(reset="RateLimit-Reset", said=_words, judge=partial(_judge, self._again))
        self._open = partial(
            Wire, timeout=premises.limits.timeout, now=self._now, manners=manners, scrub=self._credentials.scrub
        )
        self._wires: dict[str, Wire] = {}

    def ask(self, method: str, name: str, **request: Any) -> Answer:
        """A call with our token to the server that keeps our records, which nobody sees (Wire.ask)."""
        return self._call(Wire.ask, method, name, request)

    def commit(self, method: str, name: str, **request: Any) -> Answer:
        """The irreversible call there (Wire.commit); once more after a refusal of the token, which is certain."""
        return self._call(Wire.commit, method, name, request)

    def read(self, name: str, **query: str) -> Answer:
        """What anybody can read of our repository there; any session tells where, it need not be alive."""
        mine = self._kept_in(self._credentials.get()) or self.current()
        return self._wire(mine.home).ask("GET", f"/xrpc/{name}", params={"repo": mine.did, **query})

    def current(self) -> Session:
        """The session that is kept; refreshed when it is about to end, opened where there is none."""
        kept, now = self._kept_in(self._credentials.get()), self._now() - self._ahead
        if kept and _claim(kept.access, "exp", now + 2 * SOON) > now + SOON:
            return kept
        return self.renew(kept)

    def renew(self, stale: Session | None) -> Session:
        """Another session than the stale one, kept before it is used; what somebody else renewed is taken."""
        with self._credentials.alone():
            secrets = self._credentials.get()
            kept = self._kept_in(secrets)
            if kept and (stale is None or kept.access != stale.access):
                return kept
            made = (kept and self._refreshed(kept)) or self._opened(secrets.get("password", ""))
            if not self._credentials.swap(secrets, {**secrets, **self.fields(made)}):
                raise Unavailable("the account was connected anew at this very moment: once more")
        now = self._now()
        self._ahead = now - _claim(made.access, "iat", now)
        return made

    def fields(self, session: Session) -> dict[str, str]:
        """The session as it is kept with the secrets.

        What is no secret is one value: were it several, they would be blanked in every message as secrets are.
        """
        place = " ".join((self._service, self._identifier, session.did, session.home))
        return {"access": session.access, "refresh": session.refresh, "place": place}

    def _call(self, verb: Callable[..., Answer], method: str, name: str, request: Mapping[str, Any]) -> Answer:
        session = self.current()
        try:
            return verb(self._wire(session.home), method, f"/xrpc/{name}", **_signed(session.access, request))
        except Lapsed:
            session = self.renew(session)
        return verb(self._wire(session.home), method, f"/xrpc/{name}", **_signed(session.access, request))

    def _refreshed(self, kept: Session) -> Session | None:
        """None where the refresh token is not taken any more; what passes (no network, 5xx) is raised."""
        try:
            return self._opens("refreshSession", **_signed(kept.refresh, {}))
        except (Unauthorized, Rejected):
            return None

    def _opened(self, password: str) -> Session:
        """A new session; Unauthorized when the app password does not open one."""
        try:
            return self._opens("createSession", json={"identifier": self._identifier, "password": password})
        except Rejected as refused:
            raise Unauthorized(f"{refused}; {self._again}") from refused

    def _opens(self, name: str, **request: Any) -> Session:
        told = self._wire(self._service).ask("POST", f"/xrpc/com.atproto.server.{name}", **request).fields
        if not all(told.get(field) for field in ("did", "accessJwt", "refreshJwt")):
            raise Unavailable(f"{self._service} answered {name} without a session: later")
        if told.get("active") is False:
            locked = "AccountTakedown" if told.get("status") == "takendown" else "AccountDeactivated"
            raise Unauthorized(f"{LOCKED[locked]}; then {self._again}")
        home = _endpoint(told.get("didDoc")) if self._service == ENTRYWAY else ""
        return Session(told["did"], home or self._service, told["accessJwt"], told["refreshJwt"])

    def _kept_in(self, secrets: Mapping[str, str]) -> Session | None:
        """The session among the secrets, if it is this account's at this service."""
        service, identifier, did, home = (secrets.get("place", "").split(" ") + [""] * 4)[:4]
        if (service, identifier) != (self._service, self._identifier) or not home:
            return None
        return Session(did, home, secrets["access"], secrets["refresh"])

    def _wire(self, base: str) -> Wire:
        if base not in self._wires:
            self._wires[base] = self._open(base)
        return self._wires[base]


def _words(answer: Answer) -> str:
    told = answer.fields
    return ": ".join(str(told[name]) for name in ("error", "message") if told.get(name))


def _judge(again: str, answer: Answer, said: str) -> NetworkError | None:
    """What is Bluesky's own about a refusal: which token to renew, what only the owner can mend, its name."""
    name = str(answer.fields.get("error") or "")
    if not 400 <= answer.status < 500 or answer.status in {408, 429}:
        return None
    if name in LOCKED:
        return Unauthorized(f"{LOCKED[name]}; then {again}")
    if name in LAPSED or answer.status == 401:
        return Lapsed(f"{said}; {again}")
    if answer.status == 413:
        return Refused(said, TOO_LARGE)
    return Refused(said, name) if name else Unavailable(said)  # no name: whoever that was, it was no such server


def _signed(token: str, request: Mapping[str, Any]) -> dict[str, Any]:
    return {**request, "headers": {**request.get("headers", {}), "Authorization": f"Bearer {token}"}}


def _endpoint(document: object) -> str:
    """The server that a DID document names, if it can be trusted with a token; "" otherwise."""
    services = document.get("service") if isinstance(document, dict) else None
    for service in services if isinstance(services, list) else ():
        if not isinstance(service, dict):
            continue
        url = str(service.get("serviceEndpoint", "")).rstrip("/")
        if str(service.get("id", "")).endswith("#atproto_pds") and url.startswith("https://"):
            return "" if wrong_with_address(url) else url
    return ""


def _claim(token: str, name: str, otherwise: datetime) -> datetime:
    """A time that a token tells (a JWT, not verified: the server does that); `otherwise` where it tells none."""
    try:
        told = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
        return datetime.fromtimestamp(told[name], UTC)
    except (IndexError, KeyError, TypeError, ValueError, OverflowError):
        return otherwise
