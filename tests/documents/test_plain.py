import pytest

from bot.documents.plain import parse
from bot.model import BlockKind


def blocks(text):
    parsed = parse(text)
    return [(block.kind.value, " ".join(parsed.readable[slice(*block.span)].split())) for block in parsed.blocks]


def test_a_short_line_on_its_own_without_a_full_stop_is_a_heading():
    text = "Sauna\n\nWhy sauna for runners?\n\nIt warms the legs.\n\nAsk us."
    assert [kind for kind, _ in blocks(text)] == ["heading", "heading", "paragraph", "paragraph"]


def test_the_first_heading_stands_above_the_others():
    assert [block.level for block in parse("Sauna\n\nWhy?\n\nHow?\n").blocks] == [1, 2, 2]


def test_wrapped_lines_are_one_paragraph():
    text = "A sauna warms the whole body and makes the\nmuscles soft after a long run in the cold, which\nruns well."
    assert len(blocks(text)) == 1


def test_long_lines_under_one_another_are_paragraphs_of_their_own():
    line = "A sauna warms the whole body. " * 6
    assert len(blocks(f"{line}\n{line}\n")) == 2


def test_a_heading_may_touch_its_text():
    text = "Benefits\nA sauna warms the whole body and makes the muscles soft after a long run."
    assert [kind for kind, _ in blocks(text)] == ["heading", "paragraph"]


@pytest.mark.parametrize("mark", ["•", "-", "*", "–", "·", "1.", "2)", "✓", "•\u00a0"])
def test_bullets_are_known_by_their_mark_and_lose_it(mark):
    text = f"  {mark} It’s “warm”.\n  {mark} It is dry.\n"
    assert blocks(text) == [("bullet", "It’s “warm”."), ("bullet", "It is dry.")]


def test_a_bullet_may_go_on_on_the_next_line():
    assert blocks("- It warms the body\n  and the mind.\n- It is dry.") == [
        ("bullet", "It warms the body and the mind."),
        ("bullet", "It is dry."),
    ]


def test_short_lines_under_a_heading_are_a_list():
    assert [kind for kind, _ in blocks("Benefits\nBetter sleep\nWarm muscles\n")] == ["heading", "bullet", "bullet"]


def test_rulers_part_blocks_and_are_none():
    assert [kind for kind, _ in blocks("Sauna\n=====\nIt is warm.\n\n* * *\n\nIt is dry.")] == [
        "heading",
        "paragraph",
        "paragraph",
    ]


def test_a_year_that_opens_a_line_is_no_list_mark():
    assert blocks("The sauna was built in\n1986. A great year.")[0][0] == BlockKind.HEADING
