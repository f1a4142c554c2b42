"""Snippets -> drafts."""

import pytest

from bot.composer import compose, identity, slug
from bot.composer.lists import Listed
from bot.config import Config
from bot.model import (
    Account,
    Brand,
    Claim,
    Document,
    Image,
    Kind,
    Level,
    Post,
    Snippet,
    Source,
    Status,
    Support,
)

CONFIG = Config(
    root="/nowhere",
    workspace="w",
    brand=Brand("Quiet Feet"),
    subject="",
    zone="UTC",
    link="https://example.com/book",
    hashtags=("massage",),
    accounts=(Account("feed", "site"), Account("second", "site")),
)
DOCUMENT = Document("documents/a.txt", "text", "text", (), "f" * 64)
SUPPORT = Support("The feet carry more weight.", (50, 80))


def snippet(text="Ashiatsu massage eases tension.", support=SUPPORT, **more):
    return Snippet(text, Kind.BENEFIT, 2.0, (), (10, 40), support=support, topic="tension", **more)


def drafts(*snippets, offered=(), taken_ids=(), number_from=1):
    listed = [Listed((one,)) for one in snippets]
    return compose(DOCUMENT, CONFIG, listed=listed, offered=offered, taken_ids=taken_ids, number_from=number_from)


def test_a_snippet_becomes_a_draft_that_says_where_it_is_from():
    (draft,) = drafts(snippet())
    headline, support = "Ashiatsu massage eases tension.", "The feet carry more weight."
    assert draft.post == Post(
        id="ashiatsu-massage-eases-tension",
        status=Status.DRAFT,
        accounts=("feed", "second"),
        text=f"{headline}\n\n{support}",
        images=(Image(headline, support, alt=f"{headline} {support}"),),
        topic="tension",
        link="https://example.com/book",
        tags=("massage",),
        source=Source("documents/a.txt", "f" * 64, ((10, 40), (50, 80))),
        path="posts/01-ashiatsu-massage-eases-tension.md",
    )
    assert not draft.is_flagged


def test_a_lead_in_is_part_of_the_source():
    (draft,) = drafts(snippet(lead=Support("Massage may help to:", (0, 9))))
    assert draft.post.source.spans == ((10, 40), (0, 9), (50, 80))


def test_no_support_no_empty_line():
    (draft,) = drafts(snippet(support=None))
    assert draft.post.text == draft.post.images[0].alt == "Ashiatsu massage eases tension."


def test_a_long_support_is_posted_but_not_drawn():
    long = " ".join(["word"] * 33)
    (draft,) = drafts(snippet(support=Support(long, (50, 80))))
    assert draft.post.text.endswith(long)
    assert draft.post.images[0].support == ""
    assert "word" not in draft.post.images[0].alt


def test_a_flagged_support_is_dropped_from_the_words_the_picture_and_the_source():
    (draft,) = drafts(snippet(support=Support("It cures cancer.", (50, 80))))
    assert draft.post.text == "Ashiatsu massage eases tension."
    assert (draft.post.images[0].support, draft.post.source.spans) == ("", ((10, 40),))
    assert not draft.is_flagged


def test_a_flagged_snippet_is_a_draft_with_its_claims():
    claim = Claim(Level.REVIEW, "rule", "words", "why", "source")
    note, flagged, found = drafts(
        snippet("One.", claims=(Claim(Level.NOTE, "rule", "words", "why", "source"),)),
        snippet("Two.", claims=(claim,)),
        snippet("It cures cancer."),
    )
    assert (note.is_flagged, flagged.is_flagged, found.is_flagged) == (False, True, True)
    assert flagged.claims == (claim,)
    assert flagged.post.status is Status.DRAFT


def test_what_was_offered_does_not_come_back():
    offered = {identity("  ashiatsu MASSAGE eases\ntension. ")}
    assert [draft.post.id for draft in drafts(snippet(), snippet("Two."), offered=offered)] == ["two"]


def test_other_words_are_another_snippet():
    assert identity("Words.") != identity("Other words.")


def test_numbers_go_on_and_names_are_taken_once():
    made = drafts(snippet("Less stress!"), snippet("Less stress?"), taken_ids=["less-stress"], number_from=99)
    assert [draft.path for draft in made] == ["posts/99-less-stress-2.md", "posts/100-less-stress-3.md"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It’s great for the psoas, glutes, and hips.", "its-great-for-the-psoas-glutes-and-hips"),
        ("Füße & Größe — naïve café", "fusse-grosse-naive-cafe"),
        ("足圧マッサージ", "post"),
        ("", "post"),
        ("word " * 20, "-".join(["word"] * 9)),
        ("x" * 100, "x" * 48),
    ],
)
def test_a_slug_is_short_and_plain(text, name):
    assert slug(text) == name
