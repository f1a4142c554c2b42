"""What a receiver's owner gives, and the signature that is made of it (standardwebhooks.com, package 1.1.0)."""

from __future__ import annotations

import base64
import binascii
import hmac
from datetime import datetime
from urllib.parse import urlsplit

PREFIX, SHORTEST, LONGEST = "whsec_", 24, 64
"""How a secret begins, and how many bytes it may have."""


def signature(secret: bytes, key: str, at: datetime, body: bytes) -> str:
    """What stands in webhook-signature."""
    signed = hmac.digest(secret, f"{key}.{int(at.timestamp())}.".encode() + body, "sha256")
    return f"v1,{base64.b64encode(signed).decode()}"


def secret_in(told: str) -> bytes:
    """The bytes of a secret as people copy it; none where it is no good one."""
    try:
        secret = base64.b64decode(told.removeprefix(PREFIX), validate=True) if told.startswith(PREFIX) else b""
    except (binascii.Error, ValueError):
        return b""
    return secret if SHORTEST <= len(secret) <= LONGEST else b""


def halves(url: str) -> tuple[str, str]:
    """The server of an address, and the rest of it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", "/"
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}", f"{parts.path or '/'}{query}"
