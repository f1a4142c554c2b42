"""Connect an account, and disconnect it."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli import show
from bot.errors import ConfigProblems, FootnoteError, Unauthorized

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.app import App
    from bot.connecting import Tried
    from bot.model import Account, Limits
    from bot.networks.base import Ask
    from bot.networks.oauth import Code


@click.command()
@click.argument("name", metavar="NETWORK|ACCOUNT")
@click.option("--as", "called", default="", help="What a new account is called in config.toml (default: the network).")
@click.option("--set", "given", multiple=True, metavar="KEY=VALUE", help="A setting, such as server=https://a.social.")
@click.option("--paste", is_flag=True, help="The browser is on another machine: paste the address it came back to.")
@click.option("--label/--no-label", default=None, help="Whether to mark the account as automated (default: ask).")
@click.pass_obj
def connect(folder: Path, name: str, called: str, given: Sequence[str], *, paste: bool, label: bool | None) -> None:
    """Connect an account on NETWORK (mastodon, facebook, ...), or an ACCOUNT of config.toml (again).

    Asks for what the network needs, shows who you are there, and keeps the secrets locked up. Reads the answers
    from the standard input, one a line, where nobody is at the keyboard.
    """
    from bot import connecting
    from bot.config import FILE
    from bot.io.files import write_atomic

    app = show.workspace(folder)
    wanted = _wanted(app, name, called, given)
    if wanted.is_new:
        _config_with(app, wanted)  # said before anybody pastes a secret
    secrets = _secrets(app, wanted)
    try:
        code = _code(wanted.account, secrets, paste=paste)
        choose = _choose if wanted.is_new else None
        tried = connecting.try_account(wanted.account, secrets, app.open_network, code, choose)
        wanted = replace(wanted, account=tried.account)
    except Unauthorized as refused:
        raise FootnoteError(f"it was not let in; nothing was changed. {refused}") from refused
    click.echo(f"You are {tried.identity.name}   {tried.identity.url}")
    connecting.refuse_another(tried, app.ledger)
    if wanted.is_new:
        write_atomic(app.root / FILE, _config_with(app, wanted).encode())
        click.echo(f"config.toml: added [accounts.{wanted.account.name}]")
        app.close()
        app = show.workspace(folder)
    waited = connecting.keep(tried, app.vault, app.ledger, app.now())
    click.echo(f"  {_allowance(app.limits(wanted.account))}")
    _mark(tried, label)
    click.echo("Connected." + (" What waited for it goes out as soon as `bot run` runs." if waited else ""))
    if wanted.is_new:
        _say_next(wanted)


@click.command()
@click.argument("account")
@click.pass_obj
def disconnect(folder: Path, account: str) -> None:
    """Forget the secrets of ACCOUNT. Its posts wait until it is connected again."""
    from bot.connecting import forget

    app = show.workspace(folder)
    if not forget(account, app.vault, app.ledger):
        raise click.UsageError(f'"{account}" is not connected')
    click.echo(f"forgotten. Revoke the access at the network as well; then take {account} out of config.toml")


COMMANDS = (connect, disconnect)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The account to connect, what its network asks for, and, for a new one, whose moments of the week it shares."""

    account: Account
    asks: Sequence[Ask]
    is_new: bool = False
    beside: str = ""


def _wanted(app: App, name: str, called: str, given: Sequence[str]) -> Wanted:
    from bot.errors import UnknownName
    from bot.networks import class_of, known_networks

    here = [one for one in app.config.accounts if name in (one.name, one.network)]
    meant = [one for one in here if one.name == (called or name)] or ([] if called else here)
    if not here and name not in known_networks():
        known = ", ".join(known_networks())
        raise UnknownName(f'"{name}" is neither an account in config.toml nor a network ({known})')
    if len(meant) > 1:
        names = ", ".join(one.name for one in meant)
        raise click.UsageError(f"which one: {names}? For one more, say --as NAME")
    network = here[0].network if here else name
    asks: Sequence[Ask] = getattr(class_of(network), "asks", ())
    if not asks:
        raise FootnoteError(f"{name} needs no connection")
    if meant and given:
        raise click.UsageError(f"{meant[0].name} is in config.toml: change its settings there, then connect it")
    return Wanted(meant[0], asks) if meant else _new(app, called or name, network, asks, given)


def _new(app: App, name: str, network: str, asks: Sequence[Ask], given: Sequence[str]) -> Wanted:
    from bot.model import Account
    from bot.networks import check_settings

    if any(one.name == name for one in app.config.accounts):
        raise click.BadParameter(f'"{name}" is an account in config.toml already', param_hint="--as")
    if not re.fullmatch("[a-z0-9]+([-_][a-z0-9]+)*", name):
        raise click.BadParameter(f'"{name}" is not a short name: use a-z, 0-9 and hyphens', param_hint="--as")
    if odd := [pair for pair in given if "=" not in pair]:
        raise click.BadParameter(f'"{odd[0]}" is not KEY=VALUE', param_hint="--set")
    settings = _settings(asks, dict(pair.partition("=")[::2] for pair in given))
    if problems := check_settings(network, settings):
        raise FootnoteError("; ".join(problems))
    slotted = next((slot.account for slot in app.config.slots), "")
    shared = slotted and _yes(f'Give it the same moments of the week as "{slotted}"?')
    return Wanted(Account(name, network, settings), asks, is_new=True, beside=slotted if shared else "")


