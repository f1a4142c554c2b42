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
    """A post as the public sees it.

    `after` is the id of the one that it continues (None: not told), `account` "" where all are one.
    """

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
    pictures: str = ""  # where the network fetches them
    looks: bool = True  # whether the bot can look there; else a person is asked


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


@contextmanager
def pinterest(_, names):
    from tests.servers.pinterest import PinterestServer

    with PinterestServer(names) as server:
        secrets = {name: {"token": server.token(name)} for name in names}

        def shown():
            return [Shown(pin.id, pin.description, (pin.alt_text,), "", pin.user) for pin in server.posts]

        def settings(name, url):
            return {"server": url, "board": server.board("Calm feet", name).id}

        yield Place("pinterest", server.url, "/v5/pins", settings, secrets, shown, partial(list, server.violations))


@contextmanager
def facebook(_, names):
    """All accounts are one Page: who speaks is told by the words."""
    from tests.servers.meta.facebook import PAGE, PAGE_TOKEN, FacebookServer

    with FacebookServer() as server:
        secrets = {name: {"token": PAGE_TOKEN, "client_secret": server.app["secret"]} for name in names}

        def shown():
            return [Shown(post.id, post.text, tuple(photo.alt for photo in post.photos), "") for post in server.posts]

        def settings(_, url):
            return {"server": url, "page": PAGE}

        path = f"/v26.0/{PAGE}/feed"
        yield Place("facebook", server.url, path, settings, secrets, shown, partial(list, server.violations))


@contextmanager
def instagram(folder, names):
    from tests.servers.meta.instagram import IG, TOKEN, InstagramServer

    with InstagramServer() as server, fetching("instagram", server, folder, names, TOKEN) as told:
        yield Place(commit=f"/v26.0/{IG}/media_publish", **told)


@contextmanager
def threads(folder, names):
    from tests.servers.meta.threads import ME, TOKEN, ThreadsServer

    with ThreadsServer() as server, fetching("threads", server, folder, names, TOKEN) as told:
        yield Place(commit=f"/v1.0/{ME}/threads_publish", **told)


@contextmanager
def google(folder, names):
    """All accounts are one location."""
    from tests.networks.open_google import public, secrets_of
    from tests.servers.google import GoogleServer

    with GoogleServer() as server, public(folder / "ledger" / "media") as address:
        yield Place(
            "google",
            server.url,
            "/v4/accounts/1/locations/2/localPosts",
            lambda _, url: {"server": url},
            {name: secrets_of(server) for name in names},
            lambda: [
                Shown(post["name"], post["summary"], ("",) * len(post.get("media", [])), "") for post in server.posts
            ],
            partial(list, server.violations),
            address.__self__.url,
        )


@contextmanager
def fetching(network, server, folder, names, token):
    """A server that fetches the pictures; all accounts are one: who speaks is told by the words."""
    from tests.servers.meta.pictures import Pictures

    pictures, server.quota = Pictures(folder / "ledger" / "media"), 10**6
    yield {
        "network": network,
        "url": server.url,
        "settings": lambda _, url: {"server": url},
        "secrets": {name: {"token": token, "account_id": server.me} for name in names},
        "shown": lambda: [Shown(post.id, post.text, post.alts, post.parent) for post in server.posts],
        "violations": partial(list, server.violations),
        "pictures": pictures.url,
    }
    pictures.stop()


@contextmanager
def telegram(_, names):
    """All accounts are one channel."""
    from tests.servers.telegram import CHAT, TOKEN, TelegramServer

    with TelegramServer() as server:
        yield Place(
            "telegram",
            server.url,
            f"/bot{TOKEN}/send",
            lambda _, url: {"server": url, "chat": CHAT},
            {name: {"token": TOKEN} for name in names},
            lambda: [Shown(str(one.id), one.text, one.alts, str(one.reply_to or "")) for one in server.posts],
            partial(list, server.violations),
            looks=False,
        )


@contextmanager
def discord(_, names):
    """All accounts are one channel."""
    from tests.servers.discord import DiscordServer

    with DiscordServer() as server:
        yield Place(
            "discord",
            server.url,
            "/api/v10/webhooks/",
            lambda _, url: {"server": url},
            {name: {"url": server.address()} for name in names},
            lambda: [Shown(one.id, one.text, tuple(file.alt for file in one.files), None) for one in server.messages],
            partial(list, server.violations),
            looks=False,
        )


@contextmanager
def linkedin(_, names):
    """All accounts are one page."""
    from tests.servers.linkedin import LinkedInServer
    from tests.servers.linkedin.rules import PAGE

    with LinkedInServer() as server:
        yield Place(
            "linkedin",
            server.url,
            "/rest/posts",
            lambda _, url: {"server": url, "author": PAGE},
            {name: {"token": server.page_token(), **server.world.app} for name in names},
            lambda: [Shown(post.urn, post.text, post.alts, "") for post in server.posts],
            partial(list, server.violations),
        )


def _last(address):
    return address.rpartition("/")[2]


PLACES = {
    "mastodon": mastodon,
    "gotosocial": gotosocial,
    "bluesky": bluesky,
    "x": x,
    "pinterest": pinterest,
    "facebook": facebook,
    "instagram": instagram,
    "threads": threads,
    "telegram": telegram,
    "discord": discord,
    "linkedin": linkedin,
    "google": google,
}
ACCOUNTS = {
    "mastodon": 32,
    "gotosocial": 32,
    "bluesky": 12,
    "x": 32,
    "pinterest": 32,
    "facebook": 32,
    "instagram": 32,
    "threads": 32,
    "telegram": 32,
    "discord": 32,
    "linkedin": 32,
    "google": 32,
}
WAVES = {
    "mastodon": 150,
    "gotosocial": 300,
    "bluesky": 900,
    "x": 1000,
    "pinterest": 1000,
    "facebook": 900,
    "instagram": 500,
    "threads": 500,
    "telegram": 1000,
    "discord": 1000,
    "linkedin": 400,
    "google": 300,
}
"""Deliveries to one server: no account then has more posts than a look reads."""
INSTALLED = {"mastodon", "bluesky"}
