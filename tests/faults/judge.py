"""What the public sees against what was planned and what the ledger believes."""

from collections import defaultdict
from dataclasses import dataclass, field, fields

from bot.delivery import State
from bot.networks import limits_of


@dataclass
class Verdict:
    """Everything that is wrong, as sentences."""

    twice: list = field(default_factory=list)
    lost: list = field(default_factory=list)
    asked: list = field(default_factory=list)  # deliveries that wait for a person
    left: list = field(default_factory=list)  # deliveries that ended in another way than published
    strange: list = field(default_factory=list)  # posts that nobody planned
    wrong: list = field(default_factory=list)  # posts without their alt text, thread or receipt; invalid requests

    def __iadd__(self, other):
        for each in fields(self):
            getattr(self, each.name).extend(getattr(other, each.name))
        return self

    @property
    def told(self):
        return [f"{each.name}: {what}" for each in fields(self) for what in getattr(self, each.name)]


def judge(messages, ledger, shown):
    """The verdict on a ledger whose rows are these messages."""
    rows = {row.post: row for row in ledger.deliveries.all()}
    verdict = verdict_on([(each, ledger.deliveries.receipts(rows[each.post])) for each in messages], shown)
    for row in rows.values():
        if row.state is not State.PUBLISHED:
            where = verdict.asked if row.asks else verdict.left
            where.append(f"{row.post} on {row.account} is {row.state} ({row.reason})")
    return verdict


def verdict_on(believed, shown):
    """The verdict on messages and the receipts of their parts."""
    verdict, public = Verdict(), defaultdict(list)
    for post in shown:
        public[post.text].append(post)
    for message, receipts in believed:
        judge_parts(verdict, message, receipts, public)
    verdict.strange += [f"{text!r} was never planned" for text in public]
    return verdict


def judge_parts(verdict, message, receipts, public):
    """Takes the parts of a message out of `public`."""
    before, has_alts = "", limits_of(message.network).alts
    for part in message.parts:
        found, where = public.pop(part.text, []), f"{message.post} part {part.n} on {message.account}"
        if len(found) > 1:
            verdict.twice.append(f"{where}: {', '.join(post.id for post in found)}")
        if not found:
            verdict.lost.append(where)
            continue
        post = found[-1]
        if post.account not in {"", message.account}:
            verdict.wrong.append(f"{where}: it is on {post.account}")
        if post.alts != tuple(media.alt if has_alts else "" for media in part.media):
            verdict.wrong.append(f"{where}: alt texts {post.alts}")
        if post.after not in {None, before}:
            verdict.wrong.append(f"{where}: hangs on {post.after or 'nothing'}, not on {before or 'nothing'}")
        told = receipts[part.n] if part.n < len(receipts) else None
        if told is None or not (told.remote_id == post.id or told.url.rstrip("/").endswith(f"/{post.id}")):
            verdict.wrong.append(f"{where}: the receipt is {told.url if told else 'none'}, the post {post.id}")
        before = post.id
