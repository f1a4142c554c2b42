"""The scenarios: every crash point of small ones, and larger ones made from a seed."""

import random
from datetime import timedelta
from itertools import product

from bot import delivery as life
from bot.delivery import State
from tests.crash.clockwork import SECOND
from tests.crash.fakes import KINDS, Outcome
from tests.crash.fates import Listed, Seeded
from tests.crash.simulator import MINUTE, Planned, Protocol, Scenario, Simulation

AS_IT_IS = Protocol()


def small():
    """Every kind x one or two parts x alone or not x the outcomes of the first two publish calls."""
    return [
        (Scenario(kind, (Planned("p", parts=parts),), alone=alone), outcomes)
        for kind, parts, alone in product(KINDS, (1, 2), (True, False))
        for outcomes in product(Outcome, Outcome)
    ]


def rivals():
    """Two owners and one delivery: every kind x parts x first outcome x how long one of them stalls."""
    return [
        (Scenario(kind, (Planned("p", parts=parts),), owners=2, alone=False), (outcome,), stall * SECOND)
        for kind, parts, stall in product(KINDS, (1, 2), (100, 250, 600))
        for outcome in Outcome
    ]


def spread(cases, most):
    """Some of them, from all over the list: the same ones each time."""
    return [cases[n * 619 % len(cases)] for n in range(most)]  # a prime: no case comes twice


def everywhere(shelf, scenario, outcomes, stall=0, protocol=AS_IT_IS, *, chosen=lambda _: True):
    """One run for each boundary of the undisturbed run, with a crash (or stall) there: yields what was wrong with each.

    `chosen(boundary)` picks a slice. Boundary 0 is the undisturbed run.
    """
    quiet = Simulation(shelf, scenario, Listed(outcomes), protocol)
    yield 0, quiet.run()
    for boundary in filter(chosen, range(1, quiet.boundaries + 1)):
        yield boundary, Simulation(shelf, scenario, Listed(outcomes, (boundary,), stall), protocol).run()


def run_seed(shelf, seed, protocol=AS_IT_IS):
    """One run that the seed decides; returns what was wrong."""
    dice = random.Random(seed)
    scenario = seeded(dice)
    return Simulation(shelf, scenario, Seeded(dice), protocol).run()


def seeded(dice):
    """A scenario by chance: accounts, posts, owners, threads, spacing, grace, and shakes in the middle."""
    owners, threads, alone = dice.choice(((1, 1, True), (1, 2, True), (2, 1, False), (2, 1, False)))
    short = dice.random() < 0.4
    plan = tuple(
        Planned(
            post=f"p{n}",
            account=dice.choice("ab"),
            parts=dice.choice((1, 1, 2)),
            due=dice.randrange(0, 200) * SECOND,
            grace=dice.randrange(20, 400) * SECOND if short else 600 * MINUTE,
        )
        for n in range(dice.randrange(2, 6))
    )
    stepped = dice.random() < 0.2
    return Scenario(
        dice.choice(KINDS),
        plan,
        owners=owners,
        threads=threads,
        alone=alone,
        spacing=dice.choice((0, 0, 60 * SECOND)),
        looks=2 if stepped else dice.choice((1, 2)),
        shakes=tuple(_shakes(dice, plan, stepped=stepped)),
    )


def _shakes(dice, plan, *, stepped):
    def when():
        return dice.randrange(0, 600) * SECOND

    if stepped:
        yield when(), _clock_step(dice.choice((-3600, -60, -1, 1, 60, 600)) * SECOND)
    for planned in plan:
        if dice.random() < 0.25:
            yield when(), _wish(planned.post)
        if dice.random() < 0.15:
            yield when(), _move(planned.post, dice.randrange(-60, 900) * SECOND)
    for scope, subject in (("workspace", ""), ("account", "a"), ("post", "p0")):
        if dice.random() < 0.2:
            begins = when()
            yield begins, _hold(scope, subject)
            yield begins + dice.randrange(1, 900) * SECOND, _release(scope, subject)
    for _ in range(2):
        yield when(), lambda world: world.person()


def _clock_step(length):
    def shake(world):
        world.offset += length
        world.clock.poke()

    return shake


def _wish(post):
    def shake(world):
        row = next(row for row in world.rows.all() if row.post == post)
        world.wishes.add(post)
        world.rows.wish_cancel(row, world.now(), "person", "withdrawn")
        world.clock.poke()

    return shake


def _move(post, length):
    def shake(world):
        row = next(row for row in world.rows.all() if row.post == post)
        if row.state is State.SCHEDULED:
            by = timedelta(microseconds=length)
            world.rows.settle(
                row, life.rescheduled(row, row.due_at + by, row.not_after + by, "moved"), world.now(), "person"
            )
            world.move(post, length)
            world.clock.poke()

    return shake


def _hold(scope, subject):
    def shake(world):
        world.records.hold(scope, subject, "paused", "", world.now())
        world.held.add(subject)
        world.moved.update(world.plan)

    return shake


def _release(scope, subject):
    def shake(world):
        world.records.release(scope, subject, "paused", world.now())
        world.held.discard(subject)
        world.clock.poke()

    return shake
