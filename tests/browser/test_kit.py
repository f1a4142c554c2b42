"""The browser and its judge, before the pages are brought before them."""

from urllib.request import urlopen

import pytest

from tests.browser.stumbles import stumbles

PAGE = '<!doctype html><html lang="en"><title>Feet</title><main><h1>Feet</h1>{}</main></html>'
STRICT = {"content-type": "text/html", "content-security-policy": "default-src 'none'; img-src 'self'"}


def show(page, content):
    """A page under the strictest policy: the judge must get in all the same."""
    page.route("**/*", lambda route: route.fulfill(headers=STRICT, body=PAGE.format(content)))
    page.goto("http://desk.test/")


def test_the_judge_finds_a_picture_without_words(page, axe):
    show(page, '<img src="feet.jpg">')
    (found,) = axe(page)
    assert found.startswith("image-alt: ")
    assert '<img src="feet.jpg">' in found


def test_the_judge_finds_words_too_pale_to_be_read(page, axe):
    show(page, '<p><font color="#cccccc">Strong feet</font></p>')
    assert [line.partition(":")[0] for line in axe(page)] == ["color-contrast"]


def test_the_judge_has_nothing_to_say_of_a_good_page(page, axe):
    show(page, '<img src="feet.jpg" alt="Feet">')
    assert axe(page) == []


@pytest.mark.parametrize(
    ("policy", "content", "told"),
    [
        ("default-src 'none'", "<script>feet</script>", "Content Security Policy"),
        ("default-src 'none'", '<p style="color: red">Feet</p>', "Content Security Policy"),
        ("script-src 'unsafe-inline'", "<script>feet.walk()</script>", "feet is not defined"),
        ("default-src 'self'", '<link rel="stylesheet" href="gone.css">', "http://desk.test/gone.css: 404"),
    ],
)
def test_what_a_page_stumbles_over_is_told(browser, policy, content, told):
    headers = {"content-type": "text/html", "content-security-policy": policy}
    with browser.new_context() as context:
        found = stumbles(context)
        page = context.new_page()
        page.route("**/*", lambda route: route.fulfill(headers=headers, body=PAGE.format(content)))
        page.route("**/gone.css", lambda route: route.fulfill(status=404))
        page.goto("http://desk.test/")
    assert len(found) == 1
    assert told in found[0]


def test_a_new_desk_opens_with_the_link_it_gives_and_shows_itself_to_nobody_else(desk, page):
    page.goto(desk.url)
    assert "Quiet Feet Studio" in page.content()
    page.goto(desk.link)
    assert page.url == f"{desk.url}/"
    assert b"<html" in urlopen(desk.feed).read()
    assert (desk.folder / "config.toml").exists()
