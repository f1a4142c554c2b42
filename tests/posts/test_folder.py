"""The posts/ folder."""

import hashlib
import os

import pytest

from bot.errors import FootnoteError
from bot.posts import Shelf, load, save

POST = '+++\nformat = 1\nid = "%s"\nstatus = "draft"\naccounts = ["feed"]\n+++\nWords.\n'
NOW = 1_800_000_000.0


@pytest.fixture
def root(tmp_path):
    (tmp_path / "posts").mkdir()
    return tmp_path


def put(root, name, content=None, *, age=60.0):
    path = root / "posts" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((content or POST % path.stem.lower()).encode() if not isinstance(content, bytes) else content)
    os.utime(path, (NOW - age, NOW - age))
    return path


def look(root, **more):
    return load(root, ["feed"], **more)


def told(shelf):
    return [str(problem) for problem in shelf.problems]


def test_posts_come_by_path_with_the_hash_of_their_bytes(root):
    for name in ("10-b.md", "02-a.md", "autumn/01-c.MD"):
        put(root, name, POST % name[:-3].replace("/", "-").lower())
    shelf = look(root)
    assert [(one.path, one.post.path) for one in shelf.posts] == [
        ("posts/02-a.md", "posts/02-a.md"),
        ("posts/10-b.md", "posts/10-b.md"),
        ("posts/autumn/01-c.MD", "posts/autumn/01-c.MD"),
    ]
    assert shelf.posts[0].sha256 == hashlib.sha256((POST % "02-a").encode()).hexdigest()
    assert (shelf.problems, shelf.unsettled, shelf.broken) == ((), (), ())


def test_no_folder_is_an_empty_shelf(tmp_path):
    assert look(tmp_path) == Shelf()


def test_what_editors_and_systems_leave_behind_is_not_read(root):
    for name in (".a.md", "a.md~", "a.md.tmp", ".a.md.swp", ".trash/a.md", "notes.txt", "#a.md#", "a.md.bak"):
        put(root, name, "not a post")
    assert look(root) == Shelf()


def test_a_broken_file_does_not_hide_the_others(root):
    put(root, "a.md", "no front matter")
    put(root, "b.md")
    shelf = look(root)
    assert [one.path for one in shelf.posts] == ["posts/b.md"]
    assert shelf.broken == ("posts/a.md",)
    assert told(shelf) == ["posts/a.md:1: has no front matter: begin with a line +++, and end it with another"]


def test_a_copied_post_is_refused_with_both_names(root):
    put(root, "a.md")
    put(root, "a (conflicted copy).md", POST % "a")
    put(root, "b.md")
    shelf = look(root)
    assert [one.path for one in shelf.posts] == ["posts/b.md"]
    assert shelf.broken == ("posts/a (conflicted copy).md", "posts/a.md")
    assert told(shelf) == [
        'posts/a (conflicted copy).md: has the same id "a" as posts/a.md: delete the copy, or give it an id of its own',
        'posts/a.md: has the same id "a" as posts/a (conflicted copy).md: delete the copy, or give it an id of its own',
    ]


@pytest.mark.parametrize(("age", "is_settled"), [(0, False), (1.9, False), (2.0, True), (-1, False), (-3600, True)])
def test_a_file_is_read_when_it_has_been_unchanged_for_two_seconds(root, age, is_settled):
    put(root, "a.md", age=age)
    shelf = look(root, now=NOW)
    assert (len(shelf.posts), shelf.unsettled) == ((1, ()) if is_settled else (0, ("posts/a.md",)))
    assert shelf.broken == ()


def test_an_account_and_a_photo_that_are_not_there_are_told(root):
    put(root, "a.md", (POST % "a").replace('"feed"]', '"fede"]\n[[image]]\nphoto = "images/no.jpg"'))
    assert told(look(root)) == [
        'posts/a.md:5: accounts: "fede" is not an account in config.toml (known: feed)',
        "posts/a.md:7: image.photo: images/no.jpg does not exist",
    ]


def test_a_photo_that_exists_is_fine(root):
    (root / "images").mkdir()
    (root / "images/feet.jpg").touch()
    put(root, "a.md", (POST % "a").replace('"feed"]', '"feed"]\n[[image]]\nphoto = "images/feet.jpg"'))
    assert [one.post.images[0].photo for one in look(root).posts] == ["images/feet.jpg"]


def test_a_file_that_is_not_utf_8_names_the_line(root):
    put(root, "a.md", (POST % "a").encode() + b"caf\xe9\n")
    assert told(look(root)) == ["posts/a.md:8: is not UTF-8 text: save it as UTF-8"]


def test_a_post_of_two_megabytes_is_refused(root):
    put(root, "a.md", (POST % "a") + "x" * 2_000_000)
    assert told(look(root)) == ["posts/a.md: has 2,000,072 bytes, 1,000,000 allowed: is it a post?"]


def test_a_link_out_of_the_folder_is_refused_and_one_inside_is_a_copy(root):
    (root / "secret.md").write_text(POST % "secret")
    (root / "posts/out.md").symlink_to(root / "secret.md")
    put(root, "a.md")
    assert told(look(root)) == ["posts/out.md: leads out of posts/: put the file itself there"]
    (root / "posts/out.md").unlink()
    (root / "posts/b.md").symlink_to(root / "posts/a.md")
    assert look(root).broken == ("posts/a.md", "posts/b.md")


@pytest.mark.parametrize("now", [None, NOW])
def test_links_that_lead_nowhere_or_round_in_circles_and_pipes_and_folders_do_not_stop_the_look(root, now):
    (root / "posts/nowhere.md").symlink_to(root / "posts/gone")
    (root / "posts/circle.md").symlink_to(root / "posts/circle.md")
    (root / "posts/folder.md").mkdir()
    os.mkfifo(root / "posts/pipe.md")
    put(root, "a.md")
    shelf = look(root, now=now)
    assert [one.path for one in shelf.posts] == ["posts/a.md"]
    assert set(shelf.broken) == {"posts/circle.md", "posts/folder.md", "posts/pipe.md"}


def test_a_new_post_is_saved_and_an_existing_one_is_not_overwritten(root):
    path = root / "posts/a.md"
    save(path, "one", None)
    with pytest.raises(FootnoteError, match=r"posts/a.md exists already: nothing was written"):
        save(path, "two", None)
    assert path.read_text() == "one"


def test_a_change_is_saved_only_over_the_file_it_was_made_from(root):
    path = put(root, "a.md", "one\r\n")
    seen = hashlib.sha256(b"one\r\n").hexdigest()
    save(path, "two\r\n", seen)
    assert path.read_bytes() == b"two\r\n"
    with pytest.raises(FootnoteError, match=r"was changed by someone else"):
        save(path, "three", seen)
    path.unlink()
    with pytest.raises(FootnoteError, match=r"posts/a.md is gone"):
        save(path, "three", seen)
    assert not path.exists()
