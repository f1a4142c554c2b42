"""The servers that others wrote, one of each for a worker of the test run."""

import pytest

from tests.reference import skip
from tests.servers import mastodon as mastodon_server
from tests.servers import pds as pds_server
from tests.servers.gotosocial import start_gotosocial


@pytest.fixture(scope="session")
def pds(tmp_path_factory):
    """The reference Bluesky PDS, kept running for the whole session: give each test an account of its own."""
    if told := pds_server.why_missing():
        skip(told)
    with pds_server.start_pds(tmp_path_factory.mktemp("bluesky")) as pds:
        yield pds


@pytest.fixture(scope="session")
def mastodon(tmp_path_factory):
    """A Mastodon server with one account, kept running for the whole session: give each test words of its own."""
    if told := mastodon_server.why_missing():
        skip(told)
    with mastodon_server.start_mastodon(tmp_path_factory.mktemp("mastodon")) as mastodon:
        yield mastodon


@pytest.fixture
def gotosocial():
    """A server that behaves as GoToSocial does, new for each test."""
    with start_gotosocial() as server:
        yield server
