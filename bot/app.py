"""The only place where things are wired: a folder becomes an App."""

from __future__ import annotations

import os
import random
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.access import Ending, endings, renew
from bot.composer import document_name, name_subject
from bot.config import Config, read_config
from bot.connecting import Bound, sane
from bot.delivery import Delivery, State
from bot.documents import read
from bot.errors import ConfigProblems, DocumentError, Problem, Problems, UnknownName
from bot.fitting import from_json
from bot.images.kept import Pictures
from bot.io.memory import Memory
from bot.ledger import Ledger, ledger_folder, open_ledger
from bot.model import Account, Document, Limits, Message
from bot.networks import check_settings, class_of, known_networks, limits_of, open_network
from bot.networks.base import Announces, Credentials, Network, Premises, Studio, no_address
from bot.planner import Plan, Planner, Press, Season, Seasons, welcome
from bot.posts import PostFile, Reader, Shelf
from bot.publisher import Publisher, World
from bot.showing import open_showcase, with_address
from bot.snippets.language import check_language
from bot.vault import Vault, open_vault

if TYPE_CHECKING:
    from bot.public import Showcase


def utc_now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def _is_short_for(name: str, file: PostFile) -> bool:
    return file.post.id.startswith(name) or Path(file.path).stem.startswith(name)


def void(_: object) -> None:
    """Nobody asks for the answer."""


