"""The publisher and X: whatever is lost on the way, the public sees every post once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery import Delivery, Patience, State
from bot.ledger import open_ledger
from bot.model import Account, Part
from bot.publisher import Publisher, World
from tests.networks.open_x import open_x
from tests.servers.lossy import Lossy
from tests.servers.x import XServer

SECOND = timedelta(seconds=1)
FATES = ("drop", "cut", "reset", "bad_gateway", "lie", "refuse", "never", "late")


class Stage:
    """A ledger, a publisher, and X behind a proxy that loses answers; the clock stands still until it is moved."""

    def __init__(self, workspace, x, proxy):
        self.workspace, self.x, self.proxy = workspace, x, proxy
        workspace.now = lambda: workspace.clock
        self.ledger, self.messages = open_ledger(workspace.root / "ledger", "spa"), {}
        self.ledger.records.keep_accounts([Account("a", "x")])
        self.network = open_x(workspace, x, url=proxy.url)
        world = World(
            now=workspace.now,
            jitter=lambda: 0.5,
            network=lambda _: self.network,
            message=lambda sha256: self.messages[sha256],
            spacing=lambda _: SECOND,
            hold=lambda *what: self.ledger.records.hold(*what, workspace.clock),
            open_account=self.ledger.records.open_account,
        )
        self.publisher = Publisher(self.ledger.deliveries, world, "me", alone=True, patience=Patience(errors=100))

    def plan(self, text, *more, media=None):
        message = self.workspace.message(post=text, text=text, media=media)
        parts = (*message.parts, *(Part(n, said) for n, said in enumerate(more, 1)))
        message = replace(message, parts=parts)
        sha256 = self.ledger.records.keep_message(text)
        self.messages[sha256] = message
        key = f"key-{text}"
        due, late = self.workspace.clock, self.workspace.clock + timedelta(days=1)
        row = Delivery(0, text, "a", "1", State.SCHEDULED, 0, due, late, key, sha256, parts=len(parts))
        self.ledger.deliveries.add(row, message, due, "plan")

    def run(self, later=timedelta(0)):
        self.workspace.clock += later
        with ThreadPoolExecutor(1) as pool:
            self.publisher.run(pool)
        self.proxy.settle()

    def states(self):
        return {row.state for row in self.ledger.deliveries.all()}

    def row(self):
        (row,) = self.ledger.deliveries.all()
        return row


@pytest.fixture
def stage(workspace):
    with XServer() as x, Lossy(x.url) as proxy:
        stage = Stage(workspace, x, proxy)
        yield stage
        stage.ledger.close()
        assert x.violations == []
        assert x.twice() == []


def test_a_lost_answer_is_found_by_a_later_look_and_nothing_is_sent_again(stage):
    stage.x.world.lag_reads = 2
    stage.proxy.plan("POST", "/2/tweets", "drop")
    stage.plan("One.")
    stage.run()
    seen = []
    for wait in (29, 1, 119, 1, 479, 1):
        stage.run(wait * SECOND)
        seen.append((stage.row().state.value, stage.row().looks))
    assert seen == [("unconfirmed", looks) for looks in (0, 1, 1, 2, 2)] + [("published", 0)]
    assert stage.row().url.endswith(stage.x.posts[0].id)
    assert [line.operation for line in stage.x.log].count("createPosts") == 1


def test_a_timeline_slower_than_every_look_meets_xs_own_refusal_and_then_the_post(stage):
    stage.x.world.lag_reads = 3
    stage.proxy.plan("POST", "/2/tweets", "drop")
    stage.plan("One.")
    for wait in (0, 30, 120, 480, 15):
        stage.run(wait * SECOND)
    assert [line.status for line in stage.x.log if line.operation == "createPosts"] == [201, 403]
    assert (stage.row().state, stage.row().url[-19:]) == (State.PUBLISHED, stage.x.posts[0].id)


def test_a_thread_that_broke_off_is_finished_once(stage):
    stage.proxy.plan("POST", "/2/tweets", "pass", "drop", "never")
    stage.plan("One.", "Two.", "Three.")
    for _ in range(40):
        stage.run(30 * SECOND)
    assert [post.text for post in stage.x.posts] == ["One.", "Two.", "Three."]
    assert [post.reply_to for post in stage.x.posts] == ["", *(post.id for post in stage.x.posts[:2])]
    assert stage.row().state is State.PUBLISHED


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("pictures", [True, False])
def test_in_any_weather_every_post_goes_out_once(workspace, seed, pictures):
    with XServer() as x, Lossy(x.url, delay=0.01, seed=seed, share=0.35, among=FATES) as proxy:
        stage = Stage(workspace, x, proxy)
        x.world.lag, x.world.limits["createPosts"] = 100, 1000
        for n in range(12):
            stage.plan(f"Fact {n}.", f"More of {n}.", media=None if pictures else ())
        for _ in range(2000):
            if stage.states() == {State.PUBLISHED}:
                break
            stage.run(20 * SECOND)
        stage.ledger.close()
        assert stage.states() == {State.PUBLISHED}
        assert sorted(post.text for post in x.posts) == sorted(
            text for n in range(12) for text in (f"Fact {n}.", f"More of {n}.")
        )
        assert all(len(post.media) == (pictures and post.text.startswith("Fact")) for post in x.posts)
        assert (x.twice(), x.violations) == ([], [])
        assert len({seen.fate for seen in proxy.log if seen.path == "/2/tweets"}) > 2
