"""Pinterest: a pin on a board, with its pictures inside the one call that makes it."""

from bot.networks.pinterest.network import Pinterest

__all__ = ["Pinterest"]
