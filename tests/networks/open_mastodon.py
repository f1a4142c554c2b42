"""An account on one of the Mastodon servers of tests/servers, straight or through a proxy."""

from dataclasses import replace
from datetime import timedelta

from bot.model import Account
from bot.networks import open_network


def open_mastodon(workspace, server, *, url="", seconds=10.0, secrets=None, **settings):
    """`url` is the proxy's address; a publish call may take `seconds`; `secrets` instead of the server's token."""
    premises = workspace.premises("mastodon")
    premises.credentials.secrets = {"token": server.token} if secrets is None else secrets
    premises = replace(premises, limits=replace(premises.limits, timeout=timedelta(seconds=seconds)))
    return open_network(Account("studio", "mastodon", {"server": url or server.url, **settings}), premises)
