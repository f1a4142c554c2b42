"""What the answers of a receiver mean."""

from __future__ import annotations

from urllib.parse import urljoin

from bot.networks.http import Answer
from bot.networks.receipts import is_address

NO_WAY = {401, 403, 404, 410}
"""Of one that wants no more calls (410 is the specification's own word), or does not believe us."""
NOBODY_THERE = {404, 410, 502, 503, 504}


def is_yes(answer: Answer) -> bool:
    """Any 2xx, but for a whole page: that is from somebody who stands before the receiver."""
    is_page = answer.text.lstrip().lower().startswith(("<!doctype", "<html"))
    return 200 <= answer.status < 300 and not is_page


def is_there(answer: Answer) -> bool:
    """Any answer but a gateway's, or one that says that nobody is: few receivers know OPTIONS."""
    return answer.status not in NOBODY_THERE and not 300 <= answer.status < 400


def words_of(answer: Answer) -> str:
    """Its own words for what is wrong."""
    told = (answer.fields.get(name) for name in ("message", "error", "detail"))
    return next((one for one in told if isinstance(one, str)), "")


def place_in(answer: Answer, base: str) -> str:
    """Where it says that the post is; else only whose receiver it is."""
    try:
        told = urljoin(f"{base}/", answer.headers.get("Location") or answer.fields.get("url") or "")
    except (ValueError, TypeError):
        told = ""
    return told if is_address(told) else f"{base}/"
