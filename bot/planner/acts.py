"""What a person does to a post and its plan: change its words, approve it, call it off, send it, answer for it."""

from __future__ import annotations

import getpass
import re
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path

from bot import delivery as life
from bot.approval import claims_of
from bot.config import Config
from bot.delivery import POISON, WAITS, Delivery, State
from bot.errors import FootnoteError
from bot.images import alt_text
from bot.images.alt import DESCRIBED
from bot.ledger import Ledger
from bot.ledger.records import Reading
from bot.model import Claim, Image, Level, Post, Receipt, Source, Status
from bot.planner.freeze import Press, hash_of
from bot.planner.sources import SourceChanged, SourceGone, source_now
from bot.planner.welcome import NEW_LEDGER
from bot.posts import PostFile, Words, as_file, edited, read_again, save, set_source, set_status
from bot.posts.tables import Around
from bot.written import plain

DROPPED = "dropped by a person"
OVERRIDE = "override"
"""What an approval's rule begins with where a person said why a BLOCK claim may be made."""
REASON_MAX = 2000


def approve(
    config: Config, ledger: Ledger, file: PostFile, now: datetime, *, override: str = "", who: str = ""
) -> Post:
    """Put a person's approval of these words on record and write it into the post's file.

    `who` is how the record names them, "" = by the name they have on this machine. Raises FootnoteError for a BLOCK
    claim unless `override` says why it may be said, which goes on record with the name; and Changed when the file is
    not what was read.
    """
    reason = reason_in(override)
    if not reason:
        refuse_block(file)
    hashed = hash_of(config, file.post)
    _write_status(config, file, Status.APPROVED)
    rule = f"{OVERRIDE}: {reason}" if _blocked(file) else ""
    records, who = ledger.records, who or f"a person ({getpass.getuser()})"
    before = records.approval(file.post.id, hashed)
    records.approve(file.post.id, hashed, who, rule, now)
    if before and rule not in {"", before["rule"]}:  # the words were on record already, for another reason
        records.note(file.post.id, who, f"approved {rule}", now)
    last = records.readings().get(file.post.id)
    seen = Reading(file.post.id, file.path, Status.APPROVED.value, last.input_hash if last else "")
    records.keep_reading(seen, now)  # an edit from here on un-approves, also before the next plan
    if ledger.deliveries.of(file.post.id):  # else it has not been looked for yet
        records.release("post", file.post.id, NEW_LEDGER, now)
    return file.post


def reason_in(override: str) -> str:
    """What a person gave as a reason, on one line as a record keeps it; "" when no word can be read in it."""
    reason = " ".join(plain(override[:REASON_MAX]).split())
    return reason if any(map(str.isalpha, reason)) else ""


def refuse_block(file: PostFile) -> None:
    """Raise FootnoteError, naming each, for claims that may be made only by somebody who knows that they may."""
    if blocked := _blocked(file):
        said = "; ".join(f'"{claim.words}" ({claim.rule}: {claim.why})' for claim in blocked)
        raise FootnoteError(
            f"{file.path}: {said}. Edit the words or pick another snippet; "
            f'if you can prove it, approve it with --override "why it may be said".'
        )


def cite_again(config: Config, press: Press, file: PostFile) -> PostFile:
    """Point [source] to where an edited document says it now: a person has compared the words, and says yes to them.

    Returns the file as it is then; where the document is as it was, nothing is written. Raises SourceChanged when it
    says nothing of the post any more, or is gone; and Changed.
    """
    found = cited_now(press, file)
    if found is None or found == file.post.source:
        return file
    content = set_source(read_again(Path(config.root), file), found, file.path)
    save(Path(config.root), file.path, content, file.sha256)
    return as_file(content.encode(errors="surrogatepass"), file.path, _around(config))


