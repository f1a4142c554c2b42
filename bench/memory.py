"""The most memory that a process ever held."""

import resource
from pathlib import Path

STATUS = Path("/proc/self/status")


def peak_mb() -> float:
    """Of this process, since its program began: Linux's ru_maxrss would begin with what the parent held."""
    if STATUS.exists():
        line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def peak_mb_of_children() -> float:
    """Of the largest child that has ended; no less than what this process held when it began that child."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
