"""How the accounts are: see whether all is well, count a text as a network does."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.cli import show
from bot.errors import FootnoteError


@click.command()
@click.pass_obj
def doctor(folder: Path) -> None:
    """Look whether all is well: config, clock, zone, disk, accounts; for what is not, the one thing to do."""
    from bot.doctor import examine

    findings = []
    for finding in examine(show.workspace(folder)):
        findings.append(finding)
        click.echo(f"  {'ok  ' if finding.is_well else 'LOOK'}  {finding.about:<12}  {finding.said}")
        if not finding.is_well:
            click.echo(f"{'':22}-> {finding.advice}")
    ill = sum(not finding.is_well for finding in findings)
    click.echo(f"{show.count(ill, 'thing')} to see to" if ill else "All is well.")
    raise SystemExit(1 if ill else 0)


@click.command()
@click.option("--keys", is_flag=True, help="Ask for the store's keys first, and keep them locked up.")
@click.pass_obj
def media(folder: Path, *, keys: bool) -> None:
    """Put a test picture where networks fetch pictures, and look at it from outside as they would.

    The place is named under [media] in config.toml. With --keys it reads the store's access key and its secret key
    from the standard input, one a line, where nobody is at the keyboard.
    """
    from bot.showing import keep_store_keys

    app = show.workspace(folder)
    if app.showcase is None:
        raise FootnoteError("config.toml names no place for pictures: add [media]; docs/connect/media.md says how")
    if keys:
        if app.config.media.at != "store":
            raise click.UsageError(f'keys are for at = "store"; config.toml says at = "{app.config.media.at}"')
        key_id = show.line("The access key (its id)", secret=True)
        keep_store_keys(app.vault, {"key_id": key_id, "key": show.line("The secret key", secret=True)})
    address, faults = app.showcase.trial(app.config.brand.accent)
    click.echo(f"put a test picture at {address}")
    for fault in faults:
        click.echo(f"  {'WRONG' if fault.is_certain else 'LOOK '}  {fault.said}\n         -> {fault.advice}")
    if not faults:
        click.echo("Networks can fetch it.")
    raise SystemExit(1 if any(fault.is_certain for fault in faults) else 0)


@click.command()
@click.argument("network", metavar="NETWORK|ACCOUNT")
@click.pass_obj
def count(folder: Path, network: str) -> None:
    """Count the text on standard input as NETWORK counts it; prints the length, then the limit (0 = none).

    The line end that closes the text is not counted. For an ACCOUNT, the limit is what its server announced.
    """
    from bot.config import FILE
    from bot.counting import count as length
    from bot.networks import known_networks, limits_of

    text = sys.stdin.buffer.read().decode("utf-8-sig", "replace").removesuffix("\n").removesuffix("\r")
    app = show.workspace(folder) if (folder / FILE).is_file() and network not in known_networks() else None
    account = next((one for one in app.config.accounts if one.name == network), None) if app else None
    limits = app.limits(account) if app and account else limits_of(network)
    click.echo(f"{length(text, limits.text_unit)} {limits.text_max}")
    size = length(text, "bytes")
    if limits.text_bytes_max and size > limits.text_bytes_max:
        click.echo(f"bot: {size} bytes, {limits.text_bytes_max} allowed", err=True)


COMMANDS = (doctor, media, count)
