"""Where ink stands: facts about one line of letters, in every bundled style."""

import pytest

from bot.errors import ImageError
from bot.images.typesetting import fonts
from bot.images.typesetting.fallback import suited
from bot.images.typesetting.letters import set_line

SERIF = fonts.stack(("DM Serif Display",), 600, 72.0)
SANS = fonts.stack(("DM Sans",), 400, 24.0)


def ink(letters):
    """The box of the ink from the edge and the baseline."""
    left, top, right, bottom = letters.mask.getbbox()
    x, y = letters.at
    return x + left, y + top, x + right, y + bottom


@pytest.mark.parametrize("faces", [SERIF, SANS])
@pytest.mark.parametrize("text", ["Hope", "fjord", "AVATAR office", "Привет мир", "Ελλάδα ★"])
def test_ink_meets_the_edge_it_is_set_to(faces, text):
    for size in (30, 37, 110):
        assert ink(set_line(text, faces, size, "left"))[0] == 0
        assert ink(set_line(text, faces, size, "right"))[2] in {0, 1}
        left, _, right, _ = ink(set_line(text, faces, size, "middle"))
        assert abs(left + right) <= 2


def test_letters_stand_on_the_baseline():
    assert ink(set_line("HEN", SANS, 100, "left"))[3] == 0


def test_opening_quotes_hang_outside_the_left_edge():
    assert ink(set_line("“Rest", SERIF, 110, "left"))[0] < -10
    assert ink(set_line("“Rest", SERIF, 110, "right"))[2] in {0, 1}


@pytest.mark.parametrize("faces", [SERIF, SANS])
@pytest.mark.parametrize("text", ["Żółć ğüş œuvre", "Μασάζ για δρομείς", "більше ґанок", "✓ ★ ♥ → • ☀ ♪ ①", "khỏe"])
def test_accents_greek_cyrillic_and_symbols_are_in_the_core(faces, text):
    assert set_line(text, faces, 40, "left").mask.getbbox()


def test_a_helping_face_has_the_style_of_the_face_it_helps():
    assert [face.path.stem for _, face in fonts.runs("αβγ", SERIF)] == ["FootnoteSerif"]
    assert [face.path.stem for _, face in fonts.runs("αβγ", SANS)] == ["Geologica"]


def test_a_word_is_set_in_one_face():
    assert [(run, face.path.stem) for run, face in fonts.runs("khỏe", SERIF)] == [("khỏe", "FootnoteSerif")]


def test_a_text_of_another_alphabet_is_set_in_one_face():
    text = "Massage trị liệu giúp đôi chân khỏe hơn"
    assert len(fonts.runs(text, suited(SERIF, text))) == 1
    assert suited(SERIF, "A café") == SERIF


def test_an_emoji_is_drawn_in_colour_about_the_middle_of_the_capitals():
    for size in (30, 64, 150):
        letters = set_line("H 😀", SANS, size, "left")
        assert letters.colour.size == letters.mask.size
        left, top, right, bottom = letters.colour.getchannel("A").point(lambda a: 255 * (a > 40)).getbbox()
        assert right - left == pytest.approx(0.92 * size, abs=2)
        assert (top + bottom) / 2 + letters.at[1] == pytest.approx(-0.35 * size, abs=0.03 * size + 1)
        assert len(letters.colour.getcolors(1 << 20)) > 20


@pytest.mark.parametrize("emoji", ["👍🏽", "🇯🇵", "👨‍👩‍👧", "🏳️‍🌈", "1️⃣", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"])
def test_a_sequence_is_one_emoji_of_one_em(emoji):
    assert fonts.em(emoji, SANS) == pytest.approx(1.0, abs=0.01)
    assert set_line(emoji, SANS, 50, "left").colour.getbbox()


def test_a_heart_without_colour_is_set_in_ink():
    assert set_line("♥ ✓ ❤\ufe0e", SANS, 50, "left").colour is None


def test_a_line_without_emoji_has_no_second_picture():
    assert set_line("Hope", SANS, 50, "left").colour is None


@pytest.mark.parametrize("text", ["Hope office", "Feel α-waves 🔥 now", "« oui » → ok"])
def test_a_line_is_as_wide_as_it_was_measured(text):
    letters = set_line(text, SANS, 100, "left")
    assert letters.mask.width == pytest.approx(100 * fonts.em(text, SANS), abs=14)


def test_a_glyph_that_nobody_has_is_refused_by_name():
    with pytest.raises(ImageError, match=r'no font has "ᚠ" \(U\+16A0 RUNIC LETTER FEHU FEOH FE F\): leave it out'):
        set_line("a rune ᚠ", SANS, 40, "left")
