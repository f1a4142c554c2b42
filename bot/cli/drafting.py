"""From a document, or a page of the web, to drafts: snippets, compose."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from bot.cli import show
from bot.cli.waiting import bar

if TYPE_CHECKING:
    from bot.app import App
    from bot.config import Config
    from bot.io.fetch import Fetched
    from bot.model import Document, Snippet


@click.command()
@click.argument("document")
@click.option("--json", "as_json", is_flag=True, help="A list for programs.")
@click.option("--subject", default=None, help='What "it" is in the document (default: `subject` in config.toml).')
@click.pass_obj
def snippets(folder: Path, document: str, as_json: bool, subject: str | None) -> None:
    """List what DOCUMENT says, of every kind, best first, each with its source and reasons.

    DOCUMENT is a file, or the https address of a page; nothing is written.
    """
    from bot.documents import place
    from bot.snippets import find_snippets

    read, told = _read(folder, document)
    found = find_snippets(read, told if subject is None else subject)
    if as_json:
        show.as_json([_snippet(one) for one in found])
        return
    for one in found:
        click.echo(f"{one.score:6.1f}  {one.kind:<16} {one.text}")
        where = f"{PurePosixPath(read.name).name}, {place(read, one.span)} [{one.span[0]}, {one.span[1]})"
        click.echo(f"        {where}  {'; '.join(one.reasons)}")
        show.claims(one.claims, "        ")


@click.command()
@click.argument("document", nargs=-1, required=True)
@click.option("--again", is_flag=True, help="Replace the copy of a page that says something else now.")
@click.pass_obj
def compose(folder: Path, document: tuple[str, ...], again: bool) -> None:
    """Draft posts with pictures from DOCUMENT; what was offered before does not come back.

    DOCUMENT is a file, or the https address of a page, of which a copy is kept in documents/.
    """
    from bot.io.address import is_address
    from bot.io.fetch import fetch

    app = show.workspace(folder)
    pages = {name: fetch(name) for name in document if is_address(name)}  # all, before anything is written
    for name in document:
        page = pages.get(name)
        path = _page_taken_in(app, page, again=again) if page else _taken_in(app, _in_workspace(folder, Path(name)))
        _compose(app, path)


def _compose(app: App, path: Path) -> None:
    from bot.composer import compose_document

    with bar(path.name) as told:
        done = compose_document(app.config, app.ledger.records, path, app.now(), turn=app.turn, progress=told)
    click.echo(f"{path.name}: {show.count(len(done.written), 'new draft')}")
    for one in done.written:
        click.echo(f"  {one.path}")
        show.claims(one.claims)
    for skipped in done.skipped:
        if skipped.why != "offered before":
            click.echo(f"  left out: {skipped.snippet.text}: {skipped.why}", err=True)


def _taken_in(app: App, path: Path) -> Path:
    """A document from elsewhere is copied into documents/: the posts' footnotes point there."""
    from bot.composer import take_in

    if path.resolve().is_relative_to(app.root) or not path.is_file():
        return path
    with bar(path.name) as told:
        kept, is_new = take_in(app.root, path.name, path.read_bytes(), told)
    if is_new:
        click.echo(f"copied {path} to documents/{path.name}")
    return kept


def _page_taken_in(app: App, page: Fetched, *, again: bool) -> Path:
    from zoneinfo import ZoneInfo

    from bot.composer import take_page

    today = app.now().astimezone(ZoneInfo(app.config.zone)).date()
    kept, is_new = take_page(app.root, page, today, again=again)
    name = f"documents/{kept.name}"
    click.echo(f"copied {page.url} to {name}" if is_new else f"{name} says the same as {page.url} does now")
    return kept


def _in_workspace(folder: Path, path: Path) -> Path:
    """A document named from here, or from the workspace."""
    inside = folder / path
    return inside if not path.is_absolute() and inside.exists() else path


def _read(folder: Path, document: str) -> tuple[Document, str]:
    """A document or page anywhere, with the subject that the workspace (if this is one) gives it."""
    from bot.config import FILE, read_config
    from bot.documents import read
    from bot.io.address import is_address

    config: Config | None = read_config(folder.resolve()) if (folder / FILE).is_file() else None
    if is_address(document):
        found = _read_page(document)
        name = found.name
    else:
        path = _in_workspace(folder, Path(document))
        with bar(path.name) as told:
            found = read(path, path.name, told)
        inside = path.resolve().is_relative_to(folder.resolve())
        name = path.resolve().relative_to(folder.resolve()).as_posix() if inside else f"documents/{path.name}"
    return found, config.subject_of(name, found.subject) if config else found.subject


def _read_page(address: str) -> Document:
    from datetime import UTC, datetime

    from bot.composer import read_page
    from bot.io.fetch import fetch

    return read_page(fetch(address), datetime.now(UTC).date())


def _snippet(one: Snippet) -> dict[str, object]:
    support = one.support
    return {
        "text": one.text,
        "kind": str(one.kind),
        "score": round(one.score, 3),
        "reasons": list(one.reasons),
        "source_start": one.span[0],
        "source_end": one.span[1],
        "support": None
        if support is None
        else {"text": support.text, "source_start": support.span[0], "source_end": support.span[1]},
        "claims": [asdict(claim) for claim in one.claims],
        "risk": one.risk,
    }
