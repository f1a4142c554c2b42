"""What happens between two pages: previews, refreshes, warnings, second clicks, ways back, sessions that end."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.hand import looks_again
from tests.browser.showroom import LONG_AGO

WORDS = "The words that go with it"
PICTURE = '[[image]]\ntemplate = "quote"\nheadline = "{}"\n'


@pytest.fixture
def at(come, studio):
    return lambda address: come(studio, address)


def said(page):
    return page.get_by_role("status")


def test_what_is_typed_is_shown_and_nothing_is_saved(at, studio):
    file = studio.write("seen-live", "Feet show.", front=PICTURE.format("Feet show."))
    before = file.read_bytes()
    page = at("/posts/seen-live/edit")
    preview = page.get_by_role("region", name="How it will look")
    expect(preview).to_contain_text("10 characters")
    loads = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    with page.expect_response(re.compile(r"/tried/")) as drawn:
        page.get_by_label("Words on the picture").press_sequentially(" And shine.")
    assert drawn.value.ok
    expect(preview.get_by_role("img")).to_have_js_property("complete", True)
    assert preview.get_by_role("img").evaluate("one => one.naturalWidth") == 1080
    page.get_by_label(WORDS).fill("Feet show and shine.")
    expect(preview).to_contain_text("Feet show and shine.")
    expect(preview).to_contain_text("20 characters")
    assert (file.read_bytes(), loads) == (before, [])


def test_what_does_not_fit_is_said_while_it_is_typed(come, showroom):
    page = come(showroom, "/posts/everywhere/edit")
    preview = page.get_by_role("region", name="How it will look")
    page.get_by_label(WORDS).fill("Feet listen. " * 30)
    expect(preview).to_contain_text(re.compile(r"blue\s*\d+ too many"))
    page.get_by_label(WORDS).fill("Feet listen.")
    expect(preview).not_to_contain_text("too many")
    expect(preview).to_contain_text("It fits everywhere.")


@pytest.mark.parametrize("way", ["close", "link", "typed again"])
def test_words_that_are_not_saved_are_not_lost_without_a_question(at, studio, way):
    studio.write("unsaved", "Feet wait.")
    page = at("/posts/unsaved/edit")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_label(WORDS).fill("Feet will not wait.")
    if way == "typed again":
        page.get_by_label(WORDS).fill("Feet wait.")
    if way == "close":
        with page.expect_event("close"):
            page.close(run_before_unload=True)
    else:
        page.get_by_role("link", name="Cancel").click()
        expect(page.get_by_role("button", name="Approve")).to_be_visible()
    assert asked == ([] if way == "typed again" else ["beforeunload"])


def test_words_that_were_refused_are_not_lost_without_a_question(at, studio):
    studio.write("refused", "Feet wait.")
    page = at("/posts/refused/edit")
    page.get_by_text("More", exact=True).click()
    page.get_by_label("Link", exact=True).fill("nowhere")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("Link", exact=True)).to_have_attribute("aria-invalid", "true")
    page.get_by_label(WORDS).click()  # browsers ask only where somebody did something
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_role("button", name="Approve")).to_be_visible()
    assert asked == ["beforeunload"]


def test_who_saves_is_not_asked(at, studio):
    studio.write("saved", "Feet wait.")
    page = at("/posts/saved/edit")
    page.get_by_label(WORDS).fill("Feet go.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(said(page)).to_contain_text("Saved")


def test_a_double_click_says_one_yes(come, drafted):
    page = come(drafted, "/review")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.get_by_role("button", name="Approve").dblclick()
    expect(said(page)).to_contain_text("Approved")
    expect(page).to_have_title(re.compile("1 of 5"))
    assert len(sent) == 1


def test_a_key_that_is_struck_twice_says_one_yes(come, drafted):
    page = come(drafted, "/review")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.evaluate(
        "for (const _ of 'aa') document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'a', bubbles: true}))"
    )
    expect(said(page)).to_contain_text("Approved")
    expect(page).to_have_title(re.compile("1 of 5"))
    assert len(sent) == 1


def test_the_way_back_shows_how_it_stands_now(at, studio):
    studio.write("way-back", "Feet come back.")
    page = at("/posts/way-back")
    page.get_by_role("button", name="Approve").click()
    expect(said(page)).to_contain_text("Approved")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Feet come back.")
    main = page.get_by_role("main")
    if page.get_by_role("button", name="Approve").count():  # the browser kept the page as it was
        page.get_by_role("button", name="Approve").click()
        expect(said(page)).to_contain_text("Nothing was done")
    expect(main).to_contain_text("It has your yes, and goes out at its time.")
    page.get_by_role("button", name="Withdraw").click()
    expect(main).to_contain_text("Called off")


def test_the_way_back_does_not_repeat_what_is_not_true_any_more(at, studio):
    studio.write("undone", "Feet undo.")
    page = at("/posts/undone")
    page.get_by_role("button", name="Approve").click()
    expect(said(page)).to_contain_text("Approved: “Feet undo.”")
    page.get_by_role("button", name="Undo").click()
    expect(said(page)).to_contain_text("It waits for your yes again.")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text("Approved: “Feet undo.”")


def test_what_was_said_once_is_not_said_of_a_post_that_stands_otherwise_by_now(at, studio):
    studio.write("reopened", "Feet return.", status="withdrawn")
    page = at("/posts/reopened?said=reopened")
    expect(page.get_by_role("main")).to_contain_text("You called it off.")
    expect(page.get_by_role("main")).not_to_contain_text("It waits for your yes again.")


def test_a_time_of_its_own_takes_no_yes_back_and_says_so(at, studio):
    studio.write("timed", "Feet keep time.")
    page = at("/posts/timed")
    page.get_by_role("button", name="Approve").click()
    expect(said(page)).to_contain_text("Approved")
    page.goto(f"{studio.url}/posts/timed/edit")
    page.get_by_text("More", exact=True).click()
    page.get_by_label("A time of its own").fill("2031-05-01T10:15")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(said(page)).to_contain_text("Saved.")
    expect(page.get_by_role("main")).to_contain_text("It has your yes")
    expect(said(page)).not_to_contain_text("waits for your yes")


def test_today_looks_again_and_takes_no_typed_word_away(come, showroom):
    page = come(showroom)
    page.clock.install()
    page.goto(showroom.url)
    address = page.get_by_label("Its address").first
    address.press_sequentially("https://exam")
    showroom.write("appears-meanwhile", "Feet appear.")
    for _ in range(2):
        looks_again(page)
    expect(address).to_have_value("https://exam")
    expect(address).to_be_focused()
    address.press_sequentially("ple.com/1")
    expect(address).to_have_value("https://example.com/1")


def test_today_tells_by_itself_what_became_of_a_post(come, drafted):
    page = come(drafted, "/review")
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("link", name="Today").click()
    expect(page.get_by_role("region", name="Next")).to_contain_text("planned")
    other = come(drafted, "/posts/ashiatsu-massage-reduces-chronic-tension")
    page.clock.install()
    page.goto(drafted.url)
    other.get_by_role("button", name="Send now").click()
    expect(said(other)).to_contain_text("It goes out now")
    out = page.get_by_role("region", name="Out")
    for _ in range(40):
        if out.count():
            break
        looks_again(page)
    expect(out.get_by_role("link", name="on feed")).to_have_attribute("href", re.compile(drafted.feed))


def leave(page, desk):
    """Somebody leaves the desk in another tab."""
    other = page.context.new_page()
    other.goto(desk.url)
    other.evaluate("fetch('/leave', {method: 'POST'})")
    other.reload()
    expect(other.get_by_role("heading", level=1)).to_have_text("This desk is private")
    return other


def test_a_session_that_ended_leads_to_the_entrance(drafted, page):
    page.goto(drafted.link)
    leave(page, drafted)
    page.get_by_role("link", name="Calendar").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This desk is private")
    assert page.url == f"{drafted.url}/enter"


def test_what_was_typed_outlives_the_session(drafted, come_in_again, browser):
    with browser.new_context() as context:  # what is refused for want of a session is an answer of 401
        page = context.new_page()
        page.goto(drafted.link)
        page.goto(f"{drafted.url}/posts/ashiatsu-massage-reduces-chronic-tension/edit")
        other = leave(page, drafted)
        page.get_by_label(WORDS).fill("Feet left.")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("main")).to_contain_text("load this page again")
        other.goto(come_in_again(drafted))
        page.reload()
        expect(page.get_by_role("main")).to_contain_text("Saved.")
    assert "Feet left." in drafted.file("ashiatsu-massage-reduces-chronic-tension").read_text("utf-8")


@pytest.mark.parametrize("ago", [0, LONG_AGO])
def test_more_of_a_day_leads_to_that_day(come, showroom, ago):
    planned = re.search(r"publish_at = (\S+)T", showroom.file("one-of-many-0").read_text("utf-8"))[1]
    page = come(showroom, f"/calendar?month={date.fromisoformat(planned) - timedelta(days=ago):%Y-%m}")
    page.get_by_role("link", name=re.compile(r"\+\d more on")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Day by day")
    assert page.evaluate("document.querySelector(':target')?.innerText ?? ''").count("one of many") == 6


def test_pages_ask_nobody_else_and_stumble_nowhere(come, showroom):
    page = come(showroom)
    for name in ("Review", "Calendar", "Texts", "Today"):
        page.get_by_role("navigation", name="Desk").get_by_role("link", name=re.compile(name)).click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
