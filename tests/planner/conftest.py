"""A small workspace on disk with a clock of its own, its ledger in the user's state folder."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot import delivery as life
from bot.app import open_app
from bot.delivery import Patience
from bot.fitting import from_json
from bot.model import Limits
from bot.planner import Planner, Press, approve

MONDAY_8 = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)
"""08:00 in Denver, a Monday, the day after summer time ended there."""

CONFIG = """
workspace = "quiet"
{top}
[studio]
name = "Quiet Feet"
timezone = "{zone}"
[accounts.feed]
network = "site"
folder = "public"
{accounts}
{slots}
{rest}
"""
SLOTS = '[[slots]]\naccounts = ["feed"]\ndays = ["mon", "wed", "fri"]\ntime = "09:00"\n'
SECOND = '[accounts.second]\nnetwork = "site"\nfolder = "second"\n'
DOCUMENT = "Feet are strong. They carry us all day long. A walk is good for them.\n"


class Studio:
    """A workspace, and what a person does in it."""

    def __init__(self, root, state):
        self.root, self.state_home, self.now, self.app = root, state, MONDAY_8, None
        (root / "posts").mkdir(parents=True)
        self.configure()

    def configure(self, *, zone="America/Denver", slots=SLOTS, accounts="", top="", rest=""):
        """(Re)write config.toml; it is read by the next `open`."""
        told = CONFIG.format(zone=zone, slots=slots, accounts=accounts, top=top, rest=rest)
        (self.root / "config.toml").write_text(told, encoding="utf-8")
        self.close()

    def open(self):
        if self.app is None:
            self.app = open_app(self.root, now=lambda: self.now)
        return self.app

    def close(self):
        if self.app is not None:
            self.app.close()
        self.app = None

    def later(self, **time):
        self.now += timedelta(**time)

    def lose_ledger(self):
        self.close()
        shutil.rmtree(self.state_home)

    def write(self, name="a", *, known_as="", status="approved", text=None, accounts=("feed",), front=""):
        """Write posts/<name>.md; `front` is more front matter (top-level keys first).

        Without `text`, "a" says "Calm words." and every other post something of its own.
        """
        if text is None:
            text = "Calm words." if "a" in (name, known_as) else f"Calm words of {known_as or name}."
        listed = ", ".join(f'"{account}"' for account in accounts)
        head = f'format = 1\nid = "{known_as or name}"\nstatus = "{status}"\naccounts = [{listed}]\n'
        return self.put(name, f"+++\n{head}{front}\n+++\n{text}\n")

    def put(self, name, content):
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        return path

    def path(self, name):
        return self.root / "posts" / f"{name}.md"

    def document(self, text=DOCUMENT):
        path = self.root / "documents" / "feet.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def plan(self, **how):
        return self.open().planner.plan(self.now, **how)

    def plan_with_limits(self, limits):
        """As if the networks had announced other limits since."""
        app = self.open()
        press = Press(app.config, app.ledger, app.pictures, lambda _: limits, app.planner.press.kept)
        return Planner(app.config, app.ledger, press, app.planner.reader).plan(self.now)

    def approve(self, name, **how):
        app = self.open()
        return approve(app.config, app.ledger, app.post(name), self.now, **how)

    def publish(self):
        """One round of the publisher at this moment."""
        with ThreadPoolExecutor(2) as pool:
            return self.open().publisher().run(pool)

    def attempt(self, error=None, *, intend=True):
        """Somebody claims what is due first, (intends,) and meets that error; without one it stays in flight."""
        rows = self.open().ledger.deliveries
        (row,) = rows.claim(self.now, "somebody", 1, Patience())
        if intend:
            row = rows.intend(row, life.intended(row, row.parts_done, self.now), self.now, "somebody")
        return row if error is None else self.give_back(row, error)

    def give_back(self, row, error):
        after = life.after_error(row, error, self.now, limits=Limits(), patience=Patience(), jitter=0.0)
        outcome = type(error).__name__
        return self.open().ledger.deliveries.settle(row, after, self.now, "somebody", outcome=outcome)

    def rows(self, post=None):
        return [row for row in self.open().ledger.deliveries.all() if post in (None, row.post)]

    def row(self, post="a", account="feed"):
        """The newest delivery."""
        (row,) = [row for row in self.open().deliveries_of(post) if row.account == account]
        return row

    def state(self, post="a", account="feed"):
        return str(self.row(post, account).state)

    def words(self, post="a", account="feed"):
        """What would go out."""
        return from_json(self.open().ledger.records.message(self.row(post, account).message)).parts[0].text

    def held(self):
        return {(hold.scope, hold.subject, hold.reason) for hold in self.open().ledger.records.holds()}

    def reasons(self, post="a"):
        return {reason for scope, subject, reason in self.held() if (scope, subject) == ("post", post)}

    def entries(self, folder="public"):
        """What the public sees, by file."""
        return sorted((self.root / folder / "entries").glob("*.json"))

    def fingerprint(self):
        """Everything the ledger knows that a planning round could change."""
        tables = ("delivery", "event", "hold", "approval", "reading", "message", "workspace", "account", "attempt")
        store = self.open().ledger.store
        return {
            table: store.read(lambda rows, t=table: [dict(r) for r in rows.all(f"SELECT * FROM {t}")])
            for table in tables
        }

    def age(self, name, now, seconds):
        os.utime(self.path(name), (now - seconds, now - seconds))


@pytest.fixture
def new_studio(tmp_path, monkeypatch):
    """Makes workspaces whose ledgers live in the state folder of this test's user."""
    made = []
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def make(name="studio"):
        made.append(Studio(tmp_path / name, tmp_path / "state"))
        return made[-1]

    yield make
    for studio in made:
        studio.close()


@pytest.fixture
def studio(new_studio):
    """An open workspace: its ledger has met it, and is new no more."""
    made = new_studio()
    made.open()
    return made


@pytest.fixture
def studio_at():
    """Makes a workspace in that folder; its config names where its ledger is."""

    def make(root, **config):
        made = Studio(root, root)
        made.configure(**config)
        return made

    return make
