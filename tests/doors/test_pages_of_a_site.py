"""The address of a page, at the command line: what is kept, what comes of it, and that a refusal writes nothing."""

import pytest

from tests.io.site import answer, moved, page_site

PAGE = """# Ashiatsu massage

Ashiatsu massage reduces chronic tension. It improves circulation in tired legs.

Ashiatsu massage reduces stress and helps you feel calm again.
"""
OTHER = "# Ashiatsu massage\n\nAshiatsu massage relieves back pain after a long day at a desk.\n"


@pytest.fixture
def here(tmp_path_factory, monkeypatch):
    with page_site(tmp_path_factory.mktemp("site"), monkeypatch, PAGE) as one:
        yield one


def files(workspace):
    return {
        path: path.read_bytes() for path in workspace.rglob("*") if path.is_file() and ".footnote" not in path.parts
    }


def test_snippets_of_a_page_write_nothing(bot, workspace, here):
    before = files(workspace)
    told = bot("snippets", f"{here.url}/massage")
    assert told.exit_code == 0
    assert "Ashiatsu massage reduces chronic tension." in told.output
    assert "site.test-massage.md, line 3 [" in told.output
    assert files(workspace) == before


def test_posts_are_drafted_from_a_page_and_quote_the_copy_that_is_kept(bot, workspace, here):
    here.pages["/old"] = moved("/massage")
    told = bot("compose", f"{here.url}/old")
    assert told.exit_code == 0
    assert f"copied {here.url}/massage to documents/site.test-massage.md" in told.output
    kept = workspace / "documents" / "site.test-massage.md"
    assert kept.read_text(encoding="utf-8").startswith(PAGE)
    posts = [path.read_text(encoding="utf-8") for path in (workspace / "posts").glob("*.md")]
    assert posts
    assert all('document = "documents/site.test-massage.md"' in post for post in posts)
    again = bot("compose", f"{here.url}/massage")
    assert "says the same" in again.output
    assert "no new drafts" in again.output


def test_a_page_that_says_something_else_is_asked_about_and_then_holds_what_it_no_longer_says(bot, workspace, here):
    bot("compose", f"{here.url}/massage")
    post = next((workspace / "posts").glob("*reduces-stress*"))
    bot("approve", post.stem)
    bot("plan")
    here.pages["/massage"] = answer(OTHER.encode(), "text/markdown")
    before = files(workspace)
    refused = bot("compose", f"{here.url}/massage")
    assert refused.exit_code == 2
    assert "`--again` replaces it" in refused.output
    assert files(workspace) == before
    taken = bot("compose", f"{here.url}/massage", "--again")
    assert taken.exit_code == 0
    assert "copied" in taken.output
    assert "source changed" in bot("plan").output + bot("status").output


@pytest.mark.parametrize("command", ["snippets", "compose"])
@pytest.mark.parametrize(
    "address",
    [
        *["http://site.test/massage", "https://127.0.0.1/", "https://[::1]/", "ftp://site.test/", "file:///etc/passwd"],
        *[
            "https://localhost/",
            "https://site.test:22/",
            "https://a@site.test/",
            "/gone",
            "/picture",
            "/empty",
            "/inside",
        ],
    ],
)
def test_a_refusal_is_one_sentence_and_writes_nothing(bot, workspace, here, command, address):
    here.pages |= {
        "/picture": answer(b"\x89PNG", "image/png"),
        "/empty": answer(b"  ", "text/plain"),
        "/inside": moved("https://169.254.169.254/latest/meta-data/"),
    }
    before = files(workspace)
    told = bot(command, here.url + address if address[0] == "/" else address)
    assert told.exit_code == 2
    assert len(told.output.splitlines()) == 1
    assert files(workspace) == before


def test_nothing_is_written_when_one_of_several_pages_is_refused(bot, workspace, here):
    before = files(workspace)
    assert bot("compose", f"{here.url}/massage", f"{here.url}/gone").exit_code == 2
    assert files(workspace) == before
