"""Never twice, never lost: what the folder keeps when things go wrong."""

import json
import os
import shutil
import sys

import feedparser
import pytest

from bot.errors import CannotTell, Rejected, Unavailable, Unconfirmed


@pytest.fixture
def site(workspace):
    return workspace.open()


def entries(site):
    return sorted(path.name for path in (site.folder / "entries").glob("*.json"))


def test_an_entry_keeps_all_that_its_pages_need(site, workspace):
    message = workspace.message()
    receipt = workspace.publish(site, message, "k1")
    kept = json.loads((site.folder / "entries" / "k1.json").read_bytes())
    assert (kept["format"], kept["post"], kept["title"]) == (1, "tension", message.title)
    assert (kept["link"], kept["tags"], kept["quotes"]) == (message.link, ["ashiatsu"], ["It reduces tension."])
    assert (kept["published"], kept["url"]) == ("2026-12-01T09:01:00Z", receipt.url)
    assert kept["media"][0]["alt"] == "Words on green."
    assert (site.folder / "media" / f"{kept['media'][0]['sha256']}.jpg").is_file()


def test_a_second_occurrence_has_its_own_address(site, workspace):
    message = workspace.message()
    urls = [workspace.publish(site, message, key).url.rsplit("/")[-1] for key in ("k1", "k2", "k3")]
    assert urls == ["tension.html", "tension-2.html", "tension-3.html"]


def test_prepare_shows_the_public_nothing(site, workspace):
    site.build()
    before = (site.folder / "index.html").read_bytes(), (site.folder / "feed.xml").read_bytes()
    site.prepare(workspace.message())
    assert ((site.folder / "index.html").read_bytes(), (site.folder / "feed.xml").read_bytes()) == before
    assert entries(site) == []


def test_a_picture_that_is_not_what_its_name_says_is_rejected(site, workspace):
    message = workspace.message()
    (workspace.media / f"{message.parts[0].media[0].sha256}.jpg").write_bytes(b"else")
    with pytest.raises(Rejected, match="damaged"):
        site.prepare(message)


def test_a_damaged_copy_is_made_again(site, workspace):
    message = workspace.message()
    (name,) = site.prepare(message).values.values()
    size = (site.folder / name).stat().st_size
    (site.folder / name).write_bytes(b"\0" * size)
    site.prepare(message)
    assert (site.folder / name).read_bytes() == (workspace.media / name.removeprefix("media/")).read_bytes()


def test_a_missing_picture_waits_for_its_disk(site, workspace):
    message = workspace.message()
    shutil.rmtree(workspace.media)
    with pytest.raises(Unavailable):
        site.prepare(message)


def test_a_folder_that_cannot_be_used_posts_nothing(workspace):
    (workspace.root / "blocked").write_text("a file")
    site = workspace.open(folder="blocked/site")
    message = workspace.message()
    for act in (lambda: site.prepare(message), lambda: workspace.publish(site, message, "k1"), site.build):
        with pytest.raises(Unavailable, match="blocked"):
            act()


def test_somebody_elses_website_is_not_written_over(site, workspace):
    site.folder.mkdir()
    (site.folder / "index.html").write_text("mine")
    with pytest.raises(Unavailable, match=r"index\.html.*not from this program"):
        site.build()
    assert (site.folder / "index.html").read_text() == "mine"
    (site.folder / "entries").mkdir()
    site.build()
    assert (site.folder / "index.html").read_text() != "mine"


def test_a_full_disk_before_the_entry_posts_nothing(site, workspace):
    resource = pytest.importorskip("resource")
    site.build()
    message = workspace.message(media=(), text="long " * 4000)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8000, hard))
    try:
        with pytest.raises(Unavailable, match="cannot be used now"):
            workspace.publish(site, message, "k1")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert entries(site) == []
    assert workspace.find(site, message, "k1") is None


def test_pages_that_cannot_be_made_do_not_unpublish_the_entry(site, workspace, caplog):
    site.build()
    (site.folder / "index.html").unlink()
    (site.folder / "index.html").mkdir()
    receipt = workspace.publish(site, workspace.message(), "k1")
    assert "could not be made now" in caplog.text
    (site.folder / "index.html").rmdir()
    assert workspace.find(site, workspace.message(), "k1") == receipt
    assert "posts/tension.html" in (site.folder / "index.html").read_text()


def test_find_makes_the_pages_that_a_kill_left_unmade(site, workspace):
    receipt = workspace.publish(site, workspace.message(), "k1")
    for name in ("index.html", "feed.xml", "feed.json", "posts/tension.html"):
        (site.folder / name).unlink()
    assert workspace.find(workspace.open(), workspace.message(), "k1") == receipt
    assert "posts/tension.html" in (site.folder / "index.html").read_text()
    assert len(feedparser.parse((site.folder / "feed.xml").read_bytes()).entries) == 1


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"format": 1}', b"[" * 100_000, b'{"a": "\\ud800"}', b"NaN"),
        b"1" * 5000,
    ],
)
def test_files_that_are_no_entries_are_passed_over(site, workspace, content):
    workspace.publish(site, workspace.message(), "k1")
    (site.folder / "entries" / "foreign.json").write_bytes(content)
    (site.folder / "entries" / "folder.json").mkdir()
    (site.folder / "entries" / "copy.json").write_bytes((site.folder / "entries" / "k1.json").read_bytes())
    workspace.publish(site, workspace.message(post="other"), "k2")
    assert len(feedparser.parse((site.folder / "feed.xml").read_bytes()).entries) == 2


def test_a_broken_entry_is_not_published_again_and_a_person_is_asked(site, workspace):
    message = workspace.message()
    workspace.publish(site, message, "k1")
    (site.folder / "entries" / "k1.json").write_bytes(b"{")
    with pytest.raises(Unconfirmed, match="restore it"):
        workspace.publish(site, message, "k1")
    with pytest.raises(CannotTell, match="restore it"):
        workspace.find(site, message, "k1")
    assert workspace.publish(site, message, "k2").url.endswith("tension-2.html")


@pytest.mark.parametrize("key", ["", "../k", "a/b", ".k", "k" * 129, "a\0"])
def test_a_key_is_never_a_path(site, workspace, key):
    with pytest.raises(ValueError, match="cannot name an entry"):
        workspace.publish(site, workspace.message(), key)


def test_wherever_it_is_killed_a_post_appears_once(workspace):
    """A child dies at each file operation of a publish in turn; then we look, and send only what is absent."""
    message = workspace.message()
    for step in range(500):
        site = workspace.open(folder=f"site-{step}")
        child = os.fork()
        if child == 0:
            die_at(step, site.folder)
            try:
                workspace.publish(site, message, "k1")
            finally:
                os._exit(0)
        died = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
        found = workspace.find(site, message, "k1")
        receipt = found or workspace.publish(site, message, "k1")
        assert workspace.find(site, message, "k1") == receipt
        assert entries(site) == ["k1.json"]
        assert not feedparser.parse((site.folder / "feed.xml").read_bytes()).bozo
        assert "posts/tension.html" in (site.folder / "index.html").read_text()
        shutil.rmtree(site.folder)
        if not died:
            break
    assert 20 < step < 499, "every step of a publish was a place to die"


def die_at(step, folder):
    left = [step]

    def watch(event, args):
        if event in {"open", "os.rename", "os.mkdir", "os.listdir", "os.scandir"} and str(folder) in str(args):
            left[0] -= 1
            if left[0] < 0:
                os._exit(9)

    sys.addaudithook(watch)
