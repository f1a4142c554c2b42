"""What a person does to a plan: approve a post, send it now, answer a question."""

from __future__ import annotations

import getpass
import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bot import delivery as life
from bot.approval import claims_of, input_hash
from bot.config import Config
from bot.delivery import Delivery, State
from bot.errors import FootnoteError
from bot.images import TEMPLATES
from bot.io.files import sha256_of
from bot.ledger import Ledger
from bot.ledger.records import Reading
from bot.model import Level, Post, Receipt, Status
from bot.planner.freeze import photo_hashes
from bot.planner.welcome import NEW_LEDGER
from bot.posts import PostFile, save, set_status

DROPPED = "dropped by a person"
WAITS = frozenset({State.SCHEDULED, State.MISSED, State.FAILED})


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
    hashed = hash_of(config, file.post)
    _write_status(Path(config.root) / file.path, file)
    rule = "despite BLOCK claims" if blocked else ""
    records = ledger.records
    records.approve(file.post.id, hashed, f"a person ({getpass.getuser()})", rule, now)
    last = records.readings().get(file.post.id)
    seen = Reading(file.post.id, file.path, Status.APPROVED.value, last.input_hash if last else "")
    records.keep_reading(seen, now)  # an edit from here on un-approves, also before the next plan
    if any(row.post == file.post.id for row in ledger.deliveries.all()):  # else it has not been looked for yet
        records.release("post", file.post.id, NEW_LEDGER, now)
    return file.post


def hash_of(config: Config, post: Post) -> str:
    """The input hash of a post as it stands in this workspace."""
    return input_hash(post, config.brand, TEMPLATES, photo_hashes(config, post), language=config.language)


def bring_forward(ledger: Ledger, delivery: Delivery, grace: timedelta, now: datetime) -> Delivery:
    """Make it due now, ahead of its account's spacing; raises FootnoteError when it is not waiting, or held."""
    if delivery.state not in WAITS:
        raise FootnoteError(f"{delivery.post} on {delivery.account} is {delivery.state}: it cannot be sent now")
    _refuse_if_over(ledger, delivery)
    if held := _hold_on(ledger, delivery):
        raise FootnoteError(
            f"{delivery.post} on {delivery.account} is held ({held}): see to that first, then send it. "
            f"`bot status` lists what is held."
        )
    after = life.rescheduled(delivery, now, now + grace, "now, because a person said so")
    sent = ledger.deliveries.settle(delivery, after, now, "a person")
    ledger.records.open_account(delivery.account, now)
    return sent


def resolve(
    ledger: Ledger, delivery: Delivery, answer: str, now: datetime, *, url: str = "", grace: timedelta
) -> Delivery:
    """A person's answer where looking could not tell: "published" (with its URL), "resend" or "drop".

    What is dropped stays dropped until its post is withdrawn and approved again.
    """
    looked = replace(delivery, fence=delivery.fence + 1)
    if delivery.state is State.UNCONFIRMED and answer == "published":
        if not re.fullmatch(r"https?://[!-~]+", url):
            raise FootnoteError(f'"{url}" is not the address of a post: copy it whole, from https:// on')
        receipt = Receipt("", url, now)
        after = life.after_receipt(looked, receipt)
        return ledger.deliveries.receive(delivery, after, receipt, now, who="a person", open_at=now)
    if delivery.state in {State.UNCONFIRMED, *WAITS} and answer == "drop":
        return ledger.deliveries.settle(delivery, life.canceled(looked, DROPPED), now, "a person", outcome="dropped")
    if delivery.state is State.UNCONFIRMED and answer == "resend" and not delivery.asks:
        raise FootnoteError(f"delivery {delivery.id} is still being looked for: sending it now could post it twice")
    if delivery.state in {State.UNCONFIRMED, *WAITS} and answer == "resend":
        _refuse_if_over(ledger, delivery)
        after = life.rescheduled(delivery, now, now + grace, "to be sent, because a person said so")
        sent = ledger.deliveries.settle(delivery, after, now, "a person", outcome="absent")
        ledger.records.release("post", delivery.post, NEW_LEDGER, now)
        ledger.records.release("delivery", str(delivery.id), "poison", now)
        return sent
    raise FootnoteError(f"delivery {delivery.id} is {delivery.state}: `{answer}` does not answer anything there")


def _write_status(path: Path, file: PostFile) -> None:
    """Written also where it says so already: whoever watches the folder sees that something was approved."""
    if not path.is_file() or sha256_of(path) != file.sha256:
        what = "was changed by someone else" if path.is_file() else "is gone"
        raise FootnoteError(f"{file.path} {what}: nothing was approved; read it again, then approve it")
    save(path, set_status(path.read_bytes().decode(), Status.APPROVED, file.path), file.sha256)


def _refuse_if_over(ledger: Ledger, delivery: Delivery) -> None:
    """A post goes out once: not where a newer delivery took over, nor after the post was withdrawn."""
    same = (row for row in ledger.deliveries.all() if (row.post, row.account) == (delivery.post, delivery.account))
    newer = [row for row in same if int(row.occurrence) > int(delivery.occurrence)]
    if newer:
        raise FootnoteError(
            f"delivery {delivery.id} was replaced by delivery {newer[-1].id}, which is {newer[-1].state}"
        )
    reading = ledger.records.readings().get(delivery.post)
    if reading and reading.status == Status.WITHDRAWN:
        raise FootnoteError(f"{reading.path} is withdrawn: approve it again (`bot approve {delivery.post}`), then plan")


def _hold_on(ledger: Ledger, delivery: Delivery) -> str:
    """Why a delivery is held; "" when it is not."""
    scopes = {
        ("workspace", ""),
        ("account", delivery.account),
        ("post", delivery.post),
        ("delivery", str(delivery.id)),
    }
    holds = (hold for hold in ledger.records.holds() if (hold.scope, hold.subject) in scopes)
    return "; ".join(f"{hold.reason}: {hold.note}" if hold.note else hold.reason for hold in holds)
