"""The networks by name: those built in, and those that packages register as `footnote.networks`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Protocol

from bot.errors import FootnoteError, UnknownName
from bot.model import Account, Brand, Limits
from bot.networks.base import Network

GROUP = "footnote.networks"
BUILT_IN = {
    "site": "bot.networks.site:Site",
}


@dataclass(frozen=True, slots=True)
class Studio:
    """Who speaks: the brand, the time zone its days are counted in, the language its pages default to."""

    brand: Brand
    zone: str = "UTC"
    language: str = "en"


class Opener(Protocol):
    """What a network's class offers beside the contract: its limits and its settings, before it is opened."""

    limits: Limits

    @staticmethod
    def check_settings(settings: Mapping[str, str]) -> list[str]:
        """Everything that is wrong with an account's settings; opens nothing."""
        ...

    def __call__(
        self, account: Account, *, studio: Studio, media: Path, root: Path, now: Callable[[], datetime]
    ) -> Network:
        """Open the account; `media` holds immutable pictures named `<sha256>.jpg`; `now` gives aware times."""
        ...


def known_networks() -> tuple[str, ...]:
    """The name of every network that can be opened here, in order."""
    return tuple(sorted({*BUILT_IN, *entry_points(group=GROUP).names}))


def open_network(account: Account, *, studio: Studio, media: Path, root: Path, now: Callable[[], datetime]) -> Network:
    """The account's network, ready to speak; `root` is the workspace's folder.

    Raises UnknownName for a network nobody registered, FootnoteError for settings it cannot use.
    """
    if problems := check_settings(account.network, account.settings):
        raise FootnoteError(f'account "{account.name}": ' + "; ".join(problems))
    return _class_of(account.network)(account, studio=studio, media=media, root=root, now=now)


def limits_of(network: str) -> Limits:
    """What the network allows; raises UnknownName."""
    return _class_of(network).limits


def check_settings(network: str, settings: Mapping[str, str]) -> list[str]:
    """Everything that is wrong with an account's settings there; raises UnknownName."""
    return _class_of(network).check_settings(settings)


def _class_of(network: str) -> Opener:
    """Imported when used: a network's libraries load only for those who speak there."""
    if network in BUILT_IN:
        entry = EntryPoint(network, BUILT_IN[network], GROUP)
    elif found := tuple(entry_points(group=GROUP, name=network)):
        entry = found[0]
    else:
        raise UnknownName(f'"{network}" is not a network (known: {", ".join(known_networks())})')
    try:
        opener: Opener = entry.load()
    except (ImportError, AttributeError) as error:
        raise FootnoteError(
            f'network "{network}" ({entry.value}) cannot be loaded: {error}. Install its package again, or remove it.'
        ) from error
    return opener
