"""What the world can fetch of a workspace: its pages, and pictures for networks that fetch them themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config import Config
from bot.ledger import Ledger
from bot.model import Account
from bot.vault import Vault

if TYPE_CHECKING:
    from bot.public import Place, Showcase

SITE = "site"
STORE, ADDRESSES = "media--store", "media--address"
"""What the vault calls the store's keys and the secret of the addresses: no account can have such a name."""


def feed_ports(config: Config) -> dict[str, int]:
    """The port at which each site account's pages are served here (0 = any free one)."""
    sites = [account.name for account in config.accounts if account.network == SITE]
    return {name: config.feed_port and config.feed_port + number for number, name in enumerate(sites)}


def with_address(config: Config, account: Account) -> Account:
    """A site that names no public address lives where this machine serves it."""
    port = feed_ports(config).get(account.name, 0)
    if not port or "url" in account.settings:
        return account
    return replace(account, settings={**account.settings, "url": f"http://{config.feed_host}:{port}/"})


def open_showcase(config: Config, ledger: Ledger, vault: Vault, now: Callable[[], datetime]) -> Showcase | None:
    """Where pictures are put for networks to fetch; None where config.toml names no place. Touches nothing yet."""
    if not config.media.at:
        return None
    from bot.public import Outside, Showcase, address_secret

    secret = partial(address_secret, vault.credentials(ADDRESSES), partial(vault.keep, ADDRESSES))
    return Showcase(_place(config, ledger, vault, now), ledger.media, secret, Outside())


def _place(config: Config, ledger: Ledger, vault: Vault, now: Callable[[], datetime]) -> Place:
    from bot.public import Bucket, FeedFolder, Folder

    media = config.media
    if media.at == "feed":
        return FeedFolder(pictures_folder(ledger), f"{media.url}m/")
    if media.at == "store":
        return Bucket(media.endpoint, media.bucket, media.region, media.url, vault.credentials(STORE), now)
    site = media.site(config.accounts)
    if site is None:
        raise AssertionError("a config whose site is not clear is refused when it is read")
    folder = Path(config.root) / site.settings.get("folder", SITE) / "media"
    return Folder(folder, site.settings["url"].rstrip("/") + "/media/")


def pictures_folder(ledger: Ledger) -> Path:
    """What the feed shows at /m/."""
    return ledger.folder / "public"


def keep_store_keys(vault: Vault, keys: Mapping[str, str]) -> None:
    """Keep the store's keys (`key_id` and `key`), whatever was there."""
    vault.keep(STORE, keys)
