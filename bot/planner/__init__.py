"""Approved posts -> deliveries in the ledger; run it as often as you like."""

from bot.planner.acts import (
    approve,
    bring_forward,
    cite_again,
    cited_now,
    reason_in,
    refuse_block,
    reopen,
    resolve,
    rewrite,
    rewritten,
    withdraw,
)
from bot.planner.freeze import Press
from bot.planner.plan import Plan, Waiting
from bot.planner.planner import Planner
from bot.planner.season import Season, Seasons, Standing
from bot.planner.welcome import welcome

__all__ = [
    "Plan",
    "Planner",
    "Press",
    "Season",
    "Seasons",
    "Standing",
    "Waiting",
    "approve",
    "bring_forward",
    "cite_again",
    "cited_now",
    "reason_in",
    "refuse_block",
    "reopen",
    "resolve",
    "rewrite",
    "rewritten",
    "welcome",
    "withdraw",
]
