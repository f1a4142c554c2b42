"""One post, large: its pictures, its exact words on each account, its sources, its claims, and what can be done."""

from __future__ import annotations

import re

from bot.delivery import NOT_SENT, UNDER_WAY, WAITS, Delivery, State
from bot.errors import ImageError
from bot.fitting import fullest, preview, unfit
from bot.footnotes import Change, Footnote, Piece, compared, footnotes, unsourced
from bot.ledger.rows import instant
from bot.model import Account, Post
from bot.planner.acts import OVERRIDE, cited_now
from bot.planner.changed import ChangedSource
from bot.planner.holds import SOURCE, SOURCE_GONE
from bot.planner.season import Standing, source_of
from bot.planner.sources import SourceChanged, said_now
from bot.slots import resolve
from bot.web.desk import noticing, wording
from bot.web.desk.look import GRAVEST_FIRST, Look
from bot.web.desk.views import Comparison, Length, Sheet, Tone, Version, When

LENGTH = re.compile(r"characters[^,]*, \d+ more than the \d+ allowed")
MEANING = {
    "waits": "It goes nowhere before you say yes.",
    "out": "It is out. Changing it here would not change what is out.",
    "down": "You took it down. It is never sent again.",
    "withdrawn": "You called it off. Nothing more of it goes out.",
    "approved": "It has your yes, and goes out at its time.",
    "held": "It has your yes, and still does not go out: see below why.",
    "asked": "We could not find out whether it is out. Today asks you: nothing is sent before you answer.",
    "checked": "It may be out. The bot looks, and sends nothing before it knows.",
    "not out": "It has your yes, and did not go out everywhere: see below why.",
    "gone": "Its file is gone, or cannot be read.",
    "leaving": "You called it off. Where it is out already, or on its way, it stays.",
}


def sheet(look: Look, standing: Standing) -> Sheet:
    """The page of a post."""
    post, changed = standing.file.post if standing.file else None, source_of(look.app.planner.press, standing)
    notes, own, source_trouble = _footnotes(look, standing, changed)
    (queue, before, after), (stands, tone) = _queue(look, standing), _stands(look, standing)
    editable, undrawn = post is not None and not standing.is_out, _undrawn(look, post)
    return Sheet(
        post=standing.id,
        sha256=standing.file.sha256 if standing.file else "",
        hashed=standing.hashed,
        title=look.title(standing),
        word=_WORDS[stands],
        tone=tone,
        note=MEANING["leaving" if stands == "withdrawn" and may_be_out(standing) else stands],
        queue=queue,
        before=before,
        after=after,
        pictures=look.pictures(standing),
        sizes=noticing.sizes_of(look.app, post) if editable and post and post.images and not undrawn else (),
        versions=versions(look, post) if editable and post else _sent(look, standing),
        link=post.link if post else "",
        tags=post.tags if post else (),
        footnotes=notes,
        unsourced=own,
        changed=comparison(changed),
        document=post.source.document.removeprefix("documents/") if post and post.source else "",
        flags=tuple(map(wording.flag, standing.claims)),
        problems=tuple(dict.fromkeys(filter(None, _problems(look, standing, source_trouble, undrawn)))),
        notes=noticing.notes_of(look.app, post) if editable and post and not undrawn else (),
        places=tuple(look.place(row) for row in standing.rows if not (standing.waits and row.state is State.CANCELED)),
        when=moment_of(look, standing),
        approved=_approved(look, standing),
        can_approve=(standing.waits or bool(source_trouble)) and not undrawn and _may_be_approved(look, standing),
        can_edit=editable,
        is_withdrawn=standing.is_withdrawn,
        can_send=bool(standing.rows) and not standing.waits and _can_go(look, standing),
        can_take_down=any(row.parts_done and row.id not in look.down for row in standing.rows),
        proof=standing.is_blocked,
        is_moving=any(_is_moving(look, row) for row in standing.rows),
    )


def _queue(look: Look, standing: Standing) -> tuple[tuple[int, int] | None, str, str]:
    """Its place among those that wait, and its neighbours there."""
    names = [one.id for one in look.season.waiting]
    if standing.id not in names:
        return None, "", ""
    at = names.index(standing.id)
    before, after = ["", *names][at], [*names, ""][at + 1]
    return (at + 1, len(names)), before, after


