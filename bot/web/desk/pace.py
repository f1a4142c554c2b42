"""How often somebody may ask: a bucket for each client, filled as time goes by."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Pace:
    """`burst` requests at once, `rate` more a second; the clients that were not seen for longest are forgotten."""

    clock: Callable[[], float] = time.monotonic
    rate: float = 10.0
    burst: float = 200.0
    most: int = 4096
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def wait(self, client: str) -> float:
        """Seconds until this client may ask again; 0.0: now, and that is counted."""
        now = self.clock()
        left, at = self._left.pop(client, (self.burst, now))
        left = min(self.burst, left + (now - at) * self.rate)
        may = left >= 1
        self._left[client] = (left - 1 if may else left, now)
        if len(self._left) > self.most:
            self._left.popitem(last=False)
        return 0.0 if may else (1 - left) / self.rate
