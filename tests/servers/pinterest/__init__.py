"""A strict stand-in for Pinterest's API v5, served over real HTTP.

with PinterestServer() as pinterest:    # the account "studio" with two boards, and an app with Standard access
    token = pinterest.token("studio")   # or pinterest.code(...) for the whole way through the token endpoint
    ...                                 # talk to pinterest.url
    assert pinterest.violations == []   # what Pinterest's own specification says of the requests
    assert pinterest.twice() == []      # what is there more than once
"""

from tests.servers.pinterest.server import PinterestServer
from tests.servers.pinterest.world import Board, Pin

__all__ = ["Board", "Pin", "PinterestServer"]
