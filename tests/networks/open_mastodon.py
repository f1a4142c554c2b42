"""An account on one of the Mastodon servers of tests/servers, straight or through a proxy."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.model import Account
from bot.networks import open_network


def open_mastodon(workspace, server, *, url="", seconds=10.0, secrets=None, ahead=timedelta(0), **settings):
    """`url` is the proxy's address; a publish call may take `seconds`; `secrets` instead of the server's token.

    Our clock is `ahead` of the server's.
    """
    premises = workspace.premises("mastodon")
    premises.credentials.secrets = {"token": server.token} if secrets is None else secrets
    premises = replace(premises, limits=replace(premises.limits, timeout=timedelta(seconds=seconds)))
    premises = replace(premises, now=lambda: datetime.now(UTC) + ahead)
    return open_network(Account("studio", "mastodon", {"server": url or server.url, **settings}), premises)
