"""An account on the stand-in for X."""

from dataclasses import replace

from bot.model import Account
from bot.networks import open_network
from tests.networks.conftest import Kept


def secrets_of(x, name="studio"):
    names = ("api_key", "api_secret", "access_token", "access_secret")
    return dict(zip(names, vars(x.user(name).keys).values(), strict=True))


def open_x(workspace, x, *, url="", kept=None, **limits):
    """The studio's account; X has the workspace's time. `url` is a proxy's, `limits` replace those of X."""
    x.set_time(lambda: workspace.clock)
    premises = workspace.premises("x", kept or Kept(secrets_of(x)))
    premises = replace(premises, limits=replace(premises.limits, **limits))
    return open_network(Account("studio-x", "x", {"server": url or x.url}), premises)
