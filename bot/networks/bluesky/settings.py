"""What can be set of an account on Bluesky."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.networks.settings import wrong_with, wrong_with_address

HANDLE = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)


def check_settings(settings: Mapping[str, str]) -> list[str]:
    """Everything that is wrong with an account's settings."""
    known = {"handle": _wrong_with_handle, "service": wrong_with_address}
    return wrong_with("bluesky", settings, known, needed=("handle",))


def _wrong_with_handle(handle: str) -> str:
    return "" if HANDLE.fullmatch(handle) else 'write it whole and without the "@", as in quietfeet.bsky.social'
