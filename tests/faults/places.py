"""The servers, each with several accounts of ours, and what they show to the public."""

import html
import re
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import requests

from bot.networks.x.signed import KEYS
from tests.servers import mastodon as mastodon_server
from tests.servers import pds as pds_server
from tests.servers.gotosocial import start_gotosocial


@dataclass(frozen=True)
class Shown:
    """A post as the public sees it; `after` is the id of the one that it continues, `account` "" where all are one."""

    id: str
    text: str
    alts: tuple
    after: str
    account: str = ""


@dataclass(frozen=True)
class Place:
    """A running server: what an account there is opened with, and the beginning of the path of its one commit."""

    network: str
    url: str
    commit: str
    settings: Callable[[str, str], Mapping[str, str]]  # (account, address of the proxy)
    secrets: Mapping[str, Mapping[str, str]]  # by account
    shown: Callable[[], list[Shown]]
    violations: Callable[[], list[str]] = list


def why_missing(name):
    """The sentence that says what is not installed; "" where the server can start."""
    return {"mastodon": mastodon_server, "bluesky": pds_server}[name].why_missing() if name in INSTALLED else ""


@contextmanager
def mastodon(folder, names):
    with mastodon_server.start_mastodon(folder) as server:
        yield speaking_mastodon(server, names)


@contextmanager
def gotosocial(_, names):
    with start_gotosocial() as server:
        server.polls = 0
        yield speaking_mastodon(server, names)


def speaking_mastodon(server, names):
    """All accounts are one there: who speaks is told by the words."""

    def shown():
        return [
            Shown(
                str(status["id"]),
                plain(status["content"]),
                tuple(media["description"] for media in status["media_attachments"]),
                str(status["in_reply_to_id"] or ""),
            )
            for status in server.statuses()
        ]

    secrets = {name: {"token": server.token} for name in names}
    return Place("mastodon", server.url, "/api/v1/statuses", lambda _, url: {"server": url}, secrets, shown)


def plain(content):
    """The words of a status's HTML, as its author wrote them."""
    text = re.sub(r"</p>\s*<p>", "\n\n", content)
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"<br ?/?>", "\n", text)))


@contextmanager
def bluesky(folder, names):
    with pds_server.start_pds(folder) as server:
        people = {name: server.create_account("studio") for name in names}
        secrets = {name: {"password": server.app_password(person)} for name, person in people.items()}

        def settings(name, url):
            return {"handle": people[name].handle, "service": url}

        def shown():
            return [record_shown(found, name) for name in people for found in records(server.url, people[name].did)]

        yield Place("bluesky", server.url, "/xrpc/com.atproto.repo.putRecord", settings, secrets, shown)


def records(url, did):
    """Every post of the account, page by page."""
    asked = {"repo": did, "collection": "app.bsky.feed.post", "limit": "100"}
    while True:
        told = requests.get(f"{url}/xrpc/com.atproto.repo.listRecords", asked, timeout=30).json()
        yield from told["records"]
        if not told.get("cursor"):
            return
        asked["cursor"] = told["cursor"]


def record_shown(found, account):
    record = found["value"]
    images = record.get("embed", {}).get("images", [])
    after = record.get("reply", {}).get("parent", {}).get("uri", "")
    return Shown(_last(found["uri"]), record["text"], tuple(image["alt"] for image in images), _last(after), account)


@contextmanager
def x(_, names):
    from tests.servers.x import XServer

    with XServer(names) as server:
        server.world.refuse_duplicates = False
        server.world.limits = dict.fromkeys(server.world.limits, 1_000_000)
        server.world.lag = 0.1
        secrets = {name: dict(zip(KEYS, vars(server.user(name).keys).values(), strict=True)) for name in names}

        def shown():
            return [post_shown(post) for post in server.posts]

        violations = partial(list, server.violations)
        yield Place("x", server.url, "/2/tweets", lambda _, url: {"server": url}, secrets, shown, violations)


def post_shown(post):
    return Shown(post.id, post.text, tuple(media.alt for media in post.media), post.reply_to, post.user)


def _last(address):
    return address.rpartition("/")[2]


PLACES = {"mastodon": mastodon, "gotosocial": gotosocial, "bluesky": bluesky, "x": x}
ACCOUNTS = {"mastodon": 32, "gotosocial": 32, "bluesky": 12, "x": 32}
WAVES = {"mastodon": 150, "gotosocial": 300, "bluesky": 900, "x": 1000}
"""Deliveries to one server: no account then has more posts than a look reads."""
INSTALLED = {"mastodon", "bluesky"}
