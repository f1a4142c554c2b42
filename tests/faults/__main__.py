"""`python -m tests.faults [NETWORK ...]`: thousands of publishes where half of the calls go wrong; one line each."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.faults.places import PLACES
from tests.faults.run import Weather, run


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    every = [*PLACES, []]  # argparse looks for [] among the choices where none is named
    parser.add_argument("networks", nargs="*", choices=every, metavar="NETWORK", help=", ".join(PLACES))
    parser.add_argument("--posts", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=0.5, help="of the posting calls that go wrong")
    parser.add_argument("--keep", type=Path, help="an empty folder for ledgers and logs")
    asked = parser.parse_args()
    bad = False
    for name in asked.networks or PLACES:
        with tempfile.TemporaryDirectory() as folder:
            tally = run(name, asked.posts, Weather(asked.seed, asked.share), asked.keep or Path(folder))
        bad |= bool(tally.verdict.told)
        print(tally.line(name), *tally.verdict.told, sep="\n  ", flush=True)  # noqa: T201
    sys.exit(bad)


if __name__ == "__main__":
    main()
