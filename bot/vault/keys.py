"""Where the key of a vault lives: in the environment, in a file of its own, or in the keyring of the computer."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from bot.errors import Unauthorized, Unavailable
from bot.io.files import write_atomic
from bot.vault.turns import turn

VARIABLE = "FOOTNOTE_KEY"
SERVICE = "footnote"
EXTRA = "the package keyring (`pip install keyring`)"
MAKING = "head -c 32 /dev/urandom | base64"
INSTEAD = f"or give the key in {VARIABLE}, or keep it in a file"


def key_of_environment(value: str) -> bytes:
    """The key that FOOTNOTE_KEY gives."""
    return _checked(
        value.encode("ascii", "replace"),
        f"{VARIABLE} is not a key: it must be 32 random bytes in base64. Make one with `{MAKING}`, and keep it safe",
    )


def key_of_file(path: Path) -> bytes:
    """The key in a file that only its owner can read; made where there is none."""
    try:
        key = _read(path)
        key = _make(path) if key is None else key
    except OSError as error:
        raise Unavailable(f"{path}: the key of the accounts' secrets is out of reach: {error.strerror}") from error
    return _checked(key, f"{path} is not a key: put its copy back, or delete it and connect every account again")


def key_of_keyring(workspace: str, lock: Path) -> bytes:
    """The key that the operating system keeps for this user; made where there is none, by one process alone."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        raise Unauthorized(f"the key is to be in the keyring of this computer: install {EXTRA}") from None
    try:
        with turn(lock):
            key = keyring.get_password(SERVICE, workspace)
            if key is None:
                keyring.set_password(SERVICE, workspace, _fresh().decode())
                key = keyring.get_password(SERVICE, workspace)
    except KeyringError as error:
        raise Unauthorized(f"the keyring of this computer is out of reach ({error}): unlock it, {INSTEAD}") from error
    if key is None:
        raise Unauthorized(f"the keyring of this computer forgets what it is given: set one up, {INSTEAD}")
    return _checked(key.encode(), f'the keyring of this computer has no key as "{SERVICE}", "{workspace}": delete it')


def _read(path: Path) -> bytes | None:
    """What the key file says, None where there is none; refused when others can read it."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    with os.fdopen(file, "rb") as opened:
        if os.fstat(file).st_mode & 0o077:
            raise Unauthorized(
                f"{path} can be read by others, and opens every account: run `chmod 600 {shlex.quote(str(path))}`"
            )
        return opened.read()


def _make(path: Path) -> bytes:
    """A new key file, by one process alone; not O_EXCL, for a cut between making and filling would leave no key."""
    with turn(path.with_suffix(".lock")):
        made_meanwhile = _read(path)
        if made_meanwhile is not None:
            return made_meanwhile
        key = _fresh()
        write_atomic(path, key, mode=0o600)
        return key


def _fresh() -> bytes:
    from cryptography.fernet import Fernet

    return Fernet.generate_key()


def _checked(key: bytes, otherwise: str) -> bytes:
    from cryptography.fernet import Fernet

    try:
        Fernet(key)
    except ValueError:
        raise Unauthorized(otherwise) from None
    return key
