"""The desk in one hand: nothing is out of reach, and nothing is too small for a finger."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SMALL = {**PHONE, "viewport": {"width": 320, "height": 568}}
PAGES = ("/", "/posts/cure", "/posts/everywhere", "/posts/everywhere/edit", "/calendar", "/calendar/list", "/texts")
TARGETS = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), textarea, summary")]
  .filter(one => one.checkVisibility() && !one.matches(".skip, p a, dd a"))
  .map(one => [one, getComputedStyle(one, "::after").position === "absolute" ? one.closest("li") : one])
  .map(([one, wide]) => [one, (wide.closest("label") ?? wide).getBoundingClientRect()])
  .map(([one, box]) => [one.outerHTML.slice(0, 140), Math.round(box.width), Math.round(box.height)])"""


@pytest.fixture
def phone(come, showroom):
    return lambda address="/", **ways: come(showroom, address, **{**PHONE, **ways})


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_wider_than_the_hand_and_everything_can_be_hit(phone, address):
    page = phone(address, **SMALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size(PHONE["viewport"])
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert [one for one in page.evaluate(TARGETS) if min(one[1:]) < 24] == []
    often = [*page.get_by_role("navigation", name="Desk").get_by_role("link").all(), *page.get_by_role("button").all()]
    heights = {one.inner_text(): one.bounding_box()["height"] for one in often if one.is_visible()}
    assert [name for name, height in heights.items() if height < 44 and name != "Keys"] == []


@pytest.mark.parametrize("ways", [PHONE, SMALL])
@pytest.mark.parametrize("post", ["kind-feet", "cure", "everywhere"])
def test_what_can_be_done_with_a_post_is_in_view(phone, ways, post):
    page = phone(f"/posts/{post}", **ways)
    acts = page.get_by_role("group", name="What to do with this post")
    if ways is PHONE:  # at once; on a smaller one as soon as the words are
        expect(acts.get_by_role("button", name="Approve")).to_be_in_viewport(ratio=1)
    assert acts.bounding_box()["height"] <= ways["viewport"]["height"] / 3
    page.get_by_role("contentinfo").scroll_into_view_if_needed()
    words = page.get_by_role("region", name="Said aloud").or_(page.get_by_role("region", name="The words")).last
    words.scroll_into_view_if_needed()
    expect(acts.get_by_role("button", name="Approve")).to_be_in_viewport(ratio=1)


def test_the_month_is_a_list_of_its_days(phone):
    page = phone("/calendar")
    table = page.get_by_role("table")
    expect(table.get_by_text(re.compile("^Mon$"))).to_be_hidden()
    days = [cell.bounding_box() for cell in table.get_by_role("cell").all() if cell.is_visible()]
    assert len(days) >= 3
    assert {round(day["x"]) for day in days} == {round(days[0]["x"])}
    assert all(before["y"] + before["height"] <= after["y"] + 1 for before, after in pairwise(days))
    expect(table.get_by_role("cell").filter(has_text="Today")).to_be_visible()
