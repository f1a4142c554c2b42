"""A document -> drafts in posts/, each with its picture in images/."""

from bot.composer.carousels import compose_carousel
from bot.composer.drafts import Draft, compose, identity, slug
from bot.composer.found import Found, find, is_strong
from bot.composer.keeping import Skipped
from bot.composer.naming import document_name
from bot.composer.offered import Offers, rest
from bot.composer.pages import address_in, read_page
from bot.composer.subjects import name_subject, subject_for
from bot.composer.taking import take_in, take_page
from bot.composer.writing import ALL_OFFERED, OFFERED, Composed, compose_document, compose_more

__all__ = [
    "ALL_OFFERED",
    "OFFERED",
    "Composed",
    "Draft",
    "Found",
    "Offers",
    "Skipped",
    "address_in",
    "compose",
    "compose_carousel",
    "compose_document",
    "compose_more",
    "document_name",
    "find",
    "identity",
    "is_strong",
    "name_subject",
    "read_page",
    "rest",
    "slug",
    "subject_for",
    "take_in",
    "take_page",
]
