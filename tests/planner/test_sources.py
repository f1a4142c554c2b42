"""A document that was edited after posts were drafted from it."""

import pytest

from bot.errors import FootnoteError
from bot.fitting import from_json
from bot.planner import cite_again
from bot.planner.sources import SourceChanged
from tests.planner.test_freezing import sourced, told

SAYS = "They carry us all day long."
LATER = "A new beginning. Feet are strong. They carry us all day long. A walk is good for them.\n"


def quotes(studio):
    return from_json(studio.open().ledger.records.message(studio.row().message)).quotes


def test_a_document_edited_elsewhere_asks_nobody(studio):
    studio.write("a", text=SAYS, front=sourced(studio))
    studio.document(LATER)
    plan = studio.plan()
    assert (told(plan), len(plan.planned)) == ([], 1)
    assert quotes(studio) == (SAYS,)


def test_a_draft_that_says_more_than_the_edited_document_waits_for_a_yes_to_that(studio):
    path = studio.write("a", text=f"{SAYS} And we love them for it.", status="draft", front=sourced(studio))
    studio.document(LATER)
    studio.approve("a")
    [problem] = told(studio.plan())
    assert "does not say all of this any more" in problem
    app = studio.open()
    cite_again(app.config, app.planner.press, app.post("a"))
    plan = studio.plan()
    assert (told(plan), len(plan.planned)) == ([], 1)
    assert quotes(studio) == (SAYS,)
    assert "spans = [[34, 61]]" in path.read_text()


def test_what_a_document_says_nothing_of_any_more_cannot_be_cited(studio):
    studio.write("a", text=SAYS, front=sourced(studio))
    studio.document("Hands are strong.\n")
    app = studio.open()
    with pytest.raises(SourceChanged, match="says nothing of this any more"):
        cite_again(app.config, app.planner.press, app.post("a"))
    (studio.root / "documents" / "feet.txt").unlink()
    with pytest.raises(FootnoteError, match="is gone or cannot be read"):
        cite_again(app.config, app.planner.press, app.post("a"))


def test_a_document_as_it_was_is_cited_as_it_is(studio):
    path = studio.write("a", text=SAYS, front=sourced(studio))
    before = path.read_bytes()
    app = studio.open()
    assert cite_again(app.config, app.planner.press, app.post("a")) == app.post("a")
    assert path.read_bytes() == before


def test_a_planned_post_whose_sentence_went_is_held_until_a_yes_to_what_is_left(studio):
    text = f"Feet are strong. {SAYS}"
    studio.write("a", text=text, front=sourced(studio))
    studio.plan()
    studio.document("Feet are strong. They carried us.\n")
    assert told(studio.plan())
    app = studio.open()
    cite_again(app.config, app.planner.press, app.post("a"))
    assert told(studio.plan()) == []
    assert quotes(studio) == ("Feet are strong.",)
    assert not app.ledger.records.holds()


def test_a_heading_or_two_words_are_no_source_by_chance(studio):
    studio.write("a", text=SAYS, front=sourced(studio))
    studio.document("All day long\n\nCarry us.\n")
    assert "does not say all of this any more" in told(studio.plan())[0]
