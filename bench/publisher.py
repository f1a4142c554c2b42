"""What a delivery costs: 10,000 due at once on 1,000 accounts, against bare sqlite3 writing as many durable rows."""

from __future__ import annotations

import logging
import os
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.delivery import Delivery, State
from bot.ledger import Ledger, open_ledger
from bot.model import Account, Handles, Limits, Message, Part, Receipt
from bot.publisher import Publisher, World

ACCOUNTS, EACH, THREADS, CLAIM = 1000, 10, 16, 100
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


class Nothing:
    """A network that answers at once."""

    limits = Limits()

    def prepare(self, message: Message) -> Handles:
        return Handles({"media": message.post})

    def publish(self, part: Part, message: Message, handles: Handles, key: str, after: Receipt | None) -> Receipt:
        return Receipt(key, f"https://example.org/{key}", NOW)

    def find(self, *_: object) -> None:
        raise AssertionError("nothing is ever in doubt here")


@dataclass(frozen=True)
class Cost:
    """CPU and wall seconds of one way to do it."""

    name: str
    cpu: float
    wall: float


def measured(name: str, act: Callable[[], None]) -> Cost:
    began, used = time.perf_counter(), cpu()
    act()
    return Cost(name, cpu() - used, time.perf_counter() - began)


def cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def fill(ledger: Ledger) -> dict[str, Message]:
    """Every delivery due, in one transaction a hundred."""
    names = [f"account-{n:04}" for n in range(ACCOUNTS)]
    ledger.records.keep_accounts([Account(name, "nothing") for name in names])
    messages: dict[str, Message] = {}
    with ThreadPoolExecutor(THREADS) as pool:
        for n in range(EACH):
            list(pool.map(lambda name, n=n: add(ledger, messages, name, n), names))
    return messages


def add(ledger: Ledger, messages: dict[str, Message], account: str, n: int) -> None:
    message = Message(f"post-{n}", account, "nothing", "", (Part(0, "words"),))
    sha256 = ledger.records.keep_message(f"{account} {n}")
    messages[sha256] = message
    due = NOW - timedelta(minutes=EACH - n)
    row = Delivery(
        id=0,
        post=f"post-{n}",
        account=account,
        occurrence="1",
        state=State.SCHEDULED,
        fence=0,
        due_at=due,
        not_after=NOW + timedelta(hours=2),
        key=f"{account}-{n}",
        message=sha256,
    )
    ledger.deliveries.add(row, message, NOW, "bench")


def footnote(folder: Path) -> Cost:
    ledger = open_ledger(folder, "bench")
    messages, network = fill(ledger), Nothing()
    world = World(
        now=lambda: NOW,
        jitter=lambda: 0.5,
        network=lambda _: network,
        message=messages.__getitem__,
        spacing=lambda _: timedelta(0),
        hold=lambda *_: None,
        open_account=lambda *_: None,
    )
    publisher = Publisher(ledger.deliveries, world, "bench", alone=True)
    with ThreadPoolExecutor(THREADS) as pool:
        cost = measured(
            "Footnote: claim, handles, intent, receipt, history", lambda: publisher.run(pool, CLAIM) and None
        )
    states = {row.state for row in ledger.deliveries.all()}
    assert states == {State.PUBLISHED}, states
    ledger.close()
    return cost


def bare(folder: Path, group: int) -> Cost:
    """The least that is as durable: a claim, an intent and a receipt as one row each, `group` to a commit."""
    connection = sqlite3.connect(folder / f"bare-{group}.db", isolation_level=None)
    for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "CREATE TABLE done (n INTEGER, what TEXT)"):
        connection.execute(statement)

    def act() -> None:
        for first in range(0, ACCOUNTS * EACH, group):
            for what in ("claim", "intent", "receipt"):
                connection.execute("BEGIN IMMEDIATE")
                for n in range(first, first + group):
                    connection.execute("INSERT INTO done VALUES (?, ?)", (n, what))
                connection.execute("COMMIT")

    cost = measured(f"bare sqlite3, {group} to a commit", act)
    connection.close()
    return cost


def table() -> str:
    """The figures as Markdown."""
    count = ACCOUNTS * EACH
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as name:
        costs = [bare(Path(name), 1), bare(Path(name), 100), footnote(Path(name))]
    floor = costs[0]
    lines = [
        f"{count:,} deliveries due at once on {ACCOUNTS:,} accounts, a network that answers at once, one SQLite file",
        f"with `synchronous=FULL`, {THREADS} threads. Ratios to the first row: three durable rows, one by one.",
        "",
        "| | CPU s | wall s | CPU ratio | wall ratio | deliveries/s | CPU ms each |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {cost.name} | {cost.cpu:.2f} | {cost.wall:.2f} | {cost.cpu / floor.cpu:.2f} | {cost.wall / floor.wall:.2f} "
        f"| {count / cost.wall:,.0f} | {cost.cpu / count * 1000:.2f} |"
        for cost in costs
    ]
    return "\n".join(lines)


def main() -> None:
    logging.disable(logging.INFO)
    print(table())


if __name__ == "__main__":
    main()
