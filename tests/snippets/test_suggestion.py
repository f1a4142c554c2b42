"""What a text may be about, for a person to confirm."""

import pytest

from bot.documents.plain import parse
from bot.model import Document
from bot.snippets.suggestion import fits, suggest_subject


def document(text):
    parsed = parse(text)
    return Document("a.txt", text, parsed.readable, parsed.blocks, "")


@pytest.mark.parametrize(
    ("title", "body", "subject"),
    [
        (
            "The Benefits of Hot Stone Massage",
            "A hot stone massage is warm. Hot stone massage eases.",
            "Hot stone massage",
        ),
        ("Why Solar Panels?", "Solar panels last. We fit solar panels.", "Solar panels"),
        ("Bike Service - Dave's Shop", "Our bike service is quick. A bike service in spring pays.", "Bike service"),
        ("HVAC", "HVAC needs care. We care for HVAC.", "HVAC"),
        ("Welcome", "We are glad that you came.", ""),
        ("10 Reasons Why", "One is rest.", ""),
    ],
)
def test_the_phrase_of_the_title_that_the_text_speaks_of_is_suggested(title, body, subject):
    assert suggest_subject(document(f"{title}\n\n{body}\n")) == subject


def test_the_studios_subject_stands_for_nothing_in_a_text_that_never_names_it():
    sauna = document("Sauna\n\nThe sauna is warm. Massages are given upstairs.\n")
    assert not fits("Ashiatsu massage", sauna)
    assert fits("The sauna", sauna)
    assert not fits("Massage", sauna)
    assert fits("Massage", document("Our rooms\n\nA massage is calm. Massages are given upstairs.\n"))
