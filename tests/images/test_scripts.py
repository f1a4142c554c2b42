"""Scripts beyond the core: drawn with the fonts of the `scripts` extra, refused with a remedy where it is missing."""

from importlib.util import find_spec

import pytest

from bot.errors import ImageError
from bot.images.typesetting import fallback, fonts, scripts
from bot.images.typesetting.bidi import parts
from bot.images.typesetting.fallback import suited
from bot.images.typesetting.letters import set_line

STACKS = [fonts.stack(("DM Serif Display",), 600, 72.0), fonts.stack(("DM Sans",), 400, 24.0)]
SAMPLES = {
    "ar": "تدليك Ashiatsu لمدة 20 دقيقة (عميق)؟",
    "he": "עיסוי Ashiatsu של 20 דקות (עמוק)",
    "ja": "足圧マッサージで、20分「楽に走る」",
    "zh": "足部按摩让跑步更轻松，“恢复”更快",
    "ko": "달리기를 위한 발 마사지 20분",
    "hi": "दौड़ने वालों के लिए मालिश",
    "th": "นวดเท้าสำหรับนักวิ่ง 20 นาที",
}
EXTRA = pytest.mark.skipif(
    any(find_spec(script.package) is None for script in scripts.SCRIPTS.values()),
    reason=f"the fonts of other scripts are not installed: {scripts.EXTRA}",
)


@EXTRA
@pytest.mark.parametrize("faces", STACKS)
@pytest.mark.parametrize("name", SAMPLES)
def test_every_script_is_drawn_from_edge_to_edge(name, faces):
    text = SAMPLES[name]
    stack = suited(faces, text)
    letters = set_line(text, stack, 60, "left")
    assert letters.mask.width == pytest.approx(60 * fonts.em(text, stack), abs=60)
    assert letters.mask.getbbox()


@EXTRA
@pytest.mark.parametrize("name", SAMPLES)
def test_a_serif_is_helped_by_a_serif(name):
    for faces, wanted in zip(STACKS, ("serif", "sans"), strict=True):
        runs = fonts.runs(SAMPLES[name], suited(faces, SAMPLES[name]))
        foreign = {face.path.name for _, face in runs if scripts.SCRIPTS[name].package in str(face.path)}
        assert foreign == {getattr(scripts.SCRIPTS[name], wanted)}


@EXTRA
def test_han_letters_follow_the_language_of_the_text():
    japanese, chinese = (suited(STACKS[1], text) for text in ("骨を直す", "骨头直了"))
    assert fonts.runs("骨直", japanese)[0][1].path.name == "NotoSansJP-Regular.otf"
    assert fonts.runs("骨直", chinese)[0][1].path.name == "NotoSansSC-Regular.otf"


@EXTRA
def test_arabic_letters_are_joined():
    word = "عميق"
    assert fonts.em(word, STACKS[1]) < 0.9 * sum(fonts.em(letter, STACKS[1]) for letter in word)


@EXTRA
def test_a_regular_face_is_made_heavier_beside_a_headline():
    assert fonts.runs("走る", STACKS[0])[0][1].stroke > 0
    assert fonts.runs("走る", STACKS[1])[0][1].stroke == 0


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("עיסוי Ashiatsu של 20 דקות", ["דקות", "20", "של", "Ashiatsu", "עיסוי"]),
        ("Ashiatsu של 20 דקות now", ["Ashiatsu", "דקות", "20", "של", "now"]),
        ("\u200fAshiatsu עיסוי", ["עיסוי", "Ashiatsu"]),
        ("מחיר 5–10 ₪ (Ashiatsu)", ["Ashiatsu", "₪", "10", "–", "5", "מחיר"]),
        ("تدليك 20٪", ["20", "تدليك"]),
    ],
)
def test_words_are_seen_in_the_order_of_their_direction(line, seen):
    found = "".join(run[::-1] if leftward else run for run, leftward in parts(line))
    at = [max(found.find(word), found.find(word[::-1])) for word in seen]
    assert -1 not in at
    assert at == sorted(at)


def test_a_line_from_left_to_right_is_one_part():
    assert parts("Ashiatsu (deep) 20 %") == [("Ashiatsu (deep) 20 %", False)]


def test_brackets_around_foreign_words_stay_a_pair():
    assert [part for part in parts("עיסוי Ashiatsu (deep)") if not part[1]] == [("Ashiatsu (deep)", False)]


def test_a_script_without_its_fonts_is_refused_with_what_brings_them(monkeypatch):
    monkeypatch.setattr(scripts, "files", lambda name, *, serif: ())
    monkeypatch.setattr(scripts, "find_spec", lambda name: None)
    fallback._foreign.cache_clear()
    fallback._face.cache_clear()
    try:
        with pytest.raises(
            ImageError, match=r'no font has "あ" \(U\+3042 .*\): pip install \'footnote-bot\[scripts\]\''
        ):
            fonts.runs("あ", STACKS[0])
    finally:
        fallback._foreign.cache_clear()
        fallback._face.cache_clear()


def test_a_system_font_is_found_by_name_when_the_extra_is_not_there(tmp_path, monkeypatch):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "NotoSansCJK-Bold.ttc").touch()
    monkeypatch.setattr(scripts, "_FOLDERS", (str(tmp_path),))
    monkeypatch.setattr(scripts, "find_spec", lambda name: None)
    scripts.files.cache_clear()
    scripts._installed.cache_clear()
    try:
        assert scripts.files("zh", serif=False) == (scripts.File(tmp_path / "deep" / "NotoSansCJK-Bold.ttc", 2),)
    finally:
        scripts.files.cache_clear()
        scripts._installed.cache_clear()
