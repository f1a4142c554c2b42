"""A strict stand-in for X's API v2, served over real HTTP.

with XServer() as x:                    # two accounts: "studio" and "clinic"
    keys = x.user("studio").keys        # the four OAuth 1.0a keys; .bearer is its OAuth 2 token
    ...                                 # talk to x.url
    assert x.violations == []           # what X's own specification says of the requests
    assert x.twice() == []              # what the public saw more than once
"""

from tests.servers.x.server import XServer
from tests.servers.x.world import Fault, Keys, Media, Post, User

__all__ = ["Fault", "Keys", "Media", "Post", "User", "XServer"]
