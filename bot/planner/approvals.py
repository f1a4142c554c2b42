"""Whether a post may go out: its hash is on record, by a person or by a rule that a person wrote."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bot.approval import claims_of
from bot.config import Config
from bot.ledger.records import Reading
from bot.model import Claim, Level, Post, Status

UNFLAGGED = "unflagged"


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a post may be planned.

    `by`, `rule`: put this on record first. `claims`: what a person who is to approve it should see.
    """

    approved: bool
    by: str = ""
    rule: str = ""
    claims: tuple[Claim, ...] = ()


def decide(
    post: Post,
    input_hash: str,
    record: Collection[str],
    last: Reading | None,
    config: Config,
    *,
    claims: tuple[Claim, ...] | None = None,
) -> Decision:
    """Look the approval up, or make it where a person's word or rule allows; `claims` where they are known already.

    A status of "approved" written by hand counts when it is new: an edit of an approved post un-approves it, until
    a person approves again (or undoes the edit). It never clears a BLOCK claim.
    """
    if input_hash in record and post.status is Status.APPROVED:
        return Decision(True)
    claims = claims_of(post) if claims is None else claims
    flagged = any(claim.level is not Level.NOTE for claim in claims)
    blocked = any(claim.level is Level.BLOCK for claim in claims)
    by_rule = config.auto_approve == UNFLAGGED and not flagged and _only_sites(post, config)
    if input_hash in record:
        return Decision(by_rule, claims=claims)
    is_new = not record or (last is not None and last.status in {Status.DRAFT, Status.WITHDRAWN})
    new_word = post.status is Status.APPROVED and is_new
    if new_word and not blocked:
        return Decision(True, "a person", f'(status = "approved" in {post.path})', claims)
    if by_rule:
        return Decision(True, "rule", f'(auto_approve = "{UNFLAGGED}" in config.toml)', claims)
    return Decision(False, claims=claims)


def _only_sites(post: Post, config: Config) -> bool:
    networks = {account.name: account.network for account in config.accounts}
    return all(networks.get(name) == "site" for name in post.accounts)
