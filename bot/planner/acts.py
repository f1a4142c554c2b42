"""What a person does to a plan: approve a post, send it now, answer a question."""

from __future__ import annotations

import getpass
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bot import delivery as life
from bot.approval import claims_of, input_hash
from bot.config import Config
from bot.delivery import Delivery, State
from bot.errors import FootnoteError
from bot.images import TEMPLATES
from bot.ledger import Ledger
from bot.model import Level, Post, Receipt, Status
from bot.planner.freeze import photo_hashes
from bot.planner.welcome import NEW_LEDGER
from bot.posts import PostFile, save, set_status


def approve(config: Config, ledger: Ledger, file: PostFile, now: datetime, *, despite_block: bool = False) -> Post:
    """Put a person's approval of these words on record and write it into the post's file.

    Raises FootnoteError for a BLOCK claim unless `despite_block`, and when the file changed meanwhile.
    """
    blocked = [claim for claim in claims_of(file.post) if claim.level is Level.BLOCK]
    if blocked and not despite_block:
        said = "; ".join(f'"{claim.words}" ({claim.rule}: {claim.why})' for claim in blocked)
        raise FootnoteError(
            f"{file.path}: {said}. Edit the words or pick another snippet; "
            f"if you know that it may be said, approve it with --despite-block."
        )
    path = Path(config.root) / file.path
    if file.post.status is not Status.APPROVED:
        content = set_status(path.read_bytes().decode(), Status.APPROVED)
        save(path, content, file.sha256)
    hashed = hash_of(config, file.post)
    rule = "despite BLOCK claims" if blocked else ""
    ledger.records.approve(file.post.id, hashed, f"a person ({getpass.getuser()})", rule, now)
    ledger.records.release("post", file.post.id, NEW_LEDGER, now)
    return file.post


def hash_of(config: Config, post: Post) -> str:
    """The input hash of a post as it stands in this workspace."""
    return input_hash(post, config.brand, TEMPLATES, photo_hashes(config, post), language=config.language)


def bring_forward(ledger: Ledger, delivery: Delivery, grace: timedelta, now: datetime) -> Delivery:
    """Make it due now, ahead of its account's spacing; raises FootnoteError when it is not waiting."""
    if delivery.state not in {State.SCHEDULED, State.MISSED, State.FAILED}:
        raise FootnoteError(f"{delivery.post} on {delivery.account} is {delivery.state}: it cannot be sent now")
    after = life.rescheduled(delivery, now, now + grace, "now, because a person said so")
    ledger.records.open_account(delivery.account, now)
    return ledger.deliveries.settle(delivery, after, now, "a person")


def resolve(
    ledger: Ledger, delivery: Delivery, answer: str, now: datetime, *, url: str = "", grace: timedelta
) -> Delivery:
    """A person's answer where looking could not tell: "published" (with its URL), "resend" or "drop"."""
    looked = replace(delivery, fence=delivery.fence + 1)
    if delivery.state is State.UNCONFIRMED and answer == "published":
        receipt = Receipt("", url, now)
        after = life.after_receipt(looked, receipt)
        return ledger.deliveries.receive(delivery, after, receipt, now, who="a person", open_at=now)
    if delivery.state is State.UNCONFIRMED and answer == "drop":
        after = life.canceled(looked, "dropped by a person")
        return ledger.deliveries.settle(delivery, after, now, "a person", outcome="dropped")
    if answer == "drop" and delivery.state is State.SCHEDULED:
        after = life.canceled(delivery, "dropped by a person")
        return ledger.deliveries.settle(delivery, after, now, "a person")
    if answer == "resend" and delivery.state in {State.UNCONFIRMED, State.MISSED, State.FAILED, State.SCHEDULED}:
        ledger.records.release("post", delivery.post, NEW_LEDGER, now)
        ledger.records.release("delivery", str(delivery.id), "poison", now)
        after = life.rescheduled(delivery, now, now + grace, "to be sent, because a person said so")
        return ledger.deliveries.settle(delivery, after, now, "a person", outcome="absent")
    raise FootnoteError(f"delivery {delivery.id} is {delivery.state}: `{answer}` does not answer anything there")
