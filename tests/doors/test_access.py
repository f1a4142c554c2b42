"""Access is renewed ahead of time, and its end is said in time."""

from datetime import timedelta

import pytest

from bot.app import open_app
from bot.delivery import NO_ACCESS
from bot.errors import Unauthorized, Unavailable


class Renewing:
    def __init__(self, error=None):
        self.error, self.times = error, 0

    def renew(self):
        self.times += 1
        if self.error:
            raise self.error


@pytest.fixture
def app(workspace):
    return open_app(workspace)


def lent(app, network):
    app._networks["feed"] = network
    return network


def held(app):
    return [(hold.subject, hold.reason) for hold in app.ledger.records.holds() if hold.reason == NO_ACCESS]


def test_an_account_is_renewed_and_one_that_need_not_be_is_left_alone(app):
    app.renew("feed")
    assert lent(app, Renewing()).times == 0
    app.renew("feed")
    assert app.network("feed").times == 1


def test_a_renewal_that_fails_for_now_holds_nothing(app):
    lent(app, Renewing(Unavailable("the network rests")))
    with pytest.raises(Unavailable):
        app.renew("feed")
    assert held(app) == []


def test_an_access_that_only_a_person_can_renew_holds_the_account_once(app):
    lent(app, Renewing(Unauthorized("revoked")))
    for _ in range(2):
        with pytest.raises(Unauthorized):
            app.renew("feed")
    assert held(app) == [("feed", NO_ACCESS)]


@pytest.mark.parametrize(("days", "is_said"), [(20, False), (13, True), (-1, True)])
def test_the_end_of_an_access_is_said_two_weeks_ahead(app, bot, days, is_said):
    app.vault.keep("feed", {"token": "t" * 20, "ends_at": (app.now() + timedelta(days=days)).isoformat()})
    assert [one.account for one in app.endings()] == ["feed"] * is_said
    for command in ("plan", "doctor"):
        assert ("access ends on" in bot(command).output) is is_said
    assert any("access ends" in note for note in app.plan().notes) is is_said


def test_posts_planned_for_later_than_the_access_are_counted(app, bot):
    bot("compose", "documents/ashiatsu-for-runners.txt")
    app.plan()
    later = max(row.due_at for row in app.ledger.deliveries.all())
    app.vault.keep("feed", {"token": "t" * 20, "ends_at": (later - timedelta(seconds=1)).isoformat()})
    (ending,) = app.endings()
    assert ending.after == 1
    assert "1 post is planned for later" in ending.said("3 December 2026")


def test_what_never_ends_is_never_said(app):
    app.vault.keep("feed", {"token": "t" * 20, "ends_at": "some day"})
    assert app.endings() == []
