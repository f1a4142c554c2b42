"""From the link that opens the desk to the posts that everybody can read: what it takes, with every kind of hand."""

from playwright.sync_api import expect

from tests.browser.hand import Hand, comes
from tests.browser.running import ARTICLE

FIRST = "Ashiatsu massage reduces chronic tension."
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
MOST = 15


def test_the_first_post_is_out_after_a_few_acts(desk, page):
    hand = Hand(page, desk.link)
    give_the_article(hand)
    hand.presses("a")
    hand.sees(f"Approved: “{FIRST}”")
    look_at_the_first(hand)
    hand.clicks("button", "Send now")
    is_out_in_public(hand, desk)
    assert hand.acts <= MOST, hand.done


def test_a_whole_article_is_approved_and_its_first_post_is_out_after_a_few_acts(desk, page):
    hand = Hand(page, desk.link)
    give_the_article(hand)
    for left in range(6, 0, -1):
        hand.sees(f"1 of {left}")
        hand.presses("a")
        hand.sees("Approved")
    assert hand.heading == "Nothing waits for you"
    hand.clicks("link", FIRST)
    hand.sees("It has your yes")
    hand.clicks("button", "Send now")
    is_out_in_public(hand, desk)
    assert hand.acts <= MOST, hand.done


def test_a_finger_is_enough(desk, come):
    hand = Hand(come(desk, **PHONE), desk.url, by_finger=True)
    give_the_article(hand)
    hand.clicks("button", "Approve")
    hand.sees(f"Approved: “{FIRST}”")
    look_at_the_first(hand)
    hand.clicks("button", "Send now")
    is_out_in_public(hand, desk)
    assert hand.acts <= MOST, hand.done


def test_no_script_is_needed(desk, come):
    hand = Hand(come(desk, java_script_enabled=False), desk.url)
    give_the_article(hand)
    hand.clicks("button", "Approve")
    hand.sees(f"Approved: “{FIRST}”")
    look_at_the_first(hand)
    hand.clicks("button", "Send now")
    is_out_in_public(hand, desk)
    assert hand.acts <= MOST, hand.done


def give_the_article(hand):
    hand.opens()
    hand.clicks("link", "Give a text")
    hand.chooses("Choose the file", ARTICLE)
    hand.clicks("button", "Find the posts in it")
    hand.sees("6 posts are drafted")
    hand.sees("1 of 6")
    assert hand.heading == FIRST


def look_at_the_first(hand):
    hand.clicks("link", "Today")
    hand.clicks("link", FIRST)
    hand.sees("It has your yes, and goes out at its time.")


def is_out_in_public(hand, desk):
    """The feed shows it, and the desk says so, with a link that leads there."""
    hand.sees("It goes out now")
    link = hand.page.get_by_role("link", name="on feed")
    comes(hand.page, link)
    expect(hand.page.get_by_role("main")).to_contain_text("It is out.")
    with hand.page.expect_popup() as opened:
        link.click()
    public = opened.value
    assert public.url.startswith(desk.feed)
    expect(public.get_by_role("main")).to_contain_text(FIRST)
    public.goto(desk.feed)
    comes(public, public.get_by_role("img", name=FIRST).first)
