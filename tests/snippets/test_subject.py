import pytest

from bot.documents import markdown
from bot.documents.plain import parse
from bot.model import Document
from bot.snippets import find_snippets
from bot.snippets.subject import completed, stands_alone


def resolved(text, subject="Sauna"):
    """The words of the last statement of a text."""
    parsed = parse(text)
    found = find_snippets(Document("a", text, parsed.readable, parsed.blocks, ""), subject)
    return max(found, key=lambda snippet: snippet.span).text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("• It reduces tension.", "Sauna reduces tension."),
        ("• It’s great for the hips.", "Sauna is great for the hips."),
        ("• It'll warm your feet.", "Sauna will warm your feet."),
        ("• Reduces everyday tension", "Sauna reduces everyday tension"),
        ("In fact, warm rooms help many people.", "Warm rooms help many people."),
        ("But warm rooms may help.", "Warm rooms may help."),
        ("However, warm rooms may help.", "Warm rooms may help."),
        ("For example, warm rooms may help.", "Warm rooms may help."),
        ("Also Finnish rooms may help.", "Finnish rooms may help."),
        ("Sauna warms. This means that you can rest.", "You can rest."),
        ("Sauna warms the room. It relaxes the muscles.", "Sauna relaxes the muscles."),
        ("• Better sleep at night", "Better sleep at night"),
    ],
)
def test_a_sentence_is_made_to_stand_alone_where_that_is_safe(text, words):
    assert resolved(text) == words
    assert stands_alone(words)


@pytest.mark.parametrize(
    "text",
    [
        "Gum disease harms the teeth. It may lead to worse.",
        "Exercise is very important. It helps improve your mood.",
        "It is important to drink water.",
        "It's a good idea to rest.",
        "It takes an hour to warm up.",
        "They relax the muscles.",
        "Sauna warms. This facilitates rest.",
        "Sauna warms. This means that they can rest.",
        "Sauna warms. This means that by resting, they can sleep.",
        "Hot stones\n\n• It loosens knots.",
        "• He is mentioned in the canon.",
        "However, it relaxes.",
        "Sauna warms. Ibuprofen eases pain. It reduces swelling. It improves sleep.",
        "Sauna oil is warm. It softens your skin.",
        "After the sauna, drink water. It helps your kidneys.",
        "It costs less to prevent pain than to relieve it.",
        "It matters how you sleep.",
        "It follows that less stress improves sleep.",
        "It helps to drink more water.",
        "It is widely held that rest improves sleep.",
        "It was raining, which improves sleep.",
    ],
)
def test_a_sentence_in_doubt_keeps_its_words_and_is_not_posted(text):
    words = resolved(text)
    assert text.endswith(words)
    assert not stands_alone(words)


@pytest.mark.parametrize(
    "title",
    [
        "Benefits of yoga",
        "Yoga benefits",
        "Why choose yoga instead?",
        "What is cortisol?",
        "Why stress is bad?",
        "Myths about sauna",
        "What sauna does not do",
        "Yoga for better sleep",
        "Unlike sauna, yoga helps to:",
    ],
)
def test_under_a_title_that_speaks_of_something_else_nothing_is_said_of_the_subject(title):
    parsed = markdown.parse(f"# {title}\n\n- Improves flexibility\n\nIt improves flexibility.\n")
    found = find_snippets(Document("a", parsed.text, parsed.readable, parsed.blocks, ""), "Sauna")
    assert not any(snippet.text.startswith("Sauna improves") for snippet in found)


@pytest.mark.parametrize(
    "title",
    ["Benefits", "Health benefits", "Benefits of sauna", "Why does it work?", "Better sleep", "Why sauna sessions?"],
)
def test_under_a_title_that_leaves_no_doubt_the_subject_is_named(title):
    parsed = markdown.parse(f"# {title}\n\n- Improves flexibility\n\nIt improves flexibility.\n")
    found = find_snippets(Document("a", parsed.text, parsed.readable, parsed.blocks, ""), "Sauna")
    assert {"Sauna improves flexibility", "Sauna improves flexibility."} <= {snippet.text for snippet in found}


def test_another_of_its_kind_is_not_the_subject():
    assert resolved("Swedish massage is gentle. It eases pain.", "Hot stone massage") == "It eases pain."
    assert resolved("The massage is gentle. It eases pain.", "Hot stone massage") == "Hot stone massage eases pain."


def test_without_a_subject_no_pronoun_is_replaced():
    assert resolved("• It reduces tension.", "") == "It reduces tension."


def test_they_stands_for_a_subject_in_the_plural_and_it_does_not():
    assert resolved("Solar panels are quiet. They last long.", "Solar panels") == "Solar panels last long."
    assert resolved("Solar panels are quiet. It lasts long.", "Solar panels") == "It lasts long."


def test_a_hedge_and_a_condition_stay():
    words = resolved("• It may ease swelling (as long as that is not a symptom).")
    assert words == "Sauna may ease swelling (as long as that is not a symptom)."


def test_an_item_is_completed_by_its_lead_in_or_not_at_all():
    assert completed("Sauna helps to:", "Reduce stress") == "Sauna helps to reduce stress"
    assert completed("Sauna may help with:", "Better sleep") == "Sauna may help with better sleep"
    assert completed("Others suggest:", "Reduce stress") == ""
    assert completed("Sauna does not help to:", "Cure fever") == ""
    assert completed("It can:", "Reduce stress") == ""
