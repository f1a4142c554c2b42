"""A document -> drafts in posts/, each with its picture in images/."""

from bot.composer.drafts import Draft, compose, identity, slug
from bot.composer.taking import take_in
from bot.composer.writing import Composed, Offers, Skipped, compose_document

__all__ = ["Composed", "Draft", "Offers", "Skipped", "compose", "compose_document", "identity", "slug", "take_in"]
