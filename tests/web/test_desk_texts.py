"""The address of a page, given at the desk."""

import html
import re

import pytest

from tests.io.site import answer, page_site

PAGE = "# Foot massage\n\nFoot massage helps you sleep better and relieves your tired legs.\n"
OTHER = "# Foot massage\n\nFoot massage relieves back pain after a long day.\n"


@pytest.fixture
def here(tmp_path_factory, monkeypatch):
    with page_site(tmp_path_factory.mktemp("site"), monkeypatch, PAGE) as one:
        yield one


def problem(said):
    """What went wrong, as a person reads it; nothing that only the command line knows is in it."""
    assert said.status_code == 422
    told = html.unescape(re.search(r'role="alert"[^>]*>(.*?)</p>', said.text, re.DOTALL)[1])
    assert not re.search(r"`|--\w|bot |Traceback|Error", told)
    return told


def test_posts_are_drafted_from_the_address_of_a_page(visitor, here):
    said = visitor.post("/texts", page=f" {here.url}/massage ")
    assert said.ok
    assert "1 post is drafted" in said.text
    kept = visitor.folder / "documents" / "site.test-massage.md"
    assert kept.read_text(encoding="utf-8").startswith(PAGE)
    listed = visitor.get("/texts").text
    assert f'<a href="{here.url}/massage" rel="noreferrer">' in listed


def test_an_address_may_be_written_as_people_write_it(visitor, here):
    assert visitor.post("/texts", page=f"site.test:{here.port}/massage").ok
    assert (visitor.folder / "documents" / "site.test-massage.md").exists()


def test_a_page_that_reads_differently_now_replaces_its_copy_after_a_question(visitor, here):
    visitor.post("/texts", page=f"{here.url}/massage")
    assert 'name="again"' not in visitor.get("/texts").text
    here.pages["/massage"] = answer(OTHER.encode(), "text/markdown")
    asked = visitor.post("/texts", page=f"{here.url}/massage")
    assert "reads differently now" in problem(asked)
    assert 'name="again"' in asked.text
    assert f'value="{here.url}/massage"' in asked.text
    kept = visitor.folder / "documents" / "site.test-massage.md"
    assert kept.read_text(encoding="utf-8").startswith(PAGE)
    assert visitor.post("/texts", page=f"{here.url}/massage", again="yes").ok
    assert kept.read_text(encoding="utf-8").startswith(OTHER)


REFUSED = {
    "http://site.test/massage": "only https is fetched",
    "https://127.0.0.1/": "write the name of the site",
    "https://localhost/": "https://localhost/: write the name of the site",
    "file:///x": "file:///x: the address of a page begins with https://",
    "localhost:8030": "write the name of the site",
    "https://site.test:22/": "only the usual port",
    "my page": "no spaces",
    "https://<script>alert(1)</script>/": "write the name of the site",
    "/gone": "there is no such page",
    "/picture": "only web pages, plain text, Markdown, PDF and Word files are read",
    "/empty": "The text is empty.",
}


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_cannot_be_fetched_is_told_beside_what_was_typed(visitor, here, address):
    here.pages |= {"/picture": answer(b"\x89PNG", "image/png"), "/empty": answer(b" ", "text/plain")}
    whole = here.url + address if address[0] == "/" else address
    said = visitor.post("/texts", page=whole)
    assert REFUSED[address] in problem(said)
    assert f'value="{html.escape(whole)}"' in said.text.replace("&#34;", "&quot;")
    assert list((visitor.folder / "documents").iterdir()) == []


def test_a_text_of_nothing_but_blanks_is_called_empty(visitor):
    assert problem(visitor.post("/texts", words="  \n ", name="feet")) == "The text is empty."


def test_more_than_one_text_at_a_time_is_none(visitor, here):
    given = {"page": f"{here.url}/massage", "words": "Foot massage improves circulation."}
    assert "more than one text" in problem(visitor.post("/texts", **given))
    file = {"file": ("a.txt", b"Foot massage improves circulation.")}
    assert "more than one text" in problem(visitor.post("/texts", files=file, page=given["page"]))
    assert here.asked == []
    assert list((visitor.folder / "documents").iterdir()) == []