def _config_with(app: App, wanted: Wanted) -> str:
    """The text of config.toml, as it is now, with the account; ConfigProblems when that would not do."""
    from bot.config import config_of, text_of
    from bot.config.accounts import with_account
    from bot.networks import known_networks

    text = with_account(text_of(app.root), wanted.account, beside=wanted.beside)
    try:
        config_of(app.root, text, networks=known_networks()).account(wanted.account.name)
    except ConfigProblems as found:  # their lines are those of a text that nobody has seen
        raise ConfigProblems([replace(problem, line=0) for problem in found.problems]) from None
    return text


def _say_next(wanted: Wanted) -> None:
    name = wanted.account.name
    if not wanted.beside:
        click.echo(f'It has no moment of the week yet: add "{name}" to the accounts under [[slots]] in config.toml.')
    click.echo(f'New drafts are for it, too; for an older post, add "{name}" to the accounts in its file.')


def _settings(asks: Sequence[Ask], given: Mapping[str, str]) -> dict[str, str]:
    """What is not secret: given on the command line, or asked for."""
    asked = {ask.name: _answer(ask) for ask in asks if not ask.secret and ask.name not in given}
    return {key: value for key, value in {**asked, **given}.items() if value}


def _secrets(app: App, wanted: Wanted) -> dict[str, str]:
    """What is secret; an empty answer keeps what is in the vault."""
    from bot.connecting import TO, place_of
    from bot.networks import class_of

    account = wanted.account
    click.echo(getattr(class_of(account.network), "help", ""))
    kept: dict[str, str] = {}
    with suppress(Unauthorized):  # nothing is kept, or nothing that can be opened
        kept = dict(app.vault.credentials(account.name).get())
    if kept.get(TO) != place_of(account):  # they were given for another place, and are shown to no other
        kept = {}
    told = {ask.name: _answer(ask, kept=ask.name in kept) for ask in wanted.asks if ask.secret}
    new = {name: value for name, value in told.items() if value}
    names = {ask.name for ask in wanted.asks}
    return {**{key: value for key, value in kept.items() if not new or key in names}, **new}


def _answer(ask: Ask, *, kept: bool = False) -> str:
    return show.line(ask.question, secret=ask.secret, kept=kept)


def _code(account: Account, secrets: Mapping[str, str], *, paste: bool) -> Code | None:
    """What the person's yes in her browser is worth; None where the network asks for none."""
    from bot.consent import Consent
    from bot.networks import class_of

    there = class_of(account.network)
    grant_for = getattr(there, "grant_for", None)  # where it depends on the settings
    grant = grant_for(account.settings) if grant_for else getattr(there, "grant", None)
    if grant is None:
        return None
    consent = Consent(grant, secrets.get("client_id", ""))
    click.echo("What it will be allowed, and why:")
    show.table([(scope, why) for scope, why in grant.scopes.items()])
    click.echo(f"Open this page, signed in as the account that will speak, and say yes:\n\n{consent.address}\n")
    if consent.can_listen and sys.stdin.isatty() and not paste:
        click.echo("Waiting for your browser ... (Ctrl-C stops; on another machine, use --paste)")
        return consent.wait(lambda: click.launch(consent.address))
    click.echo(f"Afterwards the browser shows a page at {consent.back} (or says that it cannot: that is fine).")
    return consent.code_in(show.line("Paste the address from its address bar", secret=False))


def _choose(setting: str, found: Sequence[tuple[str, str]]) -> str:
    """Which of the places the access opens; one needs no question."""
    if not found:
        raise FootnoteError(f"there is no {setting} that this access opens: was it allowed for all of them?")
    if len(found) == 1:
        click.echo(f"{setting}: {found[0][1]}")
        return found[0][0]
    if not sys.stdin.isatty():
        known = "\n".join(f"  {value}  {name}" for value, name in found)
        raise FootnoteError(f"which {setting}? Say --set {setting}=... with one of\n{known}")
    for number, (_, name) in enumerate(found, start=1):
        click.echo(f"  {number}. {name}")
    number = click.prompt(f"Which {setting}", type=click.IntRange(1, len(found)))
    return found[number - 1][0]


def _yes(question: str) -> bool:
    return not sys.stdin.isatty() or click.confirm(question, default=True)


def _allowance(limits: Limits) -> str:
    from bot.prices import dollars

    said = [f"{limits.text_max} characters", f"{show.count(limits.images_max, 'picture')} a post"]
    if price := limits.price:
        said.append(f"{dollars(price.post)} a post, {dollars(price.with_link)} with a link")
    return ", ".join(said)


def _mark(tried: Tried, label: bool | None) -> None:
    """The networks' rules ask that an automated account says so: offer to do it, or tell where."""
    from bot.errors import NetworkError
    from bot.networks.base import Labels

    network = tried.network
    if not isinstance(network, Labels) or tried.identity.automated:
        return
    asked = label is None and sys.stdin.isatty() and tried.identity.automated is False
    if label or (
        asked and click.confirm("Its rules ask that an automated account says so. Mark it now?", default=True)
    ):
        try:
            if network.label():
                click.echo("  marked as automated")
                return
            click.echo("  it could not be marked from here", err=True)
        except NetworkError as error:
            click.echo(f"  it could not be marked: {error}", err=True)
    click.echo(f"  {tried.account.network.capitalize()}'s rules ask that an automated account says so: {network.how}")
