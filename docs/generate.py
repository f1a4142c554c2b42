"""Writes the pages that are made from the code: `python docs/generate.py`; with `--check` it only compares."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin

import click
from pydantic.fields import FieldInfo

from bot.cli import main as bot
from bot.config.tables import ConfigTables
from bot.delivery import MOVES, State
from bot.fitting import UNITS
from bot.mistakes import Table
from bot.model import Level, Limits
from bot.networks import BUILT_IN, check_settings, limits_of
from bot.networks.facts import facts
from bot.posts.tables import ImageTable, PostTables, SourceTable
from bot.prices import dollars
from bot.snippets.claims_file import Rule, rules

HERE = Path(__file__).parent
NOTE = "<!-- made by docs/generate.py: edit the code, then run it -->\n"
TOML_NAMES = {
    str: "text",
    int: "number",
    bool: "true or false",
    timedelta: "length of time",
    time: "time of day",
    datetime: "date and time",
    list: "list",
}

IN_A_POST = {
    PostTables: {
        "format": "write `1`: the version of this format",
        "id": "the name the post is known by for ever: a-z, 0-9 and hyphens; rename the file as you like, never this",
        "status": "`draft` (nothing happens), `approved` (it may go out), `withdrawn` (it must not)",
        "accounts": "where it is posted: names from `[accounts]` in config.toml",
        "publish_at": "a wish for a time, on the clock of config.toml; absent = the next free slot",
        "not_after": "later than this it is not sent any more; never later than the grace in config.toml allows",
        "late": "reserved for a later version: leave it out",
        "repeat": "reserved for a later version: leave it out",
        "topic": "what it is about, in a word, for you",
        "link": "where its readers are sent",
        "tags": "hashtags, with or without #",
    },
    ImageTable: {
        "template": "how it is set: `quote`, `photo` (words on it), `split` (beside it), `list`, `number`, `closing`",
        "headline": "the large words",
        "support": "the small words below them",
        "alt": "what the picture says, for those who cannot see it; absent = the drawn words",
        "items": 'the lines of a list, two to six: `["Eases tight hips", "Calms a busy mind"]`',
        "number": 'what stands large over the headline: `"20 min"`',
        "colours": "a palette: `reversed`, `bold`, or one from `[brand.palettes.NAME]`; absent = the brand's own",
        "photo": "a photo in images/, such as `images/backgrounds/feet.jpg` (JPEG, PNG, WebP)",
        "focus": 'the point of the photo to keep in view, from its upper left: `"50% 30%"`; absent = found by looking',
        "credit": "who took the photo",
        "licence": "why you may use it",
        "consent": "who agreed to be shown",
    },
    SourceTable: {
        "document": "the file in the workspace that the words come from",
        "sha256": "what that file was when the words were taken",
        "spans": "which sentences: `[[829, 856], [986, 1136]]`, each from its first character up to its end",
    },
}
"""What each key of a post's front matter is for; a key without words, or words without a key, is an error."""

MOVED_BY = {
    ("scheduled", "publishing"): "its time has come and nothing holds it: the bot takes it, for the length of a lease",
    ("scheduled", "unconfirmed"): "a new ledger met it: an older one may have published it",
    ("scheduled", "missed"): "it is later than its grace; nothing was sent",
    ("scheduled", "canceled"): "its post was withdrawn, or a person dropped it",
    ("publishing", "scheduled"): "certain that nothing was sent: the network said so, or it ended before the intent",
    ("publishing", "unconfirmed"): "the answer was lost after the intent: it may be live",
    ("publishing", "published"): "every part has its receipt",
    ("publishing", "failed"): "the network refused the content, or could not be reached eight times in a row",
    (
        "unconfirmed",
        "scheduled",
    ): "every look says that it is not there, or a person said so; or a part of several was found",
    ("unconfirmed", "published"): "it was found, or a person said where it is",
    ("unconfirmed", "canceled"): "a person said: let it be",
    ("missed", "scheduled"): "a person gave it a new time",
    ("missed", "canceled"): "its post was withdrawn, or a person let it be",
    ("failed", "scheduled"): "a person changed it or sent it again",
    ("failed", "canceled"): "its post was withdrawn, or a person let it be",
}
"""What makes each allowed move."""

