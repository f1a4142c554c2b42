"""What a session's tokens and its DID document say: read, not verified; the server does that."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.networks.settings import wrong_with_address

MAIN_PASSWORD = "com.atproto.access"  # noqa: S105  a scope, not a secret
"""The scope of a token that the account's main password has opened: it may do everything."""


def scope_of(token: str) -> str:
    """What the token may do; "" where it does not tell."""
    told = _claims(token).get("scope")
    return told if isinstance(told, str) else ""


def time_in(token: str, name: str, otherwise: datetime) -> datetime:
    """A time that the token tells (`exp`, `iat`); `otherwise` where it tells none."""
    told = _claims(token).get(name)
    try:
        return datetime.fromtimestamp(told, UTC) if isinstance(told, int | float) else otherwise
    except (ValueError, OverflowError, OSError):
        return otherwise


def home_in(document: object) -> str:
    """The server that a DID document names, if it can be trusted with a token; "" otherwise."""
    services = document.get("service") if isinstance(document, dict) else None
    for service in services if isinstance(services, list) else ():
        if not isinstance(service, dict):
            continue
        url = str(service.get("serviceEndpoint", "")).rstrip("/")
        if str(service.get("id", "")).endswith("#atproto_pds") and url.startswith("https://"):
            return "" if wrong_with_address(url) else url
    return ""


def _claims(token: str) -> Mapping[str, Any]:
    try:
        told = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    except (IndexError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
