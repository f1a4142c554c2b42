"""The command `bot`: parse, one call, print."""

from __future__ import annotations

from pathlib import Path

import click

from bot import __version__
from bot.errors import ConfigProblems, DocumentError, FetchError, FootnoteError, UnknownName

OFTEN_WRONG_USE = (UnknownName, DocumentError, FetchError, ConfigProblems)


class Commands(click.Group):
    """Shows commands in the order of the day's work, and errors as sentences."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which they were added."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; exit codes: 0 fine, 1 something needs you, 2 wrong use."""
        try:
            return super().invoke(ctx)
        except FootnoteError as error:
            for line in str(error).splitlines():
                click.echo(f"bot: {line}", err=True)
            ctx.exit(2 if isinstance(error, OFTEN_WRONG_USE) else 1)
        except BrokenPipeError:
            ctx.exit(0)
        except OSError as error:
            if not error.strerror:
                raise
            where = f"{error.filename}: " if error.filename else ""
            click.echo(f"bot: {where}{error.strerror}. Check the name, the rights and the disk's space.", err=True)
            ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=".",
    help="The workspace's folder (default: this one).",
)
@click.version_option(__version__, prog_name="bot")
@click.pass_context
def main(ctx: click.Context, folder: Path) -> None:
    """Turn a document into captioned posts, each footnoted to its source, and publish them on time, once.

    The usual way: `bot init`, `bot run`, and the rest at your desk. Or by commands: put a document in documents/,
    `bot compose`, read posts/, `bot approve`, `bot plan`.
    """
    ctx.obj = folder


from bot.cli import accounts, calendar, connect, desk, looking, sending, taking, writing  # noqa: E402  they hang their commands on `main`

ROOMS = (writing, calendar, looking, sending, taking, desk, connect, accounts)
for command in (command for room in ROOMS for command in room.COMMANDS):
    main.add_command(command)
