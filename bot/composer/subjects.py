"""What a document is about, as somebody said it: in config.toml for it, in its front matter, or for the studio."""

from __future__ import annotations

from bot.config import Config
from bot.model import Document
from bot.snippets.suggestion import fits


def subject_for(config: Config, document: Document) -> str:
    """The subject that "it" stands for in the document; "" when nobody said.

    The studio's own subject counts only for a document that speaks of it: named in a text about something else it
    would be a lie.
    """
    told = config.subjects.get(document.name) or document.subject
    return told or (config.subject if fits(config.subject, document) else "")
