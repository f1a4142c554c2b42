"""A long sentence is cut where a clause ends, and only where nothing is taken back."""

import pytest

from bot.snippets.headline import headline_of

CUT = [
    (
        (
            "A scratch resistant coating helps to improve the life of every lens, helping your "
            "spectacles to last for years and years."
        ),
        "A scratch resistant coating helps to improve the life of every lens.",
    ),
    (
        "Increased warmth carries more blood to your tired and heavy legs, so they recover faster after a long run.",
        "Increased warmth carries more blood to your tired and heavy legs.",
    ),
    (
        (
            "The sauna relaxes every muscle of the neck and the back; guests sleep through the night "
            "after the very first evening."
        ),
        "The sauna relaxes every muscle of the neck and the back.",
    ),
]
TAKEN_BACK = [
    "so the effect is gone by the morning and every muscle hurts again.",
    "and it makes every wound and every bruise that you have far worse.",
]
TAKEN_BACK_ASIDE = [
    "a claim long refuted by every study that was made of it anywhere.",
    "hardly any team of the last ten years has found this to be true.",
    "for about one in ten of the people who come to us in the winter.",
    "assuming that you come every week for a year and stretch every day.",
    "that, at least, is what the advertisement in the paper told us all.",
    "all of this is a myth that the rivals in the town keep alive.",
    "during pregnancy it is to be avoided by all women in every month.",
    "nearly all of the effect is gone by the very next morning.",
    "in mice that were kept warm for three weeks by a team in Oslo.",
]
KEPT = [
    "The sauna relaxes every muscle of the neck and the back.",
    "The sauna relaxes every muscle of the neck and the back, so you sleep better if you drink enough of the water.",
    "The sauna relaxes every muscle of the neck and the back, which may help some of our guests to sleep the night.",
    "The sauna relaxes every muscle of the neck and the back, which does not replace the visit to your own doctor.",
    (
        "The sauna relaxes muscles, nerves, minds, pets, neighbours, bakers, butchers, children, "
        "parents, and the lovely people who are near."
    ),
    (
        "When the sauna relaxes every muscle of the neck and the back, making room for sleep, the "
        "night is a long and good one."
    ),
    "The sauna isn’t just good for the muscles of the back; it’s the best thing that you will do in this whole week.",
    "“The sauna relaxes every muscle of the neck and the back, making room for a long sleep”, says one of our guests.",
    "They relax every muscle of the neck and of the whole back, helping your guests to sleep through every night.",
    "The bench in the sauna is of wood from a forest behind the house, making a seat for six of our guests at once.",
]


@pytest.mark.parametrize(("sentence", "headline"), CUT)
def test_a_headline_is_a_clause_that_says_a_gain(sentence, headline):
    assert headline_of(sentence) == headline


@pytest.mark.parametrize(
    "rest", [f", {one}" for one in TAKEN_BACK] + [f"{mark} {one}" for one in TAKEN_BACK_ASIDE for mark in (";", " –")]
)
def test_nothing_is_cut_off_that_takes_the_rest_back(rest):
    assert headline_of(f"The sauna relaxes every muscle of the neck and the back{rest}") == ""


@pytest.mark.parametrize("sentence", KEPT)
def test_a_sentence_is_left_whole_where_the_rest_hedges_denies_or_is_needed(sentence):
    assert headline_of(sentence) == ""
