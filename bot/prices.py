"""What a Message costs where posting costs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.counting import links
from bot.model import Limits, Message


@dataclass(frozen=True, slots=True)
class Cost:
    """US dollars for posts without a link, for those with one, and for the pictures' alt texts."""

    posts: Decimal = Decimal(0)
    with_link: Decimal = Decimal(0)
    alt: Decimal = Decimal(0)

    @property
    def total(self) -> Decimal:
        """All of it."""
        return self.posts + self.with_link + self.alt

    def __str__(self) -> str:
        parts = [("post", self.posts), ("with a link", self.with_link), ("alt text", self.alt)]
        said = [f"{name} {dollars(amount)}" for name, amount in parts if amount]
        return dollars(self.total) + (f" ({' + '.join(said)})" if said else "")


def cost_of(message: Message, limits: Limits) -> Cost | None:
    """What publishing it costs there; None where posting is free."""
    price = limits.price
    if price is None:
        return None
    linked = sum(bool(links(part.text)) for part in message.parts)
    spoken = sum(bool(media.alt) for part in message.parts for media in part.media)
    return Cost(price.post * (len(message.parts) - linked), price.with_link * linked, price.alt * spoken)


def dollars(amount: Decimal) -> str:
    """As in $0.015: to a tenth of a cent."""
    return f"${amount:.3f}"
