"""The networks by name: those built in, and those that packages register as `footnote.networks`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import EntryPoint, entry_points

from bot.errors import FootnoteError, UnknownName
from bot.model import Account, Limits
from bot.networks.base import Network, Opener, Premises

GROUP = "footnote.networks"
BUILT_IN = {
    "site": "bot.networks.site:Site",
    "mastodon": "bot.networks.mastodon:Mastodon",
    "bluesky": "bot.networks.bluesky:Bluesky",
    "x": "bot.networks.x:X",
    "telegram": "bot.networks.telegram:Telegram",
    "facebook": "bot.networks.meta.facebook:Facebook",
    "instagram": "bot.networks.meta.instagram:Instagram",
    "threads": "bot.networks.meta.threads:Threads",
    "pinterest": "bot.networks.pinterest:Pinterest",
    "google": "bot.networks.google:Google",
    "discord": "bot.networks.discord:Discord",
    "linkedin": "bot.networks.linkedin:LinkedIn",
    "webhook": "bot.networks.webhook:Webhook",
}


def known_networks() -> tuple[str, ...]:
    """The name of every network that can be opened here, in order."""
    return tuple(sorted({*BUILT_IN, *entry_points(group=GROUP).names}))


def open_network(account: Account, premises: Premises) -> Network:
    """The account's network, ready to speak.

    Raises UnknownName for a network nobody registered, FootnoteError for settings it cannot use.
    """
    if problems := check_settings(account.network, account.settings):
        raise FootnoteError(f'account "{account.name}": ' + "; ".join(problems))
    return class_of(account.network)(account, premises)


def limits_of(network: str) -> Limits:
    """What the network allows, wherever its server is; raises UnknownName."""
    return class_of(network).limits


def check_settings(network: str, settings: Mapping[str, str]) -> list[str]:
    """Everything that is wrong with an account's settings there; raises UnknownName."""
    return class_of(network).check_settings(settings)


def class_of(network: str) -> Opener:
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
