"""Where nobody said what a text is about: what a person may be asked, and what her answer makes possible."""

from datetime import UTC, datetime

import pytest

from bot.composer import Found, compose_document, compose_more, find, identity, name_subject, rest
from bot.config import read_config
from bot.documents import read
from bot.errors import ConfigProblems, UnknownName
from bot.posts import load
from tests.composer.test_writing import CONFIG, Memory

NOW = datetime(2026, 11, 23, tzinfo=UTC)
NAME = "documents/stones.md"
STONES = """# Hot stone massage

Hot stone massage helps you sleep better at night. It relieves your back pain after a long day at your desk.

Hot stone massage reduces stress and helps you feel calm again. It eases your stiff shoulders and helps you move freely.

Hot stone massage keeps your hands warm in winter. It improves your posture, so you breathe more easily.
"""
HIDDEN = "Hot stone massage improves your posture, so you breathe more easily."
RECIPE = "# Rye bread\n\nMix the flour with water. Let the dough stand for an hour. Bake it until it is brown.\n"


@pytest.fixture
def root(tmp_path):
    (tmp_path / "config.toml").write_text(CONFIG + "# the end\n")
    (tmp_path / "documents").mkdir()
    (tmp_path / NAME).write_text(STONES)
    return tmp_path


def composed(root, memory):
    return compose_document(read_config(root), memory, root / NAME, NOW)


def more(root, memory, **which):
    return compose_more(read_config(root), memory, root / NAME, NOW, **which)


def texts(done):
    return [draft.snippet.text for draft in done.written]


def test_a_text_that_never_speaks_of_the_studios_subject_has_none_and_is_asked_about(root):
    done = composed(root, Memory())
    assert (done.subject, done.suggestion) == ("", "Hot stone massage")
    assert not any(text.startswith("Ashiatsu") for text in texts(done))


def test_the_answer_is_written_down_and_makes_more_drafts_but_none_again(root):
    memory = Memory()
    before = composed(root, memory)
    config = name_subject(read_config(root), NAME, " Hot stone  massage ")
    assert config == read_config(root)
    assert config.subjects == {NAME: "Hot stone massage"}
    assert (root / "config.toml").read_text().startswith(CONFIG.rpartition("[accounts")[0].rstrip())
    assert "# the end\n" in (root / "config.toml").read_text()
    after = more(root, memory, most=9)
    assert HIDDEN in texts(after)
    assert not set(texts(after)) & set(texts(before))
    assert composed(root, memory).written == ()
    assert len(load(root, ["feed"]).posts) == len(before.written) + len(after.written)


@pytest.mark.parametrize("subject", ["", " ", "x" * 61, "...", "a\x00b"])
def test_what_cannot_stand_for_it_is_refused(root, subject):
    before = (root / "config.toml").read_bytes()
    with pytest.raises(UnknownName, match="a few words"):
        name_subject(read_config(root), NAME, subject)
    assert (root / "config.toml").read_bytes() == before


def test_a_config_that_is_broken_elsewhere_is_told_and_stays_as_it_is(root):
    config = read_config(root)
    broken = CONFIG.replace('timezone = "America/Denver"', 'timezone = "Nowhere"')
    (root / "config.toml").write_text(broken)
    with pytest.raises(ConfigProblems, match="timezone"):
        name_subject(config, NAME, "Hot stone massage")
    assert (root / "config.toml").read_text() == broken


def test_the_rest_is_listed_in_order_and_taken_from_its_top(root):
    memory = Memory()
    name_subject(read_config(root), NAME, "Hot stone massage")
    config, document = read_config(root), read(root / NAME, NAME)
    whole = find(document, config).benefits
    assert len(whole) > 3
    first = composed(root, memory)
    assert [one.text for one in (*[draft.snippet for draft in first.written], *first.rest)] == [
        one.text for one in whole
    ]
    assert rest(config, memory, find(document, config)) == first.rest
    second = more(root, memory)
    assert texts(second) == [first.rest[0].text]
    assert second.rest == first.rest[1:]


def test_one_of_the_rest_is_drafted_once(root):
    memory = Memory()
    name_subject(read_config(root), NAME, "Hot stone massage")
    last = composed(root, memory).rest[-1]
    done = more(root, memory, only=identity(last.text))
    assert texts(done) == [last.text]
    assert more(root, memory, only=identity(last.text)).written == ()
    assert more(root, memory, only="nothing").written == ()
    (root / done.written[0].path).unlink()
    assert more(root, memory, only=identity(last.text)).written == ()


def test_what_is_drafted_is_not_among_the_rest_even_for_a_new_ledger(root):
    done = composed(root, Memory())
    found = find(read(root / NAME, NAME), read_config(root))
    assert rest(read_config(root), Memory(), found) == done.rest


def test_a_text_without_drafts_says_why(root):
    (root / NAME).write_text(RECIPE)
    assert composed(root, Memory()).why_none == "3 sentences, none that surely says what a client gains"


@pytest.mark.parametrize(
    ("sentences", "gains", "why"),
    [
        (1, 0, "one sentence, none that surely says what a client gains"),
        (12, 0, "12 sentences, none that surely says what a client gains"),
        (12, 1, "12 sentences, one says what a client gains, but not clearly, in words that may stand alone"),
        (12, 3, "12 sentences, 3 say what a client gains, but not clearly, in words that may stand alone"),
    ],
)
def test_why_there_is_nothing_counts_what_there_is(root, sentences, gains, why):
    assert Found(read(root / NAME, NAME), "Stones", "", (), sentences, gains).why_none == why


def test_a_text_whose_subject_nobody_said_may_say_more_when_somebody_does(root):
    found = Found(read(root / NAME, NAME), "", "Stones", (), 12, 3)
    assert found.why_none.endswith("that may change when you say what the text is about")


def test_a_text_whose_drafts_are_all_there_says_so(root):
    memory = Memory()
    assert composed(root, memory).why_none == ""
    assert composed(root, memory).why_none == "all that it could say was offered before"


def test_one_that_cannot_be_drawn_does_not_stand_in_the_way_of_the_next(root):
    (root / NAME).write_text(STONES.replace("keeps your hands warm", "keeps your \ue123 warm"))
    memory = Memory()
    name_subject(read_config(root), NAME, "Hot stone massage")
    first = composed(root, memory)
    more = compose_more(read_config(root), memory, root / NAME, NOW, most=9)
    undrawn = [one for one in (*first.skipped, *more.skipped) if "\ue123" in one.snippet.text]
    assert undrawn
    assert len(first.written) + len(more.written) > 3
