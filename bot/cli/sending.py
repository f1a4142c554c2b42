"""Sending: publish what is due or one post now, run the daemon, answer a question."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import show
from bot.delivery import KEEPS_ITS_TIME, WAITS, State
from bot.errors import FootnoteError, Problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.app import App
    from bot.delivery import Delivery
    from bot.planner import Plan

PATIENCE = 45


@click.command()
@click.argument("post", required=False)
@click.option("--now", is_flag=True, help="Send POST now instead of at its planned time.")
@click.option("--due", is_flag=True, help="Send everything whose time has come, then stop.")
@click.pass_obj
def publish(folder: Path, post: str | None, now: bool, due: bool) -> None:
    """Publish POST now, or everything that is due. What is out already is never sent again."""
    if due == bool(post) or now != bool(post):
        raise click.UsageError("say `bot publish POST --now`, or `bot publish --due`")
    app = show.workspace(folder)
    planned = app.plan()
    if due:
        waiting = [row.id for row in app.season().rows if row.state in KEEPS_ITS_TIME and row.due_at <= app.now()]
        with app.ledger.lock():
            _run(app)
        _tell(app, waiting, failed_only=True)
        if planned.stopped or planned.problems:
            raise FootnoteError("\n".join(filter(None, [planned.stopped, *map(str, planned.problems)])))
        return
    rows = _bring_forward(app, str(post), planned)
    _settle(app, [row for row in rows if row.state in KEEPS_ITS_TIME])
    _tell(app, [row.id for row in rows])


@click.command()
@click.option("--unless-running", is_flag=True, help="It is fine if it runs already: say where, and stop.")
@click.pass_obj
def run(folder: Path, unless_running: bool) -> None:
    """Keep the calendar: plan, publish on time, serve the feed and your desk, until stopped (Ctrl-C)."""
    from bot.daemon import Daemon
    from bot.errors import LedgerBusy
    from bot.logs import log_to_stderr
    from bot.showing import feed_ports

    app = show.workspace(folder)
    log_to_stderr()
    daemon = Daemon(app)
    try:
        addresses = daemon.start()
    except LedgerBusy as busy:
        if not unless_running:
            raise
        click.echo(f"The bot is running already: {busy}")
        for port in filter(None, feed_ports(app.config).values()):
            click.echo(f"The feed: http://{app.config.feed_host}:{port}/")
        click.echo("Your desk: `bot desk` gives a link that opens it")
        return
    coming = [row for row in app.ledger.deliveries.all() if row.state == "scheduled"]
    for row in coming[:3]:
        click.echo(f"  next  {show.when(app, row.due_at)}  {row.account}  {row.post}")
    if daemon.invitation:
        click.echo(f"Your desk: {daemon.invitation}")
    for address in addresses:
        click.echo(f"The feed: {address}   (Ctrl-C stops the bot)")
    daemon.wait()
    if not daemon.stop():
        click.echo("bot: something did not end in time; the next start looks what became of it", err=True)
        sys.stderr.flush()
        os._exit(1)  # not waiting for it is the point
    if daemon.again:
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606  the same program, the new config


@click.command()
@click.argument("delivery", type=int)
@click.option("--published", "url", default=None, metavar="URL", help="It is there, at this address.")
@click.option("--resend", is_flag=True, help="It is not there: send it (again).")
@click.option("--drop", is_flag=True, help="Let it be.")
@click.pass_obj
def resolve(folder: Path, delivery: int, url: str | None, resend: bool, drop: bool) -> None:
    """Answer where the bot cannot tell what became of DELIVERY (its number in `bot status`)."""
    from bot.planner import resolve as answer_with

    if (url is not None) + resend + drop != 1:
        raise click.UsageError("say one of --published URL, --resend, --drop")
    app = show.workspace(folder)
    answer = "published" if url is not None else "resend" if resend else "drop"
    row = app.ledger.deliveries.get(delivery)
    after = answer_with(app.ledger, row, answer, app.now(), url=url or "", grace=app.config.grace)
    click.echo(f"delivery {delivery}, {after.post} on {after.account}: {after.state}")


COMMANDS = (publish, run, resolve)


def _bring_forward(app: App, name: str, planned: Plan) -> Sequence[Delivery]:
    from bot.planner import bring_forward

    post = app.post(name).post
    rows = app.deliveries_of(post.id)
    problems = [problem for problem in planned.problems if problem.file == post.path]
    if problems and not any(row.state == "published" for row in rows):
        raise Problems(problems)
    if not rows:
        raise FootnoteError(f"{post.path} is not planned: approve it first (`bot approve {post.id}`)")
    rows = [row for row in rows if row.account in app.post(name).post.accounts]
    waiting = [row for row in rows if row.state in WAITS]
    season = app.season()
    if held := [
        f"{row.account} is held ({', '.join(hold.reason for hold in holds)}); `bot status` says more"
        for row in waiting
        if (holds := season.holds_on(row))
    ]:
        raise FootnoteError("\n".join(held))
    for row in waiting:
        bring_forward(app.ledger, row, app.config.grace, app.now())
    return [app.ledger.deliveries.get(row.id) for row in rows]


def _tell(app: App, deliveries: Sequence[int], *, failed_only: bool = False) -> None:
    """Print what became of deliveries; exit code 1 when one is not out."""
    rows = [app.ledger.deliveries.get(number) for number in deliveries]
    for row in rows:
        said = row.url if row.state == "published" else row.reason
        click.echo(f"  {row.account}: {row.state}{f': {said}' if said else ''}")
    bad = {"failed", "unconfirmed"} if failed_only else {str(row.state) for row in rows} - {"published"}
    if any(row.state in bad or (row.state == "scheduled" and row.errors) for row in rows):
        raise SystemExit(1)


def _settle(app: App, rows: Sequence[Delivery]) -> None:
    """Publish them here, or wait while the running bot does."""
    from bot.errors import LedgerBusy

    if not rows:
        return
    try:
        with app.ledger.lock():
            _run(app)
    except LedgerBusy:
        click.echo("  the running bot sends it ...", err=True)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if not any(app.ledger.deliveries.get(row.id).state in {State.SCHEDULED, State.PUBLISHING} for row in rows):
                break
            time.sleep(0.2)


def _run(app: App) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as pool:
        done = app.publisher().run(pool)
    if not done:
        click.echo("  nothing is due")
