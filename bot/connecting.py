"""An account is connected: what a person gave is tried, then kept, and what waited for it goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from bot.delivery import NO_ACCESS
from bot.errors import FootnoteError, Unauthorized
from bot.ledger import Ledger
from bot.model import Account
from bot.networks.base import Announces, Credentials, Identifies, Identity, Network
from bot.vault import Vault, scrub

AS, TO = "connected_as", "connected_to"
"""What is kept with the secrets: whose they are, and for which place they were given."""


@dataclass(frozen=True, slots=True)
class Bound:
    """The secrets of an account, for the place they were given for and no other."""

    account: Account
    kept: Credentials

    def get(self) -> Mapping[str, str]:
        """What is kept; raises Unauthorized also where config.toml names another place since."""
        secrets = self.kept.get()
        if (there := secrets.get(TO)) and there != place_of(self.account):
            raise Unauthorized(
                f'"{self.account.name}" was connected to another place ({there}) than config.toml names now: '
                f"put that back, or run `bot connect {self.account.name}`"
            )
        return secrets

    def swap(self, before: Mapping[str, str], after: Mapping[str, str]) -> bool:
        """As in the vault."""
        return self.kept.swap(before, after)

    def alone(self) -> AbstractContextManager[object]:
        """As in the vault."""
        return self.kept.alone()

    def scrub(self, text: str) -> str:
        """As in the vault."""
        return self.kept.scrub(text)


def place_of(account: Account) -> str:
    """Where an account speaks: its network, its server, its handle; never how."""
    where = (account.settings.get(key, "") for key in ("server", "service", "handle"))
    return " ".join(filter(None, [account.network, *where]))


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
    """Ask the network who we are with these secrets; keeps nothing. Raises NetworkError.

    Another identity than the one that was connected by this name is refused: its posts would be looked for, and sent
    again, in the wrong place.
    """
    trial = Trial(dict(secrets))
    network = open_network(account, trial)
    if not isinstance(network, Identifies):
        raise FootnoteError(f'"{account.name}" is on {account.network}, which needs no connection')
    identity = network.identify()
    if (before := secrets.get(AS)) and before != identity.id:
        raise FootnoteError(
            f'"{account.name}" was connected as somebody else, and this is {identity.name}: give that account a name '
            f"of its own with `bot connect {account.network} --as NAME`, or first `bot disconnect {account.name}`"
        )
    announced = network.announced() if isinstance(network, Announces) else {}
    bound = {AS: identity.id, TO: place_of(account)}
    return Tried(account, identity, announced, network, {**trial.secrets, **identity.keep, **bound})


def keep(tried: Tried, vault: Vault, ledger: Ledger, now: datetime) -> bool:
    """Keep the secrets and the limits of an account that config.toml names; True when posts waited for this."""
    vault.keep(tried.account.name, tried.secrets)
    ledger.records.keep_announced(tried.account.name, tried.announced)
    ledger.deliveries.look_soon(tried.account.name, now)
    return ledger.records.release("account", tried.account.name, NO_ACCESS, now)
