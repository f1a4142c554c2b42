"""What accounts of several networks can set: names that are known, and addresses that a secret may be sent to."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from urllib.parse import urlsplit

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def wrong_with(
    network: str,
    settings: Mapping[str, str],
    known: Mapping[str, Callable[[str], str]],
    needed: Collection[str] = (),
) -> list[str]:
    """Everything that is wrong with the settings, each with what to do; `known` says what is wrong with a value."""
    names = ", ".join(known)
    unknown = [f'"{key}" is not a setting of {network} (known: {names})' for key in settings if key not in known]
    missing = [f'{key} is missing: write {key} = "..." there' for key in needed if not settings.get(key)]
    judged = ((key, value, known[key](value)) for key, value in settings.items() if key in known)
    return [*unknown, *missing, *(f'{key} "{_shown(value)}": {wrong}' for key, value, wrong in judged if wrong)]


def wrong_with_address(url: str) -> str:
    """Why a server's address cannot be used; "" when it can: https, or this very machine."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or not url.isascii() or not url.isprintable() or set(url) & set(" \"'<>\\"):
        return "write it as https://example.social"
    if "@" in parts.netloc:
        return "leave out what stands before the @: `bot connect` asks for passwords"
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        return "it must begin with https://, or anyone on the way could read the password"
    if parts.query or parts.fragment or parts.path.strip("/"):
        return "only the server's name, as in https://example.social"
    return ""


def _shown(value: str) -> str:
    """The value without the name and the password that an address may begin with."""
    found = re.fullmatch(r"(\w+://)?(.*)@(.*)", value, re.DOTALL)
    if found and (":" in found[2] or (found[1] and "/" not in found[2])):
        return f"{found[1] or ''}…@{found[3]}"
    return value


def one_of(*values: str) -> Callable[[str], str]:
    """A check that a value is one of these."""
    return lambda value: "" if value in values else f"choose one of {', '.join(values)}"