@dataclass(eq=False)
class App:
    """An open workspace: its config, its ledger, and the verbs with their hands in place.

    While it is open, of its config nothing changes but the subjects of documents.
    """

    config: Config
    ledger: Ledger
    now: Callable[[], datetime] = utc_now
    turn: RLock = field(default_factory=RLock)
    """Held while drafting or planning, by whichever thread does it: two never give away the same moment."""
    troubles: dict[str, Problem] = field(default_factory=dict)
    """What the last planning found wrong with a post, by the path of its file."""
    _networks: dict[str, Network] = field(default_factory=dict)
    _read: Memory[Document | str] = field(default_factory=Memory)

    @property
    def root(self) -> Path:
        """The workspace's folder."""
        return Path(self.config.root)

    @cached_property
    def vault(self) -> Vault:
        """The secrets of the accounts."""
        return open_vault(self.ledger.folder, self.config.workspace, where=self.config.vault_key)

    @cached_property
    def showcase(self) -> Showcase | None:
        """Where pictures are put for the networks that fetch them; None where config.toml names no place."""
        return open_showcase(self.config, self.ledger, self.vault, self.now)

    @cached_property
    def pictures(self) -> Pictures:
        """The pictures of the workspace."""
        return Pictures(self.root, self.config.brand, self.config.language)

    @cached_property
    def planner(self) -> Planner:
        """The verb that turns approved posts into deliveries; it remembers what it has read."""
        reader = Reader(self.root, [account.name for account in self.config.accounts])
        return Planner(self.config, self.ledger, Press(self.config, self.ledger, self.pictures, self.limits), reader)

    @cached_property
    def _seasons(self) -> Seasons:
        return Seasons(self.planner.press, self.shelf)

    def furnish(self) -> None:
        """Make what threads are going to share, while there is one: two that come first would make two of each."""
        void((self.vault, self.showcase, self.planner, self._seasons))

    def network(self, account: str) -> Network:
        """The account's network, opened once."""
        known = self._networks.get(account)
        return known or self._networks.setdefault(account, self.open_network(self.config.account(account)))

    def open_network(self, account: Account, credentials: Credentials | None = None) -> Network:
        """An account opened with all it needs: one of config.toml, or (with credentials to try) one that may be."""
        config = self.config
        premises = Premises(
            studio=Studio(config.brand, config.zone, config.language),
            media=self.ledger.media,
            root=self.root,
            now=self.now,
            credentials=credentials or Bound(account, self.vault.credentials(account.name)),
            limits=self.limits(account),
            address=self.showcase.address if self.showcase else no_address,
        )
        return open_network(with_address(config, account), premises)

    def limits(self, account: Account) -> Limits:
        """What the account's network allows, and its server announced."""
        return replace(limits_of(account.network), **self.ledger.records.announced(account.name))  # type: ignore[arg-type]

    def announce(self, account: Account) -> None:
        """Keep what the account's server announces of its limits now. Raises NetworkError."""
        network = self._networks.get(account.name) or self.open_network(account)
        if isinstance(network, Announces):
            self.ledger.records.keep_announced(account.name, sane(network.announced()))
            self._networks.pop(account.name, None)  # opened anew, with these limits

    def plan(
        self,
        *,
        settled_at: float | None = None,
        accept_zone: bool = False,
        accept_missing: bool = False,
        only: str = "",
    ) -> Plan:
        """One planning round, alone in this program; see Planner.plan."""
        accepted = {"accept_zone": accept_zone, "accept_missing": accept_missing}
        with self.turn:
            done = self.planner.plan(self.now(), settled_at=settled_at, only=only, **accepted)
            if not done.stopped:  # else nothing was planned: what was wrong still is
                for path in [path for path in self.troubles if not only or path in done.paths]:
                    del self.troubles[path]
                self.troubles.update({problem.file: problem for problem in done.problems})
        if not only:
            zone = ZoneInfo(self.config.zone)
            done.notes.extend(one.said(f"{one.at.astimezone(zone):%-d %B %Y}") for one in self.endings())
        return done

    def endings(self) -> list[Ending]:
        """The accounts for which a person must sign in again soon."""
        return list(endings(self.vault, self.config.accounts, self.ledger.deliveries.all, self.now()))

    def renew(self, account: str) -> None:
        """Renew an account's access where it is time. Raises NetworkError."""
        renew(account, self.network, self.ledger, self.now())

    def season(self) -> Season:
        """Every post as it stands now."""
        return self._seasons.read()

    def publisher(self, stopping: Callable[[], bool] = lambda: False) -> Publisher:
        """The verb that publishes; whoever uses it holds the ledger's lock."""
        records = self.ledger.records
        spacing = {account.name: account.spacing for account in self.config.accounts}
        frozen: Callable[[str], Message] = lru_cache(maxsize=512)(lambda sha256: from_json(records.message(sha256)))
        world = World(
            now=self.now,
            jitter=random.SystemRandom().random,
            network=self.network,
            message=frozen,
            spacing=lambda account: spacing.get(account, timedelta()),
            hold=lambda scope, subject, reason, note: void(records.hold(scope, subject, reason, note, self.now())),
            open_account=records.open_account,
            cancelled=stopping,
        )
        owner = f"{os.getpid()}.{secrets.token_hex(4)}"
        return Publisher(self.ledger.deliveries, world, owner, alone=True)

    def shelf(self) -> Shelf:
        """The posts folder as it reads now."""
        return self.planner.reader.load()

    def post(self, name: str) -> PostFile:
        """A post by its id, its file's path or name, or the beginning of its id."""
        shelf, wanted = self.shelf(), Path(name).name.removesuffix(".md")
        posts = shelf.posts
        exact = [file for file in posts if name == file.post.id or wanted == Path(file.path).stem]
        found = exact or [file for file in posts if wanted and _is_short_for(wanted, file)]
        if not exact and (broken := self._broken(wanted, shelf)):  # never another post than the one that was meant
            raise Problems(broken)
        if len(found) != 1:
            known = ", ".join(file.post.id for file in found or posts) or "none yet; `bot compose` makes some"
            raise UnknownName(f'"{name}" is {"more than one post" if found else "not a post here"} (known: {known})')
        return found[0]

    def _broken(self, name: str, shelf: Shelf) -> list[Problem]:
        """The mistakes of the files whose name, or whose post's last known id, begins with `name`."""
        ids = {reading.path: reading.post for reading in self.ledger.records.readings().values()}

        def is_meant(path: str) -> bool:
            stem = Path(path).stem
            return any(one.startswith(name) for one in (stem, stem.lstrip("0123456789-"), ids.get(path, "")))

        return [problem for problem in shelf.problems if is_meant(problem.file)]

    def deliveries_of(self, post: str) -> Sequence[Delivery]:
        """The newest delivery of a post to each account."""
        standing = self.season().posts.get(post)
        return standing.rows if standing else ()

    def strangers(self, season: Season) -> list[str]:
        """The accounts that something is planned for, and that nobody has connected yet."""
        waited_for = {row.account for row in season.rows if row.state is State.SCHEDULED}
        asking = [one.name for one in self.config.accounts if getattr(class_of(one.network), "asks", ())]
        return [name for name in asking if name in waited_for and name not in self.vault.names()]

    def documents(self) -> list[Path]:
        """The files in documents/, by name; hidden ones, an editor's left-overs and README files are nobody's text."""
        folder = self.root / "documents"
        found = sorted(path for path in folder.rglob("*") if path.is_file())
        seen = (path for path in found if not any(part[0] in ".~" for part in path.relative_to(folder).parts))
        return [path for path in seen if not path.name.startswith("README") and path.name[-1] != "~"]

    def document(self, name: str) -> Document:
        """A document by its path in the workspace, read once until it changes.

        Raises DocumentError; what could not be read is not tried again before it changes.
        """
        path = self.root / name
        about = path.stat() if path.is_file() else None
        known = self._read.recall(name, about) if about else None
        if known is None:
            try:
                known = read(path, document_name(path, self.root))
            except DocumentError as error:
                known = str(error)
            if about:
                self._read.keep(name, about, known)
        if isinstance(known, str):
            raise DocumentError(known)
        return known

    def name_subject(self, document: str, subject: str) -> None:
        """Write into config.toml what a document is about, and go by it from now on; see the composer's verb.

        Raises DocumentError, and nothing is written, for one that cannot be read.
        """
        check_language(self.document(document))
        with self.turn:
            self.config = name_subject(self.config, document, subject)

    def take_subjects(self, new: Config) -> bool:
        """Go by the subjects of a config that says nothing else that is new; else False, and nothing is taken."""
        with self.turn:
            if replace(self.config, subjects=new.subjects) != new:
                return False
            self.config = new
        return True

    def close(self) -> None:
        """Let go of the ledger."""
        self.ledger.close()


def open_app(root: Path, *, now: Callable[[], datetime] = utc_now) -> App:
    """Open the workspace in that folder; raises ConfigProblems or LedgerError with what to do."""
    config = read_config(root.resolve(), networks=known_networks())
    problems = [
        Problem("config.toml", 0, f"accounts.{account.name}: {wrong}")
        for account in config.accounts
        for wrong in check_settings(account.network, account.settings)
    ]
    if problems:
        raise ConfigProblems(problems)
    ledger = open_ledger(ledger_folder(config.workspace, config.ledger, root.resolve()), config.workspace)
    welcome(config, ledger, now())
    return App(config, ledger, now)
