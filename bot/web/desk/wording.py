"""A marketer's words for what the program knows: states, reasons, claims, times."""

from __future__ import annotations

import re
from datetime import datetime

from bot.delivery import Delivery, State
from bot.ledger.records import Hold
from bot.model import Claim, Level
from bot.planner.changed import ChangedSource
from bot.web.desk.views import Flag, Tone, When

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
STATES = {
    State.SCHEDULED: ("planned", Tone.COMING),
    State.PUBLISHING: ("going out now", Tone.COMING),
    State.PUBLISHED: ("out", Tone.WELL),
    State.UNCONFIRMED: ("being checked", Tone.WAITING),
    State.MISSED: ("missed", Tone.TROUBLE),
    State.FAILED: ("not accepted", Tone.TROUBLE),
    State.CANCELED: ("called off", Tone.OVER),
}
MARKS = {Level.NOTE: "Good to know", Level.REVIEW: "Read it again", Level.BLOCK: "Only with proof"}
NETWORKS = {"site": "your pages", "linkedin": "LinkedIn", "webhook": "your webhook"}
UNITS = {"x_weighted": "characters, as X counts", "mastodon": "characters, as Mastodon counts"}
HOLDS = {
    "edited since approval": "Its words were changed after the last yes, or that was taken back. Read it, and say yes.",
    "new ledger": "It may have gone out before the bot was set up here. Say yes again if it is not out yet.",
    "file missing": "Its file is gone. Put it back, or call the post off.",
    "broken file": "Its file cannot be read at the moment.",
    "source changed": "Your text has changed since this was written. Compare the words, then say yes again.",
    "source gone": "The text it stands on is gone, or cannot be read. Put it back, or withdraw the post.",
    "does not fit": "It does not fit everywhere it should go. Shorten the words.",
    "no time to go out": "Its time has passed, or your week has no free time for it. Choose a time of its own.",
    "zone changed": "The studio’s time zone was changed. Whoever runs the bot has to confirm that.",
    "not in config.toml": "This account is not set up any more. Ask whoever runs the bot, or call its posts off.",
    "no access": "The account does not let us in any more. Ask whoever runs the bot to connect it again.",
    "poison": "It stopped the bot several times, so it is left alone. Ask whoever runs the bot.",
}
"""Why something waits, and the one thing that ends it."""
MANY_GONE = (
    "Many posts are gone at once: is a disk missing? Whoever runs the bot has to bring them back, or confirm it."
)
TOLD = (
    (
        r"documents/(\S+) is there already and says something else: .*",
        r"There is another text called \1. Rename yours.",
    ),
    (r"delivery \d+ is (\w+): .* does not answer anything there", "This was settled in the meantime."),
    (r"^posts/\S+: ", ""),
    (r"^(.*: )?is empty; write .*", "The text is empty."),
    (r"says the same as \S+, which is (\w+): .*", r"It says the same as another post, which is \1. Change the words."),
    (r"(the text|post \d+ of the thread) has (\d+) [^,]+, (\d+) more than the \d+ allowed", r"\1 is \3 too long"),
    (r"; (this much|not even) .*", ""),
    (r'does not fit "([^"]+)": ', r"It does not fit \1: "),
    (r"there is no free slot for (\S+): .*", r"There is no free time for \1 in your week. Choose a time of its own."),
    (r"the next free slot for (\S+) is .*", r"The next free time for \1 is too late for it. Choose a time of its own."),
    (
        r"(says nothing of this any more|this any more|what this post quotes)\. .*",
        r"\1. Edit the words, or withdraw it.",
    ),
    (r"is gone or cannot be read\. .*", "is gone or cannot be read. Give that text again, or withdraw the post."),
    (r"publish_at has passed: .*", "Its time has passed. Choose a later one, or none."),
    (r"not_after is before publish_at: .*", "It may not go out that late. Choose an earlier time."),
    (r"which (\w+) forbids: put other words under \[text\] as (\S+), or .*", r"which \1 forbids: give \2 other words."),
    (r"^text(?:\.\S+)?: ", ""),
    (r"^image\.\w+: ", ""),
    (r"^image: a picture needs a headline or a photo", "Write what stands on the picture."),
    (r'^template "\w+" needs photo .*', "Choose a photo."),
    (r'^template "\w+" needs items .*', "Write the lines of the list."),
    (r'^template "\w+" needs number .*', "Write the number."),
    (r'^template "\w+" draws no (\w+): .*', r"This layout shows no \1. Choose another one."),
    (r"^images/backgrounds/([^:\s]+): ", r"the photo \1 "),
    (r"^image\.", ""),
    (r"delivery \d+ (is|was)", r"it \1"),
    (r"`[^`]*`", ""),
    (r"\s*\((known|did you mean)[^)]*\)", ""),
    (r"\b(deliver(y|ies)|ledger|lease|fence|front matter)\b", "it"),
    (r" in config\.toml", ""),
    (r"images/(\S+)", r"the picture \1"),
)
"""How reasons from within are told on a page: no commands, no inner words."""


