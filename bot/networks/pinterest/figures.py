"""What Pinterest counts, by our names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

COUNTED = {
    "views": "IMPRESSION",
    "clicks": "OUTBOUND_CLICK",
    "saves": "SAVE",
    "likes": "TOTAL_REACTIONS",
    "comments": "TOTAL_COMMENTS",
}
FAR_BACK = timedelta(days=89)
"""Nobody may ask for more than the last 90 days."""


def asked(made: datetime, now: datetime) -> dict[str, str]:
    """The question for the figures of a pin, in days of UTC."""
    start = min(max(made, now - FAR_BACK), now)
    return {
        "start_date": f"{start:%Y-%m-%d}",
        "end_date": f"{now:%Y-%m-%d}",
        "metric_types": ",".join(COUNTED.values()),
    }


def figures_in(told: Mapping[str, Any]) -> dict[str, int]:
    """The figures in its answer: some are of the days asked for, some of the pin's whole life."""
    groups = told.get("all")
    every: dict[str, Any] = {}
    for name in ("summary_metrics", "lifetime_metrics"):
        group = groups.get(name) if isinstance(groups, dict) else None
        every |= group if isinstance(group, dict) else {}
    found = {name: every.get(theirs) for name, theirs in COUNTED.items()}
    return {name: int(value) for name, value in found.items() if isinstance(value, int | float) and value >= 0}
