"""What planning knows of the networks: their lengths, their keys, what they forbid."""

import pytest

from bot.fitting import from_json
from bot.keys import TID, microseconds_of

ACCOUNTS = """
[accounts.studio-x]
network = "x"
[accounts.second-x]
network = "x"
[accounts.studio-sky]
network = "bluesky"
handle = "quiet.bsky.social"
[accounts.studio-mastodon]
network = "mastodon"
server = "https://example.social"
"""
SLOTS = """[[slots]]
accounts = ["feed", "studio-x", "second-x", "studio-sky", "studio-mastodon"]
days = ["mon", "wed", "fri"]
time = "09:00"
"""
LONG = "Feet carry us. " * 25


@pytest.fixture
def networks(studio):
    studio.configure(accounts=ACCOUNTS, slots=SLOTS)
    return studio


def told(plan):
    return [str(problem) for problem in plan.problems]


def words(studio, account, post="a"):
    return from_json(studio.open().ledger.records.message(studio.row(post, account).message)).parts[0].text


def test_a_text_that_is_too_long_for_some_is_planned_nowhere_and_every_account_is_told_with_a_cut(networks):
    networks.write("a", text=LONG.strip(), accounts=("feed", "studio-x", "studio-sky"))
    plan = networks.plan()
    assert not plan.planned
    (said,) = told(plan)
    for part in (
        'does not fit "studio-x": the text has 374 characters as X counts them, 94 more than the 280 allowed',
        'does not fit "studio-sky": the text has 374 characters, 74 more than the 300 allowed',
        'this much fits, put it under [text]: studio-x = "Feet carry us.',
    ):
        assert part in said
    shorter = said.split('studio-x = "')[1].split('"')[0]
    sky = said.split('studio-sky = "')[1].split('"')[0]
    networks.write(
        "a",
        text=LONG.strip(),
        accounts=("feed", "studio-x", "studio-sky"),
        front=f'[text]\nstudio-x = "{shorter}"\nstudio-sky = "{sky}"',
    )
    networks.approve("a")
    plan = networks.plan()
    assert (len(plan.planned), told(plan)) == (3, [])
    assert len(words(networks, "feed")) == 374


def test_the_link_and_the_tags_are_counted_where_they_stand_in_the_text(networks):
    text = "Feet carry us. " * 16
    networks.write("a", text=text.strip(), accounts=("studio-x",), front='link = "https://example.com/book"')
    assert networks.plan().planned
    assert words(networks, "studio-x").endswith("\n\nhttps://example.com/book")
    networks.write(
        "b",
        text=text.strip() + " Calm.",
        accounts=("studio-x",),
        front='link = "https://example.com/a"\ntags = ["massage", "feet"]',
    )
    assert "the text has 286 characters as X counts them" in told(networks.plan())[0]


def test_a_bluesky_delivery_gets_a_record_key_of_its_time_and_keeps_it_when_it_moves(networks):
    networks.write("a", accounts=("studio-sky", "feed"))
    networks.plan()
    row = networks.row("a", "studio-sky")
    assert TID.fullmatch(row.key)
    assert 0 <= microseconds_of(row.key) / 1e6 - row.due_at.timestamp() < 60
    assert not TID.fullmatch(networks.row("a", "feed").key)
    networks.write("a", accounts=("studio-sky", "feed"), front="publish_at = 2026-12-24T10:00:00")
    networks.plan()
    moved = networks.row("a", "studio-sky")
    assert (moved.key, moved.due_at > row.due_at) == (row.key, True)


def test_two_x_accounts_may_not_say_the_same_in_one_post_or_in_two(networks):
    networks.write("a", text="Calm feet.", accounts=("studio-x", "second-x"))
    (said,) = told(networks.plan())
    assert said.startswith('posts/a.md: says the same on "second-x" as on "studio-x", which x forbids')
    networks.write(
        "a", text="Calm feet.", accounts=("studio-x", "second-x"), front='[text]\nsecond-x = "Our feet carry us."'
    )
    networks.approve("a")
    assert len(networks.plan().planned) == 2
    networks.write("b", text="CALM feet! #new https://example.com", accounts=("second-x",))
    (said,) = told(networks.plan())
    assert said.startswith('posts/b.md: says the same on "second-x" as on "studio-x"')
    networks.write("c", text="Calm feet, again.", accounts=("second-x", "studio-sky"))
    assert [row.post for row in networks.plan().planned] == ["c", "c"]


def test_two_posts_of_one_round_may_not_say_the_same_on_two_x_accounts(networks):
    networks.write("a", text="Calm feet.", accounts=("studio-x",))
    networks.write("b", text="Calm feet!", accounts=("second-x",))
    plan = networks.plan()
    assert [row.post for row in plan.planned] == ["a"]
    assert told(plan)[0].startswith('posts/b.md: says the same on "second-x" as on "studio-x"')


def test_the_same_words_on_other_networks_are_no_trouble(networks):
    networks.write("a", text="Calm feet.", accounts=("feed", "studio-x", "studio-sky", "studio-mastodon"))
    assert len(networks.plan().planned) == 4


def test_what_a_server_announced_is_counted_with_also_offline(networks):
    networks.write("a", text=LONG.strip() + LONG, accounts=("studio-mastodon",))
    assert "more than the 500 allowed" in told(networks.plan())[0]
    networks.open().ledger.records.keep_announced("studio-mastodon", {"text_max": 5000})
    networks.close()
    assert len(networks.plan().planned) == 1
