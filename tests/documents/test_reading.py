import hashlib

import pytest

from bot.documents import BYTES_MAX, read
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
