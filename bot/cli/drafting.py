"""From a document, or a page of the web, to drafts: snippets, compose."""

from __future__ import annotations

import shlex
from dataclasses import asdict, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from bot.cli import show
from bot.cli.waiting import bar

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.app import App
    from bot.composer import Composed
    from bot.config import Config
    from bot.io.fetch import Fetched
    from bot.model import Document, Snippet

AT_ONCE = 3


class Wish(TypedDict):
    """Which drafts of a document are wanted."""

    more: int | None
    carousel: bool
    pages: int | None


@click.command()
@click.argument("document")
@click.option("--json", "as_json", is_flag=True, help="A list for programs.")
@click.option("--subject", default=None, help='What "it" is in the document (default: as config.toml has it).')
@click.pass_obj
def snippets(folder: Path, document: str, as_json: bool, subject: str | None) -> None:
    """List what DOCUMENT says, of every kind, best first, each with its source and reasons.

    DOCUMENT is a file, or the https address of a page; nothing is written.
    """
    from bot.documents import places
    from bot.snippets import find_snippets
    from bot.snippets.language import check_language

    read, told = _read(folder, document)
    check_language(read)
    about = told if subject is None else subject
    found = find_snippets(read, about)
    if as_json:
        show.as_json([_snippet(one) for one in found])
        return
    where_is = places(read)
    for one in found:
        click.echo(f"{one.score:6.1f}  {one.kind:<16} {one.text}")
        where = f"{PurePosixPath(read.name).name}, {where_is(one.span)} [{one.span[0]}, {one.span[1]})"
        click.echo(f"        {where}  {'; '.join(one.reasons)}")
        show.claims(one.claims, "        ")
    _say_subject(read, about)


@click.command()
@click.argument("document", nargs=-1, required=True)
@click.option("--again", is_flag=True, help="Replace the copy of a page that says something else now.")
@click.option("--subject", default=None, help='What "it" is in DOCUMENT; config.toml keeps it.')
@click.option("--more", type=click.IntRange(min=1), default=None, help="The next so many of what else it says.")
@click.option("--carousel", is_flag=True, help="One post of several pictures: a cover, a benefit a page, a last page.")
@click.option("--pages", type=click.IntRange(3, 10), default=None, help="So many pages of a carousel at most.")
@click.pass_obj
def compose(folder: Path, document: tuple[str, ...], again: bool, subject: str | None, **wish: Unpack[Wish]) -> None:
    """Draft posts with pictures from DOCUMENT; what was offered before does not come back.

    DOCUMENT is a file, or the https address of a page, of which a copy is kept in documents/.
    """
    from bot.io.address import is_address
    from bot.io.fetch import fetch

    if subject is not None and len(document) > 1:
        raise click.UsageError("--subject is for one document at a time: each is about something of its own")
    _refuse_both(wish)
    app = show.workspace(folder)
    fetched = {name: fetch(name) for name in document if is_address(name)}  # all, before anything is written
    for name in document:
        page = fetched.get(name)
        path = _page_taken_in(app, page, again=again) if page else _taken_in(app, _in_workspace(folder, Path(name)))
        if subject is not None:
            _name_subject(app, path, subject)
        _compose(app, path, wish)


def _refuse_both(wish: Wish) -> None:
    if wish["pages"] and not wish["carousel"]:
        raise click.UsageError("--pages is for a carousel: add --carousel")
    if wish["more"] and wish["carousel"]:
        raise click.UsageError("--more is for posts of one benefit each: leave it out, or --carousel")


def _name_subject(app: App, path: Path, subject: str) -> None:
    from bot.composer import document_name

    name = document_name(path, app.root)
    app.name_subject(name, subject)
    click.echo(f'config.toml: "{name}" is about "{app.config.subjects[name]}"')


def _compose(app: App, path: Path, wish: Wish) -> None:
    from bot.composer import OFFERED

    with bar(path.name) as told:
        done = _done(app, path, wish, told)
    why = f": {done.why_none}" if done.why_none else ""
    click.echo(f"{path.name}: {show.count(len(done.written), 'new draft')}{why}")
    for one in done.written:
        pictures = len(one.post.images)
        click.echo(f"  {one.path}" + (f" ({pictures} pages)" if pictures > 1 else ""))
        show.claims(one.claims)
    for account in done.left_out:
        click.echo(f"  left out: {account}", err=True)
    for skipped in done.skipped:
        if skipped.why != OFFERED:
            click.echo(f"  left out: {skipped.snippet.text}: {skipped.why}", err=True)
    _say_next(done)


def _done(app: App, path: Path, wish: Wish, told: Callable[[int, int], None]) -> Composed:
    from bot.composer import compose_carousel, compose_document, compose_more

    config, offers, now, turn = app.config, app.ledger.records, app.now(), app.turn
    if wish["carousel"]:
        pages, limits = wish["pages"], app.limits
        return compose_carousel(config, offers, path, now, limits=limits, pages=pages, turn=turn, progress=told)
    if wish["more"]:
        return compose_more(config, offers, path, now, most=wish["more"], turn=turn, progress=told)
    return compose_document(config, offers, path, now, turn=turn, progress=told)


def _say_next(done: Composed) -> None:
    """What it says beyond the drafts, and the question that nobody answered yet."""
    name = shlex.quote(done.document.name)
    if done.rest:
        best = f"{show.count(len(done.rest), 'more benefit')}, next: {done.rest[0].text}"
        click.echo(f"  {best}\n    bot compose {name} --more {min(len(done.rest), AT_ONCE)}")
    if not done.subject:
        click.echo('  What is this text about? Sentences that begin with "it" stay out until you say:')
        hint = "   (a suggestion)" if done.suggestion else ""
        click.echo(f"    bot compose {name} --subject {_quoted(done.suggestion)}{hint}")


def _say_subject(document: Document, subject: str) -> None:
    from bot.snippets.suggestion import suggest_subject

    if subject:
        click.echo(f'"it" was taken for: {subject}', err=True)
        return
    suggestion = suggest_subject(document)
    hint = f" (perhaps {suggestion})" if suggestion else ""
    click.echo(f'Nobody said what this text is about{hint}: "it" stays "it". Try --subject TEXT.', err=True)


def _quoted(suggestion: str) -> str:
    return f'"{suggestion}"' if suggestion.replace(" ", "").isalnum() else shlex.quote(suggestion or "...")


def _taken_in(app: App, path: Path) -> Path:
    """A document from elsewhere is copied into documents/: the posts' footnotes point there."""
    from bot.composer import take_in
    from bot.documents import beginning

    if path.resolve().is_relative_to(app.root) or not path.is_file():
        return path
    with bar(path.name) as told:
        kept, is_new = take_in(app.root, path.name, beginning(path), told)
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
    from bot.composer import subject_for
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
    return found, subject_for(config, replace(found, name=name)) if config else found.subject


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
