"""A text from elsewhere becomes a document of the workspace, or nothing is written."""

import pytest

from bot.composer import take_in
from bot.errors import DocumentError

WORDS = b"Feet are strong.\n"


def test_a_text_is_kept_under_its_own_name_once(tmp_path):
    kept, is_new = take_in(tmp_path, "C:\\texts\\feet.txt", WORDS)
    assert (kept, kept.read_bytes(), is_new) == (tmp_path / "documents/feet.txt", WORDS, True)
    assert take_in(tmp_path, "feet.txt", WORDS) == (kept, False)
    with pytest.raises(DocumentError, match="is there already and says something else"):
        take_in(tmp_path, "feet.txt", b"Feet are calm.\n")


NAMES = [
    "",
    ".",
    "..",
    "...",
    " . .",
    "a/..",
    ".hidden.txt",
    "~feet.txt",
    "README.txt",
    "a\0b.txt",
    "a\nb.txt",
    "a\x85.txt",
    "a:\udcff.txt",
]


@pytest.mark.parametrize("name", [*NAMES, "a" * 197 + ".txt", "\u8db3" * 67 + ".txt", "a" * 5000 + ".txt"])
def test_a_name_that_no_file_or_post_can_carry_is_refused_in_a_sentence(tmp_path, name):
    with pytest.raises(DocumentError) as caught:
        take_in(tmp_path, name, WORDS)
    assert str(caught.value).isprintable()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a" * 186 + ".txt", "\u8db3" * 65 + ".txt", "..feet.txt".strip("."), "feet....txt"])
def test_any_other_name_is_kept(tmp_path, name):
    assert take_in(tmp_path, name, WORDS)[0].name == name


def test_what_cannot_be_read_is_not_taken_in(tmp_path):
    with pytest.raises(DocumentError):
        take_in(tmp_path, "feet.docx", b"PK\x03\x04 not really")
    assert list(tmp_path.iterdir()) == []
