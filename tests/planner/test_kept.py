"""What a planning round remembers from the one before is believed only while the files are the same."""

import hashlib
import os
import time

import pytest

from bot.images import draw

PICTURE = '[[image]]\nheadline = "Calm feet"'
LONG_AGO = time.time() - 3600


def settle(path):
    """As if it had been written an hour ago."""
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def write(studio, *how, **more):
    return settle(studio.write(*how, **more))


def quoting(studio):
    """A post that stands on the first sentence of its document, planned twice."""
    document = settle(studio.document())
    sha256 = hashlib.sha256(document.read_bytes()).hexdigest()
    source = f'[source]\ndocument = "documents/feet.txt"\nsha256 = "{sha256}"\nspans = [[0, 16]]'
    write(studio, "a", text="Feet are strong.", front=source)
    for _ in range(2):
        assert studio.plan().problems == []
    return document


def drawn(studio):
    """A draft with a picture, looked at twice."""
    write(studio, "a", status="draft", front=PICTURE)
    studio.plan()
    path = settle(studio.root / "images" / "a.jpg")
    for _ in range(2):
        assert studio.plan().problems == []
    return path


def stored(studio):
    return list(studio.open().ledger.media.iterdir())


def test_a_document_that_changes_is_noticed_though_its_post_is_as_it_was(studio):
    document = quoting(studio)
    settle(studio.document(document.read_text().replace("strong", "clever")))
    assert "no longer says what this post quotes" in studio.plan().problems[0].what
    assert studio.reasons() == {"source changed"}
    settle(studio.document())
    assert (studio.plan().problems, studio.reasons()) == ([], set())


def test_a_document_that_vanishes_holds_what_was_approved_until_it_is_back(studio):
    quoting(studio).unlink()
    assert "is gone or cannot be read" in studio.plan().problems[0].what
    assert studio.reasons() == {"source gone"}
    settle(studio.document())
    assert (studio.plan().problems, studio.reasons()) == ([], set())


def test_a_network_that_allows_less_is_noticed_though_nothing_else_changed(studio):
    from bot.model import Limits

    quoting(studio)
    plan = studio.plan_with_limits(Limits(text_max=5))
    assert "16 characters" in plan.problems[0].what
    assert studio.reasons() == {"does not fit"}


@pytest.mark.parametrize("is_settled", [True, False])
def test_a_picture_of_somebody_elses_in_the_place_of_ours_is_noticed(studio, is_settled):
    path = drawn(studio)
    path.write_bytes(b"not ours")
    if is_settled:
        settle(path)
    assert "was not drawn by Footnote" in studio.plan().problems[0].what


def test_a_picture_that_vanishes_is_drawn_again(studio):
    path = drawn(studio)
    before = path.read_bytes()
    path.unlink()
    studio.plan()
    assert path.read_bytes() == before


def test_a_picture_that_vanishes_from_the_ledger_is_put_there_again(studio):
    drawn(studio)
    (kept,) = stored(studio)
    kept.unlink()
    studio.plan()
    assert stored(studio) == [kept]


def test_other_words_draw_another_picture(studio):
    path = drawn(studio)
    write(studio, "a", status="draft", front=PICTURE.replace("feet", "hands"))
    studio.plan()
    app = studio.open()
    assert path.read_bytes() == draw(app.pictures.of_post(app.post("a").post, 0))
    assert len(stored(studio)) == 2


def test_another_alt_text_is_another_message_and_a_picture_that_says_so(studio):
    drawn(studio)
    app = studio.open()
    press, feed = app.planner.press, app.config.account("feed")
    (before,) = press.pictures(app.post("a").post, feed)
    write(studio, "a", status="draft", front=f'{PICTURE}\nalt = "Feet."')
    (after,) = press.pictures(studio.open().post("a").post, feed)
    assert (before.alt, after.alt, after.sha256 == before.sha256) == ("Calm feet", "Feet.", False)
    assert b"Feet.</rdf:li>" in (studio.root / "images" / "a.jpg").read_bytes()


def test_a_photo_that_changes_asks_again_though_its_post_is_as_it_was(studio):
    from bot.planner.freeze import hash_of

    (studio.root / "images").mkdir()
    photo = studio.root / "images" / "feet.jpg"
    photo.write_bytes(b"one")
    write(studio, "a", front='[[image]]\nheadline = "Calm feet"\nphoto = "images/feet.jpg"')
    app = studio.open()
    post = app.post("a").post
    before = app.planner.press.hash_of(post)
    photo.write_bytes(b"two")
    assert app.planner.press.hash_of(post) == hash_of(app.config, post) != before
