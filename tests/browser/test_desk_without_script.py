"""The desk in a browser that runs no script: every act is a link or a form."""

import pytest
from playwright.sync_api import expect

from tests.browser.hand import Hand
from tests.composer.test_asking import STONES


@pytest.fixture
def plain(come, studio):
    return lambda address: come(studio, address, java_script_enabled=False)


def said(page):
    return page.get_by_role("status")


def test_words_are_edited_and_approved(plain, studio):
    studio.write("plain-words", "Feet are plain.")
    page = plain("/posts/plain-words")
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("The words that go with it").fill("Feet are plain and strong.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(said(page)).to_contain_text("Saved. It waits for your yes as it reads now.")
    page.get_by_role("link", name="Edit").click()
    page.get_by_text("More", exact=True).click()
    page.get_by_label("Tags").fill("feet strong")
    page.get_by_role("button", name="Save and approve").click()
    expect(said(page)).to_contain_text("Approved: “Feet are plain and strong.”")
    assert 'status = "approved"' in studio.file("plain-words").read_text("utf-8")


def test_a_mistake_is_told_beside_its_field_and_nothing_is_lost(plain, studio):
    studio.write("plain-mistake", "Feet may err.")
    page = plain("/posts/plain-mistake/edit")
    page.get_by_label("The words that go with it").fill("Feet may err twice.")
    page.get_by_text("More", exact=True).click()
    page.get_by_label("Link", exact=True).fill("somewhere")
    page.get_by_role("button", name="Save", exact=True).click()
    link = page.get_by_label("Link", exact=True)
    expect(link).to_be_visible()
    expect(link).to_have_attribute("aria-invalid", "true")
    expect(link).to_have_value("somewhere")
    expect(page.get_by_label("The words that go with it")).to_have_value("Feet may err twice.")


def test_of_two_who_write_the_second_sees_both(plain, studio):
    studio.write("plain-two", "Feet are two.")
    first, second = plain("/posts/plain-two/edit"), plain("/posts/plain-two/edit")
    for page, words in ((first, "Feet are many."), (second, "Feet are few.")):
        page.get_by_label("The words that go with it").fill(words)
        page.get_by_role("button", name="Save", exact=True).click()
    alert = second.get_by_role("alert")
    expect(alert).to_contain_text("Feet are many.")
    expect(alert).to_contain_text("Feet are few.")
    second.get_by_role("button", name="Save", exact=True).click()
    expect(said(second)).to_contain_text("Saved")
    assert "Feet are few." in studio.file("plain-two").read_text("utf-8")


def test_a_withdrawal_is_undone(plain, studio):
    studio.write("plain-off", "Feet stay.")
    page = plain("/posts/plain-off")
    page.get_by_role("button", name="Withdraw").click()
    expect(said(page)).to_contain_text("Called off: “Feet stay.”")
    page.get_by_role("button", name="Undo").click()
    expect(said(page)).to_contain_text("It waits for your yes again.")
    assert page.url.startswith(f"{studio.url}/posts/plain-off")


def test_proof_is_a_reason_that_must_be_given(plain, studio):
    studio.write("plain-cure", "Foot massage cures cancer, they say.")
    page = plain("/posts/plain-cure")
    page.get_by_role("button", name="Approve").click()
    assert page.url == f"{studio.url}/posts/plain-cure"  # the browser itself asks for it
    page.get_by_label("Why may this be said?").fill("Our trial of 2025.")
    page.get_by_role("button", name="Approve").click()
    expect(said(page)).to_contain_text("Approved")


def test_a_text_is_pasted(plain, studio):
    hand = Hand(plain("/texts"))
    hand.types("What shall it be called?", "Swedish")
    hand.types("The words", "Swedish massage helps you sleep better and relieves your tired legs.")
    hand.clicks("button", "Find the posts in it")
    expect(said(hand.page)).to_contain_text("drafted")
    assert (studio.folder / "documents" / "swedish.txt").exists()


def test_what_a_text_is_about_is_said_and_more_is_drafted(plain, studio):
    config = studio.folder / "config.toml"
    (studio.folder.parent / "stones.md").write_text(STONES, "utf-8")
    hand = Hand(plain("/texts"))
    hand.chooses("Choose the file", studio.folder.parent / "stones.md")
    hand.clicks("button", "Find the posts in it")
    hand.clicks("button", "Yes, use this name")
    expect(said(hand.page)).to_contain_text("more posts are drafted")
    assert '"documents/stones.md" = "Hot stone massage"' in config.read_text("utf-8")
    hand.clicks("link", "Texts")
    hand.sees("About Hot stone massage")


def test_a_question_is_answered(come, showroom):
    page = come(showroom, java_script_enabled=False)
    need = page.get_by_role("listitem").filter(has_text="Did “This post was asked second.” go out?").last
    need.get_by_label("Its address").fill("https://example.com/there")
    need.get_by_role("button", name="It is there").click()
    expect(said(page)).to_contain_text("Thank you: that is settled.")
    page.get_by_role("link", name="This post was asked second.").click()
    expect(page.get_by_role("link", name="on feed")).to_have_attribute("href", "https://example.com/there")


def test_what_only_a_script_can_do_is_not_offered(plain, studio):
    studio.write("plain-keys", "Feet know no keys.")
    page = plain("/posts/plain-keys")
    expect(page.get_by_role("button", name="Keys")).to_have_count(0)
