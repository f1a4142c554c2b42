"""Half of the posting calls go wrong, the publisher is killed: a slice of `make faults`, and proof that it can see."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.model import Media, Message, Part, Receipt
from tests.faults.judge import verdict_on
from tests.faults.places import PLACES, Shown, why_missing
from tests.faults.run import Weather, run
from tests.reference import skip
from tests.servers.fates import FATES, PASS

NEVER = 1000
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


def faulted(name, posts, folder, **weather):
    if told := why_missing(name):
        skip(told)
    return run(name, posts, Weather(20261201, **weather), folder)


@pytest.mark.parametrize("name", PLACES)
def test_every_post_is_public_once_however_its_answer_is_lost(name, tmp_path):
    tally = faulted(name, 64, tmp_path)
    assert tally.verdict.told == []
    assert (tally.posts, tally.kills) == (64, 1)
    assert set(tally.fates) == set(FATES) - {PASS}


@pytest.mark.parametrize(
    ("mutant", "name", "found"),
    [("resends", "gotosocial", "twice"), ("believes", "gotosocial", "lost"), ("new keys", "bluesky", "twice")],
)
def test_an_adapter_with_one_mistake_is_found_out(mutant, name, found, tmp_path):
    tally = faulted(name, 16, tmp_path, mutant=mutant, posts_to_a_kill=NEVER, bound=10)
    assert getattr(tally.verdict, found), tally.line(name)


PICTURE = Media("0" * 64, "image/jpeg", "Words on green.", 8, 8, 8)
MESSAGE = Message("p", "a", "x", "", (Part(0, "One.", (PICTURE,)), Part(1, "Two.")))
RECEIPTS = (Receipt("1", "https://x.test/1", NOW), Receipt("2", "https://x.test/2", NOW))
ONE, TWO = Shown("1", "One.", ("Words on green.",), ""), Shown("2", "Two.", (), "1")


@pytest.mark.parametrize(
    ("shown", "receipts", "told"),
    [
        ([ONE, TWO], RECEIPTS, []),
        ([ONE, replace(TWO, id="3"), TWO], RECEIPTS, ["twice: p part 1 on a: 3, 2"]),
        ([ONE], RECEIPTS, ["lost: p part 1 on a"]),
        ([replace(ONE, alts=("",)), TWO], RECEIPTS, ["wrong: p part 0 on a: alt texts ('',)"]),
        ([ONE, replace(TWO, account="b")], RECEIPTS, ["wrong: p part 1 on a: it is on b"]),
        ([ONE, replace(TWO, after="")], RECEIPTS, ["wrong: p part 1 on a: hangs on nothing, not on 1"]),
        ([ONE, TWO], RECEIPTS[:1], ["wrong: p part 1 on a: the receipt is none, the post 2"]),
        ([ONE, TWO, replace(ONE, text="?")], RECEIPTS, ["strange: '?' was never planned"]),
    ],
)
def test_whatever_the_public_sees_otherwise_is_told(shown, receipts, told):
    assert verdict_on([(MESSAGE, receipts)], shown).told == told
