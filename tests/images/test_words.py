"""Where a line may break, in many languages; told without a pixel."""

import re
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.images.typesetting import east
from bot.images.typesetting.breaks import Paragraph, broken
from bot.images.typesetting.words import BINDS, NEVER, clean, is_rtl, pieces, regrets, shown

WORDS = st.sampled_from(
    "massage the of runner 20 minutes legs, feet: Dr. Mon 3 der les your deep-tissue hips — un « pause » del".split()
)
SENTENCE = st.lists(WORDS, min_size=2, max_size=12).map(" ".join)


def paragraph(text, *, display=True):
    words = pieces(clean(text))
    return Paragraph(words, tuple(0.5 * len(word.text) for word in words), 0.25, display)


def breaks(text):
    """The text with a bar at every place a line may end without regret beyond measure."""
    words = pieces(clean(text))
    out = words[0].text
    for word, regret in zip(words[1:], regrets(words), strict=True):
        out += ("" if regret >= NEVER else "|") + " " * word.gap + word.text
    return shown(out)


@settings(deadline=None, max_examples=150)
@given(SENTENCE, st.integers(1, 5))
def test_every_word_is_set_once_and_in_order(text, k):
    found = broken(paragraph(text), k)
    if found:
        assert "".join(found.lines).replace(" ", "") == clean(text).replace(" ", "")
        assert len(found.lines) == k


@settings(deadline=None, max_examples=150)
@given(SENTENCE, st.integers(2, 4))
def test_no_line_ends_in_a_binding_word_when_another_way_exists(text, k):
    words = paragraph(text)
    found = broken(words, k)
    if not found or len(words.words) > 10:
        return
    bad = [regret >= NEVER for regret in regrets(words.words)]
    ends = [sum(bool(w.text) for w in pieces(clean(line))) for line in found.lines]
    torn, at = 0, 0
    for count in ends[:-1]:
        at += count
        torn += bad[at - 1]
    longest = 1.7 * words.ends[-1] / k
    ways = [cut for cut in combinations(range(1, len(words.words)), k - 1) if allowed(words, cut, longest)]
    assert torn <= min((sum(bad[end - 1] for end in cut) for cut in ways), default=k)


def allowed(words, cut, longest):
    spans = zip((0, *cut), (*cut, len(words.words)), strict=True)
    return all(words.ends[j] - words.ends[i] - words.gaps[i] <= longest or j == i + 1 for i, j in spans)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Rest for 20 minutes daily", "20 minutes"),
        ("Run some 5 km each", "5 km"),
        ("As law § 3 says", "§ 3"),
        ("Ask our Dr. Smith today", "Dr. Smith"),
        ("Open Mon 3 to Fri", "Mon 3"),
        ("Fêtons le 1 er mai ici", "1 er"),
        ("Un massage ; puis repos", "massage ;"),
        ("Mal au dos ? Venez", "dos ?"),
        ("Dites « pause » souvent", "« pause »"),
        ("Rest … then run", "Rest …"),
        ("Rest — then run", "Rest —"),
        ("For 5 – 10 km", "5 – 10 km"),
        ("For 5–10 km", "5–10 km"),
        ("der Weg und das Ziel", "und das Ziel"),
        ("tempo di corsa per il corpo", "per il corpo"),
        ("corrida com os pés", "com os pés"),
        ("lopen met het lichaam", "met het lichaam"),
        ("baile con los pies", "con los pies"),
        ("See x.com/deep-tissue-work now", "x.com/deep-tissue-work"),
        ("Ask @quiet-feet-studio now", "@quiet-feet-studio"),
        ("Get going 🔥 today", "going 🔥"),
    ],
)
def test_what_belongs_together_stands_together(text, kept):
    assert kept in breaks(text)


def test_marks_that_a_reader_types_with_plain_spaces_become_french_ones():
    assert clean("Mal au dos ? « Oui »") == "Mal au dos\u00a0? «\u00a0Oui\u00a0»"


@pytest.mark.parametrize("dictionary", [True, False])
def test_a_japanese_line_begins_with_no_small_kana_and_no_closing_mark(dictionary, monkeypatch):
    if dictionary:
        pytest.importorskip("budoux", reason="budoux comes with footnote-bot[scripts]")
    else:
        monkeypatch.setattr(east, "_parser", lambda language: None)
    text = "足圧マッサージで、走りがぐっと変わる。20分「楽に走る」ための、ちょっとした新しい習慣！"
    parts = [piece.text for piece in pieces(text)]
    assert "".join(parts) == text
    assert not any(re.match("[、。」！ーっゃゅょッ]", part) for part in parts)
    assert not any(part.endswith(("「", "2", "20")) for part in parts)
    assert len(parts) > 6


def test_a_lone_kana_is_not_torn_from_what_it_ends():
    assert all(len(piece.text) > 1 for piece in pieces("体をほぐすアシアツ・マッサージ"))


def test_a_chinese_line_begins_with_no_closing_mark():
    found = broken(paragraph("足部按摩让跑步更轻松，“恢复”更快，睡得更好。"), 3)
    assert not any(line[0] in "，。”" or line[-1] == "“" for line in found.lines)
    assert found.uneven == 0.0


def test_scripts_without_spaces_are_counted_in_letters():
    assert paragraph("足部按摩").count == 4
    assert paragraph("足部按摩").unit == "letters"
    assert paragraph("two words").unit == "words"


def test_direction_is_that_of_the_first_letter():
    assert is_rtl("20 דקות")
    assert is_rtl("(عميق)")
    assert not is_rtl("Ashiatsu עיסוי")


def test_a_line_that_begins_against_its_paragraph_says_so():
    words = paragraph("עיסוי רגליים Ashiatsu לרצים")
    assert words.text(2, 4) == "\u200fAshiatsu לרצים"
    assert words.text(0, 2) == "עיסוי רגליים"


def test_binding_words_are_lower_case():
    assert all(word == word.lower() for word in BINDS)
