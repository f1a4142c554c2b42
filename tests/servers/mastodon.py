"""A Mastodon server that others wrote, started for tests; it remembers idempotency keys and is lax about media."""

import importlib.util
import sys
from contextlib import contextmanager
from dataclasses import dataclass

import requests

from tests.servers import free_port, running


def why_missing():
    """The sentence that says what is not installed and how to get it; empty where the server can start."""
    return "" if importlib.util.find_spec("mastodon_mock") else "mastodon_mock is not installed: `make servers`"


@dataclass(frozen=True)
class Mastodon:
    """A running server with one account, whose token is `token`; `pid` is its process."""

    url: str
    pid: int
    token: str = "mock_token"

    def statuses(self):
        """Every status the public sees, newest first."""
        found, page = [], [{}]
        while page:
            older = {"max_id": found[-1]["id"]} if found else {}
            answer = requests.get(f"{self.url}/api/v1/timelines/public", {"limit": "40", **older}, timeout=30)
            answer.raise_for_status()
            page = answer.json()
            found += page
        return found

    def faults(self, method, path, *, count=1, **effect):
        """The next `count` such requests meet the effect before the server acts on them.

        type="status", status=503 | type="ratelimit" | type="malformed" | type="latency", delay_ms=200 | type="timeout"
        """
        rule = {"match": {"methods": [method], "path": path}, "effect": effect, "count": count}
        requests.post(f"{self.url}/api/v1/_mock/faults", json=rule, timeout=30).raise_for_status()

    def no_faults(self):
        """Forgets the faults that were not met."""
        requests.delete(f"{self.url}/api/v1/_mock/faults", timeout=30).raise_for_status()


@contextmanager
def start_mastodon(folder):
    """A server that keeps everything in memory, until the block ends; what it says is in `folder`."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    serve = "-m mastodon_mock serve --in-memory --host 127.0.0.1 --log-level warning --port"
    with running(
        [sys.executable, *serve.split(), str(port)],
        answers=f"{url}/api/v2/instance",
        log=folder / "mastodon.txt",
        cwd=folder,
    ) as process:
        yield Mastodon(url, process.pid)
