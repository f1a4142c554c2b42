"""Four kinds of network that keep the contract and know the truth, whatever they answer."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from bot.errors import CannotTell, RateLimited, Rejected, Unauthorized, Unavailable, Unconfirmed
from bot.model import Handles, Limits, Receipt
from tests.crash.clockwork import SECOND, Killed


class Outcome(StrEnum):
    """What becomes of one publish call."""

    OK = "ok"
    APPLIED = "applied, answer lost"
    DEFECT = "applied, adapter breaks"
    GARBAGE = "applied, adapter returns no receipt"
    LOST = "not applied, no answer"
    LATE = "applied after the caller gave up"
    LIMITED = "rate limited"
    UNAVAILABLE = "unavailable"
    REJECTED = "rejected"
    UNAUTHORIZED = "unauthorized"


APPLIED = {Outcome.OK, Outcome.APPLIED, Outcome.DEFECT, Outcome.GARBAGE}
SILENT = {Outcome.APPLIED, Outcome.LOST, Outcome.LATE}
LATENCY, SETTLE, TIMEOUT = SECOND // 4, 45 * SECOND, 30 * SECOND


@dataclass(frozen=True)
class Kind:
    """How a network can be asked what became of a call."""

    name: str
    keyed: bool
    listed: bool


KINDS = (
    Kind("key and listing", keyed=True, listed=True),
    Kind("key, no listing", keyed=True, listed=False),
    Kind("listing, no key", keyed=False, listed=True),
    Kind("blind", keyed=False, listed=False),
)


@dataclass
class Remote:
    """The far side of one account: what the public sees, in the order in which it appeared."""

    kind: Kind
    live: list = field(default_factory=list)
    keys: dict = field(default_factory=dict)

    def apply(self, post, part, key, at):
        if self.kind.keyed and key in self.keys:
            return self.keys[key]
        receipt = Receipt(f"{post}/{part}/{len(self.live)}", f"https://example.org/{post}/{part}", at)
        self.live.append((post, part, receipt))
        self.keys[key] = receipt
        return receipt

    def seen(self, post, part):
        return [receipt for p, n, receipt in self.live if (p, n) == (post, part)]


class Connection:
    """The near side: one process's adapter for one account."""

    def __init__(self, world, process, account, *, settle=SETTLE, looks=1):
        self._world, self._process, self._account = world, process, account
        self._remote = world.remotes[account]
        self.limits = Limits(
            settle=timedelta(microseconds=settle), looks=looks, timeout=timedelta(microseconds=TIMEOUT)
        )

    def prepare(self, message):
        self._world.step(self._process, "prepare", self._world.fate.upload())
        self._world.fate.prepares(self._world.now())
        return Handles({"media": f"{message.post}-{self._world.clock.time}"})

    def publish(self, part, message, handles, key, after):
        """No yield before the request is on its way: a lease cannot guard what lies between guard and socket."""
        world, at = self._world, self._world.remote_now()
        world.started(message.post, part.n, key, after)
        outcome, began = world.fate.outcome(), world.clock.time
        receipt = self._remote.apply(message.post, part.n, key, at) if outcome in APPLIED else None
        landed, late_by = [], world.fate.late_by()

        def land():
            if not landed:
                landed.append(self._remote.apply(message.post, part.n, key, world.remote_now()))

        if outcome is Outcome.LATE:
            world.clock.at(began + TIMEOUT + late_by, land)
        try:
            world.step(self._process, "answer", TIMEOUT if outcome in SILENT else LATENCY)
        except Killed:
            if outcome is Outcome.LATE:  # the connection died with its process: it is from then on that it settles
                world.clock.at(self._process.died_at + late_by, land)
            raise
        return answer(outcome, receipt, world.now())

    def find(self, part, message, handles, key, since):
        self._world.step(self._process, "find", LATENCY)
        self._world.fate.finds()
        if not self._remote.kind.listed:
            raise CannotTell("this network shows no list of its posts")
        found = [receipt for receipt in self._remote.seen(message.post, part.n) if receipt.at >= since]
        return found[0] if found else None


def answer(outcome, receipt, now):
    """What the adapter makes of it, by the contract."""
    errors = {
        Outcome.APPLIED: Unconfirmed("no answer"),
        Outcome.LOST: Unconfirmed("no answer"),
        Outcome.LATE: Unconfirmed("no answer"),
        Outcome.DEFECT: ValueError("a defect"),
        Outcome.LIMITED: RateLimited("slow down", now + timedelta(seconds=60)),
        Outcome.UNAVAILABLE: Unavailable("503 with a promise"),
        Outcome.REJECTED: Rejected("not these words"),
        Outcome.UNAUTHORIZED: Unauthorized("token revoked"),
    }
    if outcome in errors:
        raise errors[outcome]
    return None if outcome is Outcome.GARBAGE else receipt
