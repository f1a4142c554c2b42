"""What became of the sentences of a post: shown as they were beside the nearest ones now."""

import pytest

from bot.documents import read
from bot.planner.changed import lines
from bot.planner.season import source_of
from tests.planner.test_freezing import sourced, told

SAYS = "They carry us all day long."
HELD = {("post", "a", "source changed")}
GONE = {("post", "a", "source gone")}
PAGE = """<html><head><title>Feet</title></head><body><nav><ul>{nav}</ul></nav><main><h1>Feet</h1>
<p>Feet are strong and useful things to have. {says} A walk is good for them, in any weather and in any shoes.</p>
<p>Nobody thanks them for it, though they ask for little: a warm bath now and then, and an hour off the ground.</p>
</main></body></html>"""


def changed(studio, name="a"):
    app = studio.open()
    return source_of(app.planner.press, app.season().posts[name])


def differences(studio):
    return [lines(one) for one in changed(studio).sentences]


def paged(studio, **page):
    path = studio.root / "documents" / "feet.html"
    path.parent.mkdir(exist_ok=True)
    path.write_text(PAGE.format(**{"nav": "<li>Home</li>", "says": SAYS} | page), encoding="utf-8")
    return path


def test_nothing_is_told_of_a_document_that_still_says_it(studio):
    studio.write("a", text=SAYS, front=sourced(studio))
    studio.plan()
    assert changed(studio) is None
    studio.document(f"A new beginning.\n\n{SAYS}\n")
    assert changed(studio) is None


def test_an_approved_sentence_stands_beside_what_became_of_it(studio):
    studio.write("a", text=SAYS, front=sourced(studio))
    studio.plan()
    studio.document("Feet are strong. They carried us all day long. A walk is good for them.\n")
    assert differences(studio) == [("They [carry] us all day long.", "They [carried] us all day long.")]
    assert changed(studio).sentences[0].kept
    studio.plan()
    assert studio.held() == HELD


def test_a_sentence_that_is_taken_back_within_another_is_not_said_any_more(studio):
    studio.write("a", text=SAYS, front=sourced(studio))
    studio.plan()
    studio.document("Feet are strong. Nobody believes that They carry us all day long.\n")
    assert differences(studio) == [(SAYS, f"[Nobody believes that] {SAYS}")]
    studio.plan()
    assert studio.held() == HELD


def test_of_a_draft_its_own_words_stand_for_the_sentence(studio):
    studio.write("a", text=SAYS, status="draft", front=sourced(studio))
    studio.document("Feet are strong. They carry us all night long.\n")
    assert differences(studio) == [("They carry us all [day] long.", "They carry us all [night] long.")]
    assert not changed(studio).sentences[0].kept


def test_a_sentence_with_nothing_like_it_left_stands_alone(studio):
    studio.write("a", text=SAYS, front=sourced(studio))
    studio.plan()
    studio.document("Hands are clever.\n")
    assert differences(studio) == [(SAYS, "")]


def test_a_document_that_is_gone_is_told_with_the_sentences_it_had(studio):
    studio.write("a", text=SAYS, front=sourced(studio))
    studio.plan()
    studio.document().unlink()
    assert changed(studio).is_gone
    assert differences(studio) == [(SAYS, "")]
    studio.plan()
    assert studio.held() == GONE
    studio.document("Feet are strong. They carried us all day long.\n")
    studio.plan()
    assert studio.held() == HELD
    studio.document(f"A new beginning.\n\n{SAYS}\n")
    studio.plan()
    assert studio.held() == set()


def test_a_renamed_document_is_found_by_its_bytes_and_suggested(studio):
    studio.write("a", text=SAYS, front=sourced(studio))
    studio.write("b", text=SAYS, status="draft", front=sourced(studio))
    studio.plan()
    path = studio.document()
    (path.parent / "other.txt").write_text("Hands are clever.\n")
    path.rename(path.with_name("our-feet.txt"))
    assert [changed(studio, name).renamed for name in "ab"] == ["documents/our-feet.txt"] * 2
    assert "documents/our-feet.txt says the very same: write that name under [source]" in told(studio.plan())[0]
    post = studio.path("a")
    post.write_text(post.read_text().replace("documents/feet.txt", "documents/our-feet.txt"))
    assert told(studio.plan()) == []
    assert (studio.held(), changed(studio)) == (set(), None)


@pytest.mark.parametrize("status", ["approved", "draft"])
def test_a_page_whose_menu_changed_says_what_it_said(studio, status):
    page = paged(studio)
    document = read(page, "documents/feet.html")
    start = document.text.index(SAYS)
    spans = [[start, start + len(SAYS)]]
    front = f'[source]\ndocument = "documents/feet.html"\nsha256 = "{document.sha256}"\nspans = {spans}'
    studio.write("a", text=SAYS, status=status, front=front)
    studio.plan()
    paged(studio, nav="<li>Home</li><li>Prices</li><li>They carry parcels all day long.</li>")
    assert (told(studio.plan()), studio.held(), changed(studio)) == ([], set(), None)
    paged(studio, says="They carry us far.")
    assert changed(studio).document == "documents/feet.html"


@pytest.mark.parametrize("status", ["withdrawn", "published"])
def test_nobody_is_asked_about_what_is_called_off_or_out(studio, status):
    studio.write("a", text=SAYS, front=sourced(studio), status="withdrawn" if status == "withdrawn" else "approved")
    studio.plan()
    studio.later(hours=1)
    studio.publish()
    studio.document("Hands are clever.\n")
    assert changed(studio) is None
