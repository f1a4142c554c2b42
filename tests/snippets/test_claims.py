import pytest

from bot.model import Kind, Level
from bot.snippets.claim_rules import RULES
from bot.snippets.claims import find_claims, is_flagged

CLEAR = [
    "Ashiatsu massage reduces chronic tension.",
    "Ashiatsu massage is great for the psoas, glutes, and hips.",
    "The wide, long strokes in Ashiatsu help circulate lymph throughout its many channels in the body.",
    "Massage relieves everyday stress and aids sleep.",
    "It improves your mood and your sense of well-being.",
    "A massage is a good way to relax after a long week.",
    "Yoga can help you become more flexible.",
    "Regular grooming keeps the coat free of mats.",
    "Teams feel calmer and more focused.",
    "The forest is the nearest place to rest.",
    "While many parts of the work can be done at home, others are best left to a sweep.",
    "One of the biggest advantages of a stove is its warmth.",
]
REVIEWED = [
    ("It eases chronic pain.", "condition needing evidence"),
    ("It reduces stress and anxiety.", "condition needing evidence"),
    ("It helps people with arthritis.", "named condition"),
    ("It strengthens the immune system.", "immune system"),
    ("It flushes out toxins.", "detox"),
    ("You lose weight without trying.", "weight and body shape"),
    ("The deepest therapeutic massage available.", "superlative"),
    ("We are the No. 1 studio in town.", "superlative"),
    ("It forces you to relax.", "absolute"),
    ("A safe, gentle, and effective way to rest.", "safe and effective"),
    ("Studies have shown that it works.", "proof"),
    ("According to the World Health Organization it works.", "borrowed authority"),
    ("It cuts your costs by 30 %.", "figure"),
    ("You save money on your bills.", "money"),
    ("An eco-friendly choice.", "green"),
    ("It shrinks your carbon footprint.", "green"),
    ("A warmth like no other.", "superlative"),
    ("Reduce la inflamación.", "illness"),
    ("Giftstoffe werden ausgeschwitzt.", "detox"),
    ("Are you tired of being in pain?", "personal attribute"),
    ("Whether you’re struggling with pain, massage helps.", "personal attribute"),
    ("It promotes healing.", "medicinal word"),
    ("Eliminación de toxinas.", "detox"),
    ("Unlike other salons, we listen.", "rivals"),
]
BLOCKED = [
    ("It cures diabetes.", "cures a condition"),
    ("Migraines can be treated with massage.", "cures a condition"),
    ("Massage comforts people with cancer.", "cancer"),
    ("It relieves pain during pregnancy.", "pregnancy or children"),
    ("It is as effective as medication.", "instead of medicine"),
    ("Results guaranteed.", "guarantee"),
    ("It treats over 100 conditions.", "treats many conditions"),
]


@pytest.mark.parametrize("words", CLEAR)
def test_everyday_words_are_not_flagged(words):
    assert find_claims(words) == ()


@pytest.mark.parametrize(("words", "rule"), REVIEWED)
def test_a_claim_wants_a_person(words, rule):
    assert rule in {claim.rule for claim in find_claims(words) if claim.level is Level.REVIEW}
    assert is_flagged(words)


@pytest.mark.parametrize(("words", "rule"), BLOCKED)
def test_a_grave_claim_wants_a_person_by_name(words, rule):
    first = find_claims(words)[0]
    assert (first.level, first.rule) == (Level.BLOCK, rule)


def test_pain_alone_is_a_note():
    assert [claim.level for claim in find_claims("It eases aches and pains.")] == [Level.NOTE]
    assert not is_flagged("It eases aches and pains.")


def test_a_claim_quotes_the_words_it_found():
    (claim,) = find_claims("It strengthens the immune system.")
    assert claim.words in "It strengthens the immune system."
    assert claim.why


def test_a_caution_claims_nothing():
    assert find_claims("Not for people with diabetes or cancer.", kind=Kind.CONTRAINDICATION) == ()


def test_a_customers_result_counts_as_the_advertisers_claim():
    said = "“I feel better after each visit.”"
    assert "testimonial" in {claim.rule for claim in find_claims(said, kind=Kind.TESTIMONIAL)}
    assert find_claims(said) == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_says_why_and_where_that_is_written_and_when_it_was_read(rule):
    assert rule.why
    assert "2026-11" in rule.source