def cited_now(press: Press, file: PostFile) -> Source | None:
    """What [source] has to name for a yes to these words; None where it names nothing.

    Raises SourceChanged when the document says nothing of the post any more, or is gone: then there is no yes.
    """
    document, source = press.document(file.post), file.post.source
    if source is None or (document and document.sha256 == source.sha256):
        return source
    if document is None:
        raise SourceGone(press.gone(file.post))
    found = source_now(document, file.post)
    if found is None:
        raise SourceChanged(
            f"{file.path}: {source.document} says nothing of this any more. Edit the words, `bot withdraw "
            f"{file.post.id}`, or remove [source] if you stand by them without a footnote."
        )
    return found


def withdraw(config: Config, file: PostFile) -> None:
    """Call a post off: the next plan cancels what is still to go out. Raises Changed."""
    _write_status(config, file, Status.WITHDRAWN)


def reopen(config: Config, file: PostFile) -> None:
    """Make a draft of a post again, which takes back a person's yes or a withdrawal. Raises Changed.

    The next plan holds what is still to go out, with the time it has, until somebody approves the post again; where
    `auto_approve` lets a draft go out by rule, it goes out all the same: call it off with `withdraw`.
    """
    _write_status(config, file, Status.DRAFT)


def rewritten(config: Config, file: PostFile, words: Words) -> tuple[str, PostFile]:
    """What a post's file would hold, and be, with other words in it; `file` itself when they are no others.

    An alt text that says what was drawn follows the drawn words, unless `words` has another one. Raises Problems with
    every mistake, and Changed; nothing is written.
    """
    before = read_again(Path(config.root), file)
    content = edited(before, _spoken(file.post, words), file.path)
    if content == before:
        return content, file
    return content, as_file(content.encode(errors="surrogatepass"), file.path, _around(config))


def rewrite(config: Config, file: PostFile, words: Words) -> PostFile:
    """Write other words into a post's file, and nothing when they are no others; returns the file as it is then.

    See `rewritten`. Raises Problems with every mistake, or Changed; then nothing was written.
    """
    content, after = rewritten(config, file, words)
    if after is not file:
        save(Path(config.root), file.path, content, file.sha256)
    return after


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
        ledger.records.release("delivery", str(delivery.id), POISON, now)
        return sent
    raise FootnoteError(f"delivery {delivery.id} is {delivery.state}: `{answer}` does not answer anything there")


def _blocked(file: PostFile) -> list[Claim]:
    return [claim for claim in claims_of(file.post) if claim.level is Level.BLOCK]


def _around(config: Config) -> Around:
    return Around([account.name for account in config.accounts], Path(config.root))


def _write_status(config: Config, file: PostFile, status: Status) -> None:
    """Written also where it says so already: whoever watches the folder sees that something was done."""
    root = Path(config.root)
    save(root, file.path, set_status(read_again(root, file), status, file.path), file.sha256)


def _spoken(post: Post, words: Words) -> Words:
    """The words with every alt text following that nobody ever wrote and nobody changes now."""
    pages = len(words.images)
    following = (
        _followed(was, now, page, pages)
        for page, (was, now) in enumerate(zip(post.images, words.images, strict=False), start=1)
    )
    return replace(words, images=(*following, *words.images[len(post.images) :]))


def _followed(was: Image, now: Image, page: int, pages: int) -> Image:
    """`now` with the alt text of what it shows, where the alt text before was that of what it showed."""
    if not was.alt or now.alt != was.alt:
        return now
    for language, (one, many) in product(DESCRIBED, ((1, 1), (page, pages))):
        if was.alt == alt_text(was, page=one, pages=many, language=language):
            return replace(now, alt=alt_text(now, page=one, pages=many, language=language))
    return now


def _refuse_if_over(ledger: Ledger, delivery: Delivery) -> None:
    """A post goes out once: not where a newer delivery took over, nor after the post was withdrawn."""
    same = (row for row in ledger.deliveries.of(delivery.post) if row.account == delivery.account)
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