_WORDS = {
    "waits": "waits for your yes",
    "out": "out",
    "down": "taken down",
    "withdrawn": "called off",
    "approved": "approved",
    "held": "on hold",
    "asked": "a question for you",
    "checked": "being checked",
    "not out": "not out",
    "gone": "gone",
}


def versions(look: Look, post: Post) -> tuple[Version, ...]:
    """The exact words for each account; those that get the same stand together."""
    together: dict[tuple[str, ...], list[tuple[Length, list[str]]]] = {}
    for name in post.accounts:
        account = look.app.config.account(name)
        limits = look.app.limits(account)
        texts = preview(post, account, limits)
        longest, most = fullest(texts, limits, pictured=bool(post.images))
        unit = wording.UNITS.get(limits.text_unit, "characters")
        length = Length(name, wording.network(account.network), longest, most, unit)
        together.setdefault(texts, []).append((length, _wrong(look, post, account)))
    return tuple(
        Version(texts, tuple(length for length, _ in each), tuple(problem for _, wrong in each for problem in wrong))
        for texts, each in together.items()
    )


def _wrong(look: Look, post: Post, account: Account) -> list[str]:
    """What does not fit, but for a length: that stands beside its limit."""
    wrong = unfit(post, account, look.app.limits(account))
    return [f"{account.name}: {wording.plain(one)}" for one in wrong if not LENGTH.search(one)]


def _sent(look: Look, standing: Standing) -> tuple[Version, ...]:
    """What was fixed for each account, where the file does not say it any more."""
    together: dict[tuple[str, ...], list[Length]] = {}
    for row in standing.rows:
        message = look.message(row)
        texts = tuple(part.text for part in message.parts)
        length = Length(row.account, wording.network(message.network), max(map(len, texts)), 0, "characters")
        together.setdefault(texts, []).append(length)
    return tuple(Version(texts, tuple(lengths), ()) for texts, lengths in together.items())


def _footnotes(
    look: Look, standing: Standing, changed: ChangedSource | None
) -> tuple[tuple[Footnote, ...], tuple[str, ...], str]:
    """The sentences it stands on, its sentences that stand on none, and what is wrong with its document.

    A sentence that `changed` has is shown there, beside what it was.
    """
    post = standing.file.post if standing.file else None
    if post is None:
        return (), (), ""
    press, differs = look.app.planner.press, changed is not None
    try:
        quotes = press.quotes(post)
    except SourceChanged:
        document, differs = press.document(post), True
        quotes = said_now(document, post) if document else ()
    over = standing.is_withdrawn or (standing.rows and not any(row.state in WAITS for row in standing.rows))
    trouble = _differs(post, changed, quotes) if differs and not over else ""  # what is out is not asked about again
    beside = {one.now for one in changed.sentences} if changed else set()
    notes = tuple(note for note in footnotes(quotes, post) if note.quote not in beside)
    is_there = post.source is not None and not (changed and changed.is_gone)
    return notes, unsourced(post, quotes) if is_there else (), trouble


def _differs(post: Post, changed: ChangedSource | None, quotes: tuple[str, ...]) -> str:
    name = post.source.document.removeprefix("documents/") if post.source else ""
    if changed and changed.is_gone:
        return wording.source(changed)
    if not quotes:
        return f"{name} says nothing of this any more. Edit the words, or withdraw the post."
    return f"{name} has changed since this was written. Compare the words: your yes says that they stand."


def comparison(changed: ChangedSource | None) -> Comparison | None:
    """What its document does not say any more, marked as footnotes are: from what it says now to what it said."""
    if changed is None or (changed.is_gone and not changed.sentences):
        return None
    if changed.is_gone:
        return Comparison("It said:", tuple(((Piece(one.was, Change.SAME),), True) for one in changed.sentences))
    sentences = tuple((compared(one.now, one.was), bool(one.now)) for one in changed.sentences)
    return Comparison(wording.source(changed), sentences)


