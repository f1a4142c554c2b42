"""A document -> drafts in posts/, each with its picture in images/."""

from bot.composer.drafts import Draft, compose, identity, slug
from bot.composer.pages import address_in, read_page
from bot.composer.taking import take_in, take_page
from bot.composer.writing import Composed, Offers, Skipped, compose_document

__all__ = [
    "Composed",
    "Draft",
    "Offers",
    "Skipped",
    "address_in",
    "compose",
    "compose_document",
    "identity",
    "read_page",
    "slug",
    "take_in",
    "take_page",
]
