"""A text from elsewhere becomes a document of the workspace: the posts' footnotes point there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from bot.composer.naming import refuse_unnamable
from bot.composer.pages import address_in, kept_of, names_of, says_the_same
from bot.documents import read_content
from bot.errors import DocumentError, PageChanged
from bot.io.fetch import Fetched
from bot.io.files import write_atomic
from bot.snippets.language import check_language

NAME_BYTES = 200
"""No file system that people use takes more than 255, some that encrypt fewer."""


def take_in(
    root: Path, name: str, content: bytes, progress: Callable[[int, int], None] | None = None
) -> tuple[Path, bool]:
    """Put a text into documents/ under its own name; returns where, and whether it is new there.

    Raises DocumentError, and nothing is written, when it cannot be read, or when another text has that name.
    """
    plain = Path(name.replace("\\", "/")).name
    if not plain.strip(". ") or plain.startswith((".", "~", "README")):
        raise DocumentError("the text needs a name of its own, such as foot-massage.txt")
    refuse_unnamable(f"documents/{plain}")
    if len(plain.encode()) > NAME_BYTES:
        raise DocumentError(f"the name of the text is too long for a file: choose a shorter one than {plain[:40]}…")
    kept = root / "documents" / plain
    if kept.exists():
        if kept.read_bytes() == content:
            return kept, False
        raise DocumentError(f"documents/{plain} is there already and says something else: rename one of the two")
    _keep(kept, content, plain, progress)
    return kept, True


def take_page(root: Path, page: Fetched, day: date, *, again: bool = False) -> tuple[Path, bool]:
    """Put a page into documents/, named by its address; returns where, and whether it is new or newly written there.

    Where the kept copy says something else than the page does now, `again` replaces it; else PageChanged is raised.
    Raises DocumentError, and nothing is written, when it cannot be read.
    """
    content = kept_of(page, day)
    kept = _place(root, page)
    refuse_unnamable(f"documents/{kept.name}")
    if kept.exists():
        before = kept.read_bytes()
        if says_the_same(before, content):
            return kept, False
        if not again:
            raise PageChanged(
                f"documents/{kept.name} says something else than {page.url} does now: `--again` replaces it "
                "with the page as it is, and posts whose sentences are gone from it wait for you"
            )
    _keep(kept, content, f"documents/{kept.name}")
    return kept, True


def _place(root: Path, page: Fetched) -> Path:
    """A file of its own for each address, as far as the kept ones say where they are from."""
    first, other = (root / "documents" / name for name in names_of(page))
    is_anothers = first.is_file() and address_in(first.read_bytes()) not in {"", page.url}
    return other if is_anothers else first


def _keep(kept: Path, content: bytes, name: str, progress: Callable[[int, int], None] | None = None) -> None:
    """What cannot be read is not taken in."""
    check_language(read_content(content, name, progress))
    kept.parent.mkdir(exist_ok=True)
    write_atomic(kept, content)
