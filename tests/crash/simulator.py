"""One run of the real publisher, state machine and SQL in a simulated world, and what became of it."""

from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot import delivery as life
from bot.delivery import Delivery, Patience, State
from bot.ledger import Deliveries, Records, memory_ledger
from bot.ledger.rows import EPOCH
from bot.model import Account, Message, Part
from bot.publisher import Publisher, World
from tests.crash.clockwork import SECOND, WEEK, Clockwork, Killed
from tests.crash.fakes import SETTLE, Connection, Kind, Remote
from tests.crash.judge import violations

START = EPOCH + timedelta(days=20_000)
MINUTE = 60 * SECOND
MOST_STEPS = 30_000


@dataclass(frozen=True)
class Planned:
    """One delivery to be made; times in microseconds after the start."""

    post: str
    account: str = "a"
    parts: int = 1
    due: int = 0
    grace: int = 120 * MINUTE


@dataclass(frozen=True)
class Scenario:
    """What a run begins with. `owners`: processes that do not know of each other; `threads` in each."""

    kind: Kind
    plan: tuple = (Planned("p"),)
    owners: int = 1
    threads: int = 1
    alone: bool = True
    spacing: int = 0
    looks: int = 1
    shakes: tuple = ()


@dataclass(frozen=True)
class Protocol:
    """The code under test; a mutant replaces a piece of it."""

    publisher: type = Publisher
    rows: type = Deliveries
    patience: Patience = field(default_factory=Patience)
    settle: int = SETTLE
    trusts_a_lock_that_is_not_there: bool = False


class Inline(Executor):
    """A pool of no threads: `map` does the work at once."""

    def map(self, act, *values):
        return [act(*each) for each in zip(*values, strict=True)]


@dataclass
class Process:
    """One owner: when it dies, every thread of it is dead."""

    owner: str
    alive: bool = True
    died_at: int = 0


class Ports:
    """The rows as one process reaches them: every call may be its last."""

    def __init__(self, world, process, rows):
        self._world, self._process, self._rows = world, process, rows

    def __getattr__(self, name):
        call, world, process = getattr(self._rows, name), self._world, self._process

        def stepped(*values, **named):
            world.step(process, name)
            result = call(*values, **named)
            if name == "intend":
                world.intended(values[0])
            return result

        self.__dict__[name] = stepped
        return stepped


class Shelf:
    """One database for many runs: each has a workspace of its own; renewed before it grows slow."""

    def __init__(self, runs=400):
        self._runs, self._used, self._ledger = runs, 0, None

    def workspace(self, protocol):
        if self._ledger is None or self._used >= self._runs:
            self._ledger, self._used = memory_ledger("none"), 0
        self._used += 1
        name = f"w{self._used}"
        return name, protocol.rows(self._ledger.store, name), Records(self._ledger.store, name)


