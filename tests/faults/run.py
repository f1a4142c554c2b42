"""One run: servers, a proxy that loses half of what is posted, a publisher that is killed, and the verdict."""

import base64
import json
import os
import random
import secrets
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.delivery import State
from bot.ledger import open_ledger
from bot.vault import open_vault
from bot.vault.keys import VARIABLE
from tests.faults.judge import Verdict, judge
from tests.faults.person import answering
from tests.faults.places import ACCOUNTS, PLACES, WAVES
from tests.faults.planned import WORKSPACE, fill
from tests.faults.publishing import READY
from tests.servers.fates import FATES, PASS
from tests.servers.lossy import Lossy

ROOT = Path(__file__).parents[2]
RARE = 0.15  # a stall costs a second
LATE = 0.2  # seconds; less than any network is given to settle
GOES_ON = {State.SCHEDULED, State.UNCONFIRMED}
OTHERS = ("drop", "reset", "bad_gateway")


@dataclass
class Tally:
    """What a run did and found."""

    posts: int = 0
    parts: int = 0
    kills: int = 0
    seconds: float = 0
    commits: int = 0
    fates: Counter = field(default_factory=Counter)
    others: int = 0
    to_a_person: int = 0
    verdict: Verdict = field(default_factory=Verdict)

    def line(self, name):
        faults = f"{self.fates.total()} of {self.commits:,} posting calls faulted"
        kinds = ", ".join(f"{fate} {n}" for fate, n in self.fates.most_common())
        found = self.verdict
        asked = len(found.asked) + self.to_a_person
        bad = f"{len(found.twice)} twice, {len(found.lost)} lost, {asked} asked"
        odd = len(found.left) + len(found.strange) + len(found.wrong)
        return (
            f"{name}: {self.posts:,} deliveries, {self.parts:,} parts, {faults} ({kinds}), {self.others} other faults, "
            f"{self.kills} kills, {bad}, {odd} otherwise wrong, {self.seconds:.0f} s"
        )


@dataclass(frozen=True)
class Weather:
    """How bad it is: the shares of posting calls and of all others that meet a fate, and how often we are killed."""

    seed: int
    share: float = 0.5
    others: float = 0.08
    posts_to_a_kill: int = 40
    mutant: str = ""
    bound: float = 900


def run(name, posts, weather, folder):
    """As many waves as it takes."""
    tally, began, most = Tally(), time.monotonic(), WAVES[name]
    for n, first in enumerate(range(0, posts, most)):
        wave = folder / f"{name}-{n}"
        wave.mkdir()
        now = min(most, posts - first)
        names = [f"account-{number:02}" for number in range(min(ACCOUNTS[name], now // 4))]
        with PLACES[name](wave, names) as place:
            run_wave(tally, place, now, replace(weather, seed=weather.seed + n), wave)
    tally.seconds = time.monotonic() - began
    return tally


def run_wave(tally, place, posts, weather, folder):
    chance = random.Random(weather.seed)
    with Lossy(place.url, delay=LATE) as lossy:
        storm(lossy, place.commit, weather, chance, posts)
        environment = {**os.environ, VARIABLE: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}
        ledger = open_ledger(folder / "ledger", WORKSPACE)
        settings = {account: place.settings(account, lossy.url) for account in place.secrets}
        messages = fill(ledger, place.network, settings, posts)
        for account, kept in place.secrets.items():
            open_vault(ledger.folder, WORKSPACE, environment=environment).keep(account, kept)
        told = {"network": place.network, "settings": settings, "mutant": weather.mutant, "pictures": place.pictures}
        (ledger.folder / "told.json").write_text(json.dumps(told))
        until = time.monotonic() + weather.bound
        pauses = [0.1 + 1.4 * chance.random() for _ in range(posts // weather.posts_to_a_kill)]
        with answering(ledger, messages, place.shown) as answers:
            tally.kills += publish(ledger.folder, environment, [*pauses, weather.bound])
            while goes_on(ledger) and time.monotonic() < until:  # it ends where only she can go on
                wait_for_answers(ledger)
                publish(ledger.folder, environment, [weather.bound])
        lossy.settle()
        verdict = judge(messages, ledger, place.shown())
        verdict.wrong += [*place.violations(), *defects(ledger.folder)]
        if place.looks:
            verdict.asked += [f"a person, who said {answer}" for answer in answers]
        else:
            tally.to_a_person += len(answers)
        ledger.close()
    tally.verdict += verdict
    tally.posts, tally.parts = tally.posts + posts, tally.parts + sum(len(message.parts) for message in messages)
    count(tally, lossy.log, place.commit)


def goes_on(ledger):
    return any(row.state in GOES_ON for row in ledger.deliveries.all())


def wait_for_answers(ledger, most=60):
    """Until no question is left; not for ever."""
    until = time.monotonic() + most
    while any(row.asks for row in ledger.deliveries.all()):
        assert time.monotonic() < until, "nobody answers"
        time.sleep(0.2)


def storm(lossy, commit, weather, chance, posts):
    """Which posting call, and which other request, meets which fate."""
    fates = FATES[1:]
    weights = [1 - weather.share, *(weather.share / len(fates) for _ in fates)]
    weights[FATES.index("stall")] *= RARE
    weights[FATES.index("drop")] += weather.share - sum(weights[1:])  # the share stays what was asked for
    each = chance.sample(FATES, len(FATES))  # all of them are met, however few the posts
    lossy.plan("POST", commit, *each, *chance.choices(FATES, weights, k=50 * posts))
    often = [1 - weather.others, *(weather.others / len(OTHERS) for _ in OTHERS)]
    lossy.plan("", "/", *chance.choices((PASS, *OTHERS), often, k=500 * posts))


def publish(folder, environment, pauses):
    """Lets the publisher work, kills it after each pause, starts it again; how often it was killed."""
    for killed, pause in enumerate(pauses):
        with started(folder, environment) as process, suppress(subprocess.TimeoutExpired):
            process.wait(pause)
            return killed
    return len(pauses)


@contextmanager
def started(folder, environment):
    """The publisher from the moment that it is ready, killed where the block ends."""
    command = [sys.executable, "-m", "tests.faults.publishing", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout.readline().strip() == READY, "the publisher did not start"
            yield process
        finally:
            process.kill()


def defects(folder):
    log = folder / "log.txt"
    return [line for line in log.read_text().splitlines() if "a defect of" in line] if log.exists() else []


def count(tally, log, commit):
    met = [seen for seen in log if seen.fate != "arrived"]
    commits = [seen.fate for seen in met if seen.method == "POST" and seen.path.startswith(commit)]
    tally.commits += len(commits)
    tally.fates.update(fate for fate in commits if fate != PASS)
    tally.others += sum(seen.fate != PASS for seen in met) - sum(fate != PASS for fate in commits)
