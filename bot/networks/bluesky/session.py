"""Our session with a server of the AT Protocol: opened with the app password, refreshed, kept with the secrets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, TypeGuard

from bot.errors import Rejected, Unauthorized, Unavailable
from bot.networks.base import Premises
from bot.networks.bluesky.refusals import LOCKED, Lapsed, judge_for, words_of
from bot.networks.bluesky.tokens import MAIN_PASSWORD, home_in, scope_of, time_in
from bot.networks.http import Answer, Manners, Wire

ENTRYWAY = "https://bsky.social"
SOON = timedelta(minutes=2)
"""A token that ends sooner is refreshed before it is used."""


@dataclass(frozen=True, slots=True, repr=False)
class Session:
    """Who we are (`did`), the server that keeps our records (`home`), and the tokens it takes."""

    did: str
    home: str
    access: str
    refresh: str


class Sessions:
    """The one session of an account. Safe to use from several threads and processes."""

    def __init__(self, account: str, service: str, identifier: str, premises: Premises, each_call: timedelta) -> None:
        self._service, self._identifier = service.rstrip("/"), identifier
        self._now, self._credentials = premises.now, premises.credentials
        self._again = f"`bot connect {account}`"
        self._ahead = timedelta(0)  # our clock, of the server's
        manners = Manners(reset="RateLimit-Reset", said=words_of, judge=judge_for(account))
        self._open = partial(Wire, timeout=each_call, now=self._now, manners=manners, scrub=self._credentials.scrub)
        self._wires: dict[str, Wire] = {}

    def ask(self, method: str, name: str, **request: Any) -> Answer:
        """A call with our token to the server that keeps our records, which nobody sees (Wire.ask)."""
        return self._call(Wire.ask, method, name, request)

    def commit(self, method: str, name: str, **request: Any) -> Answer:
        """The irreversible call there (Wire.commit); once more after a refusal of the token, which is certain."""
        return self._call(Wire.commit, method, name, request)

    def read(self, name: str, **query: str) -> Answer:
        """What anybody can read of our repository there; any session tells where, it need not be alive."""
        mine = self.mine()
        return self._wire(mine.home).ask("GET", f"/xrpc/{name}", params={"repo": mine.did, **query})

    def mine(self) -> Session:
        """Our session, perhaps not alive any more: it tells who we are and where."""
        return self._kept_in(self._credentials.get()) or self.current()

    def clock_ahead(self) -> timedelta | None:
        """How far our clock is ahead: of the server that we met last, of those that say."""
        told = (wire.clock_ahead() for wire in reversed(list(self._wires.values())))
        return next((ahead for ahead in told if ahead is not None), None)

    def current(self) -> Session:
        """The session that is kept; refreshed when it is about to end, opened where there is none."""
        kept, now = self._kept_in(self._credentials.get()), self._now() - self._ahead
        if kept and time_in(kept.access, "exp", now + 2 * SOON) > now + SOON:
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
        self._ahead = now - time_in(made.access, "iat", now)
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
            raise Unauthorized(f"{refused}; connect again with {self._again}") from refused

    def _opens(self, name: str, **request: Any) -> Session:
        told = self._wire(self._service).ask("POST", f"/xrpc/com.atproto.server.{name}", **request).fields
        did, access, refresh = (told.get(field) for field in ("did", "accessJwt", "refreshJwt"))
        if not (_is_text(did) and _is_text(access) and _is_text(refresh)):
            raise Unavailable(f"{self._service} answered {name} without a session: later")
        if told.get("active") is False:
            locked = "AccountTakedown" if told.get("status") == "takendown" else "AccountDeactivated"
            raise Unauthorized(f"{LOCKED[locked]}, then {self._again}")
        if scope_of(access) == MAIN_PASSWORD:
            raise Unauthorized(f"{LOCKED['AuthFactorTokenRequired']}, then {self._again}")
        home = home_in(told.get("didDoc")) if self._service == ENTRYWAY else ""
        return Session(did, home or self._service, access, refresh)

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


def _signed(token: str, request: Mapping[str, Any]) -> dict[str, Any]:
    return {**request, "headers": {**request.get("headers", {}), "Authorization": f"Bearer {token}"}}


def _is_text(told: object) -> TypeGuard[str]:
    return isinstance(told, str) and told.split() == [told]  # blanks part what is kept
