"""Which post a receipt is of, also where a person gave nothing but its address."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.errors import Rejected
from bot.model import Receipt


def is_address(told: object) -> bool:
    """Whether that is an address of the web, fit to be shown and kept."""
    return isinstance(told, str) and told.isprintable() and re.fullmatch(r"https?://\S+", told) is not None


def id_in(receipt: Receipt, ending: str) -> str:
    """The network's id of the post: what its server said, else what its address ends in.

    `ending` finds it there as its first group, in the path without a slash at the end. Raises Rejected for an
    address that does not end so: nothing can answer a post that nobody can name.
    """
    if receipt.remote_id:
        return receipt.remote_id
    try:
        path = urlsplit(receipt.url.strip()).path.rstrip("/")
    except ValueError:
        path = ""
    found = re.search(ending, path)
    if found is None:
        raise Rejected(
            f'"{receipt.url}" is not the address of a post there, so its thread cannot go on: write the posts that '
            "are missing there by hand"
        )
    return found[1]
