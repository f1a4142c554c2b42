"""`make bench`: every benchmark in a process of its own; the answers become docs/benchmarks.md."""

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = {
    "Images": "bench.images",
    "Snippets": "bench.snippets_quality",
    "Publisher": "bench.publisher",
    "Start": "bench.start",
}
INTRO = """# Benchmarks

Ratios are what counts: every contender runs in the same process or round as the floor it is measured against,
interleaved, and the median of its CPU time is taken. `make bench` writes this page; figures of another machine differ.
"""


def machine() -> str:
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.processor(),
    )
    return f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} x {model}, Python {platform.python_version()}"


def main() -> None:
    sections = []
    for title, module in PAGES.items():
        print(f"{title} ...", file=sys.stderr)
        told = subprocess.run([sys.executable, "-m", module], cwd=ROOT, capture_output=True, text=True, check=True)
        sections.append(f"## {title}\n\n{told.stdout.strip()}\n")
    page = "\n".join([INTRO, f"Measured {machine()}.\n", *sections])
    (ROOT / "docs" / "benchmarks.md").write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
