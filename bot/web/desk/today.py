"""Today: what needs the person, what is next, what went out, and the moments for which there is no post."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.delivery import NO_ACCESS, Delivery, State
from bot.ledger.records import Hold
from bot.planner.holds import BROKEN, SOURCE, SOURCE_GONE
from bot.planner.season import Standing, source_of
from bot.web.desk import wording
from bot.web.desk.look import Look
from bot.web.desk.views import Button, Gap, Need, Today, Tone

SHOWN, NEEDS = 6, 30
AHEAD = timedelta(days=14)


def today(look: Look) -> Today:
    """The first page."""
    season = look.season
    out = [row for row in season.rows if row.state is State.PUBLISHED]
    coming = [row for row in season.rows if row.state in {State.SCHEDULED, State.PUBLISHING}]
    gaps = [Gap(look.when(moment.utc), accounts) for moment, accounts in season.gaps(look.now, AHEAD)]
    return Today(
        is_new=not season.posts and not season.problems,
        needs=_at_most(list(needs(look))),
        out=look.items(reversed(out[-2 * SHOWN :]))[:SHOWN],
        coming=look.items(coming[: 4 * SHOWN])[:SHOWN],
        gaps=tuple(gaps[:SHOWN]),
        more_gaps=max(0, len(gaps) - SHOWN),
    )


def _at_most(found: list[Need]) -> tuple[Need, ...]:
    """What can be taken in, gravest first; the number of the others."""
    if len(found) <= NEEDS:
        return tuple(found)
    more = Need(f"And {len(found) - NEEDS} things more", "See to these first: then they stand here.", Tone.WAITING)
    return (*found[:NEEDS], more)


def needs(look: Look) -> Iterator[Need]:
    """Everything that waits for a person: first what may be wrong in public, last what may be improved."""
    yield from _unsettled(look)
    yield from _holds(look)
    yield from _endings(look)
    yield from _strangers(look)
    yield from _problems(look)
    yield from _drafts(look)


def _unsettled(look: Look) -> Iterator[Need]:
    """Each question; and each post that was missed or not accepted, however many the accounts."""
    alike: dict[tuple[str, bool], list[Delivery]] = {}
    for row in look.season.needs:
        alike.setdefault((row.post, row.asks), []).append(row)
    for (post, asks), rows in alike.items():
        if asks or len(rows) == 1:
            yield from (_asked(look, row) for row in rows)
        else:
            standing = look.season.posts[post]
            title = f"“{look.title(standing)}” is not out on {len(rows)} accounts"
            text = "It was missed, or not accepted. Its page says why, and lets you send it."
            picture, go = look.picture(standing), f"/posts/{post}"
            yield Need(title, text, Tone.TROUBLE, picture, go=go, go_label="Look at it")


def _asked(look: Look, row: Delivery) -> Need:
    """A post that may be out, was missed, or was not accepted."""
    standing, network = look.season.posts[row.post], look.network(row.account)
    title, picture = look.title(standing), look.picture(standing)
    action, fence = f"/answers/{row.id}", ("fence", str(row.fence))
    again = Button("Send it now", action, (("answer", "resend"), fence), is_main=not row.asks)
    let_be = Button("Let it be", action, (("answer", "drop"), fence))
    if row.asks:
        there = Button("It is there", action, (("answer", "published"), fence), ask="Its address", is_main=True)
        text = (
            f"The answer of {network} got lost on {look.when(row.due_at).day}, and we could not find out whether this "
            f"went out as {row.account}. Please look there, then tell us: nothing is sent before you do."
        )
        again = Button("It is not there: send it", action, (("answer", "resend"), fence))
        return Need(f"Did “{title}” go out?", text, Tone.TROUBLE, picture, look.place(row).url, (there, again, let_be))
    place, moment = look.place(row), look.when(row.due_at)
    what = "was missed" if row.state is State.MISSED else f"was not accepted by {network}"
    text = f"{place.why.rstrip('.')}. It was meant for {moment.day}, {moment.time}, as {row.account}."
    return Need(f"“{title}” {what}", text, Tone.TROUBLE, picture, buttons=(again, let_be))


def _holds(look: Look) -> Iterator[Need]:
    """One for each thing that makes posts wait."""
    season = look.season
    for hold in season.holds:
        standing = season.posts.get(hold.subject) if hold.scope == "post" else None
        if standing and hold.reason == BROKEN:  # told with its file
            continue
        if standing is None:
            about = {"account": hold.subject, "workspace": "Everything"}.get(hold.scope, "A post")
            yield Need(f"{about} is on hold", wording.hold(hold), Tone.TROUBLE)
        elif not standing.waits:
            title, picture = look.title(standing), look.picture(standing)
            go = f"/posts/{standing.id}"
            text = _source(look, standing, hold) if hold.reason in {SOURCE, SOURCE_GONE} else wording.hold(hold)
            yield Need(f"“{title}” is on hold", text, Tone.WAITING, picture, go=go, go_label="Look at it")


def _endings(look: Look) -> Iterator[Need]:
    """The accounts for which somebody must sign in again."""
    for ending in look.app.endings():
        posts = "1 post is" if ending.after == 1 else f"{ending.after} posts are"
        late = f" {posts} planned for later." if ending.after else ""
        text = f"{look.network(ending.account)} lets us in until then.{late} Ask whoever runs the bot to do it."
        yield Need(f"{ending.account} must be connected again by {look.when(ending.at).day}", text, Tone.WAITING)


def _source(look: Look, standing: Standing, hold: Hold) -> str:
    """What its document does not say any more, and what it says instead; or that it is gone."""
    changed = source_of(look.app.planner.press, standing)
    if changed and changed.is_gone:
        return wording.source(changed)
    if changed is None or not changed.sentences:
        return wording.hold(hold)
    first = changed.sentences[0]
    now = f"Now it says {_quoted(first.now)}" if first.now else "Now it does not."
    return f"{wording.HOLDS[SOURCE]} It said {_quoted(first.was)} {now}"


def _quoted(sentence: str) -> str:
    """A sentence in quotation marks, with a full stop after those of an item of a list, which may have none."""
    return f"“{sentence}”" if sentence.endswith((".", "!", "?", "…")) else f"“{sentence}”."


def _problems(look: Look) -> Iterator[Need]:
    """Files that cannot be read, and posts that have a yes and still cannot go out."""
    broken: dict[str, list[str]] = {}
    for problem in look.season.problems:
        broken.setdefault(problem.file, []).append(wording.plain(problem.what))
    for file, wrong in broken.items():
        more = f" And {len(wrong) - 1} more." if len(wrong) > 1 else ""
        yield Need(f"{file} cannot be read", f"{wrong[0]}.{more}".replace("..", "."), Tone.TROUBLE)
    for standing in look.season.posts.values():
        trouble = look.trouble(standing)
        if trouble and not standing.waits and not any(map(look.season.holds_on, standing.rows)):
            title, picture, go = look.title(standing), look.picture(standing), f"/posts/{standing.id}"
            yield Need(f"“{title}” cannot go out yet", trouble, Tone.TROUBLE, picture, go=go, go_label="Look at it")


def _strangers(look: Look) -> Iterator[Need]:
    """The accounts that something is planned for, and that nobody has connected yet."""
    held = {hold.subject for hold in look.season.holds if hold.scope == "account" and hold.reason == NO_ACCESS}
    for name in look.app.strangers(look.season):
        if name not in held:
            said = f"Posts are planned for it. Whoever runs the bot connects it with: bot connect {name}"
            yield Need(f"{name} is not connected", said, Tone.WAITING)


def _drafts(look: Look) -> Iterator[Need]:
    waiting = look.season.waiting
    if not waiting:
        return
    flagged = sum(one.is_flagged for one in waiting)
    some = {1: "1", 2: "Both"}.get(flagged, "All") if flagged == len(waiting) else f"{flagged}"
    more = f" {some} of them say something that should be read twice." if flagged else ""
    title = "1 post waits for your yes" if len(waiting) == 1 else f"{len(waiting)} posts wait for your yes"
    more = " It says something that should be read twice." if flagged and len(waiting) == 1 else more
    text = f"Nothing goes out before you have read it.{more}"
    yield Need(title, text, Tone.WAITING, look.picture(waiting[0]), go="/review", go_label="Read and approve")
