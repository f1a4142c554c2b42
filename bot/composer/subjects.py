"""What a document is about, as somebody said it: in config.toml for it, in its front matter, or for the studio."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.config import FILE, Config, config_of, text_of
from bot.config.subjects import with_subject
from bot.errors import UnknownName
from bot.io.files import write_atomic
from bot.model import Document
from bot.networks import known_networks
from bot.snippets.suggestion import fits
from bot.written import SUBJECT_MAX, is_subject


def subject_for(config: Config, document: Document) -> str:
    """The subject that "it" stands for in the document; "" when nobody said.

    The studio's own subject counts only for a document that speaks of it: named in a text about something else it
    would be a lie.
    """
    told = config.subjects.get(document.name) or document.subject
    return told or (config.subject if fits(config.subject, document) else "")


def name_subject(config: Config, document: str, subject: str) -> Config:
    """Write into config.toml what a document (its path in the workspace) is about; returns the config that knows it.

    Raises UnknownName for what cannot stand for "it", ConfigProblems where config.toml is broken: nothing is written.
    """
    name = " ".join(subject.split())
    if not is_subject(name):
        raise UnknownName(f"a subject is a few words, {SUBJECT_MAX} characters at most, such as: Hot stone massage")
    root = Path(config.root)
    before = text_of(root)
    config_of(root, before, networks=known_networks())
    after = with_subject(before, document, name)
    known = config_of(root, after, networks=known_networks()).subjects
    if after != before:
        write_atomic(root / FILE, after.encode())
    return replace(config, subjects=known)
