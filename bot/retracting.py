"""What is live is taken down again, where its network allows that; it is recorded, and never sent again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.delivery import UNDER_WAY, Delivery
from bot.errors import FootnoteError, NetworkError
from bot.ledger import Ledger
from bot.model import Receipt
from bot.networks.base import ByHand, Network, Retracts


@dataclass(frozen=True, slots=True)
class Retracted:
    """What became of one delivery: what is down now; what is still live, the last part first, and why; how by hand."""

    delivery: Delivery
    down: tuple[Receipt, ...] = ()
    live: tuple[Receipt, ...] = ()
    why: str = ""
    by_hand: str = ""

    @property
    def is_done(self) -> bool:
        """Whether nothing of it is live any more, as far as anybody knows."""
        return not self.live and not self.why


def retract(
    ledger: Ledger,
    delivery: Delivery,
    open_network: Callable[[str], Network],
    now: datetime,
    *,
    who: str = "person",
    by_hand: bool = False,
) -> Retracted:
    """Take every part of a delivery down, the last first; `by_hand` = a person did, and says so.

    Each part is recorded once it is down; what could not be taken down can be tried again. Raises LedgerError.
    """
    rows = ledger.deliveries
    standing = rows.standing(delivery)[::-1]
    live = tuple(receipt for _, receipt in standing)
    if delivery.state in UNDER_WAY:
        return Retracted(delivery, live=live, why="it may be on its way: see `bot status`, then take it down")
    network: Network | None = None
    try:
        network = None if by_hand or not standing else open_network(delivery.account)
    except FootnoteError as error:
        return Retracted(delivery, live=live, why=str(error))
    if network is not None and not isinstance(network, Retracts):
        how = network.by_hand if isinstance(network, ByHand) else f"open {live[0].url} and delete it there"
        return Retracted(delivery, live=live, why="only a person can take it down there", by_hand=how)
    for done, (part, receipt) in enumerate(standing):
        try:
            if network is not None:
                network.retract(receipt)
        except NetworkError as error:
            return Retracted(delivery, live[:done], live[done:], str(error))
        rows.record_retraction(delivery, part, who, now)
        said = f"part {part + 1} was taken down{' by hand' if by_hand else ''}: {receipt.url}"
        ledger.records.note(delivery.post, who, said, now)
    return Retracted(delivery, down=live)
