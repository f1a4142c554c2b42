import re
from datetime import date
from pathlib import Path

import pytest

from bot.model import Kind, Level
from bot.snippets.claims import find_claims, is_flagged, place_claims
from bot.snippets.claims_file import rules

CORPUS = Path(__file__).parents[1] / "corpus" / "docs"
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
    "Are you free on Tuesday afternoon?",
    "Treat yourself to an hour of quiet.",
    "We follow best practice at every visit.",
    "Our bakers fill the shelves with warm treats for our neighbours.",
    "He always had a passion for baking.",
    "It is best to book early, and at least a day ahead.",
    "We are always open on Sundays.",
    "Most people come once a month.",
    "We do our best to be on time.",
    "The first class is on Monday; the latest one starts at nine.",
    "The nearest bus stop is round the corner.",
    "Bring whatever you need for every lesson.",
    "We save you time on the paperwork.",
    "Choose the best day for your visit.",
    "A plan that suits you best.",
    "We look for cavities at every visit.",
    "Mulch keeps diseases away from the plants.",
    "Learn more about insomnia.",
    "Is there anything for diabetics?",
    "Other clients prefer the morning.",
    "Our members do not need to book.",
    "The best day to come is Tuesday.",
    "Regular cleaning keeps a carpet fresh.",
    "Windows let in more light.",
]
TABLE = {
    "cures a condition": ("It cures diabetes.", "Massage does not cure arthritis."),
    "cancer": ("Massage comforts people with cancer.", "Ask your doctor first if you have cancer."),
    "pregnancy or children": (
        "It relieves pain during pregnancy.",
        "Not advised in pregnancy: it eases too little.",
    ),
    "instead of medicine": ("It is as effective as medication.", "It is not a replacement for medication."),
    "guarantee": ("Results guaranteed.", "We cannot guarantee a result."),
    "treats many conditions": ("It treats over 100 conditions.", "It does not treat the 100 conditions listed there."),
    "named condition": ("It helps people with arthritis.", "Tell your therapist if you have arthritis."),
    "complaint": ("It eases back pain.", "Poor posture causes back pain."),
    "illness": ("Massage lowers the risk of infection.", "Dirt can lead to infections."),
    "medicinal word": ("It promotes healing.", "After surgery tissues need time to heal."),
    "long-standing complaint": (
        "It eases tension that has been present for years.",
        "We have been present in town for years.",
    ),
    "body readings": ("It lowers your blood pressure.", "We take your blood pressure at the door."),
    "immune system": ("It strengthens the immune system.", "Not suitable for anyone with a weak immune system."),
    "detox": ("It flushes out toxins.", "Our paints are free of toxins."),
    "germs": ("It kills germs on every surface.", "Damp air leads to mold."),
    "nutrition": ("Our bread is rich in fibre.", "The shelves are full of bread."),
    "weight and body shape": ("You lose weight without trying.", "The sheets come back without wrinkles."),
    "personal attribute": ("Are you tired of being in pain?", "If you are in pain, ask your doctor before you come."),
    "looks and age": ("It smooths fine lines.", "The wine is ageing in the cellar."),
    "scope of practice": ("Our therapists diagnose what is wrong.", "Our therapists do not diagnose."),
    "safe and effective": ("A safe, gentle, and effective way to rest.", "Park in a safe place."),
    "safe": ("A safe and natural approach.", "Is it safe to park here?"),
    "free of pain": ("You live free of pain.", "If you are in acute pain, tell your doctor first."),
    "bodily function": ("It improves brain function.", "We play music from the heart of town."),
    "medical standing": ("A form of preventive medicine.", "Keep your medicine in the locker."),
    "guarantee with terms": (
        "All repairs carry a 12-month guarantee.",
        "No guarantee on parts over 10 years old.",
    ),
    "superlative": ("We are the No. 1 studio in town.", "Which one is best for a beginner?"),
    "absolute": ("It forces you to relax.", "Some spas specialize in floating entirely."),
    "sweeping promise": ("It eliminates every risk.", "We eliminate the need to call."),
    "proof": ("Studies have shown that it works.", "There is little research: studies show no clear effect."),
    "borrowed authority": ("According to the World Health Organization it works.", "We plan according to your needs."),
    "vouched for": ("The benefits are well documented.", "Bring the documents you have."),
    "figure": ("It cuts your waiting by 30 %.", "Late cancellations are charged at 50 %."),
    "money": ("You save money on your bills.", "It draws up a statement of profit and loss."),
    "cost": ("It prevents costly repairs.", "The course costs forty euros."),
    "green": ("An eco-friendly choice.", "The climate in the room is pleasant."),
    "somebody's result": ("My back pain is gone.", "My favourite hour of the week."),
    "running others down": ("The big chains are crooks.", "A no-nonsense cut."),
    "comparison": ("It is far safer than a motorcycle.", "Choose any day other than Monday."),
    "before and after": ("See our before and after photos.", "Drink water before and after your visit."),
    "rivals": ("Unlike other salons, we listen.", "Bring other shoes."),
    "pain": ("It eases aches and pains.", "It eases tension."),
    "circulation": ("It improves circulation.", "The magazine has a wide circle of readers."),
    "teeth": ("It removes plaque.", "Brush twice a day."),
    "free": ("Parking is free of charge.", "You are free to move."),
}
"""For each rule words that it finds, and near ones that it must not."""
ALSO = [
    ("It reduces stress and anxiety.", "named condition"),
    ("Gum disease is silent.", "named condition"),
    ("It balances your hormones.", "bodily function"),
    ("The freshest coffee in town.", "superlative"),
    ("Nothing is more fun than a class with us.", "superlative"),
    ("You’ll never clean an oven again.", "sweeping promise"),
    ("It pays back sooner, and for less cost.", "cost"),
    ("A Professor at the local university found it calming.", "vouched for"),
    ("It has no soulless rooms.", "comparison"),
    ("Ein Leben ohne Stress, nachweislich.", "vouched for"),
    ("Una vida sin dolor.", "free of pain"),
    ("Headaches and Migraines", "named condition"),
    ("Migraines can be treated with massage.", "cures a condition"),
    ("Whether you’re struggling with pain, massage helps.", "personal attribute"),
    ("The deepest therapeutic massage available.", "superlative"),
    ("A warmth like no other.", "superlative"),
    ("It shrinks your carbon footprint.", "green"),
    ("Solar panels can reduce your electricity bills.", "money"),
    ("Free. Forever.", "absolute"),
    ("Members lose 8 kg on average.", "weight and body shape"),
    ("Reduce la inflamación.", "illness"),
    ("Eliminación de toxinas.", "detox"),
    ("Sin efectos secundarios.", "safe and effective"),
    ("Giftstoffe werden ausgeschwitzt.", "detox"),
    ("Das stärkt das Immunsystem.", "immune system"),
    ("It restores the nervous system.", "bodily function"),
    ("It helps with digestive problems.", "illness"),
    ("It treats the root cause.", "medicinal word"),
    ("It removes all visible imperfections.", "looks and age"),
    ("A calm that no app can match, and others cannot replicate.", "comparison"),
    ("Your garden stays pest-free.", "absolute"),
    ("There is no better way to rest.", "superlative"),
    ("The carpet institute recommends a clean once a year.", "borrowed authority"),
    ("Stress is the leading cause of absence.", "proof"),
    ("Are you drinking too much?", "personal attribute"),
    ("Ethically sourced coffee.", "green"),
    ("Menor consumo y ahorro energético.", "money"),
    ("Die modernste Technik.", "superlative"),
    ("Melanoma found early.", "cancer"),
    ("Salt caves clear your lungs.", "bodily function"),
    ("It trims your waist.", "looks and age"),
    ("Solar panels pay for themselves.", "money"),
    ("You speak Spanish in 30 days.", "absolute"),
    ("More than 500 companies rely on us.", "vouched for"),
    ("Cheap contractors will let you down.", "comparison"),
    ("Is your back killing you?", "personal attribute"),
    ("It settles colicky babies.", "pregnancy or children"),
]


