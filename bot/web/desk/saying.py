"""What the last act did, said once at the top of the next page."""

from __future__ import annotations

from bot.web.desk.look import Look
from bot.web.desk.sheet import moment_of
from bot.web.desk.views import Button, Said, Tone

PLAINLY = {
    "reopened": ("It waits for your yes again.", Tone.WAITING),
    "sent": ("It goes out now: that takes a moment.", Tone.COMING),
    "answered": ("Thank you: that is settled.", Tone.WELL),
    "saved": ("Saved. It waits for your yes as it reads now.", Tone.WAITING),
    "same": ("Saved.", Tone.WELL),
    "proof": ("It says something that needs proof: tick the box if you have it, or edit the words.", Tone.TROUBLE),
    "unfit": ("You said yes, but it cannot go out like this: see below.", Tone.TROUBLE),
    "changed": (
        "Somebody changed this post in the meantime. Nothing was done: this is how it reads now.",
        Tone.TROUBLE,
    ),
}


def said(look: Look, code: str, of: str) -> Said | None:
    """The sentence for an act; None for none. `of` is the post, the document or the number it was about."""
    if code in PLAINLY:
        return Said(*PLAINLY[code])
    if code == "drafted" and of.isdecimal():
        return Said("1 post is drafted." if of == "1" else f"{of} posts are drafted. Read them one by one.")
    if code == "nothing":
        return Said(f"{of}: nothing new in it that could stand as a post.", Tone.WAITING)
    standing = look.season.posts.get(of)
    if standing is None or standing.file is None or code not in {"approved", "withdrawn"}:
        return None
    undo = Button("Undo", f"/posts/{standing.id}/reopen", (("sha256", standing.file.sha256),))
    title = look.title(standing)
    if code == "withdrawn":
        return Said(f"Called off: “{title}”", Tone.OVER, undo)
    moment = moment_of(look, standing)
    at = f" It goes out {moment.day}, {moment.time}." if moment else ""
    return Said(f"Approved: “{title}”{at}", Tone.WELL, undo)
