"""Whose account on Instagram it is, and how a person lets us in: with Instagram's own login, or with Facebook's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.errors import Rejected, Unavailable
from bot.model import Account
from bot.networks.base import Identity, Premises
from bot.networks.meta import graph
from bot.networks.meta.login import FACEBOOK, Login
from bot.networks.meta.sixty import Sixty
from bot.networks.oauth import Code, Grant
from bot.written import plain

DOOR = "https://api.instagram.com"
INSTAGRAM = Grant(
    authorize="https://www.instagram.com/oauth/authorize",
    token=f"{DOOR}/oauth/access_token",
    scopes={
        "instagram_business_basic": "to show you whose account it is, and to look whether a post is out",
        "instagram_business_content_publish": "to post",
        "instagram_business_manage_insights": "to show you how a post is doing",
    },
    pkce=False,
    joined=",",
    redirect="https://localhost/",
)
THROUGH_FACEBOOK = replace(
    FACEBOOK,
    scopes={
        "instagram_basic": "to show you whose account it is, and to look whether a post is out",
        "instagram_content_publish": "to post",
        "instagram_manage_insights": "to show you how a post is doing",
        "pages_show_list": "to find the Page that the account belongs to",
        "pages_read_engagement": "because Meta asks for it, too, of whoever posts for the account of a Page",
    },
)
GRANTS = {"instagram": INSTAGRAM, "facebook": THROUGH_FACEBOOK}
LINKED = "id,name,access_token,instagram_business_account{id,username}"


class ByInstagram:
    """Instagram's own login: a token of sixty days, for one account, renewed ahead of time."""

    def __init__(self, account: Account, premises: Premises) -> None:
        self.wire = graph.wire_to("https://graph.instagram.com", account, premises)
        self._root, self._access = f"/{graph.version_of(account)}", Sixty(INSTAGRAM, "ig", account, premises, self.wire)
        self.wire.session.auth = self._access.signed

    def sign_in(self, code: Code) -> Mapping[str, str]:
        """A token of sixty days."""
        return self._access.trade(code)

    def renew(self) -> None:
        """Where it is time."""
        self._access.renew()

    def choices(self) -> Sequence[tuple[str, str]]:
        """The one account that signed in."""
        who = self.identify()
        return [(who.id, who.name)]

    def identify(self) -> Identity:
        """Whose token it is."""
        told = self.wire.ask("GET", f"{self._root}/me", params={"fields": "user_id,username"}).fields
        return _identity(told.get("user_id"), told.get("username"))


class ByFacebook:
    """Facebook's login: the token of the Page that the account belongs to, which does not run out."""

    def __init__(self, account: Account, premises: Premises) -> None:
        self._account, self._premises = account.settings.get("account", ""), premises
        self.wire = graph.wire_to("https://graph.facebook.com", account, premises)
        self._root = f"/{graph.version_of(account)}"
        self._login = Login(account, premises, self.wire, self._root)
        self.wire.session.auth = self._login

    def sign_in(self, code: Code) -> Mapping[str, str]:
        """A token of the person's; that of the Page is fetched with it."""
        return self._login.trade(code)

    def renew(self) -> None:
        """A Page's token does not run out."""

    def choices(self) -> Sequence[tuple[str, str]]:
        """The accounts of her Pages."""
        return [(str(one["id"]), str(one.get("username"))) for _, one in self._linked()]

    def identify(self) -> Identity:
        """The account, and its Page's token."""
        if not self._premises.credentials.get().get("user_token"):
            told = self.wire.ask("GET", f"{self._root}/{self._account}", params={"fields": "id,username"}).fields
            return _identity(told.get("id"), told.get("username"))
        found = {str(one["id"]): (page, one) for page, one in self._linked()}
        if self._account not in found:
            known = ", ".join(f"{number} ({one.get('username')})" for number, (_, one) in found.items())
            none = "none: is it a business or creator account, and linked to your Page?"
            raise Rejected(f'which account? Write account = "NUMBER" in config.toml; there are: {known or none}')
        page, one = found[self._account]
        return _identity(one["id"], one.get("username"), token=str(page["access_token"]), user_token="")

    def _linked(self) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
        for page in self._login.pages(LINKED):
            one = page.get("instagram_business_account")
            if isinstance(one, dict) and one.get("id"):
                yield page, one


def _identity(number: object, name: object, **keep: str) -> Identity:
    told, called = str(number or ""), plain(str(name or ""))
    if not (told.isdecimal() and called):
        raise Unavailable("Instagram does not say whose access it is: is it a business or creator account?")
    return Identity(told, f"@{called}", f"https://www.instagram.com/{called}/", keep={"account_id": told, **keep})
