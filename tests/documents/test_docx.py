import pytest

from bot.documents import place, read_content
from bot.documents.docx import parse
from bot.documents.parsed import heard
from bot.errors import DocumentError
from tests.documents.word import W, docx, packed, paragraph, parts, table


def blocks(content):
    parsed = heard(parse(content))
    assert len(parsed.readable) == len(parsed.text)
    return [(block.kind.value, block.level, parsed.readable[slice(*block.span)]) for block in parsed.blocks]


def test_title_headings_and_paragraphs_are_told_apart_by_their_style():
    body = paragraph("Sauna", "Title") + paragraph("Why", "Heading1") + paragraph("It is warm &amp; dry.")
    assert blocks(docx(body)) == [
        ("heading", 1, "Sauna"),
        ("heading", 1, "Why"),
        ("paragraph", 0, "It is warm & dry."),
    ]


def test_lists_keep_their_nesting_and_show_marks_that_are_no_words():
    body = paragraph("One", level=0) + paragraph("Two", level=1) + paragraph("Three", level=0)
    parsed = heard(parse(docx(body)))
    assert parsed.text == "- One\n  - Two\n- Three"
    assert parsed.readable == "  One\n    Two\n  Three"
    assert [block.level for block in parsed.blocks] == [0, 1, 0]


def test_cells_stand_one_by_one():
    body = table([paragraph("Sauna"), paragraph("It warms.")], [paragraph("Bath"), paragraph("It wets.")])
    assert [words for _, _, words in blocks(docx(body))] == ["Sauna", "It warms.", "Bath", "It wets."]


def test_a_bold_line_alone_is_a_title():
    assert blocks(docx(paragraph("Why it is warm", bold=True)))[0] == ("heading", 6, "Why it is warm")


@pytest.mark.parametrize(
    "body", [paragraph("Listed", "ListBullet"), paragraph("• Listed"), paragraph("Listed", level=0)]
)
def test_every_kind_of_bullet_is_one(body):
    assert blocks(docx(body)) == [("bullet", 0, "Listed")]


def test_words_in_a_text_box_are_read():
    inner = f"<w:txbxContent>{paragraph('Warm.')}</w:txbxContent>"
    box = f"<w:pict><v:textbox xmlns:v='urn:schemas-microsoft-com:vml'>{inner}</v:textbox></w:pict>"
    assert ("paragraph", 0, "Warm.") in blocks(docx(paragraph(f"<w:r>{box}</w:r>")))


def test_a_footnote_leaves_no_trace():
    words = "<w:r><w:t>Warm</w:t></w:r><w:r><w:footnoteReference w:id='1'/></w:r><w:r><w:t>.</w:t></w:r>"
    note = f'<w:footnotes {W}><w:footnote w:id="1">{paragraph("A note.")}</w:footnote></w:footnotes>'
    assert blocks(docx(paragraph(words), **{"word/footnotes.xml": note})) == [("paragraph", 0, "Warm.")]


@pytest.mark.parametrize(
    "unread",
    [
        paragraph("Chapter 1 ........ 3", "TOC1"),
        paragraph("<w:del><w:r><w:delText>Struck</w:delText></w:r></w:del>"),
        paragraph("<w:r><w:instrText>PAGE</w:instrText></w:r>"),
        paragraph("<w:r><w:tab/></w:r>"),
    ],
)
def test_what_no_reader_sees_is_left_out(unread):
    assert blocks(docx(unread + paragraph("Warm."))) == [("paragraph", 0, "Warm.")]


def test_the_place_is_the_paragraph():
    document = read_content(docx(paragraph("Sauna", "Title") + paragraph("Warm.")), "documents/a.docx")
    assert [place(document, block.span) for block in document.blocks] == ["paragraph 1", "paragraph 2"]
    assert document.text == "Sauna\n\nWarm."


def test_reading_it_twice_is_the_same():
    content = docx(paragraph("Sauna", "Title") + paragraph("Warm."))
    assert read_content(content, "a.docx") == read_content(content, "a.docx")


def test_a_main_part_of_another_name_is_found():
    found = parts(paragraph("Warm."))
    found["word/document2.xml"] = found.pop("word/document.xml")
    found["_rels/.rels"] = found["_rels/.rels"].replace("document.xml", "document2.xml")
    assert blocks(packed(found)) == [("paragraph", 0, "Warm.")]


def test_a_file_without_words_is_refused():
    with pytest.raises(DocumentError, match=r"a\.docx: holds no words"):
        read_content(docx(paragraph("")), "a.docx")