def named(words, **about):
    return {claim.rule for claim in find_claims(words, **about)}


@pytest.mark.parametrize("words", CLEAR)
def test_everyday_words_are_not_flagged(words):
    assert find_claims(words) == ()


@pytest.mark.parametrize("rule", [rule for rule in rules() if rule.kind is None], ids=lambda rule: rule.name)
def test_each_rule_finds_its_words_and_no_near_ones(rule):
    found, near = TABLE[rule.name]
    assert rule.name in named(found)
    assert rule.name not in named(near)
    assert is_flagged(found) == (rule.level is not Level.NOTE)


@pytest.mark.parametrize(("words", "rule"), ALSO)
def test_a_claim_is_found_in_other_words_and_languages_too(words, rule):
    assert rule in named(words)


@pytest.mark.parametrize("rule", [rule.name for rule in rules() if rule.level is Level.BLOCK])
def test_the_gravest_comes_first(rule):
    first = find_claims(TABLE[rule][0])[0]
    assert (first.level, first.rule) == (Level.BLOCK, rule)


def test_what_a_graver_claim_holds_already_is_not_told_beside_it():
    assert named("It cures diabetes.") == {"cures a condition"}
    assert named("It cures diabetes and flushes out toxins.") == {"cures a condition", "detox"}


def test_pain_alone_is_a_note():
    assert [claim.level for claim in find_claims("It eases aches and pains.")] == [Level.NOTE]


def test_a_claim_quotes_the_words_it_found_and_says_where_they_stand():
    said = "İt is calm. No. 2: it “Flushes out\nTOXINS”!"
    ((claim, (start, end)),) = place_claims(said)
    assert (claim.words, said[start:end]) == ("TOXINS", "TOXINS")
    assert find_claims(said) == (claim,)


def test_what_stands_in_one_sentence_excuses_no_other():
    assert "detox" in named("Our paints are free of toxins. It flushes out toxins.")


def test_a_line_that_is_full_ends_no_sentence_but_an_item_does():
    assert "cures a condition" in named("It cures\ndiabetes.")
    assert "cures a condition" not in named("Tell us of:\n- wounds that heal\n- diabetes")


