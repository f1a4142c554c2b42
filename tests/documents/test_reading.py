import hashlib

import pytest

from bot.documents import BYTES_MAX, PAGE_MAX, markdown, place, read, read_content
from bot.errors import DocumentError


def written(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refusal(path, name="documents/a.txt"):
    with pytest.raises(DocumentError) as caught:
        read(path, name)
    told = str(caught.value)
    assert told.startswith(f"{name}: ")
    assert "\n" not in told
    return told


def test_text_is_decoded_without_its_byte_order_mark_and_with_plain_newlines(tmp_path):
    content = b"\xef\xbb\xbfOne\r\n\r\nTwo\rThree\n"
    path = written(tmp_path, "a.txt", content)
    document = read(path, "documents/a.txt")
    assert document.text == path.read_text(encoding="utf-8-sig") == "One\n\nTwo\nThree\n"
    assert document.sha256 == hashlib.sha256(content).hexdigest()
    assert document.name == "documents/a.txt"


def test_a_file_that_is_not_utf8_is_refused_with_the_byte_and_where_it_is(tmp_path):
    told = refusal(written(tmp_path, "a.txt", "Wellness für Läufer".encode("latin-1")))
    assert "0xfc" in told
    assert "offset 10" in told
    assert "save it as UTF-8" in told


def test_utf16_is_refused_too(tmp_path):
    assert "0xff at offset 0" in refusal(written(tmp_path, "a.txt", "Sauna".encode("utf-16")))


def test_a_file_with_zero_bytes_is_no_text(tmp_path):
    assert "zero byte at offset 5" in refusal(written(tmp_path, "a.txt", b"Sauna\0\0"))


@pytest.mark.parametrize("content", ["", " \n\t\n", "\ufeff\n"])
def test_an_empty_file_is_refused(tmp_path, content):
    assert "is empty" in refusal(written(tmp_path, "a.txt", content))


@pytest.mark.parametrize("name", ["a.odt", "a.pages", "a"])
def test_a_format_not_read_yet_is_refused_with_the_list_of_those_that_are(tmp_path, name):
    told = refusal(written(tmp_path, name, "words"))
    assert ".txt, .md, .markdown" in told


def test_a_folder_is_refused(tmp_path):
    assert "is a folder" in refusal(tmp_path)


def test_a_missing_file_is_refused(tmp_path):
    assert "no such file" in refusal(tmp_path / "a.txt")
    assert "no such file" in refusal(tmp_path / "a.docx")


def test_a_name_longer_than_any_file_may_have_is_refused(tmp_path):
    assert "cannot be looked for" in refusal(tmp_path / ("a" * 300 + ".txt"))


def test_a_file_over_the_limit_is_refused(tmp_path):
    told = "over 1 MB, and a page or an article is some kilobytes: split it"
    assert told in refusal(written(tmp_path, "a.txt", b"a" * (BYTES_MAX + 1)))


def test_the_ending_may_be_in_capitals(tmp_path):
    assert read(written(tmp_path, "A.MD", "# Sauna\n"), "A.MD").blocks


PDF, ZIP, OLE = b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.txt", PDF, "is a PDF: rename it so that it ends in .pdf"),
        ("a.docx", PDF, "is a PDF: rename it so that it ends in .pdf"),
        ("a.html", PDF, "is a PDF"),
        ("a.md", ZIP, "is a zip archive or an Office file"),
        ("a.pdf", ZIP, "is a zip archive or an Office file"),
        ("a.txt", OLE, "is an old Office file"),
        ("a.txt", b"{\\rtf1 Warm.}", "is a rich text (RTF)"),
        ("a.docx", b"{\\rtf1 Warm.}", "is a rich text (RTF)"),
        ("a.txt", b"\x89PNG\r\n", "is a picture"),
        ("a.pdf", b"\xff\xd8\xff\xe0", "is a picture"),
        ("a.html", b"\x1f\x8b\x08", "is a packed archive"),
        ("a.pdf", b"<!DOCTYPE html><p>Warm.", "is a web page: rename it so that it ends in .html"),
        ("a.docx", b"<html><p>Warm.", "is a web page"),
        ("a.txt", b"\n <!doctype HTML><p>Warm.", "is a web page"),
        ("a.docx", b"Warm words.", "is broken"),
        ("a.pdf", b"Warm words.", "is broken"),
    ],
)
def test_a_file_that_is_not_what_its_ending_says_is_refused(name, content, sentence):
    with pytest.raises(DocumentError) as caught:
        read_content(content, f"documents/{name}")
    assert str(caught.value).startswith(f"documents/{name}: ")
    assert sentence in str(caught.value)


@pytest.mark.parametrize(("ending", "most"), [(".html", 5), (".docx", 20), (".pdf", 20), (".md", 1)])
def test_each_format_has_its_own_limit(tmp_path, ending, most):
    path = written(tmp_path, f"a{ending}", b"a" * (most * 1_000_000 + 1))
    assert f"is over {most} MB" in refusal(path)
    with pytest.raises(DocumentError, match=f"is over {most} MB"):
        read_content(path.read_bytes(), "a" + ending)


def test_words_old_format_is_refused_with_the_way_out(tmp_path):
    assert refusal(written(tmp_path, "a.doc", OLE)).endswith("is in Word's old format: save it as .docx")


@pytest.mark.parametrize("ending", [".html", ".docx", ".pdf", ".md", ".txt"])
def test_nothing_at_all_is_refused(tmp_path, ending):
    assert "is empty" in refusal(written(tmp_path, f"a{ending}", b" \n"))


def test_a_text_tells_its_lines(tmp_path):
    document = read(written(tmp_path, "a.md", "# Sauna\n\nIt is warm.\n"), "a.md")
    assert [place(document, block.span) for block in document.blocks] == ["line 1", "line 3"]


def test_front_matter_names_the_language(tmp_path):
    assert read(written(tmp_path, "a.md", "---\nlang: de\n---\nWarm.\n"), "a.md").language == "de"
    assert read(written(tmp_path, "a.md", "---\nlanguage: es\n---\nWarm.\n"), "a.md").language == "es"


@pytest.mark.parametrize("said", ["A" * 5000, "12345", "[a, b]", "{x: 1}", "a<b>c</b>", '"\\u202eevil"', "👍"])
def test_a_subject_in_the_front_matter_that_cannot_stand_for_it_is_none(said):
    assert read_content(f"---\nsubject: {said}\n---\n\nIt is warm.\n".encode(), "a.md").subject == ""


def test_a_book_in_markdown_is_read_in_a_child_as_a_page_is_here():
    page = "# Sauna\n\nIt is *warm*.\n\n- and dry\n\n"
    book = page * (PAGE_MAX // len(page) + 1)
    assert read_content(book.encode(), "a.md").blocks == markdown.parse(book).blocks


def test_a_file_that_is_nothing_but_marks_is_refused_by_the_childs_bounds():
    with pytest.raises(DocumentError, match="split it, or save it as plain text"):
        read_content(b"*a_" * 330_000, "a.md")
