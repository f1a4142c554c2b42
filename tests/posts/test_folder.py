"""The posts/ folder."""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from bot.errors import Changed, FootnoteError
from bot.posts import Reader, Shelf, load, save

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
    save(root, "posts/a.md", "one", None)
    with pytest.raises(FootnoteError, match=r"\Aposts/a.md exists already: nothing was written"):
        save(root, "posts/a.md", "two", None)
    assert path.read_text() == "one"


def test_a_post_in_a_folder_of_its_own_is_named_with_it(root):
    put(root, "may/a.md", "one")
    with pytest.raises(Changed, match=r"\Aposts/may/a.md exists already"):
        save(root, "posts/may/a.md", "two", None)


def test_a_change_is_saved_only_over_the_file_it_was_made_from(root):
    path = put(root, "a.md", "one\r\n")
    seen = hashlib.sha256(b"one\r\n").hexdigest()
    save(root, "posts/a.md", "two\r\n", seen)
    assert path.read_bytes() == b"two\r\n"
    with pytest.raises(FootnoteError, match=r"was changed by someone else"):
        save(root, "posts/a.md", "three", seen)
    path.unlink()
    with pytest.raises(FootnoteError, match=r"posts/a.md is gone"):
        save(root, "posts/a.md", "three", seen)
    assert not path.exists()


def test_of_many_who_save_at_once_one_wins_and_the_others_are_told(root):
    path = put(root, "a.md", "start")
    seen = hashlib.sha256(b"start").hexdigest()
    ready = Barrier(16)

    def write(number):
        ready.wait()
        try:
            save(root, "posts/a.md", f"words of {number}", seen)
        except Changed:
            return None
        return number

    with ThreadPoolExecutor(16) as pool:
        winners = [number for number in pool.map(write, range(16)) if number is not None]
    assert len(winners) == 1
    assert path.read_text() == f"words of {winners[0]}"


def test_of_many_new_posts_of_one_name_one_is_written(root):
    def write(number):
        try:
            save(root, "posts/a.md", str(number), None)
        except Changed:
            return 0
        return 1

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(write, range(16))) == 1


ADD_LINES = """
import hashlib, pathlib, sys
from bot.errors import Changed
from bot.posts import save
root, name = pathlib.Path(sys.argv[1]), sys.argv[2]
path = root / "posts/a.md"
sys.stdin.readline()
for number in range(40):
    while True:
        before = path.read_bytes()
        try:
            save(root, "posts/a.md", before.decode() + f"{name} {number}\\n", hashlib.sha256(before).hexdigest())
            break
        except Changed:
            pass
"""


def test_two_processes_that_write_to_one_file_lose_nothing_of_each_other(root):
    path = put(root, "a.md", "start\n")
    command = [sys.executable, "-c", ADD_LINES, str(root)]
    writers = [subprocess.Popen([*command, name], stdin=subprocess.PIPE) for name in "ab"]
    for writer in writers:
        writer.stdin.write(b"go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate()
    assert set(path.read_text().splitlines()) == {
        "start",
        *(f"{name} {number}" for name in "ab" for number in range(40)),
    }


@pytest.fixture
def reader(root):
    """Reads `root` an hour after its files were written."""
    return Reader(root, ["feed"], clock=lambda: NOW + 3600)


def test_a_file_that_is_as_it_was_is_not_read_again(root, reader):
    put(root, "a.md")
    put(root, "autumn/b.md")
    first = reader.load()
    assert [one.path for one in first.posts] == ["posts/a.md", "posts/autumn/b.md"]
    assert all(again is before for again, before in zip(reader.load().posts, first.posts, strict=True))
    assert reader.load() == look(root)


def test_whatever_happens_to_a_file_the_next_look_is_as_if_it_were_the_first(root, reader):
    path = put(root, "a.md")
    put(root, "c.md")

    def replaced():
        other = put(root, "other", (POST % "a").replace("Words", "Swords"))
        other.replace(path)

    happenings = [
        lambda: put(root, "a.md", (POST % "a").replace("Words", "Sword")),  # as long as before, and as old
        replaced,
        lambda: put(root, "a.md", "nothing of a post"),
        lambda: put(root, "a.md", POST % "b"),
        lambda: put(root, "b.md"),
        lambda: path.rename(root / "posts/z.md"),
        (root / "posts/b.md").unlink,
        lambda: (root / "posts/b.md").symlink_to(root / "posts/c.md"),
        lambda: (root / "posts").rename(root / "elsewhere"),
        lambda: (root / "elsewhere").rename(root / "posts"),
    ]
    for happen in happenings:
        reader.load()
        happen()
        assert reader.load() == look(root)


def test_what_was_read_of_a_young_file_is_not_believed(root):
    reader = Reader(root, ["feed"], clock=lambda: NOW)
    put(root, "young.md", age=1)
    put(root, "old.md", age=2)
    (old, young), (old_again, young_again) = reader.load().posts, reader.load().posts
    assert (old_again is old, young_again is young, young_again == young) == (True, False, True)


def test_a_kept_file_that_was_touched_again_is_unsettled(root, reader):
    path = put(root, "a.md")
    assert len(reader.load(NOW).posts) == 1
    os.utime(path, (NOW - 1, NOW - 1))
    assert reader.load(NOW).unsettled == ("posts/a.md",)


def test_a_photo_that_vanishes_is_told_though_the_post_is_as_it_was(root, reader):
    (root / "images").mkdir()
    (root / "images/feet.jpg").touch()
    put(root, "a.md", (POST % "a").replace('"feed"]', '"feed"]\n[[image]]\nphoto = "images/feet.jpg"'))
    assert reader.load().problems == ()
    (root / "images/feet.jpg").unlink()
    assert told(reader.load()) == ["posts/a.md:7: image.photo: images/feet.jpg does not exist"]


def test_threads_that_look_at_once_see_the_same(root, reader):
    for number in range(50):
        put(root, f"p{number}.md")
    with ThreadPoolExecutor(8) as pool:
        shelves = list(pool.map(lambda _: reader.load(), range(8)))
    assert all(one is other for shelf in shelves for one, other in zip(shelf.posts, shelves[0].posts, strict=True))


def test_files_come_in_the_order_of_their_folders(root):
    for name in ("a-b.md", "a/z.md", "a.md/x.md", "B.md", "y.MD"):
        put(root, name)
    assert [one.path for one in look(root).posts] == [
        "posts/B.md",
        "posts/a/z.md",
        "posts/a-b.md",
        "posts/a.md/x.md",
        "posts/y.MD",
    ]
