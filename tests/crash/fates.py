"""What goes wrong, and when: by a list (every crash point), or by a seed."""

import random
from dataclasses import dataclass, field

from bot.errors import Unauthorized, Unavailable
from tests.crash.clockwork import SECOND
from tests.crash.fakes import LATENCY, SETTLE, Outcome

ROUGH = (*Outcome, Outcome.LATE, Outcome.LOST, Outcome.APPLIED)


@dataclass
class Listed:
    """A crash, or a stall, at these boundaries (numbered from 1); the publish calls end as listed, and then well."""

    outcomes: tuple = ()
    crashes: tuple = ()
    stall: int = 0
    _calls: int = 0

    def at(self, boundary):
        return (self.stall or "kill") if boundary in self.crashes else 0

    def outcome(self):
        self._calls += 1
        return self.outcomes[self._calls - 1] if self._calls <= len(self.outcomes) else Outcome.OK

    def late_by(self):
        return SETTLE - SECOND  # the worst that the contract allows

    def upload(self):
        return LATENCY

    def prepares(self, now):
        pass

    def finds(self):
        pass

    def jitter(self):
        return 0.5

    def start_after(self):
        return SECOND


@dataclass
class Seeded:
    """Everything by a seed: kills, stalls, outcomes, late arrivals. Trouble runs out, so that every run ends."""

    random: random.Random
    kills: int = 4
    troubles: int = 14
    kill_rate: float = field(init=False)
    stall_rate: float = field(init=False)
    trouble_rate: float = field(init=False)

    def __post_init__(self):
        self.kill_rate = self.random.choice((0, 0.01, 0.03))
        self.stall_rate = self.random.choice((0, 0.01, 0.04))
        self.trouble_rate = self.random.choice((0.2, 0.5, 0.8))

    def at(self, boundary):
        dice = self.random.random()
        if dice < self.kill_rate and self.kills:
            self.kills -= 1
            return "kill"
        stalls = self.kill_rate <= dice < self.kill_rate + self.stall_rate
        return self.random.randrange(5, 300) * SECOND if stalls and self._trouble(1) else 0

    def outcome(self):
        return self.random.choice(ROUGH) if self._trouble(self.trouble_rate) else Outcome.OK

    def late_by(self):
        return self.random.randrange(SECOND, SETTLE)

    def upload(self):
        return self.random.choice((LATENCY, LATENCY, 20 * SECOND, 100 * SECOND))

    def prepares(self, now):
        if self._trouble(self.trouble_rate / 8):
            raise self.random.choice((Unavailable("uploads are down"), ValueError("a defect"), Unauthorized("revoked")))

    def finds(self):
        if self._trouble(self.trouble_rate / 3):
            raise self.random.choice((Unavailable("listing is down"), ValueError("a defect"), Unauthorized("revoked")))

    def jitter(self):
        return self.random.random()

    def start_after(self):
        return self.random.randrange(1, 60) * SECOND

    def _trouble(self, rate):
        if self.troubles <= 0 or self.random.random() >= rate:
            return False
        self.troubles -= 1
        return True
