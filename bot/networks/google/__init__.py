"""Google Business Profile: a local post with one picture and a button."""

from bot.networks.google.network import Google

__all__ = ["Google"]
