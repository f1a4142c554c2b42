"""Which post a receipt is of, also where a person gave nothing but its address."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.errors import Rejected
from bot.model import Receipt


def id_in(receipt: Receipt, shape: str) -> str:
    """The network's id of the post: what its server said, else what ends its address and has the `shape` of an id.

    Raises Rejected for an address without such an end: nothing can answer a post that nobody can name.
    """
    if receipt.remote_id:
        return receipt.remote_id
    try:
        segments = urlsplit(receipt.url.strip()).path.split("/")
    except ValueError:
        segments = []
    found = next((segment for segment in reversed(segments) if re.fullmatch(shape, segment)), "")
    if not found:
        raise Rejected(
            f'"{receipt.url}" is not the address of a post there, so its thread cannot go on: write the posts that '
            "are missing there by hand"
        )
    return found
