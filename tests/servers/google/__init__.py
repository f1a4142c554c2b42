"""A strict stand-in for Google: accounts, locations, local posts, tokens."""

from tests.servers.google.server import GoogleServer

__all__ = ["GoogleServer"]
