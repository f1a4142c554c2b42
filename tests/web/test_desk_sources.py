"""A post whose document was edited or removed: what its page shows, what it offers, and what Today says."""

import re

import pytest

from bot.delivery import State
from bot.web.desk.today import _quoted
from tests.web.test_desk_pages import FIRST, words

SAID = "It reduces chronic tension."
OFFER = f'action="/posts/{FIRST}/approve"'


@pytest.fixture
def document(drafted):
    """The text of a post that has a yes and a time."""
    drafted.post(f"/posts/{FIRST}/approve", sha256=drafted.sha256(FIRST))
    return drafted.folder / "documents" / "ashiatsu-for-runners.txt"


def edited(drafted, document, now):
    document.write_text(document.read_text().replace(SAID, now))
    drafted.plan()
    return drafted.get(f"/posts/{FIRST}").text


@pytest.mark.parametrize("now", ["It eases chronic tension.", "It reduces chronic worry.", "It reduces some worry."])
def test_what_asks_for_a_yes_again_offers_it_where_a_yes_is_taken(drafted, document, now):
    page = edited(drafted, document, now)
    assert "Compare the words" in page
    is_offered = OFFER in page
    after = drafted.post(f"/posts/{FIRST}/approve", sha256=drafted.sha256(FIRST))
    assert is_offered == ("No yes yet" not in after.text)
    assert {hold.subject for hold in drafted.app.season().holds} == (set() if is_offered else {FIRST})


def test_a_yes_is_offered_where_the_beginning_of_a_sentence_was_edited(drafted, document):
    assert OFFER not in drafted.get(f"/posts/{FIRST}").text
    assert OFFER in edited(drafted, document, "It eases chronic tension.")
    drafted.post(f"/posts/{FIRST}/approve", sha256=drafted.sha256(FIRST))
    assert [row.state for row in drafted.app.deliveries_of(FIRST)] == [State.SCHEDULED]
    assert drafted.app.season().holds == ()
    assert OFFER not in drafted.get(f"/posts/{FIRST}").text


def test_a_changed_sentence_is_compared_once_and_in_one_direction(drafted, document):
    page = edited(drafted, document, "It eases chronic tension.")
    assert sum("eases" in one for one in re.findall("<blockquote>.*?</blockquote>", page, re.DOTALL)) == 1
    assert re.search(r"<del>.*eases.*</del>\s*<ins>.*reduces.*</ins>", page)
    assert page.count("Struck out") == 1


def test_a_text_that_is_gone_is_called_gone_and_its_posts_take_no_yes(drafted, document):
    draft = next(one.id for one in drafted.app.season().waiting)
    document.unlink()
    drafted.plan()
    told = f"{document.name} is gone, or cannot be read. Put it back, or withdraw the post."
    for post in (FIRST, draft):
        page = drafted.get(f"/posts/{post}")
        assert told in words(page)
        assert f'action="/posts/{post}/approve"' not in page.text
        assert "No yes yet" in words(drafted.post(f"/posts/{post}/approve", sha256=drafted.sha256(post)))
    for address in ("/", f"/posts/{FIRST}"):
        seen = words(drafted.get(address))
        assert told in seen
        assert "has changed" not in seen
        assert "says nothing of this" not in seen
        assert "Not in your text" not in seen


def test_today_ends_every_sentence_that_it_quotes():
    assert [_quoted(one) for one in ("It helps.", "Better sleep")] == ["“It helps.”", "“Better sleep”."]
