"""What each piece of evidence weighs (weights.toml): fitted on labelled documents, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Weights:
    """`of` is by the name of the evidence, `words` by the stem of a word; what they do not name weighs nothing.

    A statement is a benefit from a score of 0 on, in a document whose three best reach `document` on average; the
    score and `shift` are the logarithm of its odds. What stands around a statement weighs `company` (the rest of its
    list), `beside` (its neighbours), `section` (what else is under its title); `usual` is how likely any is a benefit.
    """

    start: float
    shift: float
    document: float
    company: float
    beside: float
    section: float
    usual: float
    of: Mapping[str, float]
    words: Mapping[str, float]


@cache
def weights() -> Weights:
    """The fitted numbers."""
    told: dict[str, Any] = tomllib.loads(resources.files("bot.snippets").joinpath("weights.toml").read_text("utf-8"))
    return Weights(**told["all"], of=told["evidence"], words=told["words"])
