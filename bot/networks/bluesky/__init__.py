"""The network `bluesky`: one account on a server of the AT Protocol."""

from bot.networks.bluesky.network import Bluesky

__all__ = ["Bluesky"]
