"""What the last act did, said once at the top of the next page."""

from __future__ import annotations

from collections.abc import Callable

from bot.planner.season import Standing
from bot.web.desk.look import Look
from bot.web.desk.one_text import address_of
from bot.web.desk.sheet import may_be_out, moment_of
from bot.web.desk.views import Button, Said, Tone

PLAINLY = {
    "reopened": ("It waits for your yes again.", Tone.WAITING),
    "sent-some": ("It goes out now, but not everywhere: see below what holds it.", Tone.COMING),
    "is-out": ("It went out in the meantime, and stays as it is. Nothing was changed.", Tone.WELL),
    "on-its-way": ("Your yes is kept. Where it was on its way already, it keeps the words as they were.", Tone.WAITING),
    "undrawn": ("No yes yet: its picture cannot be drawn with these words. See below why.", Tone.TROUBLE),
    "unsourced": (
        "No yes yet: your text is gone, or says nothing of this any more. Edit it, or withdraw it.",
        Tone.TROUBLE,
    ),
    "overtaken": ("That was settled, or has changed, in the meantime. This is how it stands now.", Tone.WAITING),
    "nowhere": ("Nothing was sent: see below what it waits for.", Tone.TROUBLE),
    "stopped": (
        "That is kept. But all planning stands still, and nothing goes out: see Today for what that waits for.",
        Tone.TROUBLE,
    ),
    "sent": ("It goes out now: that takes a moment.", Tone.COMING),
    "answered": ("Thank you: that is settled.", Tone.WELL),
    "saved": ("Saved. It waits for your yes as it reads now.", Tone.WAITING),
    "same": ("Saved.", Tone.WELL),
    "down": ("It is taken down, and is never sent again.", Tone.OVER),
    "proof": ("It says something that needs proof: write why it may be said, or edit the words.", Tone.TROUBLE),
    "nothing": ("Nothing new in it could stand as a post.", Tone.WAITING),
    "seen": ("Nothing was drafted: there is a post of that, or your text does not say it any more.", Tone.WAITING),
    "unfit": ("You said yes, but it cannot go out like this: see below.", Tone.TROUBLE),
    "changed": (
        "Somebody changed this post in the meantime. Nothing was done: this is how it reads now.",
        Tone.TROUBLE,
    ),
}
BY_HAND = (
    "Try again in a while, or delete it there yourself and then choose “I deleted it there”. "
    "bot retract says why it did not work."
)
BY_RULE = "Your own rule says yes to it, so it still goes out. Withdraw it to stop it."
STILL: dict[str, Callable[[Standing], bool]] = {
    "sent": lambda post: not post.is_out,
    "saved": lambda post: post.waits,
    "same": lambda post: not post.waits,
    "proof": lambda post: post.waits,
    "approved": lambda post: not (post.waits or post.is_withdrawn or post.is_out),
    "withdrawn": lambda post: post.is_withdrawn,
}
"""Whether it still is as the sentence says: a page may be loaded again later, or be come back to."""


def said(look: Look, code: str, of: str, here: str = "") -> Said | None:
    """The sentence for an act; None for none, or for one that is not true any more.

    `of` is the post or the number it was about, `here` the post whose page says it.
    """
    standing = look.season.posts.get(of if code in {"approved", "withdrawn"} else here)
    if standing and code in STILL and not STILL[code](standing):
        return None
    if code == "reopened" and standing and not standing.waits:
        return None if standing.is_withdrawn or standing.is_out else Said(BY_RULE, Tone.COMING)
    if code == "down-some" and standing:
        left = ", ".join(name for name in of.split() if name in {row.account for row in standing.rows})
        return Said(f"It is still out as {left}. {BY_HAND}", Tone.TROUBLE)
    if code in PLAINLY:
        return Said(*PLAINLY[code])
    if code in {"drafted", "named", "more"}:
        return _of_a_text(look, code, of, standing)
    return _done(look, standing, code) if standing and code in {"approved", "withdrawn"} else None


def _of_a_text(look: Look, code: str, of: str, standing: Standing | None) -> Said | None:
    """What came of a text, of what was said about it, or of one more thing that it says."""
    if code == "more":
        drafted = look.season.posts.get(of)
        title = look.title(drafted) if drafted else ""
        return Said(f"Drafted: “{title}” It waits for your yes.", look=f"/posts/{of}") if drafted else None
    if not (of.isdecimal() and len(of) < 4):
        return None
    return _drafted(standing, of) if code == "drafted" else Said(_more(int(of)))


def _drafted(standing: Standing | None, number: str) -> Said:
    """How many there are, and on a post's page the way to what else its text says."""
    text = "1 post is drafted." if number == "1" else f"{number} posts are drafted. Read them one by one."
    source = standing.file.post.source if standing and standing.file else None
    return Said(text, look=address_of(source.document) if source else "", look_label="What else the text says")


def _more(number: int) -> str:
    if not number:
        return "That is kept. No more posts came of it."
    return "That is kept. " + ("1 more post is drafted." if number == 1 else f"{number} more posts are drafted.")


def _done(look: Look, standing: Standing, code: str) -> Said | None:
    """A yes or a no, with the way to take it back."""
    if standing.file is None:
        return None
    undo = Button("Undo", f"/posts/{standing.id}/reopen", (("sha256", standing.file.sha256),))
    title = look.title(standing)
    if code == "withdrawn":
        stays = " Where it is out already, or on its way, it stays." if may_be_out(standing) else ""
        return Said(f"Called off: “{title}”{stays}", Tone.OVER, undo, f"/posts/{standing.id}")
    moment = moment_of(look, standing)
    at = f" It goes out {moment.day}, {moment.time}." if moment else ""
    return Said(f"Approved: “{title}”{at}", Tone.WELL, undo, f"/posts/{standing.id}")
