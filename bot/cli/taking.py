"""Taking down what is live."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import show
from bot.errors import FootnoteError, UnknownName

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.app import App
    from bot.delivery import Delivery
    from bot.retracting import Retracted


@click.command()
@click.argument("post")
@click.option("--from", "account", default="", metavar="ACCOUNT", help="Only there; elsewhere it stays, or goes out.")
@click.option("--done", is_flag=True, help="You deleted it there by hand: write that down, and ask no network.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.pass_obj
def retract(folder: Path, post: str, account: str, done: bool, yes: bool) -> None:
    """Take POST down wherever it is out, and call off what is still to come of it. It is never sent again."""
    from bot.retracting import retract as take_down

    app = show.workspace(folder)
    name, rows = _found(app, post)
    if account:
        app.config.account(account)
        rows = [row for row in rows if row.account == account]
    live = [row for row in rows if app.ledger.deliveries.standing(row)]
    for row in live:
        click.echo(f"  {row.account}: {row.url}")
    if live and not yes and sys.stdin.isatty():
        click.confirm("Deleted there by hand?" if done else "Take it down?", abort=True)
    if not account:
        _call_off(app, post)
    failed = False
    for row in (app.ledger.deliveries.get(row.id) for row in rows):
        told = take_down(app.ledger, row, app.network, app.now(), by_hand=done)
        failed = _say(told) or failed
    if not live and not failed:
        where = f" on {account}" if account else ""
        click.echo(f"nothing of {name} is out{where}")
    raise SystemExit(1 if failed else 0)


COMMANDS = (retract,)


def _found(app: App, name: str) -> tuple[str, Sequence[Delivery]]:
    """The post's id and its deliveries, also where its file is gone."""
    try:
        name = app.post(name).post.id
    except UnknownName:
        if not app.deliveries_of(name):
            raise
    return name, app.deliveries_of(name)


def _call_off(app: App, name: str) -> None:
    """Nothing more of it goes out."""
    from bot.planner import withdraw

    try:
        file = app.post(name)
    except FootnoteError:  # its file is gone, or cannot be read: nothing of it is sent before it can
        return
    withdraw(app.config, file)
    app.plan(only=file.post.id)


def _say(told: Retracted) -> bool:
    """Print what became of one delivery; True where a person has something to do."""
    name = told.delivery.account
    for receipt in told.down:
        click.echo(f"  {name}: down: {receipt.url}")
    if told.is_done:
        return False
    if told.live or told.why:
        click.echo(f"  {name}: {told.why}", err=True)
    for receipt in told.live:
        click.echo(f"    still live: {receipt.url}", err=True)
    if told.by_hand:
        post = told.delivery.post
        click.echo(f"    {told.by_hand}, then `bot retract {post} --from {name} --done`", err=True)
    return True
