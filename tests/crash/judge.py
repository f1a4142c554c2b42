"""What must be true of a run when nothing more happens: compared with what the public really saw."""

from collections import Counter

from bot.delivery import State
from bot.ledger.deliveries import LANE_WAIT

FINAL = {State.PUBLISHED, State.FAILED, State.MISSED, State.CANCELED}


def violations(world):
    """Everything that is wrong with a run that has come to rest, in words."""
    rows = world.rows.all()
    held = {(hold.scope, hold.subject) for hold in world.records.holds()}
    wrong = [f"{row.post}: {what}" for row in rows for what in _of_row(world, row, held)]
    wrong += _order(world, rows)
    return wrong + ([] if len(rows) == len(world.plan) else ["a row is gone"])


def _of_row(world, row, held):
    live = Counter(part for post, part, _ in world.remotes[row.account].live if post == row.post)
    if any(times > 1 for times in live.values()):
        yield f"twice ({dict(live)}, {row.state})"
    if row.state not in FINAL:
        names = {("workspace", ""), ("account", row.account), ("post", row.post), ("delivery", str(row.id))}
        if not names & held:
            yield f"stuck: {row.state}, asks={row.asks}, check={row.check_at}, retry={row.retry_at}: {row.reason}"
    doubtful = row.state is State.UNCONFIRMED or (row.post in world.misled and row.state is not State.PUBLISHED)
    if not doubtful and sorted(live) != list(range(row.parts_done)):
        yield f"false: {row.state} with {row.parts_done} receipts, and live are {sorted(live)}: {row.reason}"
    if row.state is State.PUBLISHED and row.parts_done != row.parts:
        yield "published without all its parts"
    state = ""
    for event in world.records.history(row.post):
        if event.move:
            came, _, to = event.move.rpartition(" -> ")
            if came != state:
                yield f"history: {event.move} follows {state!r}"
            state = to
    if state != row.state:
        yield f"history ends with {state!r}, the row says {row.state}"


def _order(world, rows):
    """Per account, parts and posts appear in their order, but for those that were moved, held or long in doubt."""
    for account, remote in world.remotes.items():
        seen = list(dict.fromkeys((post, part) for post, part, _ in remote.live))
        free = [post for post in dict.fromkeys(post for post, _ in seen) if not _exempt(world, post)]
        wanted = [row.post for row in rows if row.account == account and row.post in free]
        if wanted != free:
            yield f"{account}: {free} instead of {wanted}"
        for post in {post for post, _ in seen}:
            parts = [part for name, part in seen if name == post]
            if parts != sorted(parts):
                yield f"{post}: parts {parts}"


def _exempt(world, post):
    if world.offset or post in world.moved:
        return True
    doubt = None
    for event in world.records.history(post):
        if event.what.startswith("intends"):
            doubt = event.at
        elif doubt and event.move.startswith("unconfirmed -> ") and event.at - doubt >= LANE_WAIT:
            return True
    return False
