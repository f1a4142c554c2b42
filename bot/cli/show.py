"""What the commands share: the open workspace, and how things are printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.app import App
    from bot.delivery import Delivery
    from bot.model import Claim
    from bot.prices import Cost


def workspace(folder: Path) -> App:
    """The workspace in that folder, opened when a command needs it."""
    from bot.app import open_app

    return open_app(folder)


def as_json(value: object) -> None:
    """Print a value for programs: UTF-8, indented, keys in the documented order."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def table(rows: Sequence[Sequence[str]], indent: str = "  ") -> None:
    """Print rows in columns; the last column keeps its length."""
    if not rows:
        return
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        click.echo(f"{indent}{'  '.join([*cells, row[-1]])}".rstrip())


def claims(found: Iterable[Claim], indent: str = "    ") -> None:
    """Print what was found in somebody's words, and why it matters."""
    for claim in found:
        click.echo(f'{indent}{claim.level}: "{claim.words}" ({claim.rule}): {claim.why}')
        if claim.safer and claim.level != "NOTE":
            click.echo(f"{indent}  safer: {claim.safer}")


def claim_at(place: str, claim: Claim) -> None:
    """Print a claim with where its words stand, what is written about such words, and what could be said instead."""
    click.echo(f'{place}: {claim.level} {claim.rule}: "{claim.words}": {claim.why}')
    read = f" (read {claim.date})" if claim.date else ""
    click.echo(f"    {claim.touches}; {claim.source}{read}" if claim.touches else f"    {claim.source}{read}")
    if claim.safer:
        click.echo(f"    safer: {claim.safer}")


def when(app: App, at: datetime) -> str:
    """A moment on the studio's clock: Tue 1 Dec 2026, 09:00."""
    from zoneinfo import ZoneInfo

    local = at.astimezone(ZoneInfo(app.config.zone))
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M}"


def cost(app: App, row: Delivery) -> Cost | None:
    """What a delivery costs; None where posting is free, or its account is gone."""
    from bot.fitting import from_json
    from bot.prices import cost_of

    account = next((one for one in app.config.accounts if one.name == row.account), None)
    limits = app.limits(account) if account else None
    return cost_of(from_json(app.ledger.records.message(row.message)), limits) if limits and limits.price else None


def count(number: int, thing: str) -> str:
    """1 post, 2 posts, no posts."""
    return f"{number or 'no'} {thing}{'' if number == 1 else 's'}"


def line(question: str, *, secret: bool, kept: bool = False) -> str:
    """One answer: typed unseen where it is secret; a line of the standard input where nobody types."""
    if not sys.stdin.isatty():
        line = sys.stdin.readline()
        if not line.strip() and not kept:
            raise click.UsageError(f"no answer for: {question}")
        return line.strip()
    hint = " (Enter keeps what is there)" if kept else ""
    usual = "" if kept else None
    answer: str = click.prompt(question + hint, default=usual, hide_input=secret, show_default=False)
    return answer.strip()
