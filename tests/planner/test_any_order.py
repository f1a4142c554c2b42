"""Whatever people do to files and plans, in whatever order: never two, and never other words after the first intent."""

import json
import re
import tempfile
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import FootnoteError, Rejected, Unavailable
from bot.planner import bring_forward, resolve

TEXTS = ("Calm words.", "Other words.", "Massage cures cancer.")
ACCOUNTS = (("feed",), ("second",), ("feed", "second"))
WISHES = (
    "",
    "publish_at = 2026-11-03T10:00:00",
    "publish_at = 2026-11-20T10:00:00",
    "publish_at = 2026-10-01T10:00:00",
)
ERRORS = (None, Unavailable("later"), Rejected("no"), TimeoutError("no answer"))
CONFIG = {
    "accounts": '[accounts.second]\nnetwork = "site"\nfolder = "second"\n',
    "slots": '[[slots]]\naccounts = ["feed", "second"]\ndays = ["mon", "wed", "fri"]\ntime = "09:00"\n',
    "rest": '[ledger]\nfolder = "ledger"\n',
}
LIVE = {"scheduled", "publishing", "unconfirmed", "published"}

posts = st.sampled_from("ab")
numbers = st.integers(0, 9)
steps = st.one_of(
    st.tuples(st.just("plan"), st.booleans()),
    st.tuples(
        st.just("write"),
        posts,
        st.sampled_from(TEXTS),
        st.sampled_from(["draft", "approved", "approved", "withdrawn"]),
        st.sampled_from(ACCOUNTS),
        st.sampled_from(WISHES),
    ),
    st.tuples(st.just("turn"), posts, st.sampled_from(["withdrawn", "approved", "draft"])),
    st.tuples(st.just("edit"), posts, st.sampled_from(TEXTS)),
    st.tuples(st.sampled_from(["delete", "rename", "copy", "spoil", "approve"]), posts),
    st.tuples(st.just("later"), st.sampled_from([1, 5, 24, 72])),
    st.tuples(st.sampled_from(["publish_due", "publish", "reopen"])),
    st.tuples(st.just("attempt"), st.sampled_from(ERRORS), st.booleans()),
    st.tuples(st.just("now"), numbers),
    st.tuples(st.just("answer"), numbers, st.sampled_from(["published", "resend", "drop"])),
)


class NeverAPlan(Exception):
    """What a planning round raises: nothing, whatever it meets."""


class Life:
    """One studio that lives through the steps; `sent` are the words of every delivery that was ever intended."""

    def __init__(self, studio):
        self.studio, self.sent, self.out = studio, {}, {}

    def plan(self, accept_missing):
        self.studio.plan(accept_missing=accept_missing)
        if "" not in self.frozen().values():
            before = self.studio.fingerprint()
            self.studio.plan()
            assert self.studio.fingerprint() == before, "a second round changes nothing"

    def frozen(self):
        return {reading.post: reading.input_hash for reading in self.studio.open().ledger.records.readings().values()}

    def write(self, post, text, status, accounts, wish):
        self.studio.write(post, text=text, status=status, accounts=accounts, front=wish)

    def turn(self, post, status):
        """Only its status, and it is planned."""
        if self.studio.path(post).exists():
            said = re.sub(r'status = "\w+"', f'status = "{status}"', self.studio.path(post).read_text())
            self.studio.put(post, said)
        self.plan(False)

    def edit(self, post, text):
        """Only its words, and it is approved and planned."""
        if self.studio.path(post).exists():
            said = self.studio.path(post).read_text().rpartition("+++\n")[0]
            self.studio.put(post, f"{said}+++\n{text}\n")
        with suppress(FootnoteError):
            self.approve(post)
        self.plan(False)

    def delete(self, post):
        self.studio.path(post).unlink(missing_ok=True)

    def rename(self, post):
        if self.studio.path(post).exists():
            self.studio.path(post).rename(self.studio.path(f"{post}-moved"))

    def copy(self, post):
        if self.studio.path(post).exists():
            self.studio.put(f"{post}-copy", self.studio.path(post).read_text())

    def spoil(self, post):
        self.studio.put(post, "not a post")

    def approve(self, post):
        self.studio.approve(post)

    def later(self, hours):
        self.studio.later(hours=hours)

    def publish(self):
        self.studio.publish()

    def publish_due(self):
        self.wait()
        self.publish()

    def wait(self):
        """Until the next one is due."""
        due = [row.due_at for row in self.studio.rows() if row.state == "scheduled"]
        self.studio.now = max(self.studio.now, min(due, default=self.studio.now))

    def reopen(self):
        self.studio.close()

    def attempt(self, error, intend):
        self.wait()
        with suppress(ValueError):  # nothing is due, or held
            self.studio.attempt(error, intend=intend)

    def now(self, number):
        if rows := self.studio.rows():
            bring_forward(self.studio.open().ledger, rows[number % len(rows)], timedelta(hours=2), self.studio.now)

    def answer(self, number, said):
        if rows := self.studio.rows():
            row = rows[number % len(rows)]
            resolve(self.studio.open().ledger, row, said, self.studio.now, grace=timedelta(hours=2))

    def check(self):
        rows = self.studio.rows()
        live = Counter((row.post, row.account) for row in rows if row.state in LIVE)
        assert max(live.values(), default=0) <= 1, "two live deliveries"
        tried = {attempt["delivery"] for attempt in self.studio.fingerprint()["attempt"]}
        for row in rows:
            if row.id in tried:
                assert self.sent.setdefault(row.id, (row.message, row.key)) == (row.message, row.key), "other words"
            if row.state == "published":
                assert self.out.setdefault(row.id, row) == row, "what is out has changed"
        for folder in ("public", "second"):
            entries = [json.loads(path.read_text()) for path in self.studio.entries(folder)]
            assert max(Counter(entry["post"] for entry in entries).values(), default=0) <= 1, "published twice"
            assert not any("cancer" in entry["text"] for entry in entries), "nobody approved that"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("homes")


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(steps, min_size=8, max_size=40))
def test_never_two_live_deliveries_and_never_other_words_after_the_first_intent(home, studio_at, wanted):
    studio = studio_at(Path(tempfile.mkdtemp(dir=home)) / "studio", **CONFIG)
    life = Life(studio)
    try:
        studio.open()
        for post in "ab":
            studio.write(post, accounts=ACCOUNTS[-1])
        studio.plan()
        for name, *how in wanted:
            with suppress(NeverAPlan if name in {"plan", "turn", "edit"} else FootnoteError):
                getattr(life, name)(*how)
            life.check()
    finally:
        studio.close()
