"""The real publisher and the real adapters in a process of their own, which may be killed: `FOLDER` says all."""

import json
import logging
import os
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from bot.delivery import Patience
from bot.errors import NetworkError
from bot.fitting import from_json
from bot.ledger import open_ledger
from bot.model import Account, Brand
from bot.networks import limits_of, open_network
from bot.networks.base import Premises, Studio
from bot.publisher import Publisher, World
from bot.vault import open_vault
from tests.faults.mutants import MUTANTS
from tests.faults.planned import WORKSPACE

THREADS = 8
FASTER = 100  # a network settles within hundredths of what it is given
TIMEOUT = timedelta(seconds=3)
# Being killed is no sign of poison here, and our own servers need no rest.
PATIENCE = Patience(
    lease=timedelta(seconds=30),
    margin=timedelta(seconds=1),
    tries=1000,
    base=timedelta(seconds=0.2),
    cap=timedelta(seconds=2),
)
READY = "ready"


def now():
    return datetime.now(UTC)


class Watched:
    """A network whose defects are told: the publisher survives them, and so would hide them."""

    def __init__(self, inner):
        self.limits, self._inner = inner.limits, inner

    def __getattr__(self, name):
        verb = getattr(self._inner, name)

        def watched(*args):
            try:
                return verb(*args)
            except NetworkError:
                raise
            except Exception:
                logging.exception("a defect of %s", name)
                raise

        return watched


def opened(ledger, told, account):
    """The account's network with the times of this test."""
    limits = limits_of(told["network"])
    limits = replace(limits, settle=limits.settle / FASTER, timeout=TIMEOUT)
    vault = open_vault(ledger.folder, WORKSPACE)

    def address(media):
        return f"{told['pictures']}/{media.sha256}.jpg"

    premises = Premises(
        Studio(Brand("Quiet Feet")), ledger.media, ledger.folder, now, vault.credentials(account), limits, address
    )
    network = open_network(Account(account, told["network"], told["settings"][account]), premises)
    return Watched(MUTANTS[told["mutant"]](network))


def publisher_of(ledger, told):
    records = ledger.records
    world = World(
        now=now,
        jitter=random.SystemRandom().random,
        network=cache(lambda account: opened(ledger, told, account)),
        message=cache(lambda sha256: from_json(records.message(sha256))),
        spacing=lambda _: timedelta(0),
        hold=lambda scope, subject, reason, note: records.hold(scope, subject, reason, note, now()),
        open_account=records.open_account,
    )
    return Publisher(ledger.deliveries, world, f"process-{os.getpid()}", alone=True, patience=PATIENCE)


def main(folder):
    """Until nothing is left that can be done."""
    logging.basicConfig(filename=folder / "log.txt", format="%(asctime)s %(name)s %(message)s")
    told = json.loads((folder / "told.json").read_text())
    ledger = open_ledger(folder, WORKSPACE)
    with ledger.lock(), ThreadPoolExecutor(THREADS) as pool:
        publisher = publisher_of(ledger, told)
        print(READY, flush=True)  # noqa: T201
        while wake := ledger.deliveries.next_wake(now()):
            time.sleep(min(max((wake - now()).total_seconds(), 0.01), 0.1))
            publisher.run(pool)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
