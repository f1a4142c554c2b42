"""Every network on its stage: an account of ours, a server that others wrote (or a strict one), a proxy before it."""

import secrets
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

from bot.keys import key_of, part_key
from bot.model import Account, Part
from bot.networks import limits_of, open_network
from bot.networks.base import no_address
from tests.networks.conftest import Kept
from tests.servers.lossy import Lossy

STAGES = sorted(file.stem for file in Path(__file__).parent.glob("[a-z]*.py"))
DUE = datetime(2026, 12, 1, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Seen:
    """A post as the public sees it."""

    id: str
    text: str
    alts: tuple = ()
    parent: str = ""


class Stage:
    """One network with what surrounds it; `lossy` loses the answers to the irreversible call when told to.

    A module of this package names its Stage `STAGE`, and `serve(request)` yields its server. `commit` is the
    irreversible call: its method and how its path begins; `finds` says that a lost post can be looked for,
    `refuses_twice` that the network itself never takes the same attempt twice, `threads` that a part can answer
    another one, `bare` that a post may be without pictures, `most` how many pictures are shown together at least.
    """

    network_name = ""
    commit = ("POST", "/")
    finds, refuses_twice, threads, bare, most = True, True, True, True, 4

    def __init__(self, name, workspace, server=None):
        self.name, self.workspace, self.server = name, workspace, server
        self.network_name = self.network_name or name
        self.kept, self.address = Kept(), no_address
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
        return open_network(account, replace(premises, limits=limits, now=self.now, address=self.address))

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


def open_stage(name, workspace, request):
    """The stage of that name; its server is the session's, or new."""
    module = import_module(f"{__name__}.{name}")
    with ExitStack() as until:
        stage = module.STAGE(name, workspace, until.enter_context(module.serve(request)))
        until.callback(stage.close)
        yield stage
