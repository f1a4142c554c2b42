"""The desk: a link that opens it, and its password."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import show
from bot.errors import FootnoteError

if TYPE_CHECKING:
    from bot.app import App


@click.command()
@click.option("--set-password", is_flag=True, help="Let people in by a password, too; asks for it.")
@click.pass_obj
def desk(folder: Path, set_password: bool) -> None:
    """Give a link that opens your desk, once, within an hour, with no password asked.

    The desk is open while `bot run` runs.
    """
    from bot.web.desk.extra import MISSING, is_installed

    if not is_installed():
        raise FootnoteError(MISSING)
    app = show.workspace(folder)
    if set_password:
        _set_password(app)
        return
    from bot.web.desk.entrance import Entrance

    if app.ledger.lock().holder() is None or not app.ledger.admissions.address():
        raise FootnoteError("your desk is not open: start it with `bot run`, which prints a link, too")
    click.echo(f"Your desk: {Entrance(app).new_link()}   (opens once, within an hour)")


COMMANDS = (desk,)


def _set_password(app: App) -> None:
    from bot.web.desk.passwords import LEAST, hashed

    app.ledger.admissions.keep_password(hashed(_asked(f"The new password (at least {LEAST} characters)")))
    click.echo("The password is set. Everybody has to come in again, with it.")


def _asked(question: str) -> str:
    """Typed unseen, twice; a line of the standard input where nobody types."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    answer: str = click.prompt(question, hide_input=True, confirmation_prompt="Once more")
    return answer
