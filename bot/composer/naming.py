"""What a document is called: its path in the workspace, if a post can carry that."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from pydantic import ValidationError

from bot.errors import DocumentError
from bot.posts.tables import SourceTable

NAME_LENGTH = 200


def document_name(path: Path, root: Path) -> str:
    """The path of a document in the workspace; DocumentError, before anything is drafted, when no post can name it."""
    try:
        name = path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        raise DocumentError(_elsewhere(path, root)) from None
    refuse_unnamable(name)
    return name


def refuse_unnamable(name: str) -> None:
    """Raise DocumentError for a path in the workspace that no post can name."""
    if not _is_carried(name):
        raise DocumentError(
            f"{_shown(name)}: a post cannot name this file: rename it, "
            f"without \\, : and control characters, in at most {NAME_LENGTH} characters with its folders"
        )


def _elsewhere(path: Path, root: Path) -> str:
    if not os.path.exists(path):  # noqa: PTH110 - Path.exists raises for a name that is too long
        return f"{_shown(str(path))}: there is no such file; check the spelling"
    return f"{path} is not in the workspace {root}: copy it into documents/"


def _is_carried(name: str) -> bool:
    """Whether a post that quotes the document reads back with this very name."""
    try:
        kept = SourceTable(document=name, sha256="0" * 64).document
    except ValidationError:
        return False
    return kept == name and len(name) <= NAME_LENGTH and not any(unicodedata.category(char) == "Cc" for char in name)


def _shown(name: str) -> str:
    shown = "".join(char if char.isprintable() else "?" for char in name)
    return shown if len(shown) <= NAME_LENGTH else shown[:NAME_LENGTH] + "…"