AT_REST = {
    "scheduled": "it has its moment and waits for it",
    "publishing": "it is being sent now",
    "published": "it is out, with proof",
    "unconfirmed": "it may be out: the bot looks, and sends nothing before it knows",
    "missed": "its time passed while nothing could be sent; it waits for a person",
    "failed": "it was refused, or patience ran out; nothing is out; it waits for a person",
    "canceled": "it was called off before anything was sent",
}
"""What each state means."""


def config_page() -> str:
    """docs/reference-config.md: every table and key of config.toml."""
    top = {name: field for name, field in ConfigTables.model_fields.items() if not _table(field)}
    parts = [
        "# config.toml\n",
        "Lengths of time are written `90s`, `10m`, `2h`, `1d` or `1h30m`. A key that is not listed is an error.\n",
        "## At the top, above the first [table]\n",
        _keys(top),
    ]
    for name, field in ConfigTables.model_fields.items():
        if table := _table(field):
            parts += [f"## {_header(name, field)}\n", f"{table.__doc__}\n", _keys(table.model_fields)]
            parts += _subtables(name, table)
    return NOTE + "\n".join(parts)


def posts_page() -> str:
    """docs/reference-posts.md: every key of a post's front matter, around an example."""
    parts = [
        NOTE + (HERE / "parts" / "posts.md").read_text("utf-8").rstrip() + "\n",
        "## At the top, above the first [table]\n",
        _post_keys(PostTables),
        "## [[image]]\n",
        "One picture. Several of these make a carousel. It needs a headline.\n",
        _post_keys(ImageTable),
        "## [source]\n",
        "The sentences a post stands on. Absent = the words are your own.\n",
        _post_keys(SourceTable),
        "## [text]\n",
        'Other words for one account, by its name: `feed = "Shorter words for the feed."`\n',
    ]
    return "\n".join(parts)


def cli_page() -> str:
    """docs/reference-cli.md: every command with its options."""
    top = click.Context(bot, info_name="bot", **bot.context_settings)
    parts = [NOTE + "# The command `bot`\n", f"{_paragraphs(bot.help)}\n", _options(bot, top)]
    parts.append("Exit codes: 0 all is well, 1 something needs you, 2 wrong use.\n")
    for name in bot.list_commands(top):
        command = bot.commands[name]
        context = click.Context(command, info_name=name, parent=top)
        parts += [f"## bot {name}\n", f"```\n{_usage(command, context)}\n```\n", f"{_paragraphs(command.help)}\n"]
        parts.append(_options(command, context))
    return "\n".join(filter(None, parts))


def states_page() -> str:
    """docs/states.md: what a delivery can be, and every allowed move, from bot/delivery.py."""
    moves = sorted(MOVES, key=lambda move: [list(State).index(state) for state in move])
    _same(MOVED_BY, moves)
    _same(AT_REST, State)
    ends = [state for state in State if not any(start is state for start, _ in MOVES)]
    drawn = [f"    {start} --> {end}" for start, end in moves] + [f"    {end} --> [*]" for end in ends]
    parts = [
        NOTE + (HERE / "parts" / "states.md").read_text("utf-8").rstrip() + "\n",
        "\n".join(["```mermaid", "stateDiagram-v2", "    [*] --> scheduled", *drawn, "```", ""]),
        "## What each state means\n",
        "\n".join(["| state | means |", "|---|---|", *(f"| {state} | {AT_REST[state]} |" for state in State), ""]),
        "## Every allowed move\n",
        "Any other move is refused by the ledger.\n",
        "\n".join(["| from | to | when |", "|---|---|---|"]),
    ]
    rows = "\n".join(f"| {start} | {end} | {MOVED_BY[start, end]} |" for start, end in moves)
    return "\n".join(parts) + "\n" + rows + "\n"


def networks_page() -> str:
    """docs/reference-networks.md: what each network takes, from bot/networks/facts/."""
    names = list(BUILT_IN)
    heads = ["", *names]
    rows = [[said, *(show(limits_of(name)) for name in names)] for said, show in LIMITS.items()]
    parts = [
        NOTE + (HERE / "parts" / "networks.md").read_text("utf-8").rstrip() + "\n",
        _grid(heads, rows),
        "## Settings of an account\n",
    ]
    for name in names:
        told = facts(name)["settings"]
        _same(dict.fromkeys(told, ""), _settings_known(name))
        parts += [
            f'### network = "{name}"\n',
            _grid(["key", "what it is for"], [[f"`{key}`", said] for key, said in told.items()]),
        ]
    sources = [[name, str(facts(name)["as_of"]), facts(name)["source"]] for name in names]
    parts += ["## Where the figures come from\n", _grid(["network", "as of", "source"], sources)]
    return "\n".join(parts)


