"""An account on the stand-in for Pinterest."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.model import Account
from bot.networks import open_network
from tests.networks.conftest import Kept


def secrets_of(pinterest, **more):
    """What is kept of an account that signed in just now."""
    app = pinterest.world.app
    return {"client_id": app.id, "client_secret": app.secret, "token": pinterest.token(), **more}


def open_pinterest(workspace, pinterest, kept=None, *, without=False, **settings):
    """The studio's board "Calm feet" (or `without` one); our clock is the server's."""
    kept = kept or Kept(secrets_of(pinterest))
    premises = replace(workspace.premises("pinterest", kept), now=lambda: datetime.now(UTC) + pinterest.world.offset)
    told = {"server": pinterest.url, **({} if without else {"board": "Calm feet"}), **settings}
    return open_network(Account("studio-pins", "pinterest", told), premises)