def when(local: datetime, today: datetime) -> When:
    """A moment of the studio's clock (naive), as it is said on that day."""
    day = f"{DAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1][:3]}"
    year = "" if local.year == today.year else f" {local.year}"
    return When(local.isoformat(timespec="minutes"), day + year, f"{local.hour}:{local.minute:02d}")


def state(row: Delivery, holds: list[Hold]) -> tuple[str, Tone, str]:
    """What became of a post on an account: one word, its tone, and why."""
    word, tone = STATES[row.state]
    if row.asks:
        return "a question for you", Tone.TROUBLE, "We could not find out whether it went out."
    if row.state is State.UNCONFIRMED:
        return word, tone, "The answer got lost. The bot looks whether it is out, and sends nothing before it knows."
    if row.state is State.MISSED:
        return word, tone, "The bot was not running at its time, so nothing was sent."
    if holds and row.state is State.SCHEDULED:
        return "on hold", Tone.WAITING, hold(holds[0])
    if row.state is State.SCHEDULED and row.errors:
        return "trying again", Tone.WAITING, f"It could not be sent yet: {plain(row.reason)}"
    return word, tone, plain(row.reason) if row.state is State.FAILED else ""


def hold(found: Hold) -> str:
    """Why it waits, and what ends that."""
    if found.scope == "workspace" and found.reason == "file missing":
        return MANY_GONE
    return HOLDS.get(found.reason, f"It waits: {plain(found.reason)}.")


def flag(claim: Claim) -> Flag:
    """Words that somebody would question."""
    read = f" (read {claim.date})" if claim.date else ""
    source = ". ".join(filter(None, [claim.touches, f"{claim.source}{read}"]))
    return Flag(MARKS[claim.level], claim.words, claim.rule, claim.why, source, claim.safer)


def source(changed: ChangedSource) -> str:
    """Why a document has to be compared with its post."""
    name, renamed = (one.removeprefix("documents/") for one in (changed.document, changed.renamed))
    if renamed:
        return f"{name} is gone. {renamed} says the very same. Whoever runs the bot can name it in the post."
    if changed.is_gone:
        return f"{name} is gone, or cannot be read. Put it back, or withdraw the post."
    return f"{name} says it differently now."


def network(name: str) -> str:
    """What people call a network."""
    return NETWORKS.get(name, name.capitalize())


def plain(text: str) -> str:
    """A reason from within, as far as it can be told on a page."""
    for pattern, told in TOLD:
        text = re.sub(pattern, told, text)
    said = " ".join(text.split())
    first = said.partition(" ")[0].rstrip(".,:")
    is_name = "." in first or "://" in first  # of a file, or an address
    return (said if is_name else said[:1].upper() + said[1:]) or "No reason was given."
