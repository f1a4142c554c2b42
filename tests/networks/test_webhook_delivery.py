"""The publisher and a receiver: nothing is done twice, by one that forgets or by one that is known not to."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.delivery import Delivery, Patience, State
from bot.keys import key_of
from bot.ledger import open_ledger
from bot.model import Account
from bot.networks import open_network
from bot.publisher import Publisher, World
from tests.networks.conftest import Kept
from tests.servers.lossy import Lossy
from tests.servers.receiver import Receiver

POSTS = 40
FATES = ("drop", "cut", "reset", "bad_gateway", "lie", "refuse", "never", "late")


@contextmanager
def delivering(workspace, *, remembers, **settings):
    """A ledger with forty posts, a publisher, and a receiver behind a proxy that loses half of the answers."""
    workspace.now = lambda: workspace.clock
    chance = {"seed": 7, "share": 0.5, "among": FATES, "method": "POST"}
    with Receiver(remembers=remembers) as receiver, Lossy(receiver.url, **chance) as proxy:
        ledger, account = open_ledger(workspace.root / "ledger", "spa"), Account("a", "webhook", settings)
        ledger.records.keep_accounts([account])
        kept = Kept({"url": receiver.address.replace(receiver.url, proxy.url), "secret": receiver.secret})
        premises = replace(workspace.premises("webhook", kept), now=lambda: datetime.now(UTC))
        network, messages = open_network(account, premises), {}
        world = World(
            now=workspace.now,
            jitter=lambda: 0.5,
            network=lambda _: network,
            message=lambda sha256: messages[sha256],
            spacing=lambda _: timedelta(seconds=1),
            hold=lambda *what: ledger.records.hold(*what, workspace.clock),
            open_account=ledger.records.open_account,
        )
        due = workspace.clock
        for n in range(POSTS):
            message = workspace.message(post=f"post-{n}", text=f"Post {n}.", media=())
            sha256 = ledger.records.keep_message(f"post-{n}")
            messages[sha256] = message
            key = key_of("names", ("spa", f"post-{n}"), due)
            late = due + timedelta(days=1)
            row = Delivery(0, f"post-{n}", "a", "1", State.SCHEDULED, 0, due, late, key, sha256)
            ledger.deliveries.add(row, message, due, "plan")
        publisher = Publisher(ledger.deliveries, world, "me", alone=True, patience=Patience(errors=100))

        def rounds(many):
            for _ in range(many):
                workspace.clock += timedelta(minutes=2)
                with ThreadPoolExecutor(1) as pool:
                    publisher.run(pool)
                proxy.settle()
            return ledger.deliveries.all()

        yield receiver, rounds
        ledger.close()
        assert receiver.violations == []
        assert receiver.twice() == []


def test_to_a_receiver_that_forgets_nothing_is_sent_again_unasked(workspace):
    with delivering(workspace, remembers=False) as (receiver, rounds):
        rows = rounds(150)
        assert {row.state for row in rows} == {State.PUBLISHED, State.UNCONFIRMED}
        unsure = [row for row in rows if row.state is State.UNCONFIRMED]
        assert all(row.asks and "look there" in row.reason for row in unsure)
        published = {row.key for row in rows if row.state is State.PUBLISHED}
        assert published <= {one.key for one in receiver.published}
        assert 0 < len(unsure) < POSTS


def test_where_the_owner_says_that_repeats_are_safe_everything_is_settled_without_a_person(workspace):
    with delivering(workspace, remembers=True, repeats="safe") as (receiver, rounds):
        assert {row.state for row in rounds(300)} == {State.PUBLISHED}
        assert len(receiver.published) == POSTS
        calls = [key for _, key, status in receiver.log if status == 200]
        assert len(calls) > len(set(calls)) == POSTS
