"""What `bot --help` costs against the interpreter alone: interleaved, CPU time of the child, medians."""

import resource
import statistics
import subprocess
import sys
from pathlib import Path

ROUNDS = 41


def cpu_ms(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1e3


def main() -> None:
    bot = str(Path(sys.executable).with_name("bot"))
    commands = {
        "`python -c pass`": [sys.executable, "-c", "pass"],
        '`python -c "import click"`': [sys.executable, "-c", "import click"],
        "`bot --help`": [bot, "--help"],
    }
    spent: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            spent[name].append(cpu_ms(command))
    floor = statistics.median(spent["`python -c pass`"])
    print("| command | CPU ms (median) | x floor |\n|---|---:|---:|")
    for name, times in spent.items():
        print(f"| {name} | {statistics.median(times):.0f} | {statistics.median(times) / floor:.1f} |")
    print(f"\n{ROUNDS} interleaved rounds.")


if __name__ == "__main__":
    main()
