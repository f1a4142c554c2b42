"""A workspace in which everything that a page can show has happened."""

import subprocess
from datetime import timedelta
from pathlib import Path

from bot import delivery as life
from bot.app import App, open_app
from bot.delivery import Delivery, Patience
from bot.errors import Rejected
from bot.model import Receipt
from bot.networks import limits_of
from bot.planner import approve
from tests.browser.running import BOT, ROOT, write

ACCOUNTS = """
[accounts.toots]
network = "mastodon"
server = "https://mastodon.example"
[accounts.blue]
network = "bluesky"
handle = "feet.example"
"""
PICTURE = '[[image]]\ntemplate = "quote"\nheadline = "{}"\n'
OUT = "ashiatsu-is-especially-good-for-releasing"
LONG_AGO = 45
LIMITS = limits_of("site")
FLAGGED = "ashiatsu-massage-forces-you-to-relax-and"


def furnish(folder: Path) -> None:
    """Put one of each into a workspace of drafts; a bot that runs over it changes nothing of it."""
    _published(folder)
    with (folder / "config.toml").open("a") as config:
        config.write(ACCOUNTS)
    write(folder, "kind-feet", "Feet are kind.", front=PICTURE.format("Feet are kind."))
    write(folder, "cure", "Foot massage cures cancer.", front=PICTURE.format("Foot massage cures cancer."))
    write(folder, "too-long", "Feet are patient. " * 40, accounts="feed toots")
    write(
        folder, "everywhere", "Feet listen.", accounts="feed toots blue", front='[text]\ntoots = "Our feet listen."\n'
    )
    write(folder, "called-off", "Feet are quick.", status="withdrawn")
    write(folder, "broken", "Feet are broken.", front="colour = 3\n")
    app = open_app(folder)
    try:
        for name in ("asked-first", "asked-second"):
            _asked(app, _planned(app, folder, name))
        row = _planned(app, folder, "was-missed")
        _settle(app, row, life.missed(row))
        _refused(app, _planned(app, folder, "not-accepted"))
        _planned(app, folder, "changed")
        write(folder, "changed", "Feet change their mind.", status="approved")
        for number in range(6):
            _planned(app, folder, f"one-of-many-{number}")
            _out_long_ago(app, _planned(app, folder, f"one-of-many-before-{number}"))
        _planned(app, folder, "to-toots-3", accounts="toots")
        app.plan()
        app.ledger.records.hold("account", "toots", "no access", "", app.now())
    finally:
        app.close()


def _published(folder: Path) -> None:
    """A post of the article that is out: first of all, for an account in doubt lets nothing pass."""
    for said in (["approve", OUT], ["publish", OUT, "--now"]):
        subprocess.run([*BOT, "-C", str(folder), *said], cwd=ROOT, check=True, capture_output=True)


def _planned(app: App, folder: Path, name: str, accounts: str = "feed") -> Delivery:
    """A post that has a yes and a time: that of those with a number is the same day, so that a day has many."""
    at = app.now() + timedelta(days=2)
    number = name.rpartition("-")[2]
    wish = f"publish_at = {at:%Y-%m-%d}T12:{int(number) * 10:02}:00\n" if number.isdecimal() else ""
    said = f"This post was {name.replace('-', ' ')}."
    write(folder, name, said, accounts=accounts, front=wish + PICTURE.format(said))
    approve(app.config, app.ledger, app.post(name), app.now())
    app.plan(only=name)
    [row] = app.deliveries_of(name)
    return row


def _asked(app: App, row: Delivery) -> None:
    """The answer got lost, and looking did not help."""
    ours = _settle(app, row, life.claimed(row, "somebody", app.now(), Patience()))
    lost = life.after_error(
        life.intended(ours, 0, app.now()), OSError("gone"), app.now(), limits=LIMITS, patience=Patience(), jitter=0
    )
    _settle(app, _settle(app, ours, lost), life.unsettled(lost, "nobody knows"))


def _out_long_ago(app: App, row: Delivery) -> None:
    """It went out on a day of another month."""
    at = row.due_at - timedelta(days=LONG_AGO)
    ours = _settle(app, row, life.rescheduled(row, at, at + timedelta(hours=2), "long ago"))
    ours = _settle(app, ours, life.claimed(ours, "somebody", app.now(), Patience()))
    ours = app.ledger.deliveries.settle(ours, life.intended(ours, 0, at), at, "somebody")
    receipt = Receipt(row.post, f"https://example.com/{row.post}", at)
    after = life.after_receipt(ours, receipt)
    app.ledger.deliveries.receive(ours, after, receipt, at, who="somebody", open_at=at)


def _refused(app: App, row: Delivery) -> None:
    """The network did not take it."""
    ours = _settle(app, row, life.claimed(row, "somebody", app.now(), Patience()))
    why = Rejected("the picture is too large for this server")
    after = life.after_error(ours, why, app.now(), limits=LIMITS, patience=Patience(), jitter=0)
    _settle(app, ours, after)


def _settle(app: App, before: Delivery, after: Delivery) -> Delivery:
    return app.ledger.deliveries.settle(before, after, app.now(), "somebody")
