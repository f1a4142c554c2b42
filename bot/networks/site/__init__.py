"""The network `site`: a public feed in a folder that any web host serves, with no account anywhere."""

from bot.networks.site.network import Site
from bot.networks.site.settings import check_settings

__all__ = ["Site", "check_settings"]
