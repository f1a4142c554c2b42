"""What facts.toml says of a network, as values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from bot.model import Limits, Price

DURATIONS = ("settle", "timeout")


def limits_from_facts(network: str) -> Limits:
    """The network's Limits; raises KeyError for a network without facts."""
    told = facts()[network]
    fields: dict[str, Any] = dict(told["limits"])
    fields |= {name: tuple(value) for name, value in fields.items() if isinstance(value, list)}
    fields |= {name: timedelta(seconds=fields[name]) for name in DURATIONS if name in fields}
    price = {name: Decimal(value) for name, value in told.get("price", {}).items()}
    return Limits(**fields, price=Price(**price) if price else None)


@cache
def facts() -> Mapping[str, Any]:
    """All of facts.toml: network -> its tables."""
    return tomllib.loads((files("bot.networks") / "facts.toml").read_text(encoding="utf-8"))
