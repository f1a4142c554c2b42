"""Crashes, stalls and lost answers everywhere: a slice of what `make simulate` runs, and proof that it would notice."""

import logging
from itertools import chain

import pytest

from tests.crash.mutants import MUTANTS
from tests.crash.scenarios import AS_IT_IS, everywhere, rivals, run_seed, small, spread
from tests.crash.simulate import kept_seeds
from tests.crash.simulator import Shelf

SEEDS = 300


@pytest.fixture(autouse=True)
def quiet():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def shelf():
    return Shelf()


def some(cases, most, shelf, protocol=AS_IT_IS, boundaries=1):
    """What was wrong with each run of a slice: so many scenarios, every so many boundaries of each."""
    for n, (scenario, *fate) in enumerate(spread(cases, most)):
        runs = everywhere(shelf, scenario, *fate, protocol=protocol, chosen=lambda at, n=n: (at + n) % boundaries == 0)
        for boundary, wrong in runs:
            yield (scenario, fate, boundary), wrong


def broken(runs):
    return [(where, wrong) for where, wrong in runs if wrong]


def test_no_crash_point_loses_or_doubles_a_post(shelf):
    assert not broken(some(small(), 110, shelf, boundaries=3))


def test_no_stall_of_one_owner_beside_another_loses_or_doubles_a_post(shelf):
    assert not broken(some(rivals(), 24, shelf, boundaries=3))


def test_no_seed_finds_a_way_to_break_a_promise(shelf):
    wrong = broken((seed, run_seed(shelf, seed)) for seed in range(SEEDS))
    assert not wrong, "fix it, and keep the seed in tests/crash/seeds.txt"


@pytest.mark.parametrize("seed", kept_seeds())
def test_what_failed_once_is_run_for_ever(shelf, seed):
    assert run_seed(shelf, seed) == []


def test_a_run_repeats_exactly(shelf):
    assert [run_seed(Shelf(), 12, MUTANTS[0].protocol) for _ in range(2)] == [[], []]
    protocol = next(mutant.protocol for mutant in MUTANTS if "taken for failure" in mutant.name)
    assert [run_seed(Shelf(), seed, protocol) for seed in range(10)] == [
        run_seed(Shelf(), seed, protocol) for seed in range(10)
    ]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_simulator_notices(mutant):
    shelf = Shelf()
    hunts = {
        "crash points": lambda: some(small(), 200, shelf, mutant.protocol),
        "stalls": lambda: some(rivals(), 100, shelf, mutant.protocol),
        "seeds": lambda: ((seed, run_seed(shelf, seed, mutant.protocol)) for seed in chain(kept_seeds(), range(1000))),
    }
    with mutant.around():
        assert any(mutant.words in what for _, wrong in hunts[mutant.where]() for what in wrong)