def guarantees_page() -> str:
    """docs/guarantees.md: what is promised on each network, by what means, and what remains."""
    rows = []
    for name in BUILT_IN:
        told, limits = facts(name)["promise"], limits_of(name)
        waits = [limits.settle * limits.growth**n for n in range(limits.looks)]
        when = ", then ".join(_seconds(wait) for wait in waits) if limits.settle else "at once"
        rows.append([f"**{name}**", told["mechanism"], f"{told['found_by']}; {when}", told["remains"]])
    heads = [
        "network",
        "how a post is sent once",
        "how a lost answer is looked for, and after what time",
        "what remains",
    ]
    return NOTE + (HERE / "parts" / "guarantees.md").read_text("utf-8").replace("TABLE", _grid(heads, rows).rstrip())


def claims_page() -> str:
    """docs/reference-claims.md: every rule of the claims guard, from bot/snippets/claims.toml."""
    parts = [NOTE + (HERE / "parts" / "claims.md").read_text("utf-8").rstrip() + "\n"]
    for level in (Level.BLOCK, Level.REVIEW, Level.NOTE):
        found = [rule for rule in rules() if rule.level is level]
        rows = [
            [f"**{rule.name}**{_only(rule)}", rule.why, rule.safer, f"{rule.source.rule} ({rule.source.date})"]
            for rule in found
        ]
        parts += [f"## {level}\n", _grid(["rule", "why", "safer words", "what it touches"], rows)]
    sources = {rule.source: None for rule in rules()}
    told = [[source.rule, source.where, source.date] for source in sources]
    return "\n".join([*parts, "## Where that is written\n", _grid(["what", "read at", "on"], told)])


def _only(rule: Rule) -> str:
    return f" (only in a {rule.kind})" if rule.kind else ""


def _settings_known(network: str) -> set[str]:
    """The names that the network's own check knows."""
    (said,) = [said for said in check_settings(network, {"nothing": ""}) if said.startswith('"nothing"')]
    return set(said.partition("(known: ")[2].rstrip(")").split(", "))


