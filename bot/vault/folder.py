"""The vault's folder: a sealed file an account, and the view of one account that its network gets."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import FootnoteError, Unauthorized, Unavailable
from bot.io.files import write_atomic
from bot.vault.hidden import Hidden, Secrets, scrub
from bot.vault.turns import PATIENCE, turn

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

Key = Callable[[], bytes]
"""Gives the key (32 bytes in URL-safe base64), or raises Unauthorized with what to do."""

Stamp = tuple[int, int, int, int]

NAME = re.compile("[a-z0-9][a-z0-9_-]{0,99}")
REMEMBERED = 4
"""How many rotations back an echoed secret is still recognised."""


class Vault:
    """Secrets by account. Safe to use from several threads and processes.

    Everything it raises is a FootnoteError; of an account's view, Unauthorized (a person must act; the message says
    how) or Unavailable (a full disk, a lock that is held: later). A cut leaves the old secrets or the new ones.
    """

    def __init__(
        self, folder: Path, key: Key, *, workspace: str, home: str = "its key", patience: float = PATIENCE
    ) -> None:
        self._folder, self._key, self._workspace, self._home = folder, key, workspace, home
        self._patience = patience
        self._cipher: Fernet | None = None

    def names(self) -> tuple[str, ...]:
        """The accounts that have secrets."""
        try:
            return tuple(sorted(path.name for path in self._folder.iterdir() if NAME.fullmatch(path.name)))
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise Unavailable(f"{self._folder}: the vault cannot be read: {error.strerror}") from error

    def credentials(self, account: str) -> KeptCredentials:
        """One account's view; the account need not be connected yet."""
        self._path(account)
        return KeptCredentials(self, account)

    def keep(self, account: str, secrets: Secrets) -> None:
        """Put an account's secrets, whatever was there."""
        with self.turn(account, "lock"):
            self._write(account, secrets)

    def forget(self, account: str) -> bool:
        """Delete an account's secrets; False when there were none."""
        path = self._path(account)
        if not path.exists():
            return False
        with self.turn(account, "lock"):
            try:
                path.unlink()
            except FileNotFoundError:
                return False
            except OSError as error:
                raise Unavailable(f"{path}: cannot be deleted: {error.strerror}") from error
        return True

    def stamp(self, account: str) -> Stamp | None:
        """What tells an account's file from any other that was there before; None when there is none."""
        try:
            about = self._path(account).stat()
        except OSError:
            return None
        return about.st_ino, about.st_mtime_ns, about.st_ctime_ns, about.st_size

    def read(self, account: str) -> Hidden | None:
        """What is kept for an account, as it is on the disk now; None when nothing is."""
        path = self._path(account)
        try:
            sealed = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Unavailable(f"{path}: the secrets cannot be read: {error.strerror}") from error
        return self._unsealed(account, sealed)

    def swap(self, account: str, before: Secrets, after: Secrets) -> bool:
        """Put `after` where `before` still stands; False, and nothing written, when somebody was quicker."""
        with self.turn(account, "lock"):
            now = self.read(account)
            if now is None or dict(now) != dict(before):
                return False
            self._write(account, after)
            return True

    def turn(self, account: str, what: str) -> AbstractContextManager[None]:
        """Alone with an account, for one purpose."""
        return turn(self._path(account).with_suffix(f".{what}"), self._patience)

    def _write(self, account: str, secrets: Secrets) -> None:
        path, sealed = self._path(account), self._sealed(account, secrets)
        try:
            write_atomic(path, sealed, mode=0o600)
        except OSError as error:
            raise Unavailable(
                f"{path}: the secrets cannot be written: {error.strerror}; what was kept before still is"
            ) from error

    def _sealed(self, account: str, secrets: Secrets) -> bytes:
        told = {"account": account, "workspace": self._workspace, "secrets": dict(secrets)}
        return self._fernet().encrypt(json.dumps(told, sort_keys=True, separators=(",", ":")).encode())

    def _unsealed(self, account: str, sealed: bytes) -> Hidden:
        from cryptography.fernet import InvalidToken

        path = self._path(account)
        again = f"connect again with `bot connect {account}`"
        try:
            owner, workspace, secrets = self._opened(sealed)
        except InvalidToken:
            self._cipher = None  # the key may be put back while we run
            raise Unauthorized(
                f"{path} cannot be opened with this key ({self._home}): it was sealed with another one, or is "
                f"damaged; {again}, or put the key back"
            ) from None
        if (owner, workspace) != (account, self._workspace):
            raise Unauthorized(f'{path} is a copy: it was made for "{owner}" of "{workspace}"; {again}')
        return secrets

    def _opened(self, sealed: bytes) -> tuple[str, str, Hidden]:
        """With the key that is known, or with the one that took its place."""
        from cryptography.fernet import InvalidToken

        known = self._cipher
        try:
            return _told(self._fernet().decrypt(sealed))
        except InvalidToken:
            if known is None:
                raise
        self._cipher = None
        return _told(self._fernet().decrypt(sealed))

    def _fernet(self) -> Fernet:
        from cryptography.fernet import Fernet

        cipher = self._cipher or Fernet(self._key())
        self._cipher = cipher
        return cipher

    def _path(self, account: str) -> Path:
        if not NAME.fullmatch(account):
            raise FootnoteError(f"{account!r} is not the name of an account: use a-z, 0-9, - and _")
        return self._folder / account


def _told(plain: bytes) -> tuple[str, str, Hidden]:
    """Account, workspace and secrets, as `Vault` seals them."""
    told = json.loads(plain)
    return told["account"], told["workspace"], Hidden(told["secrets"])


class KeptCredentials:
    """One account's secrets (the Credentials of bot/networks/base.py).

    A `get` opens the file again whenever another one has taken its place (each write makes a new file).
    """

    def __init__(self, vault: Vault, account: str) -> None:
        self._vault, self._account = vault, account
        self._seen: tuple[Hidden, ...] = ()
        self._opened: tuple[Stamp, Hidden] | None = None

    def get(self) -> Hidden:
        """What is kept; raises Unauthorized where nothing is."""
        stamp, opened = self._vault.stamp(self._account), self._opened
        if stamp and opened and opened[0] == stamp:
            return opened[1]
        kept = self._vault.read(self._account)
        if kept is None:
            raise Unauthorized(f'"{self._account}" is not connected: run `bot connect {self._account}`')
        if stamp and stamp == self._vault.stamp(self._account):  # it was not replaced while it was read
            self._opened = stamp, kept
        return self._remember(kept)

    def swap(self, before: Secrets, after: Secrets) -> bool:
        """Keep `after` where `before` still stands; False when somebody was quicker."""
        self._remember(Hidden(after))
        return self._vault.swap(self._account, before, after)

    def alone(self) -> AbstractContextManager[None]:
        """One refresher at a time, who may `get` and `swap`; raises Unavailable after 30 s of waiting."""
        return self._vault.turn(self._account, "refresh")

    def scrub(self, text: str) -> str:
        """The text without the secrets that went through this view."""
        for secrets in self._seen:
            text = scrub(text, secrets)
        return text

    def _remember(self, secrets: Hidden) -> Hidden:
        if secrets not in self._seen:
            self._seen = (*self._seen, secrets)[-REMEMBERED:]
        return secrets
