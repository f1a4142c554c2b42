"""An account is connected: what a person gave is tried, then kept, and what waited for it goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING

from bot.delivery import NO_ACCESS, State
from bot.errors import FootnoteError, Unauthorized
from bot.ledger import Ledger
from bot.model import Account
from bot.networks.base import Announces, Chooses, Credentials, Identifies, Identity, Network, SignsIn
from bot.vault import Vault, scrub
from bot.written import plain

if TYPE_CHECKING:
    from bot.networks.oauth import Code

IN_DOUBT = {State.PUBLISHING, State.UNCONFIRMED}

TO = "connected_to"
"""What is kept with the secrets: for which place they were given."""
Choose = Callable[[str, Sequence[tuple[str, str]]], str]
"""Which of the values of a setting, each with what people call it."""
MOST = 10**9
"""No server allows more of anything."""


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
    account: Account,
    secrets: Mapping[str, str],
    open_network: Callable[[Account, Credentials], Network],
    code: Code | None = None,
    choose: Choose | None = None,
) -> Tried:
    """Ask the network who we are with these secrets, and with what `code` is worth; keeps nothing.

    `choose` says which place is meant where the access opens several: that becomes a setting of the account. Raises
    NetworkError.
    """
    trial = Trial(dict(secrets))
    network = open_network(account, trial)
    if code is not None and isinstance(network, SignsIn):
        trial.secrets = {**trial.secrets, **network.sign_in(code)}
    if isinstance(network, Chooses) and choose and not account.settings.get(network.choice):
        chosen = choose(network.choice, network.choices())
        account = replace(account, settings={**account.settings, network.choice: chosen})
        network = open_network(account, trial)
    if not isinstance(network, Identifies):
        raise FootnoteError(f'"{account.name}" is on {account.network}, which needs no connection')
    identity = network.identify()
    announced = network.announced() if isinstance(network, Announces) else {}
    shown = replace(identity, name=plain(identity.name), url=plain(identity.url))
    kept = {**trial.secrets, **identity.keep, TO: place_of(account)}
    return Tried(account, shown, sane(announced), network, kept)


def sane(announced: Mapping[str, int]) -> dict[str, int]:
    """The limits that a server can mean."""
    return {name: value for name, value in announced.items() if 0 < value <= MOST}


def refuse_another(tried: Tried, ledger: Ledger) -> None:
    """Raises FootnoteError where this account would look for its posts in the wrong place, or say everything twice.

    That is: it was connected as somebody else, or another account of this ledger is this very identity.
    """
    name, who, known = tried.account.name, _who(tried), ledger.records.identities()
    if known.get(name) and known[name] != who:
        raise FootnoteError(
            f'"{name}" was connected as somebody else, and this is {tried.identity.name}: give that account a name of '
            f"its own (`bot connect {tried.account.network} --as NAME`), or first `bot disconnect {name}`"
        )
    if same := next((other for other, identity in known.items() if identity == who and other != name), ""):
        raise FootnoteError(
            f'{tried.identity.name} is connected already, as "{same}": everything would be posted twice there. Go on '
            f'with "{same}" in config.toml, or first `bot disconnect {same}`'
        )


def forget(account: str, vault: Vault, ledger: Ledger) -> bool:
    """Forget the secrets and who we were; False when neither was known. Refused while a post there is in doubt."""
    if unsure := [row for row in ledger.deliveries.all() if row.account == account and row.state in IN_DOUBT]:
        raise FootnoteError(
            f'{len(unsure)} of the posts on "{account}" may or may not be out, and can only be looked for while it is '
            f"connected: `bot status` says more; `bot resolve {unsure[0].id}` lets one be"
        )
    known = bool(ledger.records.identities().get(account))
    ledger.records.keep_identity(account, "")
    return vault.forget(account) or known


def _who(tried: Tried) -> str:
    return f"{tried.account.network} {tried.identity.id}"


def keep(tried: Tried, vault: Vault, ledger: Ledger, now: datetime) -> bool:
    """Keep the secrets and the limits of an account that config.toml names; True when posts waited for this."""
    vault.keep(tried.account.name, tried.secrets)
    ledger.records.keep_identity(tried.account.name, _who(tried))
    ledger.records.keep_announced(tried.account.name, tried.announced)
    ledger.deliveries.look_soon(tried.account.name, now)
    return ledger.records.release("account", tried.account.name, NO_ACCESS, now)
