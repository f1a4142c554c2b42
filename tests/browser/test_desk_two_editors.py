"""Two people at one post, and a third with a text editor: nobody's words are lost, and nobody says yes unseen."""

import pytest
from playwright.sync_api import expect

WORDS = "The words that go with it"


@pytest.fixture
def two(come, studio):
    """Two people in front of the same page."""

    def two(address, other=""):
        return come(studio, address), come(studio, other or address)

    return two


def save(page, words=""):
    if words:
        page.get_by_label(WORDS).fill(words)
    page.get_by_role("button", name="Save", exact=True).click()


def test_the_second_sees_both_and_then_can_save(two, studio):
    file = studio.write("two-edit", "Feet walk.")
    anna, ben = two("/posts/two-edit/edit")
    ben.get_by_label(WORDS).fill("Feet dance.")
    save(anna, "Feet run.")
    expect(anna.get_by_role("status")).to_contain_text("Saved")
    save(ben)
    both = ben.get_by_role("alert")
    expect(both).to_contain_text("Nothing was overwritten.")
    expect(both).to_contain_text("Feet run.")
    expect(both).to_contain_text("Feet dance.")
    expect(both).to_be_focused()
    expect(ben.get_by_label(WORDS)).to_have_value("Feet dance.")
    assert "Feet run." in file.read_text("utf-8")
    save(ben, "Feet run and dance.")
    expect(ben.get_by_role("status")).to_contain_text("Saved")
    assert file.read_text("utf-8").endswith("Feet run and dance.\n")


def test_what_is_approved_while_somebody_writes_keeps_both(two, studio):
    file = studio.write("two-yes", "Feet rest.")
    anna, ben = two("/posts/two-yes", "/posts/two-yes/edit")
    ben.get_by_label(WORDS).fill("Feet rest well.")
    anna.get_by_role("button", name="Approve").click()
    expect(anna.get_by_role("status")).to_contain_text("Approved: “Feet rest.”")
    save(ben)
    expect(ben.get_by_role("alert")).to_contain_text("Somebody changed this post while you were writing.")
    expect(ben.get_by_label(WORDS)).to_have_value("Feet rest well.")
    assert 'status = "approved"' in file.read_text("utf-8")
    save(ben)
    expect(ben.get_by_role("status")).to_contain_text("It waits for your yes")
    ben.goto(f"{studio.url}/posts/two-yes")
    expect(ben.get_by_role("button", name="Approve")).to_be_visible()


def test_nobody_says_yes_to_what_somebody_else_wrote_meanwhile(two, studio):
    file = studio.write("two-unseen", "Feet listen.")
    anna, ben = two("/posts/two-unseen", "/posts/two-unseen/edit")
    save(ben, "Feet talk.")
    expect(ben.get_by_role("status")).to_contain_text("Saved")
    anna.get_by_role("button", name="Approve").click()
    expect(anna.get_by_role("status")).to_contain_text("Nothing was done: this is how it reads now.")
    expect(anna.get_by_role("heading", level=1)).to_have_text("Feet talk.")
    assert 'status = "draft"' in file.read_text("utf-8")


def test_a_text_editor_is_an_editor_too(come, studio):
    file = studio.write("two-by-hand", "Feet think.")
    page = come(studio, "/posts/two-by-hand/edit")
    page.get_by_label(WORDS).fill("Feet dream.")
    studio.write("two-by-hand", "Feet think twice.")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("Feet think twice.")
    expect(page.get_by_role("alert")).to_contain_text("Feet dream.")
    assert "Feet think twice." in file.read_text("utf-8")


def test_a_file_that_broke_or_went_while_somebody_wrote_takes_no_words_along(come, studio):
    file = studio.write("two-gone", "Feet go.")
    page = come(studio, "/posts/two-gone/edit")
    page.get_by_label(WORDS).fill("Feet come back.")
    expect(page.get_by_role("region", name="How it will look")).to_contain_text("Feet come back.")
    file.unlink()
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("This post is not here any more")
    expect(page.get_by_role("main")).to_contain_text("Feet come back.")
    studio.write("two-gone", "Feet go.")
    page.go_back()
    expect(page.get_by_label(WORDS)).to_have_value("Feet come back.")


def test_words_that_were_not_changed_by_anybody_are_no_conflict(two, studio):
    studio.write("two-same", "Feet agree.")
    anna, ben = two("/posts/two-same/edit")
    save(anna)
    expect(anna.get_by_role("status")).to_contain_text("Saved")
    save(ben, "Feet agree more.")
    expect(ben.get_by_role("status")).to_contain_text("Saved")
