import pytest

from bot.documents import inline
from bot.documents.markdown import parse


def blocks(text):
    parsed = parse(text)
    assert len(parsed.readable) == len(text)
    return [
        (block.kind.value, block.level, " ".join(parsed.readable[slice(*block.span)].split()))
        for block in parsed.blocks
    ]


def test_headings_carry_their_level():
    assert blocks("# One\n\nTwo\n---\n\n### 3. Three ###\n") == [
        ("heading", 1, "One"),
        ("heading", 2, "Two"),
        ("heading", 3, "Three"),
    ]


def test_list_items_carry_their_nesting():
    assert blocks("- one\n  - two\n- three\n") == [("bullet", 0, "one"), ("bullet", 1, "two"), ("bullet", 0, "three")]


def test_front_matter_is_blank_and_may_name_the_subject():
    parsed = parse('---\ntitle: "Warm: always"\nsubject: "Finnish sauna"\n---\n\nIt is warm.\n')
    assert parsed.subject == "Finnish sauna"
    assert parsed.readable.split() == ["It", "is", "warm."]


def test_toml_front_matter_too():
    assert parse('+++\nsubject = "Sauna"\n+++\nWarm.\n').subject == "Sauna"


def test_two_rulers_around_prose_are_no_front_matter():
    assert ("paragraph", 0, "It is warm.") in blocks("---\n\nIt is warm.\n\n---\n\nIt is dry.\n")


@pytest.mark.parametrize(
    "unread",
    [
        "```\nIt cures.\n```",
        "~~~python\nIt cures.\n~~~",
        "<!-- It cures. -->",
        "<!--\nIt\n\ncures.\n-->",
        "<script>\nlet it = 'cures';\n</script>",
        "<style>\n.cures { color: red }\n</style>",
        "![It cures](a.png)",
        "[cures]: https://example.com/cures",
        "import It from '../cures'",
        "export const cures = {\n  it: true,\n}",
        "{{< cures >}}",
        "{/* It cures. */}",
        "<Cures it={true} />",
    ],
)
def test_what_no_reader_sees_is_blank(unread):
    assert blocks(f"One.\n\n{unread}\n\nTwo.\n") == [("paragraph", 0, "One."), ("paragraph", 0, "Two.")]


@pytest.mark.parametrize(
    ("marked", "seen"),
    [
        ("It is **very** _warm_.", "It is very warm ."),
        ("See [our sauna](https://example.com/a_(b) 'Title').", "See our sauna ."),
        ("See [our sauna][1].", "See our sauna ."),
        ("It is `warm`<br>and <b>dry</b>.", "It is warm and dry ."),
        ("snake_case_stays, 5 * 3 too.", "snake_case_stays, 5 * 3 too."),
        (r"It is 5\* warm.", "It is 5 * warm."),
        ("<https://example.com> is ours.", "https://example.com is ours."),
    ],
)
def test_marks_inside_a_line_are_blank(marked, seen):
    assert " ".join(parse(marked).readable.split()) == seen


def test_a_blank_that_is_spelt_out_parts_sentences():
    assert blocks("It is warm.&nbsp; Then dry.&#160;")[0][2] == "It is warm. Then dry."


def test_html_blocks_are_blocks():
    text = "<h2>Why?</h2>\n<p>It is warm.</p>\n<ul>\n  <li><b>Dry:</b> no steam.</li>\n</ul>\n"
    assert blocks(text) == [("heading", 2, "Why?"), ("paragraph", 0, "It is warm."), ("bullet", 0, "Dry: no steam.")]


def test_the_cells_of_a_table_are_read_without_its_head():
    text = "| Name | Gain |\n|---|---|\n| Sauna | It warms. |\n| Bath | It \\| warms. |\n"
    assert ("paragraph", 0, "It warms.") in blocks(text)
    assert not any("Gain" in words for _, _, words in blocks(text))


def test_bullets_that_markdown_does_not_know_are_bullets():
    assert blocks("• It warms.\n• It dries.\n") == [("bullet", 0, "It warms."), ("bullet", 0, "It dries.")]


def test_a_hard_break_parts_blocks_before_a_large_letter_only():
    assert len(blocks("It warms.  \nIt dries.")) == 2
    assert len(blocks("It warms  \nand dries.")) == 1


def test_quoted_lines_are_one_paragraph():
    assert blocks("> It warms\n> and dries.\n") == [("paragraph", 0, "It warms and dries.")]


def test_a_comment_is_blanked_and_one_that_never_ends_is_words():
    assert inline.unmarked("a <!-- b --> c <!-- d") == "a            c <!-- d"
    many = "a <!-- b " * 100_000
    assert inline.unmarked(many) == many
