import pytest

from bot.documents import pages, place, read_content
from bot.documents.hyphens import Joiner
from bot.errors import DocumentError
from tests.documents.press import PROSE, column, file, line, objects, packed, pdf, stream

WIDE = "A sauna warms the whole body and makes the muscles soft after a long run,"


def read(*shown):
    return read_content(pdf(*shown), "documents/a.pdf")


def blocks(*shown):
    document = read(*shown)
    assert len(document.readable) == len(document.text)
    return [(block.kind.value, block.level, document.readable[slice(*block.span)]) for block in document.blocks]


def said(*shown):
    return [words for _, _, words in blocks(*shown)]


def test_what_is_set_larger_is_a_heading_and_the_largest_the_first():
    page = column("Sauna", size=24) + column("Why?", y=650, size=16) + column(WIDE, "which is nice.", y=620)
    assert blocks(page) == [
        ("heading", 1, "Sauna"),
        ("heading", 2, "Why?"),
        ("paragraph", 0, f"{WIDE} which is nice."),
    ]


def test_a_bold_line_is_a_heading():
    page = column("Why it is warm", font="B") + column(WIDE, "which is nice.", y=680)
    assert blocks(page)[0] == ("heading", 1, "Why it is warm")


def test_a_gap_parts_paragraphs_and_so_does_an_indent():
    page = column(WIDE, "as it is.", WIDE, "as it is.") + column(WIDE, y=620)
    assert len(said(page)) == 3
    indented = line(WIDE, 90, 700) + column(WIDE, "as it is.", y=686) + line(WIDE, 90, 658) + column("so.", y=644)
    assert len(said(indented)) == 2


@pytest.mark.parametrize("mark", ["•", "-", "o", "–", "1.", "·"])
def test_bullets_lose_their_mark_and_go_on_below(mark):
    page = column(f"{mark} {WIDE}", "or before one.", f"{mark} It is dry.")
    found = blocks(page)
    assert [(kind, words) for kind, _, words in found] == [
        ("bullet", f"{WIDE} or before one."),
        ("bullet", "It is dry."),
    ]


def test_items_whose_marks_are_drawn_are_known_by_their_indent():
    page = column(WIDE, WIDE, WIDE, "as it is.") + column("Better sleep", "Warm feet", x=100, y=640)
    assert [kind for kind, _, _ in blocks(page)] == ["paragraph", "bullet", "bullet"]


def test_bullets_further_in_are_nested():
    page = line("• One", 72, 700) + line("o Two", 90, 686) + line("• Three", 72, 672) + line("is here now", 80, 658)
    assert [(level, words) for _, level, words in blocks(page)] == [(0, "One"), (1, "Two"), (0, "Three is here now")]


def test_two_columns_are_read_one_after_the_other():
    left = column("The left column says that a sauna", "warms the whole body, and the", "right one goes")
    right = column("on with what the left one began,", "and then it ends.", x=320)
    assert said(left + right)[0].endswith("and the right one goes on with what the left one began, and then it ends.")


def test_a_paragraph_goes_on_over_the_page():
    first, second = column(WIDE, "and all of it goes on", y=100), column("where the next page begins.", y=800)
    assert said(first, second) == [f"{WIDE} and all of it goes on where the next page begins."]


def test_running_heads_feet_and_page_numbers_are_dropped():
    shown = [
        line("Quiet Feet Studio", 72, 800) + column(f"{WIDE} {name}.") + line(f"Page {n} of 3", 250, 40)
        for n, name in enumerate(["alpha", "beta", "gamma"], 1)
    ]
    assert said(*shown) == [f"{WIDE} {name}." for name in ("alpha", "beta", "gamma")]


def test_what_a_browser_prints_around_a_page_is_dropped():
    stamp = line("11/23/26, 2:41 PM Sauna", 30, 820) + line("https://example.com/sauna 1/1", 30, 20)
    assert said(stamp + PROSE) == said(PROSE)


def test_marks_across_the_page_are_no_words():
    assert said(line("SAMPLE", matrix="0.7 0.7 -0.7 0.7 200 400", size=60) + PROSE) == said(PROSE)


def test_the_place_is_the_page():
    document = read(PROSE, column("• It is dry, and nobody minds."))
    assert [place(document, block.span) for block in document.blocks] == ["page 1", "page 2"]


def test_compressed_pages_are_read_and_twice_the_same():
    content = file(objects(packed(PROSE), packed(PROSE)))
    assert read_content(content, "a.pdf") == read_content(content, "a.pdf")
    assert [block.place for block in read_content(content, "a.pdf").blocks] == ["page 1", "page 2"]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["a mas-", "sage"], "a massage"),
        (["for well-", "being"], "for well-being"),
        (["a mas-", "sage", "or mas-sage"], "a mas-sage or mas-sage"),
        (["self\u00ad", "ish"], "selfish"),
        (["Anti-", "Aging"], "Anti-Aging"),
        (["from 5-", "10 min"], "from 5- 10 min"),
        (["well-", "ness", "and wellness"], "wellness and wellness"),
        (["Übungs-", "abend"], "Übungsabend"),
        (["one", "two"], "one two"),
    ],
)
def test_words_that_a_line_parted_are_joined(lines, joined):
    assert Joiner(lines).join(lines) == joined


def test_ligatures_are_letters_again():
    encoding = b"<< /Type /Encoding /Differences [1 /fi /fl] >>"
    found = objects(stream(b"BT /R 11 Tf 72 700 Td (E\\001cient \\002ights of stairs, and lifts.) Tj ET"))
    found[3] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding %b >>" % encoding
    document = read_content(file(found), "a.pdf")
    assert document.text in {"Eficient flights of stairs, and lifts.", "Eﬁcient ﬂights of stairs, and lifts."}
    assert "ﬁ" not in document.text


def test_a_long_file_is_read_with_progress():
    told = []
    content = pdf(*[column(f"{WIDE} number {n}.") for n in range(300)])
    document = read_content(content, "a.pdf", progress=lambda done, total: told.append((done, total)))
    assert [block.place for block in document.blocks] == [f"page {n}" for n in range(1, 301)]
    assert told[-1] == (300, 300)
    assert told == sorted(told)


def test_a_child_that_has_worked_enough_hands_over():
    content = pdf(PROSE, PROSE, PROSE)
    first = pages.parse((0).to_bytes(4) + content, lambda *_: None, seconds=0.0)
    last = pages.parse((2).to_bytes(4) + content, lambda *_: None, seconds=0.0)
    assert ({row[1] for row in first["rows"]}, first["next"]) == ({1}, 1)
    assert ({row[1] for row in last["rows"]}, last["next"]) == ({3}, None)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (pdf(b"q Q"), "is a scan"),
        (pdf(*[PROSE] * 1001), "has 1001 pages, and over 1000 are not read at once: split it"),
        (b"%PDF-1.7\nnothing", "broken"),
        (file({1: b"<< /Type /Catalog >>"}), ""),
    ],
)
def test_what_cannot_be_read_is_refused(content, sentence):
    with pytest.raises(DocumentError, match=r"^documents/a\.pdf: ") as caught:
        read_content(content, "documents/a.pdf")
    assert sentence in str(caught.value)


def test_more_words_than_any_book_holds_are_refused_however_many_pages_share_them():
    with pytest.raises(DocumentError, match="holds more words than can be read at once: split it"):
        read(*[line("It is warm. " * 8_000, 50, 700)] * 45)
