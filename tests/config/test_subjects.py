"""What a document is about, written into the text of config.toml."""

import tomllib

import pytest

from bot.config.subjects import with_subject

NAME = "documents/hot stone.txt"
LINE = '"documents/hot stone.txt" = "Hot stone massage"'
TEXT = """# mine
[words]
subject = "Massage"   # stands in for "it"

# the looks
[brand]
ink = "#ffffff"
"""


def told(text):
    return tomllib.loads(text)["words"]["subjects"]


def test_it_stands_below_the_other_words_and_every_comment_stays_with_its_table():
    assert with_subject(TEXT, NAME, "Hot stone massage") == TEXT.replace(
        'for "it"\n', f'for "it"\n\n[words.subjects]\n{LINE}\n'
    )


def test_the_next_one_stands_below_it_and_a_new_word_takes_the_place_of_the_old():
    text = with_subject(with_subject(TEXT, "documents/b.md", "Yoga"), NAME, "Hot stone massage")
    assert f'"documents/b.md" = "Yoga"\n{LINE}\n\n# the looks\n[brand]\n' in text
    assert with_subject(text, "documents/b.md", "Yin yoga") == text.replace('"Yoga"', '"Yin yoga"')


def test_a_comment_beside_it_stays():
    text = f"[words.subjects]\n{LINE} # she says\n"
    assert with_subject(text, NAME, "Stones") == text.replace("Hot stone massage", "Stones")


@pytest.mark.parametrize(
    "text",
    [
        *["", "closed = []\n", "words = {subject = 'x'}\n[brand]\n", "words.subject = 'x'\n[brand]\n", "[words]"],
        *[
            "[words]\nsubjects = {a = 'b'}\n",
            "[ words . subjects ]\na = 'b'\n",
            '[words]\nsubject = """\n[words]\n"""\n',
        ],
    ],
)
def test_it_is_there_however_the_rest_is_written(text):
    for subject in ("Hot stone massage", 'A "visit" \\ more', "Fußmassage"):
        written = tomllib.loads(with_subject(text, NAME, subject))
        assert written["words"]["subjects"].pop(NAME) == subject
        before = tomllib.loads(text)
        before.setdefault("words", {}).setdefault("subjects", {})
        assert written == before
