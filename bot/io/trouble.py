"""Why an address could not be fetched, in words that say what to do."""

from __future__ import annotations

import socket
import ssl

from bot.errors import FetchError
from bot.io.body import LARGEST
from bot.io.line import TooMuchError

OR_A_FILE = "save the page in a browser and give the file"
OTHER_REFUSAL = f"cannot be had now: try again later, or {OR_A_FILE}"
KEPT_FROM_US = f"is kept from programs or needs a password: {OR_A_FILE}"
NOT_THERE = "there is no such page: check the address"
REFUSALS = {401: KEPT_FROM_US, 403: KEPT_FROM_US, 407: KEPT_FROM_US, 451: KEPT_FROM_US, 404: NOT_THERE, 410: NOT_THERE}
KNOWN: tuple[tuple[type[Exception], str], ...] = (
    (FetchError, "{error}"),
    (TooMuchError, f"is over {LARGEST // 1_000_000} MB, and a page is much less: give the part you want as a file"),
    (TimeoutError, f"takes too long to answer: try again later, or {OR_A_FILE}"),
    (socket.gaierror, "there is no site of this name to be found: check the spelling, and whether you are online"),
    (ssl.SSLCertVerificationError, "its certificate is not good ({error.verify_message}): tell whoever runs the site"),
    (ssl.SSLError, f"does not speak https as it should: {OR_A_FILE}"),
    (ConnectionError, "the line was cut: try again later"),
    (OSError, "cannot be reached ({error.strerror}): try again later"),
)
"""What is narrower stands first."""


def why(error: Exception) -> str:
    """What went wrong on the way."""
    for kind, said in KNOWN:
        if isinstance(error, kind):
            return said.format(error=error)
    return f"does not answer as a web site does: {OR_A_FILE}"


def why_refused(status: int) -> str:
    """What a status other than 200 means to a person."""
    return f"{REFUSALS.get(status, OTHER_REFUSAL)} (the site answered {status})"
