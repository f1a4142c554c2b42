"""A strict stand-in for Discord's webhooks, served over real HTTP.

with DiscordServer() as discord:        # two webhooks: "studio" and "clinic"
    url = discord.address("studio")     # the secret, as a person copies it
    ...                                 # talk to discord.url
    assert discord.violations == []     # what Discord's own specification says of the requests
    assert discord.twice() == []        # what the channel saw more than once
"""

from tests.servers.discord.server import DiscordServer, File, Posted

__all__ = ["DiscordServer", "File", "Posted"]
