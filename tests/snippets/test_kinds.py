"""What a statement does, told from general words: one invented sentence a fact."""

import pytest

from bot.documents.plain import parse
from bot.model import Document, Kind
from bot.snippets import choose, find_snippets

FILLER = "\n\nOur sauna helps you relax after work.\n\nIt improves your sleep.\n"


def found(text, subject="Sauna"):
    text = f"{FILLER}\n{text}{FILLER}"
    parsed = parse(text)
    snippets = find_snippets(Document("a", text, parsed.readable, parsed.blocks, ""), subject)
    return {snippet.text: snippet for snippet in snippets}


def kind(sentence, subject="Sauna"):
    start = len(FILLER) + 1
    (snippet,) = [one for one in found(f"{sentence} More later.", subject).values() if one.span[0] == start]
    return snippet.kind


@pytest.mark.parametrize(
    "sentence",
    [
        "Your brakes will last up to twice as long.",
        "You will spend less on coal in the first winter.",
        "A steady fire lets busy parents rest with peace of mind.",
        "The oven not only dries the air, but also saves wood.",
        "It catches small leaks before they become costly.",
        "Careful oiling leads to better hinges.",
        "Regular sweeping prevents fires that can lead to ruin.",
        "Say goodbye to cold feet: you can walk barefoot.",
        "A warm stone leaves you rested and gives your back comfort.",
        "Ein Aufguss löst müde Schultern und fördert den Schlaf.",
        "El calor alivia la espalda y mejora el ánimo.",
    ],
)
def test_a_gain_a_promise_or_a_worry_spared_is_a_benefit(sentence):
    assert kind(sentence) is Kind.BENEFIT


@pytest.mark.parametrize(
    "sentence",
    [
        "Welcome to our website about keeping warm!",
        "Below are some of the benefits of heat.",
        "Understanding the benefits of heat takes an evening.",
        "Everybody knows the importance of keeping dry.",
        "A cold bench can be very stressful for easily tired guests.",
        "A crooked bench may increase pain in the back.",
        "Neglecting the stove leads to soot.",
        "Sweeping alone does not really reduce the soot.",
        "Ein Ventilator löst das nicht.",
        "We can't promise that you will get stronger, lose weight or feel better.",
        "Football improves nobody's mood in this town.",
        "Few studies show that a sauna reduces pain.",
        "You will no longer improve your sleep.",
        "A sauna would improve your sleep if it lasted longer.",
        "Every guest gets a locker.",
    ],
)
def test_furniture_problems_and_denials_are_no_benefits(sentence):
    assert kind(sentence) is not Kind.BENEFIT


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A kiuas is a small iron oven that improves the steam.", Kind.DEFINITION),
        ("Members may be refused at the door to avoid a crowd.", Kind.LOGISTICS),
        ("However, avoid the top bench in the first weeks of pregnancy.", Kind.CONTRAINDICATION),
        ("“It felt like a long holiday in the woods.”", Kind.TESTIMONIAL),
    ],
)
def test_other_kinds_keep_their_names(sentence, expected):
    assert kind(sentence) is expected


def test_the_subjects_own_words_are_no_cue():
    assert kind("Book Keeper saves owners an hour a day.", "Book Keeper") is Kind.BENEFIT
    assert kind("Book a table to save time.", "Book Keeper") is Kind.CTA


def test_a_benefit_for_installers_is_no_installation_guide():
    text = "Why install a stove?\n\n- Warmer rooms\n- Quiet evenings\n"
    benefits = {one.text for one in found(text).values() if one.kind is Kind.BENEFIT}
    assert {"Warmer rooms", "Quiet evenings"} <= benefits


def test_a_your_that_is_not_the_readers_is_not_posted():
    line = "Using your elbows allows for better reach between you and the client."
    snippets = found(line)
    assert line in snippets
    assert line not in {one.text for one in choose(list(snippets.values()), 9)}


def test_weak_benefits_alone_are_none():
    text = "The stove was a gift.\n\nIt makes the room look larger.\n\nThe lamp supports it.\n\nA bell hangs there.\n"
    parsed = parse(text)
    snippets = find_snippets(Document("a", text, parsed.readable, parsed.blocks, ""), "Candles")
    assert not [one for one in snippets if one.kind is Kind.BENEFIT]
    assert choose(snippets, 5) == []


@pytest.mark.parametrize(
    "title", ["Myths about the sauna", "What a sauna does not do", "Mitos", "A sauna can't treat:"]
)
def test_what_a_title_or_a_lead_in_denies_is_no_benefit(title):
    denied = found(f"{title}\n\n- Relieves arthritis for good\n- Reduces stress\n").values()
    assert not [one for one in denied if one.kind is Kind.BENEFIT and one.text.endswith(("good", "stress"))]
