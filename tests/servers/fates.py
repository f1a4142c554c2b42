"""What may become of a request and of its answer on the way, and which request meets what."""

import random
import threading
from collections import deque
from dataclasses import dataclass

PASS = "pass"
# The server has acted and answered in full; then the answer is lost on its way, or is not what it was.
ANSWERED = ("drop", "cut", "reset", "stall", "bad_gateway", "lie")
# The server has not acted when the client gives up; after `late` it still will.
UNANSWERED = ("refuse", "never", "late")
FATES = (PASS, *ANSWERED, *UNANSWERED)


@dataclass(frozen=True)
class Seen:
    """One request: what it asked, what became of it, and the status the server answered (None: never asked)."""

    method: str
    path: str
    fate: str
    status: int | None


class Plan:
    """Which request meets which fate; safe to ask from several threads."""

    def __init__(self, *, seed=None, share=0.0, among=tuple(f for f in FATES[1:] if f != "stall"), method="", path="/"):
        self._rules = []
        self._chance = random.Random(seed)
        self._share, self._among = share, among
        self._random_for = (method, path)
        self._lock = threading.Lock()

    def add(self, method, path, fates):
        unknown = set(fates) - set(FATES)
        assert not unknown, f"no such fate: {', '.join(sorted(unknown))} (there are: {', '.join(FATES)})"
        with self._lock:
            self._rules.append(((method, path), deque(fates)))

    def fate(self, method, path):
        """The next fate of the first rule that has one left for such a request; by chance where none has."""
        with self._lock:
            for rule, fates in self._rules:
                if fates and _matches(rule, method, path):
                    return fates.popleft()
            if _matches(self._random_for, method, path) and self._chance.random() < self._share:
                return self._chance.choice(self._among)
            return PASS


def _matches(rule, method, path):
    return rule[0] in {"", method} and path.startswith(rule[1])
