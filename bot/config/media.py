"""Where pictures can be fetched, as config.toml says it, and whether all that this needs is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.errors import Problem
from bot.mistakes import lines_of
from bot.model import Account

NEEDS = {"feed": ("url",), "store": ("endpoint", "bucket", "url"), "site": ()}
TAKES = {"": set(), "feed": {"url"}, "store": {"endpoint", "bucket", "url", "region"}, "site": {"account"}}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class Pictures:
    """The table [media]; `at` is "feed", "store", "site", or "" for nowhere. `url` ends with "/"."""

    at: str = ""
    url: str = ""
    endpoint: str = ""
    bucket: str = ""
    region: str = "us-east-1"
    account: str = ""

    def site(self, accounts: tuple[Account, ...]) -> Account | None:
        """The account of the network site that is meant; None where that is not clear."""
        sites = [one for one in accounts if one.network == "site" and self.account in ("", one.name)]
        return sites[0] if len(sites) == 1 else None


def wrong_with_media(media: Pictures, accounts: tuple[Account, ...], text: str, file: str) -> Iterator[Problem]:
    """What the chosen place lacks, what it has no use for, and what it cannot be; `text` is the content of `file`."""
    lines = lines_of(text)
    table = lines.get(("media",), 0)

    def problem(key: str, what: str) -> Problem:
        return Problem(file, lines.get(("media", key), table), f"media.{key}: {what}")

    for key in NEEDS.get(media.at, ()):
        if not getattr(media, key):
            yield problem(key, f'is missing: pictures at a "{media.at}" need it (docs/connect/media.md)')
    for key in ("url", "endpoint", "bucket", "region", "account"):
        if ("media", key) in lines and key not in TAKES[media.at]:
            instead = f'not used with at = "{media.at}"' if media.at else 'say first where pictures are: at = "feed"'
            yield problem(key, f"{instead}: delete this line" if media.at else instead)
    if media.endpoint and not _is_safe(media.endpoint):
        yield problem("endpoint", f'"{media.endpoint}" must begin with https://')
    if media.at == "site":
        yield from (problem("at", what) for what in _wrong_with_site(media, accounts))


def _wrong_with_site(media: Pictures, accounts: tuple[Account, ...]) -> Iterator[str]:
    site = media.site(accounts)
    if site is None:
        sites = [one.name for one in accounts if one.network == "site"]
        yield f"say which: account = one of {', '.join(sites)}" if sites else "there is no account of the network site"
    elif not site.settings.get("url", "").startswith("https://"):
        yield f'its pages need a public address: url = "https://..." under [accounts.{site.name}]'


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
