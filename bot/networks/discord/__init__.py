"""Discord: a channel's webhook."""

from bot.networks.discord.network import Discord

__all__ = ["Discord"]
