"""X, through its API v2."""

from bot.networks.x.network import X

__all__ = ["X"]