def test_a_caution_claims_nothing_of_the_conditions_it_names_but_its_promises_count():
    caution = "Not for people with diabetes or cancer."
    assert find_claims(caution, kind=Kind.CONTRAINDICATION) == ()
    assert named("Not while pregnant; you save money.", kind=Kind.CONTRAINDICATION) == {"money"}


def test_what_seldom_claims_is_not_asked_for_a_kind_but_is_where_the_kind_is_unknown():
    assert named("Headaches") == {"complaint"}
    assert named("Headaches", kind=Kind.BENEFIT) == {"complaint"}
    assert named("Headaches", kind=Kind.OTHER) == set()


def test_a_bare_heading_names_what_comes_but_a_sentence_and_a_bullet_claim_it():
    assert named("Lower energy bills", kind=Kind.OTHER) == set()
    assert named("Lower energy bills", kind=Kind.BENEFIT) >= {"money"}
    assert named("It lowers energy bills.", kind=Kind.OTHER) >= {"money"}


@pytest.mark.parametrize("rule", [rule for rule in rules() if rule.level is Level.BLOCK], ids=lambda rule: rule.name)
def test_what_blocks_is_asked_of_every_kind(rule):
    assert not rule.not_in
    assert rule.kind is None


def test_a_customers_result_counts_as_the_advertisers_claim():
    said = "“I feel better after each visit.”"
    assert "testimonial" in named(said, kind=Kind.TESTIMONIAL)
    assert named(said) == {"somebody's result"}
    assert named("“I forget that I am in the tank.”", kind=Kind.TESTIMONIAL) == set()


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_every_rule_says_why_and_what_is_safer_and_where_that_is_written_and_when_it_was_read(rule):
    assert rule.why
    assert rule.safer
    assert rule.source.rule
    assert rule.source.where
    assert date.fromisoformat(f"{rule.source.date}-01"[:10])


def test_no_rule_finds_its_own_safer_words_grave():
    for rule in rules():
        quoted = re.findall("“(.+?)”", rule.safer)
        assert quoted or "“" not in rule.safer
        assert not any(is_flagged(words) for words in quoted), rule.name


def test_what_is_forbidden_is_told_wherever_it_stands():
    said = "It cures arthritis. It heals asthma and treats depression.\nIt prevents dementia."
    told = [claim.words for claim in find_claims(said) if claim.level is Level.BLOCK]
    assert told == ["cures arthritis", "heals asthma and treats depression", "prevents dementia"]


@pytest.mark.parametrize(
    "words",
    [
        "Our labour rate is £60 an hour, and we will help you choose the parts.",
        "Labour is included, and the booking is easy.",
        "Baby shower cakes made easy",
        "This cake was conceived to help you celebrate.",
        "We help 24/7, in all weather conditions.",
        "You get your money back if we cancel.",
        "To guarantee your place, call before noon.",
        "We bake every single day.",
        "The studio has permanently moved to Bath Street.",
        "In the worst case we come back tomorrow.",
        "Do not peel the paper off.",
        "Our best-loved tea",
        "The most common question in the shop",
        "Erection of a garden shed",
        "Please stop smoking near the gas meter.",
        "Good grief, it was cold.",
        "Do you hate your boiler?",
        "The main cause of a cold radiator is air.",
        "Our vets advise a walk before lunch.",
        "Hot stones are £5 extra.",
        "Never flush wet wipes or food waste.",
        "Ticks are parasites.",
        "We are next to the butchers.",
        "Guests are shown to their room.",
        "Call us with any question.",
        "Every dog gets a biscuit.",
        "Keine Angst, wir helfen.",
        "Wir falten den Teig.",
        "Speak to Anna within two days of your visit.",
    ],
)
def test_what_a_shop_says_every_day_is_no_claim(words):
    assert not is_flagged(words)


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Safe in pregnancy.", Level.BLOCK),
        ("It cures colds.", Level.BLOCK),
        ("A cure for insomnia.", Level.BLOCK),
        ("Cures what ails you.", Level.BLOCK),
        ("Reduces swelling after sport.", Level.REVIEW),
        ("Removes heavy metals.", Level.REVIEW),
        ("Anti-inflammatory.", Level.REVIEW),
        ("Keeps colds away.", Level.REVIEW),
        ("Lindert Rheuma.", Level.REVIEW),
    ],
)
def test_short_claims_are_claims(words, level):
    assert find_claims(words)[0].level is level


@pytest.mark.parametrize("mark", ["\u200b", "\u00ad", "\u2060", "\u200d", "\u200c", "\u200e", "\ufe0f", "\u3164"])
def test_what_nobody_sees_hides_no_claim(mark):
    words = f"Massage cu{mark}res can{mark}cer."
    plain = {(claim.rule, claim.level) for claim in find_claims("Massage cures cancer.")}
    assert {(claim.rule, claim.level) for claim in find_claims(words)} == plain
    for claim, (start, end) in place_claims(words):
        assert words[start:end].replace(mark, "") in "Massage cures cancer."
        assert claim.words
