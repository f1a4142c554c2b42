"""A person's yes in her browser: the address she opens, and what comes back, by itself or pasted."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

from bot.errors import FootnoteError
from bot.networks.oauth import Code, Grant

PATIENCE = 600.0
"""Seconds a person has for her yes."""
PAGE = """<!doctype html><meta charset="utf-8"><title>Footnote</title>
<style>body{{font:1.25rem/1.5 system-ui;max-width:32rem;margin:20vh auto;padding:0 1rem}}</style><p>{said}</p>
"""


@dataclass(frozen=True, slots=True)
class Consent:
    """One sign-in: `state` proves that an answer belongs to it, `verifier` is the secret half of PKCE."""

    grant: Grant
    client_id: str
    redirect: str = ""
    state: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))

    @property
    def back(self) -> str:
        """Where the browser is sent back to; the network's app must have it on its list."""
        return self.redirect or self.grant.redirect

    @property
    def address(self) -> str:
        """What the person opens."""
        hashed = hashlib.sha256(self.verifier.encode()).digest()
        challenge = base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
        return self.grant.address(self.client_id, self.back, self.state, challenge)

    def code_in(self, came_back: str) -> Code:
        """The code in the address the browser came back to. Raises FootnoteError, with what to do."""
        try:
            parts = urlsplit(came_back.strip())
        except ValueError:
            parts = urlsplit("")
        told = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if why := told.get("error_description") or told.get("error_message") or told.get("error"):
            raise FootnoteError(f"it was not allowed: {why[:200]}. To try again, say yes on that page")
        if not told.get("code"):
            raise FootnoteError(
                "that is not the address that the browser came back to: it begins with "
                f"{self.back} and has code= in it. Copy all of it from the address bar"
            )
        if not secrets.compare_digest(told.get("state", "").encode(), self.state.encode()):
            raise FootnoteError("that answer belongs to another sign-in: begin again, and use the newest page only")
        return Code(told["code"].removesuffix("#_"), self.back, self.verifier)

    @property
    def can_listen(self) -> bool:
        """Whether the browser comes back to this machine, where somebody can wait for it."""
        return self.back.startswith(("http://localhost:", "http://127.0.0.1:"))

    def wait(self, ready: Callable[[], object], patience: float = PATIENCE) -> Code:
        """Wait on this machine until the browser comes back; `ready` is called once somebody listens.

        Raises FootnoteError where the port is taken, nobody comes in time, or the answer was no.
        """
        came: list[str] = []
        port = urlsplit(self.back).port or 80
        try:
            server = HTTPServer(("127.0.0.1", port), _answering(self, came))
        except OSError as error:
            raise FootnoteError(f"port {port} is taken ({error.strerror}): try again with --paste") from error
        with server:
            server.timeout = 0.5
            ready()
            until = time.monotonic() + patience
            while not came and time.monotonic() < until:
                server.handle_request()
        if not came:
            raise FootnoteError("nobody came back from the browser: try again, with --paste if it is another machine")
        return self.code_in(came[0])


def _answering(consent: Consent, came: list[str]) -> type[BaseHTTPRequestHandler]:
    path = urlsplit(consent.back).path or "/"

    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self) -> None:
            here = urlsplit(self.path)
            is_ours = here.path == path and f"state={consent.state}" in here.query
            if is_ours and not came:
                came.append(f"{consent.back}?{here.query}")
            said = "That is all. Close this page and go back to where you came from." if is_ours else "Not here."
            body = PAGE.format(said=said).encode()
            self.send_response(200 if is_ours else 404)
            for name, value in (("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))):
                self.send_header(name, value)
            self.send_header("Referrer-Policy", "no-referrer")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its own name
            """Never: a code is a secret while it lives."""

    return Handler
