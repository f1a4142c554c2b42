"""What goes out when, and what became of it: plan, calendar, status, history."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import show

if TYPE_CHECKING:
    from bot.app import App
    from bot.delivery import Delivery
    from bot.ledger.records import Hold
    from bot.planner import Plan, Season


@click.command()
@click.option("--accept-zone", is_flag=True, help="The timezone in config.toml changed: keep the clock times.")
@click.option("--accept-missing", is_flag=True, help="You removed those posts: plan without them.")
@click.pass_obj
def plan(folder: Path, accept_zone: bool, accept_missing: bool) -> None:
    """Give every approved post its moment. Changes nothing that is planned already."""
    from bot.errors import Problems

    app = show.workspace(folder)
    done = app.plan(accept_zone=accept_zone, accept_missing=accept_missing)
    for row in done.planned:
        click.echo(f"  planned  {show.when(app, row.due_at)}  {row.account}  {row.post}{_price(app, row)}")
    for row in done.changed:
        click.echo(f"  changed  {show.when(app, row.due_at)}  {row.account}  {row.post}")
    _tell(app, done)
    if done.stopped:
        click.echo(f"bot: {done.stopped}", err=True)
        raise SystemExit(1)
    if done.problems:
        raise Problems(done.problems)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def calendar(folder: Path, as_json: bool) -> None:
    """Show every post that is planned or out, by time."""
    app = show.workspace(folder)
    season = app.season()
    rows = app.ledger.deliveries.all()
    if as_json:
        show.as_json({"zone": app.config.zone, "calendar": [_row(row) | {"local": row.local_time} for row in rows]})
        return
    click.echo(f"{app.config.brand.studio}, times in {app.config.zone}")
    show.table([(show.when(app, row.due_at), _state(season, row), row.account, row.url or row.post) for row in rows])
    if not rows:
        click.echo("  nothing is planned: approve a post, then `bot plan`")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def status(folder: Path, as_json: bool) -> None:
    """Say what went out, what is next, and what needs you (then the exit code is 1)."""
    app = show.workspace(folder)
    season = app.season()
    rows, holds, needs = season.rows, season.holds, season.needs
    problems = [str(problem) for problem in season.problems]
    troubled = any(row.state == "scheduled" and row.errors for row in rows)
    strangers = app.strangers(season)
    if as_json:
        rows = app.ledger.deliveries.all()
        told = [{"scope": h.scope, "subject": h.subject, "reason": h.reason, "note": h.note} for h in holds]
        show.as_json({"deliveries": [_row(row) for row in rows], "holds": told, "problems": problems})
    else:
        _status(app, season)
        show.table([("held", hold.scope, hold.subject, _what_to_do(hold)) for hold in holds])
        for name in strangers:
            click.echo(f"  {name} is not connected, and posts are planned there: `bot connect {name}`")
        for problem in problems:
            click.echo(f"  {problem}")
    raise SystemExit(1 if needs or holds or problems or troubled or strangers else 0)


@click.command()
@click.argument("post")
@click.pass_obj
def history(folder: Path, post: str) -> None:
    """Tell everything that happened to POST, oldest first."""
    from bot.errors import UnknownName

    app = show.workspace(folder)
    try:
        post = app.post(post).post.id
    except UnknownName:
        if not app.ledger.records.history(post):
            raise
    lines = app.ledger.records.history(post)
    show.table([(f"{one.at:%Y-%m-%d %H:%M:%S}Z", one.who, one.account, one.move, one.what) for one in lines], "")


COMMANDS = (plan, calendar, status, history)


def _tell(app: App, done: Plan) -> None:
    for note in done.notes:
        click.echo(f"  note: {note}")
    if done.waiting:
        click.echo(f"{show.count(len(done.waiting), 'post')} waiting for you (`bot approve POST`):")
    for one in done.waiting:
        click.echo(f"  {one.path}")
        show.claims(one.claims)
    rows = app.ledger.deliveries.all()
    coming = [row for row in rows if row.state == "scheduled"]
    out = sum(row.state == "published" for row in rows)
    following = f"; next: {show.when(app, coming[0].due_at)}, {coming[0].post}" if coming else ""
    click.echo(f"{show.count(out, 'post')} out, {len(coming)} to come{following}")
    from bot.prices import dollars

    if costs := [cost.total for row in coming if (cost := show.cost(app, row))]:
        click.echo(f"{len(costs)} of those to come cost money: {dollars(sum(costs, Decimal()))} in all")


def _price(app: App, row: Delivery) -> str:
    cost = show.cost(app, row)
    return f"  costs {cost}" if cost else ""


def _status(app: App, season: Season) -> None:
    rows, needs = season.rows, season.needs
    out = [row for row in rows if row.state == "published"]
    held = [row for row in rows if row.state == "scheduled" and season.holds_on(row)]
    coming = [row for row in rows if row.state == "scheduled" and row not in held]
    waiting = f", {show.count(len(season.waiting), 'post')} waiting for your yes" if season.waiting else ""
    click.echo(f"{len(out)} published, {len(coming)} to come, {len(needs) + len(held)} for you{waiting}")
    down = app.ledger.deliveries.taken_down()
    said_out = {True: "down", False: "out"}
    show.table(
        [(said_out[row.id in down], show.when(app, row.due_at), row.account, row.url or row.post) for row in out[-5:]]
    )
    show.table([("next", show.when(app, row.due_at), row.account, row.post) for row in coming[:5]])
    drafts = [one for one in season.posts.values() if one.file and not one.rows and not one.is_withdrawn]
    said = {True: "waits for your yes", False: "has a yes: `bot plan` gives it its time, or says why not"}
    show.table([("draft", one.file.path, said[one.waits]) for one in drafts if one.file])
    for row in rows:
        if row.state == "scheduled" and row.errors:
            click.echo(f"  could not send {row.post} on {row.account} yet ({row.errors}x): {row.reason}")
        if row.state == "unconfirmed" and not row.asks:
            click.echo(f"  looking for {row.post} on {row.account}: {row.reason}")
    for row in needs:
        click.echo(f"  {row.state}: delivery {row.id}, {row.post} on {row.account}: {row.reason}")
        click.echo(f"    answer with `bot resolve {row.id} {_answers(row)}`")


def _what_to_do(hold: Hold) -> str:
    """Why it waits, and the one thing that ends it."""
    note = f" ({hold.note})" if hold.note else ""
    return f"{hold.reason}{note}: {remedies(hold.subject).get((hold.scope, hold.reason), 'see `bot plan`')}"


def remedies(subject: str) -> dict[tuple[str, str], str]:
    """The one thing that ends a hold on `subject`, by its scope and reason."""
    from bot.planner import holds

    return {
        ("workspace", holds.ZONE): "`bot plan --accept-zone`, or put the old zone back",
        ("workspace", holds.MISSING): "put them back; if you removed them, `bot plan --accept-missing`",
        ("account", holds.GONE): "name the account there again, or withdraw its posts",
        ("account", holds.NO_ACCESS): f"`bot connect {subject}`",
        ("post", holds.MISSING): 'put the file back; to call it off, put it back with status = "withdrawn"',
        ("post", holds.BROKEN): "`bot check` says what to mend",
        ("post", holds.EDITED): f"say yes again with `bot approve {subject}`, or undo the edit",
        ("post", holds.SOURCE): "compare the words with the document; `bot plan` says more",
        ("post", holds.SOURCE_GONE): f"put its document back, or `bot withdraw {subject}`; `bot plan` says more",
        ("post", holds.UNFIT): "`bot plan` says why",
        ("post", holds.NO_TIME): "write another publish_at, or add [[slots]] in config.toml; `bot plan` says more",
        ("post", holds.NEW_LEDGER): f"if it is not out yet, `bot approve {subject}`",
        ("delivery", holds.POISON): f"it stopped the bot several times; `bot resolve {subject} --resend|--drop`",
    }


def _state(season: Season, row: Delivery) -> str:
    held = ", ".join(hold.reason for hold in season.holds_on(row))
    return f"held ({held})" if held else str(row.state)


def _answers(row: Delivery) -> str:
    return "--published URL|--resend|--drop" if row.asks else "--resend|--drop"


def _row(row: Delivery) -> dict[str, object]:
    return {
        "id": row.id,
        "post": row.post,
        "account": row.account,
        "state": str(row.state),
        "due": row.due_at.isoformat(),
        "url": row.url or None,
        "reason": row.reason,
    }