class Simulation:
    """The world of one run."""

    def __init__(self, shelf, scenario, fate, protocol):
        self.scenario, self.fate, self.protocol = scenario, fate, protocol
        self.clock, self.boundaries, self.offset, self.wrong, self.processes = Clockwork(), 0, 0, [], 0
        self.wishes, self.moved, self.keys, self.held, self.misled = set(), set(), {}, set(), set()
        self.workspace, self.rows, self.records = shelf.workspace(protocol)
        self.remotes = {name: Remote(scenario.kind) for name in {planned.account for planned in scenario.plan}}
        self.messages, self.plan = {}, {planned.post: planned for planned in scenario.plan}
        spacing = timedelta(microseconds=scenario.spacing)
        self.records.keep_accounts([Account(name, "fake", spacing=spacing) for name in sorted(self.remotes)])
        for planned in scenario.plan:
            self._add(planned)

    def run(self):
        """Until nothing happens by itself and no question is open; returns what is wrong."""
        for n in range(self.scenario.owners):
            self._start(n * SECOND)
        for when, shake in self.scenario.shakes:
            self.clock.at(when, lambda shake=shake: shake(self))
        self.clock.run()
        while self.clock.time < WEEK and self.person():
            self.clock.run()
        if self.clock.time >= WEEK:
            self.wrong.append("never at rest")
        self.clock.end()
        return [*self.wrong, *violations(self)]

    def now(self):
        return START + timedelta(microseconds=self.clock.time + self.offset)

    def remote_now(self):
        return START + timedelta(microseconds=self.clock.time)

    def step(self, process, name, cost=1000):
        """A boundary: here the process may die or stall; what it asked for happens after."""
        self._alive(process)
        self.boundaries += 1
        if self.boundaries > MOST_STEPS:
            self.wrong.append("no end: it runs in circles")
            process.alive = False
            raise Killed
        fate = self.fate.at(self.boundaries)
        if fate == "kill":
            process.alive, process.died_at = False, self.clock.time
            self._start(self.clock.time + self.fate.start_after())
            raise Killed
        self.clock.sleep(cost + fate)
        self._alive(process)

    def started(self, post, part, key, after):
        """A publish call begins at this moment."""
        row, now = self.plan[post], self.now()
        if part == 0 and now < START + timedelta(microseconds=row.due):
            self.wrong.append(f"{post}: early")
        if part == 0 and now > START + timedelta(microseconds=row.due + row.grace):
            self.wrong.append(f"{post}: started after its grace")
        if self.keys.setdefault((post, part), key) != key:
            self.wrong.append(f"{post}: another key for the same part")
        if (part > 0) != (after is not None):
            self.wrong.append(f"{post}: part {part} does not hang on the one before")

    def intended(self, before):
        """An intent became durable."""
        if before.post in self.wishes or {before.post, before.account, ""} & self.held:
            self.wrong.append(f"{before.post}: intended against a hold or a cancel wish")

    def person(self):
        """Answers what is asked, reconnects accounts; returns whether there was something to do."""
        did = False
        for hold in self.records.holds():
            if hold.reason == "no access":
                did |= self.records.release(hold.scope, hold.subject, hold.reason, self.now())
        for row in self.rows.all():
            if row.asks:
                self._answer(row)
                did = True
        if did:
            self.clock.poke()
        return did

    def move(self, post, length):
        """A person gave it another time: from now on that is what it is judged by."""
        self.plan[post] = replace(self.plan[post], due=self.plan[post].due + length)
        self.moved.add(post)

    def _answer(self, row):
        seen = self.remotes[row.account].seen(row.post, row.intent_part)
        looked = replace(row, fence=row.fence + 1)
        if seen and not self.scenario.kind.keyed:
            after = life.after_receipt(looked, seen[0])
            self.rows.receive(row, after, seen[0], self.now(), who="person", open_at=self.now())
        else:  # with a key a person may say "resend" without looking: the key makes that harmless
            self.misled |= {row.post} if seen else set()
            self.rows.settle(row, life.released(row, "a person: send it"), self.now(), "person", outcome="absent")

    def _alive(self, process):
        if not process.alive:
            raise Killed

    def _add(self, planned):
        parts = tuple(Part(n, f"{planned.post} {n}") for n in range(planned.parts))
        message = Message(planned.post, planned.account, "fake", "", parts)
        sha256 = self.records.keep_message(f"{planned.post} {planned.parts}")
        self.messages[sha256] = message
        due = START + timedelta(microseconds=planned.due)
        row = Delivery(
            id=0,
            post=planned.post,
            account=planned.account,
            occurrence="1",
            state=State.SCHEDULED,
            fence=0,
            due_at=due,
            not_after=due + timedelta(microseconds=planned.grace),
            key=f"{self.workspace}-{planned.post}",
            message=sha256,
        )
        self.rows.add(row, message, START, "plan")

    def _start(self, at):
        self.processes += 1
        process = Process(f"owner{self.processes}")
        alone = self.scenario.alone or self.protocol.trusts_a_lock_that_is_not_there
        rows = Ports(self, process, self.rows)
        publisher = self.protocol.publisher(
            rows, self._world(process), process.owner, alone=alone, patience=self.protocol.patience
        )
        for n in range(self.scenario.threads):
            self.clock.spawn(lambda: self._live(process, publisher, rows), at + n)

    def _live(self, process, publisher, rows):
        idle = 0
        try:
            while True:
                touched = publisher.run(Inline(), 10)
                wake = rows.next_wake(now := self.now())
                idle = idle + 1 if wake == now and not touched else 0
                if idle > 20:
                    self.wrong.append("spins: it is woken and finds nothing to do")
                    return
                self.clock.wait(None if wake is None else self.clock.time + (wake - now) // timedelta(microseconds=1))
        except Killed:
            pass
        except Exception as error:
            self.wrong.append(f"broke: {error!r}")

    def _world(self, process):
        def now():
            self.step(process, "now")
            return self.now()

        def stepped(name, act):
            def call(*values):
                self.step(process, name)
                return act(*values)

            return call

        return World(
            now=now,
            jitter=self.fate.jitter,
            network=lambda account: Connection(
                self, process, account, settle=self.protocol.settle, looks=self.scenario.looks
            ),
            message=lambda sha256: self.messages[sha256],
            spacing=lambda _: timedelta(microseconds=self.scenario.spacing),
            hold=stepped("hold", lambda *what: self.records.hold(*what, self.now())),
            open_account=stepped("open_account", self.records.open_account),
        )
