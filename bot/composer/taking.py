"""A text from elsewhere becomes a document of the workspace: the posts' footnotes point there."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bot.composer.naming import refuse_unnamable
from bot.documents import read
from bot.errors import DocumentError
from bot.io.files import write_atomic

NAME_BYTES = 200
"""No file system that people use takes more than 255, some that encrypt fewer."""


def take_in(root: Path, name: str, content: bytes) -> tuple[Path, bool]:
    """Put a text into documents/ under its own name; returns where, and whether it is new there.

    Raises DocumentError, and nothing is written, when it cannot be read, or when another text has that name.
    """
    plain = Path(name.replace("\\", "/")).name
    if not plain.strip(". ") or plain.startswith((".", "README")):
        raise DocumentError("the text needs a name of its own, such as foot-massage.txt")
    refuse_unnamable(f"documents/{plain}")
    if len(plain.encode()) > NAME_BYTES:
        raise DocumentError(f"the name of the text is too long for a file: choose a shorter one than {plain[:40]}…")
    kept = root / "documents" / plain
    if kept.exists():
        if kept.read_bytes() == content:
            return kept, False
        raise DocumentError(f"documents/{plain} is there already and says something else: rename one of the two")
    with tempfile.TemporaryDirectory() as folder:  # what cannot be read is not taken in
        tried = Path(folder) / plain
        tried.write_bytes(content)
        read(tried, plain)
    kept.parent.mkdir(exist_ok=True)
    write_atomic(kept, content)
    return kept, True
