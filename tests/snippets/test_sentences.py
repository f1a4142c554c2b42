import pytest

from bot.documents.markdown import parse as parse_markdown
from bot.documents.plain import parse
from bot.model import BlockKind, Document
from bot.snippets.sentences import units


def document(text, *, markdown=False):
    parsed = (parse_markdown if markdown else parse)(text)
    return Document("a", text, parsed.readable, parsed.blocks, "", parsed.subject)


def sentences(text, **how):
    return [unit.text for unit in units(document(text, **how))]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Miller warms it by e.g. Finnish stones, i.e. rocks.",
        "It opens at 5 a.m. and closes late.",
        "It is open Sept. 24 to Nov. 14 only.",
        "Built by John F. Kennedy himself in wood.",
        "It is 40.5 degrees warm, vs. 90 dry.",
        "Wie z. B. Eukalyptus im Aufguss.",
        "Free. - No fee.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text):
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It is warm. It is dry.", 2),
        ("It is warm.  “It is dry.” So they say.", 3),
        ("Is it warm? Yes! It is… Very warm.", 4),
        ("It reaches 100 °C. Der Innenraum ist aus Holz.", 2),
        ("It is warm.\u00a0 It is dry.", 2),
        ("Es warm. Ändert sich nie.", 2),
        ("¿Es cálido? ¡Sí! Muy cálido.", 3),
        ("温かいです。乾いています。", 2),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, count):
    assert len(sentences(text)) == count


def test_a_line_of_links_is_not_one_sentence():
    assert sentences("Home • About us • Contact", markdown=True) == ["Home", "About us", "Contact"]


def test_a_sentence_never_crosses_a_block():
    assert sentences("- It is warm\n- It is dry\n") == ["It is warm", "It is dry"]


def test_marks_inside_a_word_leave_no_gap_and_entities_are_read():
    assert sentences("It is **warm**, R&amp;D says; don&#39;t ask.", markdown=True) == [
        "It is warm, R&D says; don't ask."
    ]


def test_a_unit_knows_its_titles_and_its_lead_in():
    text = "# Sauna\n\n## Benefits\n\nIt helps to:\n\n- warm up\n\nDone.\n"
    *_, bullet, done = units(document(text, markdown=True))
    assert bullet.titles == ("Benefits", "Sauna")
    assert bullet.lead.text == "It helps to:"
    assert done.lead is None


def test_a_short_numbered_item_before_a_paragraph_is_its_title():
    *_, title, told = units(document("Why sauna?\n\n1. Saves time\n\nThe oven heats up while you work.\n"))
    assert title.kind is BlockKind.HEADING
    assert told.titles[0] == "Saves time"


def test_numbered_items_of_a_list_stay_items():
    found = units(document("Why sauna?\n\n1. Saves time\n2. Warms feet\n\nThat is all.\n"))
    assert [unit.text for unit in found if unit.kind is BlockKind.BULLET] == ["Saves time", "Warms feet"]
