"""Accounts on the stand-ins for Instagram and Threads, whose clock is ours, and a place for our pictures."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from bot.model import Account
from bot.networks import open_network
from tests.networks.conftest import Kept
from tests.servers.meta.pictures import Pictures


@contextmanager
def serving(workspace, server):
    """The server, its `pictures` beside it; no violation is forgiven."""
    server.pictures = Pictures(workspace.media)
    with server:
        yield server
        assert server.violations == []
    server.pictures.stop()


def open_at(workspace, server, network, kept, *, seconds=60, **settings):
    premises = workspace.premises(network, kept if isinstance(kept, Kept) else Kept(kept))
    limits = replace(premises.limits, timeout=timedelta(seconds=seconds))
    premises = replace(premises, limits=limits, now=server.clock, address=server.pictures.address)
    return open_network(Account("studio", network, {"server": server.url, **settings}), premises)


def publish(network, message, part=0, after=None):
    return network.publish(message.parts[part], message, network.prepare(message), "k", after)


def find(network, message, server, *handles, part=0, ago=None):
    since = server.clock() - (ago or network.limits.settle)
    return network.find(message.parts[part], message, handles, "k", since)
