"""The desk without a mouse: every act has a key, the eye can follow, and nobody approves by typing."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.hand import looks_again

HERE = """() => {
  const one = document.activeElement;
  one.dataset.stop ??= `${document.querySelectorAll("[data-stop]").length + 1}`;
  return one === document.body ? "" : one.outerHTML.slice(0, 120) + one.dataset.stop;
}"""
VISIBLE = """() => {
  const style = getComputedStyle(document.activeElement);
  return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
}"""
REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, textarea, select, summary")]
  .filter(one => one.type !== "hidden" && one.checkVisibility()).length"""


def heading(page):
    return page.get_by_role("heading", level=1)


def walk(page):
    """Tab from the top to the end: what is reached, and whether it shows that it is. A date has several stops."""
    page.evaluate("document.activeElement.blur()")
    seen = {}
    while True:
        page.keyboard.press("Tab")
        name = page.evaluate(HERE)
        if not name or name in list(seen)[:-1]:
            return seen
        seen[name] = seen.get(name) or page.evaluate(VISIBLE)


@pytest.mark.parametrize(
    "address",
    ["/", "/posts/cure", "/posts/everywhere", "/posts/everywhere/edit", "/calendar", "/calendar/list", "/texts"],
)
def test_tab_reaches_everything_and_shows_where_it_is(come, showroom, address):
    page = come(showroom, address)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    seen = walk(page)
    assert [name for name, is_visible in seen.items() if not is_visible] == []
    assert len([one for one in seen if "<section" not in one]) >= page.evaluate(REACHABLE)


def test_the_first_tab_skips_to_the_page(come, showroom):
    page = come(showroom)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_letters_lead_through_the_posts_and_back(come, drafted):
    page = come(drafted, "/review")
    first = heading(page).inner_text()
    page.keyboard.press("j")
    expect(page).to_have_title(re.compile("2 of 6"))
    expect(heading(page)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_title(re.compile("3 of 6"))
    page.keyboard.press("k")
    expect(page).to_have_title(re.compile("2 of 6"))
    page.keyboard.press("ArrowLeft")
    expect(heading(page)).to_have_text(first)
    page.keyboard.press("e")
    expect(page.get_by_label("Words on the picture")).to_be_visible()
    page.go_back()
    page.keyboard.press("w")
    message = page.get_by_role("status")
    expect(message).to_contain_text(f"Called off: “{first}”")
    expect(message).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(message).to_contain_text("It waits for your yes again.")
    expect(heading(page)).to_have_text(first)
    page.keyboard.press("a")
    expect(message).to_contain_text(f"Approved: “{first}”")
    expect(message).to_be_focused()
    expect(page).to_have_title(re.compile("1 of 5"))


def test_a_question_mark_tells_the_keys_and_takes_them_away(come, studio):
    studio.write("keys", "Feet know the keys.")
    page = come(studio, "/posts/keys")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("Approve")
    page.keyboard.press("a")  # not while something lies over the post
    expect(keys).to_be_visible()
    page.keyboard.press("?")
    expect(keys).to_be_hidden()
    page.keyboard.press("?")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.get_by_role("button", name="Keys").press("Enter")
    expect(keys).to_be_visible()
    keys.get_by_role("button", name="Close").press("Space")
    expect(keys).to_be_hidden()
    assert "waits for your yes" in page.get_by_role("main").inner_text()


def test_keys_do_nothing_with_ctrl_or_while_somebody_types(come, studio):
    studio.write("typed", "Feet can wait.")
    page = come(studio, "/posts/typed")
    for key in ("Control+a", "Meta+a", "Alt+a", "Control+e", "Shift+A"):
        page.keyboard.press(key)
    assert page.url == f"{studio.url}/posts/typed"
    page.goto(f"{studio.url}/posts/typed/edit")
    field = page.get_by_label("The words that go with it")
    field.press("End")
    field.press_sequentially(" awesjk?")
    expect(field).to_have_value("Feet can wait. awesjk?")
    assert page.url == f"{studio.url}/posts/typed/edit"
    assert studio.file("typed").read_text("utf-8").endswith("Feet can wait.\n")


def test_the_key_of_a_yes_that_needs_proof_leads_to_the_reason(come, studio):
    studio.write("proven", "Foot massage cures cancer.")
    page = come(studio, "/posts/proven")
    page.keyboard.press("a")
    reason = page.get_by_label("Why may this be said?")
    expect(reason).to_be_focused()
    assert 'status = "draft"' in studio.file("proven").read_text("utf-8")
    page.keyboard.type("a trial")
    expect(reason).to_have_value("a trial")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Approved: “Foot massage cures cancer.”")


def test_the_yes_button_takes_enter_and_space(come, studio):
    for name, key in (("by-enter", "Enter"), ("by-space", "Space")):
        studio.write(name, f"Said {name}.")
        page = come(studio, f"/posts/{name}")
        page.get_by_role("button", name="Approve").press(key)
        expect(page.get_by_role("status")).to_contain_text(f"Approved: “Said {name}.”")


def test_a_mistake_has_the_focus(come, studio):
    studio.write("mistaken", "Feet err.")
    page = come(studio, "/texts")
    page.get_by_role("button", name="Find the posts in it").press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).not_to_be_empty()


def test_what_is_focused_stays_so_when_today_looks_again(come, showroom):
    page = come(showroom)
    page.clock.install()
    page.goto(showroom.url)
    for link in ("See the whole calendar", "on feed"):
        page.get_by_role("link", name=link).first.focus()
        looks_again(page)
        expect(page.get_by_role("link", name=link).first).to_be_focused()
