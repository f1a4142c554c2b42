"""What is live is taken down, and never sent again."""

import re

import pytest

from bot.app import open_app
from bot.errors import Rejected, Unavailable
from bot.model import Receipt
from bot.retracting import retract


@pytest.fixture
def post(bot, workspace):
    """The id of a post that is out on the feed."""
    assert bot("compose", "documents/ashiatsu-for-runners.txt").exit_code == 0
    file = min((workspace / "posts").glob("*.md"))
    name = re.search('id = "(.+)"', file.read_text())[1]
    assert bot("publish", name, "--now").exit_code == 0
    return name


def entries(workspace):
    return list((workspace / "site" / "entries").glob("*.json"))


def test_a_post_is_taken_down_and_stays_down(bot, workspace, post):
    assert len(entries(workspace)) == 1
    told = bot("retract", post, "--yes")
    assert told.exit_code == 0, told.output
    assert "feed: down: http" in told.output
    assert entries(workspace) == []
    assert post not in (workspace / "site" / "feed.json").read_text()
    for again in (("publish", post, "--now"), ("plan",), ("publish", "--due")):
        bot(*again)
    assert entries(workspace) == []
    assert "taken down" in bot("history", post).output
    assert "down" in bot("status").output
    assert 'status = "withdrawn"' in next((workspace / "posts").glob(f"*{post}*")).read_text()


def test_a_second_time_there_is_nothing_left_to_take_down(bot, post):
    bot("retract", post, "--yes")
    told = bot("retract", post, "--yes")
    assert (told.exit_code, "nothing of" in told.output) == (0, True)


def test_from_one_account_only_the_post_keeps_its_yes(bot, workspace, post):
    assert bot("retract", post, "--from", "feed", "--yes").exit_code == 0
    assert entries(workspace) == []
    assert 'status = "withdrawn"' not in next((workspace / "posts").glob(f"*{post}*")).read_text()
    assert bot("retract", post, "--from", "nowhere", "--yes").exit_code != 0


def test_a_post_whose_file_is_gone_is_taken_down_by_its_name(bot, workspace, post):
    for path in (workspace / "posts").glob(f"*{post}*"):
        path.unlink()
    assert bot("retract", post, "--yes").exit_code == 0
    assert entries(workspace) == []


def test_what_was_deleted_by_hand_is_written_down(bot, workspace, post):
    told = bot("retract", post, "--done", "--yes")
    assert told.exit_code == 0
    assert "by hand" in bot("history", post).output
    assert len(entries(workspace)) == 1  # no network was asked


class Stubborn:
    """A network that takes down what it is told to, but not every part."""

    def __init__(self, error):
        self.error, self.asked = error, []

    def retract(self, receipt: Receipt) -> None:
        self.asked.append(receipt.remote_id)
        if self.error:
            raise self.error


@pytest.mark.parametrize("error", [Unavailable("rests"), Rejected("too old: delete it in the app")])
def test_what_cannot_be_taken_down_is_said_and_tried_again(workspace, post, error):
    app = open_app(workspace)
    (row,) = app.deliveries_of(post)
    stubborn = Stubborn(error)
    told = retract(app.ledger, row, lambda _: stubborn, app.now())
    assert (told.is_done, told.why, len(told.live)) == (False, str(error), 1)
    stubborn.error = None
    assert retract(app.ledger, row, lambda _: stubborn, app.now()).is_done
    assert retract(app.ledger, row, lambda _: stubborn, app.now()).is_done
    assert len(stubborn.asked) == 2


class Handmade:
    by_hand = "open the app and delete it"


def test_where_only_a_person_can_she_is_told_how(workspace, post):
    app = open_app(workspace)
    (row,) = app.deliveries_of(post)
    told = retract(app.ledger, row, lambda _: Handmade(), app.now())
    assert (told.is_done, told.by_hand) == (False, "open the app and delete it")
    assert retract(app.ledger, row, lambda _: Handmade(), app.now(), by_hand=True).is_done
