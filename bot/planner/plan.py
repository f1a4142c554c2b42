"""What a planning round did, and what it wants a person to see."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.delivery import Delivery
from bot.errors import Problem
from bot.model import Claim


@dataclass(frozen=True, slots=True)
class Waiting:
    """A post that waits for a person, with what was found in its words."""

    post: str
    path: str
    claims: tuple[Claim, ...]


@dataclass(slots=True)
class Plan:
    """Rows that are new or changed, posts that wait, and everything that is wrong."""

    planned: list[Delivery] = field(default_factory=list)
    changed: list[Delivery] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    stopped: str = ""
    paths: set[str] = field(default_factory=set)
    """Where the one post lay, and lies, that alone was to be planned; empty = all were."""

    @property
    def needs_you(self) -> bool:
        """Whether anything waits for a person."""
        return bool(self.problems or self.waiting or self.stopped)
