"""How long the networks let us in: renewed ahead of time, and said two weeks before a person must sign in again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.delivery import KEEPS_ITS_TIME, NO_ACCESS, Delivery
from bot.errors import FootnoteError, Unauthorized
from bot.ledger import Ledger
from bot.model import Account
from bot.networks.base import Network, Renews
from bot.networks.tokens import moment
from bot.vault import Vault

AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Ending:
    """An account whose access ends whatever we do; `after` posts are planned for later than that."""

    account: str
    at: datetime
    after: int = 0

    def said(self, day: str) -> str:
        """A sentence for a person; `day` is the day as she writes it."""
        posts = "1 post is" if self.after == 1 else f"{self.after} posts are"
        late = f"; {posts} planned for later" if self.after else ""
        return f"{self.account}: its access ends on {day}{late}. Sign in again before: bot connect {self.account}"


def endings(
    vault: Vault, accounts: Iterable[Account], rows: Callable[[], Sequence[Delivery]], now: datetime
) -> Iterator[Ending]:
    """The accounts whose access ends within two weeks, or before a planned post; `rows` are read only if one ends."""
    for account in accounts:
        at = None
        with suppress(FootnoteError):  # not connected, or the vault cannot be opened: said elsewhere
            at = moment(vault.credentials(account.name).get(), "ends_at")
        if at is None:
            continue
        after = sum(row.account == account.name and row.state in KEEPS_ITS_TIME and row.due_at > at for row in rows())
        if after or at - now < AHEAD:
            yield Ending(account.name, at, after)


def renew(account: str, open_network: Callable[[str], Network], ledger: Ledger, now: datetime) -> None:
    """Renew an account's access where it is time; hold the account where only a person can. Raises NetworkError.

    What fails for now is no disconnect: nothing is held, and the old access serves as long as it lives.
    """
    network = open_network(account)
    if not isinstance(network, Renews):
        return
    try:
        network.renew()
    except Unauthorized as error:
        ledger.records.hold("account", account, NO_ACCESS, str(error), now)
        raise
