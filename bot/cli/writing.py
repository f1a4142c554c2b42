"""From drafts to posts that may go out, or not: check, approve, withdraw; and the workspace they are in: init."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import show
from bot.cli.drafting import compose, snippets

if TYPE_CHECKING:
    from bot.app import App
    from bot.errors import Problem
    from bot.planner.season import Standing
    from bot.posts import PostFile


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", default="My Studio", help="The studio's name, as it stands on the pictures.")
@click.option("--zone", default="", help='Where the studio is, such as "America/Denver" (default: this machine\'s).')
@click.option("--subject", default="", help='What your texts are about, such as "Ashiatsu massage": it replaces "it".')
def init(folder: Path, name: str, zone: str, subject: str) -> None:
    """Make a new workspace in FOLDER, with a config.toml to fill in."""
    from zoneinfo import available_timezones

    from bot.starter import write_workspace

    if zone and zone not in available_timezones():
        city = [known for known in sorted(available_timezones()) if known.rpartition("/")[2] == zone.replace(" ", "_")]
        hint = f'did you mean "{city[0]}"?' if city else 'write a region and a city, such as "America/Denver"'
        raise click.BadParameter(f'"{zone}" is not a time zone: {hint}', param_hint="--zone")
    for path in write_workspace(folder, name=name, zone=zone, subject=subject):
        click.echo(f"  {path}")
    click.echo(f"Next: have a look at {folder / 'config.toml'}, then")
    click.echo(f"  bot -C {folder} run")
    click.echo("opens your desk, where you give it a text.")


@click.command()
@click.pass_obj
def check(folder: Path) -> None:
    """Read everything and change nothing: every mistake of every file, and what is flagged, with its line."""
    from bot.errors import Problem, Problems
    from bot.images import check_brand
    from bot.model import Status

    app = show.workspace(folder)
    shelf = app.shelf()
    problems = [*(Problem("config.toml", 0, said) for said in check_brand(app.config.brand)), *shelf.problems]
    if not app.config.subject:
        click.echo('config.toml: no `subject`: sentences that begin with "it" cannot become posts')
    for file in shelf.posts:
        if file.post.status is not Status.WITHDRAWN:
            _tell_claims(app, file)
            _tell_pictures(app, file)
    lost = sum([_tell_source(app, standing) for standing in app.season().posts.values()])
    for file in shelf.posts:
        undrawn = (app.pictures.why_not(file.post, number) for number in range(len(file.post.images)))
        problems += [Problem(file.path, 0, said) for said in undrawn if said]
        problems += _unfit(app, file)
    if problems:
        raise Problems(problems)
    click.echo(f"{show.count(len(shelf.posts), 'post')}{_in_all(lost)}")


@click.command()
@click.argument("post", nargs=-1)
@click.option("--unflagged", is_flag=True, help="Every draft in whose words nothing was found.")
@click.option(
    "--override", metavar="REASON", default=None, help="Also where a claim is BLOCK: why it may be said. On record."
)
@click.pass_obj
def approve(folder: Path, post: tuple[str, ...], unflagged: bool, override: str | None) -> None:
    """Say that POST may go out as it stands; an edit afterwards asks again."""
    from bot.approval import claims_of
    from bot.model import Status
    from bot.planner import approve as approve_post
    from bot.planner import cite_again, reason_in, refuse_block

    if not post and not unflagged:
        raise click.UsageError("name the posts, or say --unflagged")
    if override is not None and not reason_in(override):
        raise click.UsageError('--override wants the reason, such as "our trial of 2025 shows it"')
    app = show.workspace(folder)
    files = [app.post(name) for name in post]
    if unflagged:
        drafts = (file for file in app.shelf().posts if file.post.status is Status.DRAFT)
        files += [file for file in drafts if not any(claim.level != "NOTE" for claim in claims_of(file.post))]
    named = {file.post.id: file for file in files}.values()
    for file in named:  # whatever is refused is refused before anything is written
        app.planner.press.all_pictures(file.post)
        if override is None:
            refuse_block(file)
    for file in named:
        cited = cite_again(app.config, app.planner.press, file)
        approve_post(app.config, app.ledger, cited, app.now(), override=override or "")
        click.echo(f"approved {file.path}")
        show.claims(claims_of(file.post))
    if not files:
        click.echo("nothing to approve")


@click.command()
@click.argument("post", nargs=-1, required=True)
@click.pass_obj
def withdraw(folder: Path, post: tuple[str, ...]) -> None:
    """Call POST off: what is planned of it does not go out; what is out stays out."""
    from bot.delivery import UNDER_WAY, State
    from bot.planner import withdraw as withdraw_post

    app = show.workspace(folder)
    for file in {file.post.id: file for file in map(app.post, post)}.values():
        withdraw_post(app.config, file)
        stopped = app.plan(only=file.post.id).stopped
        said = f"planning stands still: {stopped}" if stopped else "what is planned is called off"
        click.echo(f"withdrawn {file.path}; {said}")
        for row in app.deliveries_of(file.post.id):
            if row.state is State.PUBLISHED:
                click.echo(f"  {row.account}: it is out, and stays: {row.url}")
            elif row.state in UNDER_WAY:
                click.echo(f"  {row.account}: it may be on its way; `bot status` tells what became of it")


def _tell_claims(app: App, file: PostFile) -> None:
    """Every claim with its line; those of a file that is being saved right now are told by the next check."""
    from bot.approval import claims_by_line
    from bot.errors import Changed
    from bot.posts import read_again

    try:
        content = read_again(app.root, file)
    except Changed:
        return
    for line, claim in claims_by_line(file.post, content):
        show.claim_at(f"{file.path}:{line}" if line else file.path, claim)


def _tell_pictures(app: App, file: PostFile) -> None:
    """What a person may want to mend in pictures that are drawn all the same."""
    from bot.errors import ImageError
    from bot.images.alt import needless

    for image in file.post.images:
        if said := needless(image.alt):
            click.echo(f'{file.path}: NOTE: "{said}" in alt says nothing: begin with what it shows')
        with suppress(ImageError):  # told where the picture is drawn
            if image.photo and not image.consent and app.pictures.photos.find(image.photo).faces:
                click.echo(f"{file.path}: NOTE: {image.photo} shows a face: write who agreed, as consent = ...")


def _in_all(lost: int) -> str:
    """What a check found when every file is well formed, of the posts that `lost` something in their documents."""
    if not lost:
        return ", nothing wrong with config.toml or the files in posts/."
    stands = "stands in its document" if lost == 1 else "stand in their documents"
    return f"; {lost} of them no longer {stands} (above). config.toml and the files in posts/ are well formed."


def _tell_source(app: App, standing: Standing) -> bool:
    """What the document does not say any more that the post says, as it was (-) and as it is (+); whether any."""
    from bot.planner.changed import lines
    from bot.planner.season import source_of

    changed = source_of(app.planner.press, standing)
    if changed is None or standing.file is None:
        return False
    click.echo(f"{standing.file.path}: {changed}")
    for sentence in changed.sentences:
        was, now = lines(sentence)
        click.echo(f"    - {was}")
        click.echo(f"    + {now}" if now else "    (nothing like it stands there now)")
    return True


def _unfit(app: App, file: PostFile) -> list[Problem]:
    """The accounts whose network does not take the words of a post."""
    from bot.errors import Problem
    from bot.fitting import wrong_with_words

    accounts = map(app.config.account, file.post.accounts)
    wrong = {account.name: wrong_with_words(file.post, account, app.limits(account)) for account in accounts}
    said = (f'does not fit "{name}": {"; ".join(reasons)}' for name, reasons in wrong.items() if reasons)
    return [Problem(file.path, 0, what) for what in said]


COMMANDS = (init, snippets, compose, check, approve, withdraw)
