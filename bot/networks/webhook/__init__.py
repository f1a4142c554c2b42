"""A webhook: the owner's own receiver."""

from bot.networks.webhook.network import Webhook

__all__ = ["Webhook"]
