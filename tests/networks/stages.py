"""Every network on its stage: an account of ours, a server that others wrote (or a strict one), a proxy before it."""

import html
import re
import secrets
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.keys import key_of, part_key
from bot.model import Account, Part
from bot.networks import limits_of, open_network
from tests.networks.conftest import Kept
from tests.networks.open_x import secrets_of
from tests.servers.lossy import Lossy

STAGES = ["site", "mastodon", "gotosocial", "bluesky", "x"]
NAMED = {"gotosocial": "mastodon"}
DUE = datetime(2026, 12, 1, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Seen:
    """A post as the public sees it."""

    id: str
    text: str
    alts: tuple = ()
    parent: str = ""


class Stage:
    """One network with what surrounds it; `lossy` loses the answers to the irreversible call when told to."""

    commit = ("POST", "/")

    def __init__(self, name, workspace, server=None):
        self.name, self.workspace, self.server = name, workspace, server
        self.network_name = NAMED.get(name, name)
        self.kept = Kept()
        self.lossy = Lossy(server.url) if server else None

    def close(self):
        if self.lossy:
            self.lossy.stop()

    def settings(self, url):
        return {"server": url}

    def now(self):
        return datetime.now(UTC)

    def open(self, *, seconds=30):
        """The account's network, reached through the proxy; `seconds` is the longest that a call may take."""
        premises = self.workspace.premises(self.network_name, self.kept)
        limits = replace(premises.limits, timeout=timedelta(seconds=seconds))
        account = Account("studio", self.network_name, self.settings(self.lossy.url))
        return open_network(account, replace(premises, limits=limits, now=self.now))

    def message(self, *texts, alt="Words on green.", pictures=1):
        """A message of the texts (unique words where none are given), the pictures with the first part."""
        texts = texts or (f"Calm feet {secrets.token_hex(6)}.",)
        media = tuple(self.workspace.picture(f"#0d3b{n + 10:02x}", alt) for n in range(pictures))
        parts = tuple(Part(n, text, () if n else media) for n, text in enumerate(texts))
        shown = self.workspace.message(media=())
        return replace(shown, account="studio", network=self.network_name, parts=parts, title=texts[0])

    def key(self, *names, part=0):
        """As the planner makes it."""
        return part_key(key_of(limits_of(self.network_name).keys, names or (secrets.token_hex(8),), DUE), part)

    def lose(self, *fates):
        self.lossy.plan(*self.commit, *fates)

    def secrets(self):
        return [value for value in self.kept.secrets.values() if len(value) > 7]


class Site(Stage):
    def open(self, *, seconds=30):
        return self.workspace.open()

    def seen(self):
        from bot.networks.site import entries

        found = entries.read_all(self.workspace.root / "site" / "entries")
        return [Seen(one.key, one.text, tuple(media.alt for media in one.media)) for one in found]


class Fediverse(Stage):
    commit = ("POST", "/api/v1/statuses")

    def __init__(self, *given):
        super().__init__(*given)
        self.kept.secrets = {"token": self.server.token}

    def seen(self):
        return [
            Seen(
                one["id"],
                html.unescape(re.sub("<[^>]+>", "", one["content"])),
                tuple(media["description"] for media in one["media_attachments"]),
                one["in_reply_to_id"] or "",
            )
            for one in self.server.statuses()
        ]


class Sky(Stage):
    commit = ("POST", "/xrpc/com.atproto.repo.putRecord")

    def __init__(self, *given):
        super().__init__(*given)
        self.someone = self.server.create_account()
        self.kept.secrets = {"password": self.server.app_password(self.someone, secrets.token_hex(4))}

    def settings(self, url):
        return {"service": url, "handle": self.someone.handle}

    def seen(self):
        return [
            Seen(
                one["uri"].rpartition("/")[2],
                one["value"]["text"],
                tuple(image["alt"] for image in one["value"].get("embed", {}).get("images", ())),
                one["value"].get("reply", {}).get("parent", {}).get("uri", "").rpartition("/")[2],
            )
            for one in self.server.posts(self.someone.did)
        ]


class Birds(Stage):
    commit = ("POST", "/2/tweets")

    def __init__(self, *given):
        super().__init__(*given)
        self.kept.secrets = secrets_of(self.server)

    def seen(self):
        return [
            Seen(one.id, one.text, tuple(media.alt for media in one.media), one.reply_to or "")
            for one in self.server.posts
        ]


KINDS = {"site": Site, "mastodon": Fediverse, "gotosocial": Fediverse, "bluesky": Sky, "x": Birds}


def open_stage(name, workspace, request):
    """The stage of that name; its server is the session's, or new."""
    from tests.servers.x import XServer

    with ExitStack() as until:
        server = None
        if name == "x":
            server = until.enter_context(XServer())
        elif name != "site":
            server = request.getfixturevalue({"bluesky": "pds"}.get(name, name))
        stage = KINDS[name](name, workspace, server)
        until.callback(stage.close)
        yield stage
