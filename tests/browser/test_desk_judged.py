"""Every page of the desk before the judge, as people meet it: by day and by night, at a desk and on the way."""

import re

import pytest

from tests.browser.hand import Hand
from tests.browser.showroom import FLAGGED, OUT
from tests.composer.test_asking import STONES

PAGES = {
    "today": "/",
    "a post": "/posts/kind-feet",
    "a post of the article": "/posts/ashiatsu-massage-reduces-chronic-tension",
    "flagged": f"/posts/{FLAGGED}",
    "only with proof": "/posts/cure",
    "out": f"/posts/{OUT}",
    "called off": "/posts/called-off",
    "in doubt": "/posts/asked-first",
    "missed": "/posts/was-missed",
    "changed since the yes": "/posts/changed",
    "planned": "/posts/one-of-many-1",
    "on several accounts": "/posts/everywhere",
    "too long": "/posts/too-long",
    "the words": "/posts/kind-feet/edit",
    "the words for several accounts": "/posts/everywhere/edit",
    "the month": "/calendar",
    "an empty month": "/calendar?month=2030-02",
    "the list": "/calendar/list",
    "the texts": "/texts",
    "one text": "/texts/one?text=documents%2Fashiatsu-for-runners.txt",
    "not here": "/nowhere",
}
PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}


@pytest.fixture
def judged(axe):
    """What the judge finds on a page, four times: light and dark, wide and narrow; nor may it be wider than that."""

    def judged(page):
        page.wait_for_load_state()
        found = []
        for size in (LAPTOP, PHONE, {**PHONE, "width": 320}):
            page.set_viewport_size(size)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"wider than {size['width']}: {widest(page)}")
        for size in (LAPTOP, PHONE):
            page.set_viewport_size(size)
            for scheme, *rules in (("light",), ("dark", ["color-contrast"])):  # at night only the colours are others
                page.emulate_media(color_scheme=scheme)
                found += [f"{scheme}, {size['width']}: {line}" for line in axe(page, *rules)]
        return found

    return judged


def widest(page):
    return page.evaluate(
        "[...document.body.querySelectorAll('*')].filter(one => one.getBoundingClientRect().right > innerWidth + 0.5)"
        ".map(one => one.outerHTML.slice(0, 120))"
    )


@pytest.fixture
def room(come, showroom):
    return lambda address="/": come(showroom, address)


@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_read_and_use(name, room, judged):
    page = room(PAGES[name])
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.title() != ""
    assert judged(page) == []


def test_everybody_can_read_the_preview_and_what_does_not_fit(room, judged):
    page = room("/posts/too-long/edit")
    page.get_by_text(re.compile("too many")).wait_for()
    assert judged(page) == []


def test_everybody_can_read_what_is_wrong_with_the_words(room, judged):
    page = room("/posts/kind-feet/edit")
    page.get_by_text("More", exact=True).click()
    page.get_by_label("Link", exact=True).fill("javascript:alert(1)")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator("[aria-invalid]").wait_for()
    assert judged(page) == []


def test_everybody_can_read_the_keys(room, judged):
    page = room("/posts/kind-feet")
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()
    assert judged(page) == []


def test_everybody_can_read_what_is_wrong_with_a_text(room, judged):
    page = room("/texts")
    page.get_by_label("The words").fill(" ")
    page.get_by_role("button", name="Find the posts in it").click()
    page.get_by_role("alert").wait_for()
    assert judged(page) == []


def test_everybody_can_say_what_a_text_is_about(desk, page, judged):
    hand = Hand(page, desk.link)
    hand.opens()
    (desk.folder.parent / "stones.md").write_text(STONES, "utf-8")
    page.goto(f"{desk.url}/texts")
    hand.chooses("Choose the file", desk.folder.parent / "stones.md")
    hand.clicks("button", "Find the posts in it")
    hand.sees("What is this text about?")
    assert judged(page) == []
    hand.types("This text is about", "?")
    hand.clicks("button", "Yes, use this name")
    page.get_by_role("alert").wait_for()
    assert judged(page) == []


def test_everybody_can_come_in_and_begin(desk, page, judged):
    page.goto(desk.url)
    assert judged(page) == []
    page.goto(f"{desk.url}/enter/gone")
    page.get_by_role("alert").wait_for()
    assert judged(page) == []
    Hand(page, desk.link).opens()
    assert judged(page) == []
    page.goto(f"{desk.url}/review")
    assert judged(page) == []
    page.goto(f"{desk.url}/texts")
    assert judged(page) == []
