from pathlib import Path

import pytest

from bot.documents import read
from bot.model import Kind, Level
from bot.snippets import choose, find_snippets
from bot.snippets.claims import is_flagged

ARTICLE = Path(__file__).parents[2] / "documents" / "ashiatsu-for-runners.txt"
SUBJECT = "Ashiatsu massage"
POSTED = [
    "Ashiatsu massage reduces chronic tension.",
    "Ashiatsu massage is great for the psoas, glutes, and hips.",
    "Ashiatsu massage forces you to relax and increases systemic balance.",
    "The wide, long strokes in Ashiatsu help circulate lymph throughout its many channels in the body.",
    (
        "Ashiatsu is especially good for releasing chronic pressure in deep, hard to reach muscles and is especially "
        "well suited to those who can’t seem to get enough pressure during massages."
    ),
]


@pytest.fixture
def document():
    return read(ARTICLE, "documents/ashiatsu-for-runners.txt")


@pytest.fixture
def snippets(document):
    return find_snippets(document, SUBJECT)


@pytest.mark.parametrize("words", POSTED)
def test_the_articles_benefits_are_found_and_posted(snippets, words):
    assert words in {snippet.text for snippet in snippets if snippet.kind is Kind.BENEFIT}
    assert words in {snippet.text for snippet in choose(snippets, 8)}


def test_the_first_post_is_the_authors_first_reason_on_an_unflagged_sentence(document, snippets):
    first = choose(snippets, 1)[0]
    assert first.text == POSTED[0]
    assert first.topic == "tension"
    assert document.text[slice(*first.span)] == "It reduces chronic tension."
    assert first.support.text.startswith("Using the feet as the main tool,")
    assert " ".join(document.text[slice(*first.support.span)].split()) == first.support.text


def test_history_definition_and_the_question_are_never_posted(snippets):
    posted = " ".join(snippet.text for snippet in choose(snippets, 99))
    for never in ("12th century", "thousands of years", "1990", "translates", "Why Ashiatsu", "uses feet to"):
        assert never not in posted


def test_what_leaves_no_room_and_what_outdoes_all_is_flagged(snippets):
    rules = {claim.rule: snippet.text for snippet in snippets for claim in snippet.claims}
    assert "forces you to relax" in rules["absolute"]
    assert "the deepest therapeutic massage available" in rules["superlative"]
    assert all(claim.level is Level.REVIEW for snippet in snippets for claim in snippet.claims)


def test_at_least_four_posts_need_no_second_look(snippets):
    chosen = choose(snippets, 8)
    assert sum(not snippet.risk for snippet in chosen) >= 4
    assert not any(is_flagged(snippet.support.text) for snippet in chosen if snippet.support)


def test_reasons_sum_up_to_the_score(snippets):
    for snippet in snippets:
        assert sum(float(reason.split()[0]) for reason in snippet.reasons) == pytest.approx(snippet.score)
    best = next(snippet for snippet in snippets if snippet.text == POSTED[0])
    assert any(reason.endswith("gain: reduces") for reason in best.reasons)


def test_benefits_come_first_and_best_first(snippets):
    kinds = [snippet.kind is Kind.BENEFIT for snippet in snippets]
    assert kinds == sorted(kinds, reverse=True)
    scores = [snippet.score for snippet in snippets if snippet.kind is Kind.BENEFIT]
    assert scores == sorted(scores, reverse=True)


def test_without_a_subject_no_post_opens_with_a_pronoun(document):
    chosen = choose(find_snippets(document, ""), 8)
    assert chosen
    assert not any(snippet.text.startswith(("It ", "It’s ", "They ", "This ")) for snippet in chosen)
