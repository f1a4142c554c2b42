"""An account is connected: what a person gave is tried, then kept, and what waited for it goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from bot.delivery import NO_ACCESS
from bot.errors import FootnoteError
from bot.ledger import Ledger
from bot.model import Account
from bot.networks.base import Announces, Credentials, Identifies, Identity, Network
from bot.vault import Vault, scrub


@dataclass(slots=True)
class Trial:
    """Credentials that are not kept anywhere yet."""

    secrets: Mapping[str, str]
    _lock: Lock = field(default_factory=Lock)

    def get(self) -> Mapping[str, str]:
        """What is tried."""
        return self.secrets

    def swap(self, before: Mapping[str, str], after: Mapping[str, str]) -> bool:
        """As in the vault."""
        if dict(self.secrets) != dict(before):
            return False
        self.secrets = dict(after)
        return True

    def alone(self) -> AbstractContextManager[object]:
        """As in the vault."""
        return self._lock

    def scrub(self, text: str) -> str:
        """As in the vault."""
        return scrub(text, self.secrets)


@dataclass(frozen=True, slots=True)
class Tried:
    """An account that let us in: who we are there, what it announces, the network as opened, what is to be kept."""

    account: Account
    identity: Identity
    announced: Mapping[str, int]
    network: Network
    secrets: Mapping[str, str]


def try_account(
    account: Account, secrets: Mapping[str, str], open_network: Callable[[Account, Credentials], Network]
) -> Tried:
    """Ask the network who we are with these secrets; keeps nothing. Raises NetworkError."""
    trial = Trial(dict(secrets))
    network = open_network(account, trial)
    if not isinstance(network, Identifies):
        raise FootnoteError(f'"{account.name}" is on {account.network}, which needs no connection')
    identity = network.identify()
    announced = network.announced() if isinstance(network, Announces) else {}
    return Tried(account, identity, announced, network, {**trial.secrets, **identity.keep})


def keep(tried: Tried, vault: Vault, ledger: Ledger, now: datetime) -> bool:
    """Keep the secrets and the limits of an account that config.toml names; True when posts waited for this."""
    vault.keep(tried.account.name, tried.secrets)
    ledger.records.keep_announced(tried.account.name, tried.announced)
    return ledger.records.release("account", tried.account.name, NO_ACCESS, now)
