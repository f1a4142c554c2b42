"""`python -m tests.crash.simulate --all --jobs 2`: every crash point, every stall, 10,000 seeds; counts what it saw."""

import argparse
import logging
import sys
import time
from multiprocessing import get_context
from pathlib import Path

from tests.crash.scenarios import everywhere, rivals, run_seed, small
from tests.crash.simulator import Shelf

SEEDS = Path(__file__).with_name("seeds.txt")
CHUNK = 50


def kept_seeds():
    """Every seed that ever failed."""
    lines = SEEDS.read_text(encoding="utf-8").splitlines()
    return [int(line.split()[0]) for line in lines if line and not line.startswith("#")]


def keep(seed, wrong):
    """Remember a seed that failed, for ever."""
    if seed not in kept_seeds():
        with SEEDS.open("a", encoding="utf-8") as file:
            file.write(f"{seed}  {wrong[0]}\n")


def work(task):
    """One task: (name, runs, [(where, what is wrong)])."""
    logging.disable(logging.CRITICAL)
    name, start = task
    shelf, runs, bad = Shelf(), 0, []
    for where, wrong in _runs(shelf, name, start):
        runs += 1
        if wrong:
            bad.append((where, wrong))
    return name, runs, bad


def _runs(shelf, name, start):
    if name == "seeds":
        for seed in range(start, start + CHUNK):
            yield seed, run_seed(shelf, seed)
        return
    scenario, outcomes, *stall = (small if name == "crash points" else rivals)()[start]
    for boundary, wrong in everywhere(shelf, scenario, outcomes, *stall):
        yield f"{name} {start} ({scenario}, {outcomes}, {stall}) at boundary {boundary}", wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="everything; without it a fiftieth of the enumerations")
    parser.add_argument("--seeds", type=int, default=0, help="how many seeds (with --all: 10,000)")
    parser.add_argument("--first", type=int, default=0, help="the first of them")
    parser.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_args()
    stride, seeds = (1 if asked.all else 50), asked.seeds or (10_000 if asked.all else 500)
    tasks = [("crash points", n) for n in range(0, len(small()), stride)]
    tasks += [("stalls", n) for n in range(0, len(rivals()), stride)]
    tasks += [("seeds", n) for n in range(asked.first, asked.first + seeds, CHUNK)]
    began, counts, violations = time.monotonic(), {}, 0
    with get_context("spawn").Pool(asked.jobs, maxtasksperchild=40) as pool:
        for name, runs, bad in pool.imap_unordered(work, tasks):
            counts[name] = counts.get(name, 0) + runs
            violations += len(bad)
            for where, wrong in bad:
                print(f"VIOLATION {name} {where}: {wrong}", flush=True)  # noqa: T201
                if name == "seeds":
                    keep(where, wrong)
    said = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    print(f"{said}; {violations} violations; {time.monotonic() - began:,.0f} seconds")  # noqa: T201
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
