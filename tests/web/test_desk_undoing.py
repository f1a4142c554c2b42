"""A post is taken down at the desk."""

import re
from html import unescape

import pytest

from bot.errors import Unavailable
from bot.model import Receipt


def words(answer):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


class Place:
    """A network that takes down, or does not."""

    def __init__(self):
        self.error, self.asked = None, []

    def retract(self, receipt: Receipt) -> None:
        if self.error:
            raise self.error
        self.asked.append(receipt.url)


@pytest.fixture
def out(drafted):
    """A post that is out, and the place where it is."""
    from concurrent.futures import ThreadPoolExecutor

    first = drafted.app.season().waiting[0].id
    drafted.post(f"/posts/{first}/approve", sha256=drafted.sha256(first))
    drafted.post(f"/posts/{first}/send", sha256=drafted.sha256(first))
    with ThreadPoolExecutor(1) as pool:
        drafted.app.publisher().run(pool)
    return drafted, first


def test_it_is_taken_down_and_said_so(out):
    desk, first = out
    assert "Take it down" in desk.get(f"/posts/{first}").text
    after = desk.post(f"/posts/{first}/take-down", how="by-itself")
    assert "It is taken down, and is never sent again." in words(after)
    page = desk.get(f"/posts/{first}")
    assert "taken down" in words(page)
    assert "Take it down now" not in page.text


def test_what_could_not_be_taken_down_is_said_with_what_to_do(out):
    desk, first = out
    place = Place()
    place.error = Unavailable("it rests")
    (account,) = {row.account for row in desk.app.deliveries_of(first)}
    desk.app._networks[account] = place
    after = desk.post(f"/posts/{first}/take-down", how="by-itself")
    assert f"It is still out as {account}." in words(after)
    assert "Take it down now" in after.text
    after = desk.post(f"/posts/{first}/take-down", how="by-hand")
    assert "It is taken down" in words(after)
    assert place.asked == []


def test_a_post_that_is_out_nowhere_has_no_such_button(drafted):
    first = drafted.app.season().waiting[0].id
    assert "Take it down" not in drafted.get(f"/posts/{first}").text
