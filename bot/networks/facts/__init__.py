"""What each network allows and asks for, one TOML file a network, with the date and the source of every figure.

`[limits]` are fields of Limits (bot/model/): bytes, characters in `text_unit`, seconds; what a server announces goes
before these. `[price]` is in US dollars. `[settings]` are the keys that an account may have in config.toml;
`[promise]` is the network's row of docs/guarantees.md.
"""

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
    """The network's Limits; raises FileNotFoundError for a network without facts."""
    told = facts(network)
    fields: dict[str, Any] = dict(told["limits"])
    fields |= {name: tuple(value) for name, value in fields.items() if isinstance(value, list)}
    fields |= {name: timedelta(seconds=fields[name]) for name in DURATIONS if name in fields}
    price = {name: Decimal(value) for name, value in told.get("price", {}).items()}
    return Limits(**fields, price=Price(**price) if price else None)


@cache
def facts(network: str) -> Mapping[str, Any]:
    """All of one network's file."""
    return tomllib.loads((files(__name__) / f"{network}.toml").read_text(encoding="utf-8"))
