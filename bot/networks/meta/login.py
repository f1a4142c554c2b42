"""Signing in with Facebook (Facebook Login, copies of 2026-09-11): a person's token, and with it that of a Page."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from typing import Any

from requests import PreparedRequest
from requests.auth import AuthBase

from bot.errors import Rejected, Unauthorized
from bot.model import Account
from bot.networks.base import Premises
from bot.networks.http import Wire
from bot.networks.meta.graph import VERSION, rows
from bot.networks.oauth import Code, Grant
from bot.networks.tokens import secrets_in

FACEBOOK = Grant(
    authorize=f"https://www.facebook.com/{VERSION}/dialog/oauth",
    token=f"https://graph.facebook.com/{VERSION}/oauth/access_token",
    scopes={
        "pages_show_list": "to show you which Pages you have",
        "pages_read_engagement": "to look whether a post is out, and never send it twice",
        "pages_manage_posts": "to post, and to take a post down",
        "read_insights": "to tell you how a post is doing",
    },
    pkce=False,
    joined=",",
)


class Token(AuthBase):
    """Signs with one token, and with the app's secret where it is known (appsecret_proof)."""

    def __init__(self, token: str, secret: str = "") -> None:
        self._token, self._secret = token, secret

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """As requests asks it."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        if self._secret:
            proof = hmac.new(self._secret.encode(), self._token.encode(), hashlib.sha256).hexdigest()
            request.prepare_url(request.url, {"appsecret_proof": proof})
        return request


class Login(AuthBase):
    """What a person's yes opens; signs with the Page's token as it is kept at the moment."""

    def __init__(self, account: Account, premises: Premises, wire: Wire, root: str) -> None:
        self._name, self._premises, self._wire, self._root = account.name, premises, wire, root

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """As requests asks it."""
        return self.signed()(request)

    def trade(self, code: Code) -> dict[str, str]:
        """The person's own token, for some sixty days: long enough to fetch a Page's, which does not run out."""
        app = self._kept()
        known = {"client_id": app.get("client_id", ""), "client_secret": app.get("client_secret", "")}
        short = self._token({**known, "redirect_uri": code.redirect, "code": code.code})
        long = self._token({**known, "grant_type": "fb_exchange_token", "fb_exchange_token": short})
        return {"user_token": long}

    def signed(self) -> Token:
        """With the Page's token. Raises Unauthorized where there is none."""
        token = self._kept().get("token", "")
        if not token or not token.isascii() or not token.isprintable():
            raise Unauthorized(f"the Page's token is missing, or not whole: `bot connect {self._name}`")
        return Token(token, self._kept().get("client_secret", ""))

    def pages(self, fields: str = "id,name,access_token,tasks") -> Iterator[Mapping[str, Any]]:
        """The Pages of the person, each with its token."""
        asked = {"fields": fields, "limit": "100"}
        user = Token(self._kept().get("user_token", ""), self._kept().get("client_secret", ""))
        found = rows(self._wire, f"{self._root}/me/accounts", asked, auth=user)
        yield from (page for page in found if page.get("id") and page.get("name") and page.get("access_token"))

    def page(self, number: str) -> tuple[Mapping[str, Any], Mapping[str, str]]:
        """A Page, and what else belongs with the secrets: its token, in the place of the person's, which runs out.

        Raises Rejected where it may not be spoken for.
        """
        if not self._kept().get("user_token"):
            return self._wire.ask("GET", f"{self._root}/{number or 'me'}", params={"fields": "id,name"}).fields, {}
        found = list(self.pages())
        page = next((one for one in found if str(one.get("id")) == number), None)
        if page is None:
            known = ", ".join(f"{one['id']} ({one['name']})" for one in found) or "none: was it allowed for a Page?"
            raise Rejected(f'which Page? Write page = "NUMBER" below the account in config.toml; there are: {known}')
        if "CREATE_CONTENT" not in page.get("tasks", ["CREATE_CONTENT"]):
            raise Rejected(f"{page['name']}: you may not post there: ask whoever runs the Page for that right")
        return page, {"token": str(page["access_token"]), "user_token": ""}

    def _kept(self) -> Mapping[str, str]:
        return self._premises.credentials.get()

    def _token(self, asked: Mapping[str, str]) -> str:
        told = self._wire.ask("GET", f"{self._root}/oauth/access_token", params=asked, auth=lambda request: request)
        return secrets_in(told.fields, self._premises.now())["token"]
