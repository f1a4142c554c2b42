"""The open workspace: what it remembers between two acts."""

import pytest

from bot.app import open_app
from bot.config import read_config
from bot.daemon import Daemon
from bot.errors import DocumentError

POST = '+++\nformat = 1\nid = "{0}"\nstatus = "approved"\naccounts = ["feed"]\n{1}+++\nCalm words of {0}.\n'
LATE = "publish_at = 2020-01-01T09:00:00\n"


@pytest.fixture
def app(workspace):
    app = open_app(workspace)
    yield app
    app.close()


def write(app, name, front="", file=""):
    path = app.root / "posts" / f"{file or name}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(POST.format(name, front))
    return path


def test_planning_one_post_forgets_its_trouble_and_nobody_elses(app):
    for name in "ab":
        write(app, name, LATE)
    app.plan()
    assert set(app.troubles) == {"posts/a.md", "posts/b.md"}
    write(app, "a")
    app.plan(only="a")
    assert set(app.troubles) == {"posts/b.md"}


def test_the_trouble_of_a_post_whose_file_breaks_or_moves_goes_with_it(app):
    path = write(app, "a", LATE)
    app.plan(only="a")
    path.write_text("broken")
    app.plan(only="a")
    assert "publish_at" not in app.troubles["posts/a.md"].what
    path.unlink()
    write(app, "a", LATE, file="z")
    app.plan(only="a")
    assert set(app.troubles) == {"posts/z.md"}


def test_a_stopped_plan_forgets_no_trouble(app):
    write(app, "a", LATE)
    for name in "bcde":
        write(app, name)
    app.plan()
    for name in "bcd":
        (app.root / f"posts/{name}.md").unlink()
    assert app.plan().stopped
    assert app.plan(only="a").stopped
    assert set(app.troubles) == {"posts/a.md"}
    app.plan(accept_missing=True)
    assert set(app.troubles) == {"posts/a.md"}


def test_what_the_daemons_threads_share_is_there_before_them(app):
    Daemon(app)
    assert {"planner", "vault", "_seasons"} <= vars(app).keys()


def test_what_a_document_is_about_is_taken_as_it_runs_and_nothing_else_is(app):
    (app.root / "documents/a.txt").write_text("One thing.", "utf-8")
    app.name_subject("documents/a.txt", "Hot stone massage")
    assert app.config == read_config(app.root)
    config = app.root / "config.toml"
    config.write_text(config.read_text("utf-8").replace('"Hot stone massage"', '"Warm stones"'), "utf-8")
    assert app.take_subjects(read_config(app.root))
    assert app.config.subjects == {"documents/a.txt": "Warm stones"}
    config.write_text(config.read_text("utf-8").replace("Warm", "Hot").replace("Quiet Feet", "Loud Feet"), "utf-8")
    assert not app.take_subjects(read_config(app.root))
    assert app.config.subjects == {"documents/a.txt": "Warm stones"}


def test_a_document_is_read_again_when_it_has_changed(app):
    path = app.root / "documents/a.txt"
    for text in ("One thing.", "Another thing, said at length."):
        path.write_text(text, "utf-8")
        assert app.document("documents/a.txt").text == text
    path.unlink()
    with pytest.raises(DocumentError):
        app.document("documents/a.txt")
