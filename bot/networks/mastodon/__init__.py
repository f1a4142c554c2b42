"""Mastodon, and the servers that speak its API."""

from bot.networks.mastodon.network import Mastodon

__all__ = ["Mastodon"]
