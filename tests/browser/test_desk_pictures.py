"""How a picture looks is chosen and seen at once: by hand, by key, with a photo of one's own, and without a script."""

import re

import pytest
from playwright.sync_api import expect

from bot.posts import parse
from tests.browser.test_desk_judged import judged as judged  # noqa: PLC0414 -- the same judge
from tests.web.test_desk_pictures import jpeg

PICTURE = '[[image]]\nheadline = "Warm stones let tired muscles go."\n'
SHOT = "images/backgrounds/warm-stones.jpg"


@pytest.fixture
def photo(studio):
    """A photo that every post of the studio may have."""
    path = studio.folder / SHOT
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        path.write_bytes(jpeg())
    return path


@pytest.fixture
def at(come, studio, photo):
    def at(name, *, front=PICTURE, **ways):
        studio.write(name, "Feet are warm.", front=front)
        return come(studio, f"/posts/{name}/edit", **ways)

    return at


def large(page):
    return page.get_by_role("region", name="How it will look").locator("img.large")


def changed(page, act):
    """What was done shows another picture, whole and at once."""
    expect(large(page)).to_have_attribute("src", re.compile("/tried/"))
    before = large(page).get_attribute("src")
    act()
    expect(large(page)).not_to_have_attribute("src", before)
    expect(large(page)).to_have_js_property("naturalWidth", 1080)


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Saved")


def image(studio, name):
    return parse(studio.file(name).read_text("utf-8"), name).images[0]


def test_a_layout_colours_a_photo_and_its_point_are_chosen_seen_and_saved(at, studio):
    page = at("choose-all")
    before = studio.file("choose-all").read_bytes()
    changed(page, lambda: page.get_by_role("radio", name="Bold").check())
    page.get_by_role("radio", name="Words on a photo").check()
    preview = page.get_by_role("region", name="How it will look")
    expect(preview).to_contain_text("Choose a photo.")
    expect(large(page)).to_have_class(re.compile("old"))
    changed(page, lambda: page.get_by_role("radio", name="Warm stones").check())
    expect(large(page)).not_to_have_class(re.compile("old"))
    pad = page.locator(".pad")
    expect(pad.locator("img")).to_have_js_property("naturalWidth", 640)
    changed(page, lambda: page.get_by_role("radio", name="Top left").check())
    changed(page, lambda: pad.click(position={"x": pad.bounding_box()["width"] * 0.7, "y": 20}))
    expect(page.get_by_role("radio", name="The point you set")).to_be_checked()
    assert studio.file("choose-all").read_bytes() == before
    save(page)
    chosen = image(studio, "choose-all")
    assert (chosen.template, chosen.colours, chosen.photo) == ("photo", "bold", SHOT)
    assert re.fullmatch(r"70% \d+%", chosen.focus)
    assert chosen.alt.endswith("Behind the words: a photo.") or not chosen.alt


def test_only_what_the_layout_shows_is_asked_and_what_was_typed_comes_back(at, studio):
    page = at("choose-back")
    lines = page.get_by_label("Lines of the list")
    expect(lines).to_be_hidden()
    page.get_by_role("radio", name="A list").check()
    changed(page, lambda: lines.fill("Less tension\nMore calm"))
    expect(page.get_by_label("Smaller words below them")).to_be_hidden()
    page.get_by_role("radio", name="A big number").check()
    expect(lines).to_be_hidden()
    page.get_by_role("radio", name="A list").check()
    expect(lines).to_have_value("Less tension\nMore calm")
    save(page)
    assert image(studio, "choose-back").items == ("Less tension", "More calm")


def test_what_is_told_of_a_photo_goes_and_comes_back_with_it(at):
    page = at("choose-told", front=f'{PICTURE}template = "photo"\nphoto = "{SHOT}"\ncredit = "Jo Lee"\n')
    taken = page.get_by_label("Who took it")
    expect(taken).to_have_value("Jo Lee")
    page.get_by_role("radio", name="No photo").check()
    expect(taken).to_be_hidden()
    page.get_by_role("radio", name="Warm stones").check()
    expect(taken).to_have_value("Jo Lee")


def test_a_photo_of_ones_own_is_given_and_seen(at, studio):
    page = at("choose-own")
    page.get_by_role("radio", name="Photo above, words below").check()
    given = {"name": "My Hands.jpg", "mimeType": "image/jpeg", "buffer": jpeg(1500)}
    page.get_by_label(re.compile("Give another photo")).set_input_files(given)
    expect(page.get_by_role("radio", name="My hands")).to_be_checked(timeout=30_000)  # a child reads it first
    expect(large(page)).to_have_attribute("src", re.compile("/tried/"), timeout=30_000)
    save(page)
    assert image(studio, "choose-own").photo == "images/backgrounds/my-hands.jpg"


def test_a_file_that_is_no_photo_is_refused_and_nothing_typed_is_lost(at, studio):
    page = at("choose-bad")
    page.get_by_role("radio", name="Words on a photo").check()
    page.get_by_label("Words on the picture").fill("Typed before.")
    bad = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"<svg onload='alert(1)'></svg>"}
    page.get_by_label(re.compile("Give another photo")).set_input_files(bad)
    expect(page.get_by_role("alert")).to_contain_text("Your photo is an SVG drawing")
    expect(page.get_by_label("Words on the picture")).to_have_value("Typed before.")
    assert not list((studio.folder / "images" / "backgrounds").glob("photo*"))


def test_layouts_are_chosen_by_key(at):
    page = at("choose-keys")
    expect(large(page)).to_have_attribute("src", re.compile("/tried/"))
    page.get_by_role("radio", name="Words on colour").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("radio", name="Closing page")).to_be_checked()
    expect(large(page)).to_have_js_property("naturalWidth", 1080)


def test_without_a_script_it_is_chosen_shown_and_saved(at, studio):
    page = at("choose-plain", java_script_enabled=False)
    page.get_by_role("radio", name="Words on a photo").check()
    page.get_by_role("radio", name="Warm stones").check()
    page.get_by_role("button", name="Show me").click()
    expect(large(page)).to_have_attribute("src", re.compile("/tried/"))
    page.get_by_role("radio", name="Bottom right").check()
    page.get_by_label("Give another photo").set_input_files(
        {"name": "plain hands.jpg", "mimeType": "image/jpeg", "buffer": jpeg(1400)}
    )
    save(page)
    assert (image(studio, "choose-plain").template, image(studio, "choose-plain").photo) == (
        "photo",
        "images/backgrounds/plain-hands.jpg",
    )


def test_of_several_pictures_the_one_at_work_is_shown(at):
    page = at("choose-many", front=f"{PICTURE}{PICTURE.replace('Warm', 'Cold')}")
    expect(large(page)).to_have_attribute("alt", re.compile("Warm stones.*Page 1 of 2"))
    page.get_by_text("Picture 2 of 2").click()
    expect(large(page)).to_have_attribute("alt", re.compile("Cold stones.*Page 2 of 2"))
    changed(page, page.get_by_role("radio", name="Reversed").last.check)


def test_everybody_can_choose(at, judged):
    page = at(
        "choose-judged", front=f'{PICTURE}template = "photo"\nphoto = "{SHOT}"\nfocus = "30% 60%"\ncredit = "Jo"\n'
    )
    expect(large(page)).to_have_attribute("src", re.compile("/tried/"))
    assert judged(page) == []
    page.get_by_role("radio", name="A list").check()
    expect(page.get_by_role("region", name="How it will look")).to_contain_text("Write the lines of the list.")
    assert judged(page) == []
