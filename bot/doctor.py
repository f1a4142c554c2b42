"""Whether all is well with a workspace: each finding with the one thing to do about it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.config import Config
from bot.delivery import NO_ACCESS
from bot.errors import NetworkError, Unauthorized
from bot.ledger import Ledger
from bot.model import Account
from bot.networks import limits_of
from bot.networks.base import Clocked, Identifies, Labels, Network
from bot.public import Showcase

ROOM, SKEW = 500_000_000, timedelta(seconds=60)


class Ending(Protocol):
    """An access that ends whatever we do."""

    @property
    def account(self) -> str:
        """Whose."""
        ...

    @property
    def at(self) -> datetime:
        """When."""
        ...


class Workspace(Protocol):
    """What is examined."""

    @property
    def config(self) -> Config:
        """Its config."""
        ...

    @property
    def ledger(self) -> Ledger:
        """Its ledger."""
        ...

    def network(self, account: str) -> Network:
        """The account's network, opened."""
        ...

    def endings(self) -> Sequence[Ending]:
        """The accounts for which a person must sign in again soon."""
        ...

    @property
    def showcase(self) -> Showcase | None:
        """Where pictures are put for the networks that fetch them."""
        ...

    @property
    def now(self) -> Callable[[], datetime]:
        """The clock."""
        ...


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `advice` is the one thing to do when it is not well."""

    about: str
    said: str
    advice: str = ""

    @property
    def is_well(self) -> bool:
        """Whether there is nothing to do."""
        return not self.advice


def examine(workspace: Workspace) -> Iterator[Finding]:
    """Look at everything, one finding after the other: some ask the networks and take a while."""
    config, ledger = workspace.config, workspace.ledger
    yield Finding(
        "config", f"config.toml is whole; accounts: {len(config.accounts)}, moments of the week: {len(config.slots)}"
    )
    yield from _slots(config)
    yield Finding("zone", f"{config.zone}, where it is {workspace.now().astimezone(ZoneInfo(config.zone)):%A %H:%M}")
    yield from (_disk(folder) for folder in dict.fromkeys((Path(config.root), ledger.folder)))
    pid = ledger.lock().holder()
    yield Finding("bot", f"running as process {pid}") if pid else Finding("bot", "not running", "start it: `bot run`")
    ahead: list[timedelta] = []
    for account in config.accounts:
        yield from _account(workspace, account, ahead)
    yield _clock(ahead)
    yield from _pictures(workspace)
    for ending in workspace.endings():
        said = f"its access ends on {ending.at.astimezone(ZoneInfo(config.zone)):%-d %B %Y}"
        yield Finding(ending.account, said, f"sign in again before: `bot connect {ending.account}`")
    for hold in ledger.records.holds():
        if hold.reason != NO_ACCESS:
            what = " ".join(filter(None, [hold.scope, hold.subject]))
            yield Finding("held", f"{what}: {hold.reason}", "`bot status` says what ends it")


def _slots(config: Config) -> Iterator[Finding]:
    """An account without a moment of the week gets only the posts that name their own time."""
    slotted = {slot.account for slot in config.slots}
    for account in config.accounts:
        if account.name not in slotted:
            advice = f'add "{account.name}" to the accounts under [[slots]] in config.toml'
            yield Finding("slots", f"{account.name} has no moment of the week", advice)


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    said = f"{free / 1e9:.1f} GB free for {folder}"
    return Finding("disk", said, "" if free > ROOM else "make room: below 0.5 GB nothing can be recorded for long")


def _account(workspace: Workspace, account: Account, ahead: list[timedelta]) -> Iterator[Finding]:
    """Whether it lets us in, and keeps its network's manners."""
    name, again = account.name, f"connect it again: `bot connect {account.name}`"
    network = workspace.network(name)
    if not isinstance(network, Identifies):
        yield Finding(name, f"{account.network}: needs no connection")
        return
    try:
        identity = network.identify()
    except Unauthorized as error:
        yield Finding(name, str(error), again)
        return
    except NetworkError as error:
        yield Finding(name, str(error), "look again in a while; if it stays, is the server's address right?")
        return
    holds = workspace.ledger.records.holds()
    held = any((hold.scope, hold.subject, hold.reason) == ("account", name, NO_ACCESS) for hold in holds)
    yield Finding(name, f"{account.network}: {identity.name}" + (", held" if held else ""), again if held else "")
    if isinstance(network, Labels) and identity.automated is False:
        yield Finding(name, "does not say that it is automated, as its rules ask", network.how)
    if isinstance(network, Clocked) and (difference := network.clock_ahead()) is not None:
        ahead.append(difference)


def _pictures(workspace: Workspace) -> Iterator[Finding]:
    """Whether the networks that fetch pictures themselves can."""
    config, showcase = workspace.config, workspace.showcase
    fetching = [one.name for one in config.accounts if limits_of(one.network).public]
    if showcase is None:
        if fetching:
            said = f"{', '.join(fetching)}: no place is named where pictures can be fetched"
            yield Finding("pictures", said, "add [media] to config.toml: docs/connect/media.md says how")
        return
    try:
        address, faults = showcase.trial(config.brand.accent)
    except NetworkError as error:
        yield Finding("pictures", str(error), "then look again: `bot media`")
        return
    yield from (Finding("pictures", fault.said, fault.advice) for fault in faults)
    if not faults:
        yield Finding("pictures", f"networks can fetch them: {address}")


def _clock(ahead: list[timedelta]) -> Finding:
    """Our clock beside those of the servers that answered."""
    if not ahead:
        return Finding("clock", "no server to compare it with")
    worst = max(ahead, key=abs)
    if abs(worst) <= SKEW:
        return Finding("clock", "agrees with the servers")
    side = "ahead of" if worst > timedelta() else "behind"
    said = f"{abs(worst).total_seconds():.0f} s {side} the servers"
    return Finding("clock", said, "set it by the network: `timedatectl set-ntp true`")
