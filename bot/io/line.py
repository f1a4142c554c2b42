"""A TLS connection to one number that ends in time, however slowly the other side talks."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Sequence

from bot.io.address import Address

PATIENCE = 10.0
"""Seconds for one read, when there are so many left."""
HEADERS = 64 << 10
TRIES = 4


class TooMuchError(Exception):
    """More came than may come."""


class Line(ssl.SSLSocket):
    """Reads until a moment (of the monotonic clock) and for so many bytes, headers and all; then it raises."""

    until = 0.0
    budget = HEADERS

    def recv_into(self, buffer, nbytes=None, flags=0):  # type: ignore[no-untyped-def]
        """As ssl has it, which reads everything of a response through here."""
        self.settimeout(seconds_left(self.until))
        size = super().recv_into(buffer, nbytes, flags)
        self.budget -= size
        if self.budget < 0:
            raise TooMuchError
        return size


def connected(numbers: Sequence[str], to: Address, context: ssl.SSLContext, until: float) -> Line:
    """A connection to the first of the numbers that answers, whose certificate is good for the name."""
    context.sslsocket_class = Line
    context.set_alpn_protocols(["http/1.1"])
    raw = _reached(numbers[:TRIES], to.port, until)
    with raw:  # wrapping takes the descriptor out of it
        raw.settimeout(seconds_left(until))  # a handshake as a whole takes no longer
        line = context.wrap_socket(raw, server_hostname=to.host)
    assert isinstance(line, Line)  # noqa: S101 - it was asked for
    line.until = until
    return line


def seconds_left(until: float) -> float:
    """How long the next step may take. Raises TimeoutError when nothing is left."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return min(PATIENCE, left)


def _reached(numbers: Sequence[str], port: int, until: float) -> socket.socket:
    for number in numbers[:-1]:
        try:
            return socket.create_connection((number, port), timeout=seconds_left(until))
        except OSError:  # the next one may answer
            continue
    return socket.create_connection((numbers[-1], port), timeout=seconds_left(until))