def _may_be_approved(look: Look, standing: Standing) -> bool:
    """Whether a yes would be taken."""
    if standing.file is None or standing.is_out or standing.trouble:
        return False
    try:
        cited_now(look.app.planner.press, standing.file)
    except SourceChanged:
        return False
    return True


def _approved(look: Look, standing: Standing) -> str:
    """Who said yes to the words as they stand, and when; "" where nobody did."""
    found = None if standing.waits else look.app.ledger.records.approval(standing.id, standing.hashed)
    if found is None:
        return ""
    at = look.when(instant(found["at"]))
    who = "by your own rule" if found["approved_by"] == "rule" else "in its file" if "status =" in found["rule"] else ""
    said, _, reason = found["rule"].partition(": ")
    proof = f", with proof: “{reason}”" if said == OVERRIDE else ", with proof" if "BLOCK" in said else ""
    return " ".join(filter(None, ["Approved", who, f"on {at.day}, {at.time}{proof}"]))


def _undrawn(look: Look, post: Post | None) -> list[str]:
    if post is None:
        return []
    found = []
    for number in range(len(post.images)):
        try:
            found.append(look.app.pictures.why_not(post, number))
        except (ImageError, OSError) as error:
            found.append(str(error))
    return [f"The picture cannot be drawn: {wording.plain(wrong)}" for wrong in found if wrong]


def _problems(look: Look, standing: Standing, source: str, undrawn: list[str]) -> list[str]:
    """Whatever hinders a post, as far as it is known."""
    holds = [hold for row in standing.rows for hold in look.season.holds_on(row)]
    held = [wording.hold(hold) for hold in holds if not (source and hold.reason in {SOURCE, SOURCE_GONE})]
    found = look.trouble(standing) if not (standing.waits or held or source or undrawn) else ""
    return [wording.plain(standing.trouble) if standing.trouble else "", source, *undrawn, *held, found]


def _stands(look: Look, standing: Standing) -> tuple[str, Tone]:
    """How it stands, gravest first."""
    rows = standing.rows
    coming = min((look.place(row).tone for row in rows), key=GRAVEST_FIRST.index, default=Tone.COMING)
    told = (
        ("gone", Tone.TROUBLE, standing.file is None),
        ("down", Tone.OVER, bool(rows) and {row.id for row in rows if row.parts_done} <= look.down != set()),
        ("out", Tone.WELL, standing.is_out),
        ("withdrawn", Tone.OVER, standing.is_withdrawn),
        ("waits", Tone.WAITING, standing.waits),
        ("asked", Tone.TROUBLE, any(row.asks for row in rows)),
        ("checked", Tone.WAITING, any(row.state is State.UNCONFIRMED for row in rows)),
        ("not out", Tone.TROUBLE, any(row.state in NOT_SENT for row in rows)),
        ("held", Tone.WAITING, bool(look.trouble(standing)) or any(map(look.season.holds_on, rows))),
        ("approved", coming, True),
    )
    return next((name, tone) for name, tone, is_so in told if is_so)


def moment_of(look: Look, standing: Standing) -> When | None:
    """Its moment: planned, wished for, or the next free one."""
    rows = [row for row in standing.rows if row.state is not State.CANCELED]
    if rows:
        return look.when(min(row.due_at for row in rows))
    if standing.file is None or standing.is_withdrawn:
        return None
    post = standing.file.post
    if post.publish_at:
        return wording.when(resolve(post.publish_at, look.app.config.zone).local, look.today)
    free = [moment for name in post.accounts if (moment := look.season.next_free(name, look.now))]
    return wording.when(min(moment.local for moment in free), look.today) if free else None


def _is_moving(look: Look, row: Delivery) -> bool:
    due = row.state is State.SCHEDULED and row.due_at <= look.now and not row.errors
    return row.state is State.PUBLISHING or (due and not look.season.holds_on(row))


def may_be_out(standing: Standing) -> bool:
    """Whether it is out somewhere, or may be on its way: then calling it off does not undo that."""
    return any(row.state in {State.PUBLISHED, *UNDER_WAY} for row in standing.rows)


def _can_go(look: Look, standing: Standing) -> bool:
    return any(row.state in WAITS and not look.season.holds_on(row) for row in standing.rows)
