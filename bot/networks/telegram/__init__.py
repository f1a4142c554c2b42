"""Telegram: a bot that posts in a channel."""

from bot.networks.telegram.network import Telegram as Telegram