def _grid(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _seconds(wait: timedelta) -> str:
    seconds = int(wait.total_seconds())
    return f"{seconds // 60} min" if seconds % 60 == 0 else f"{seconds} s"


def _most(number: int, unit: str = "") -> str:
    return f"{number:,}{unit}" if number else "no limit"


def _text(limits: Limits) -> str:
    size = f", {limits.text_bytes_max:,} bytes" if limits.text_bytes_max else ""
    return f"{limits.text_max:,} {UNITS.get(limits.text_unit, 'characters')}{size}" if limits.text_max else "no limit"


def _price(limits: Limits) -> str:
    price = limits.price
    return (
        f"{dollars(price.post)}; {dollars(price.with_link)} with a link; {dollars(price.alt)} an alt text"
        if price
        else "free"
    )


LIMITS: dict[str, Callable[[Limits], str]] = {
    "text of a post": _text,
    "link and tags": lambda limits: "in the text, and count there" if limits.inline else "beside the text",
    "posts in a thread": lambda limits: str(limits.parts_max) if limits.parts_max > 1 else "no threads",
    "pictures in a post": lambda limits: str(limits.images_max),
    "bytes of a picture": lambda limits: _most(limits.image_bytes_max),
    "alt text": lambda limits: _most(limits.alt_max, " characters"),
    "the same words on two accounts": lambda limits: "refused" if limits.texts_differ else "fine",
    "price of a post": _price,
}
"""A row each, from a network's Limits."""


def _usage(command: click.Command, context: click.Context) -> str:
    return " ".join([context.command_path, *command.collect_usage_pieces(context)])


def _options(command: click.Command, context: click.Context) -> str:
    records = (param.get_help_record(context) for param in command.params)
    found = [record for record in records if record and record[1]]
    if not found:
        return ""
    rows = [f"| `{name.replace('|', chr(92) + '|')}` | {said} |" for name, said in found]
    return "\n".join(["| option | what it does |", "|---|---|", *rows, ""])


def _paragraphs(text: str | None) -> str:
    paragraphs = (" ".join(part.split()) for part in (text or "").split("\n\n"))
    return "\n\n".join(paragraphs)


def _post_keys(table: type[Table]) -> str:
    fields = {name: one for name, one in table.model_fields.items() if not _table(one) and one.annotation is not None}
    plain = {name: one for name, one in fields.items() if get_origin(one.annotation) is not dict}
    _same(IN_A_POST[table], plain)
    rows = [
        f"| `{name}` | {_kind(one.annotation)} | {_need(one)} | {IN_A_POST[table][name]} |"
        for name, one in plain.items()
    ]
    return "\n".join(["| key | is | must it be there | what it is for |", "|---|---|---|---|", *rows, ""])


def _need(field: FieldInfo) -> str:
    return "**yes**" if field.is_required() else "no"


def _same(told: Mapping[Any, str], known: Any) -> None:
    """What is told here is told of exactly what is there."""
    if set(told) != set(known):
        raise SystemExit(f"docs/generate.py: these have no words here, or are gone: {set(told) ^ set(known)}")


def _header(name: str, field: FieldInfo) -> str:
    return {dict: f"[{name}.NAME]", list: f"[[{name}]]"}.get(get_origin(field.annotation), f"[{name}]")  # type: ignore[arg-type]


def _keys(fields: dict[str, FieldInfo]) -> str:
    rows = [
        f"| `{name}` | {_kind(field.annotation)} | {_default(field)} | {field.description} |"
        for name, field in fields.items()
        if get_origin(field.annotation) is not dict
    ]
    return "\n".join(["| key | is | if absent | what it is for |", "|---|---|---|---|", *rows, ""])


def _subtables(name: str, table: type[Table]) -> Iterator[str]:
    for key, field in table.model_fields.items():
        if get_origin(field.annotation) is dict:
            inner = _table(field)
            yield f"## [{name}.{key}{'.NAME' if inner else ''}]\n"
            yield f"{inner.__doc__}\n" if inner else f'{field.description}: `"documents/prices.txt" = "A visit"`\n'
            if inner:
                yield _keys(inner.model_fields)


def _kind(annotation: Any) -> str:
    if get_origin(annotation) is UnionType:
        annotation = get_args(annotation)[0]
    return TOML_NAMES.get(get_origin(annotation) or annotation, getattr(annotation, "__name__", ""))


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**must be there**"
    if isinstance(field.default, timedelta):
        minutes = int(field.default.total_seconds() // 60)
        return f"`{minutes // 60}h`" if minutes % 60 == 0 else f"`{minutes}m`"
    if isinstance(field.default, list):
        return "`[" + ", ".join(f'"{value}"' for value in field.default) + "]`"
    return f"`{str(field.default).lower()}`" if isinstance(field.default, bool | int) else f'`"{field.default}"`'


def _table(field: FieldInfo) -> type[Table] | None:
    inner = [field.annotation, *get_args(field.annotation)]
    return next((one for one in inner if isinstance(one, type) and issubclass(one, Table)), None)


def front_page() -> str:
    """bot/help.txt: what `bot --help` prints before any library is loaded."""
    return click.Context(bot, info_name="bot", terminal_width=80, **bot.context_settings).get_help() + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "reference-cli.md": cli_page,
    "reference-config.md": config_page,
    "reference-posts.md": posts_page,
    "reference-networks.md": networks_page,
    "reference-claims.md": claims_page,
    "guarantees.md": guarantees_page,
    "states.md": states_page,
    "../bot/help.txt": front_page,
}
"""Each page and what writes it."""


def stale() -> list[str]:
    """The pages that no longer say what the code says."""
    return [
        name for name, page in PAGES.items() if not (HERE / name).exists() or (HERE / name).read_text("utf-8") != page()
    ]


def main() -> int:
    """Write every stale page; with --check, only name them and fail."""
    names = stale()
    if "--check" in sys.argv:
        print("\n".join(f"docs/{name} is stale: run python docs/generate.py" for name in names), end="")
        return 1 if names else 0
    for name in names:
        (HERE / name).write_text(PAGES[name](), encoding="utf-8")
        print(f"wrote docs/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
