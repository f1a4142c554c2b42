"""A text of any length and make is read in work that grows as the text does."""

import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import bot.snippets
from bot.documents import plain
from bot.model import Block, BlockKind, Document
from bot.snippets import choose, find_snippets
from bot.snippets.claims import find_claims
from bot.snippets.claims_file import rules
from bot.snippets.cues import cues
from bot.snippets.evidence import evidence
from bot.snippets.sentences import READ, units
from bot.snippets.subject import Subject
from bot.snippets.wording import INLINE

LENGTH = 20_000
RUNS = [
    "1", "1 ", "1-", "1.", "a", "a ", "A. ", "a.", ".", "…", "?!", " ", "\n", '"', "“", "'", "-", "– ",
    "Why? ", "(", ")", "[", "][", "](", "](a)", "https://", "#", "#a", "@a", "*", "_", "\\", "<", "<a ", "&",
    "&#1", "$", "。", " • ", "who ", "what ", "how ", "not just ", "you will ", "is a ", "treat 1 ", "safe ", "cure ",
    "pregnant ", "instead of ", "they ", "in fact, ", "It reduces stress. ", "1. a\n", "- a\n", "Why:\n\n- a\n",
    "1,", "1+", "!", "make you ", "no ", "the best ",
]  # fmt: skip
SAFETY_NET = 60
CLASS = re.compile(r"(?<!\\)\[\^?((?:\\.|[^\]\\])+)\]")
RANGE = re.compile(r"(\\?.)-(\\?.)")


def patterns():
    for module in pkgutil.iter_modules(bot.snippets.__path__):
        for name, value in vars(importlib.import_module(f"bot.snippets.{module.name}")).items():
            if isinstance(value, re.Pattern):
                yield f"{module.name}.{name}", value.pattern
    both = ((cue.name, found) for cue in (*cues().sentence, *cues().place) for found in (cue.pattern, cue.unless))
    yield from ((name, found.pattern) for name, found in both if found)
    yield from ((rule.name, pattern) for rule in rules() for pattern in (rule.pattern, rule.needs, rule.unless))
    yield "topic", cues().topic.pattern


def document(text):
    parsed = plain.parse(text)
    return Document("a", text, parsed.readable, parsed.blocks, "")


def work(text):
    """How many steps the interpreter takes to find and choose the snippets of a text."""
    read, steps = document(text), 0

    def step(frame, event, _):
        nonlocal steps
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        steps += event == "opcode"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        choose(find_snippets(read, "Sauna"), 3)
    finally:
        sys.settrace(before)
    return steps


def test_no_class_of_characters_has_a_range_but_of_letters_or_digits():
    for name, pattern in patterns():
        for inside in CLASS.findall(pattern):
            for first, last in RANGE.findall(inside):
                kinds = [str.isdigit, str.islower, str.isupper]
                assert any(kind(first) and kind(last) for kind in kinds), f"{name}: {first}-{last}"


def test_every_run_is_read_to_its_end():
    """Nothing here takes more than a moment; before, a run of digits or of [] took longer than anyone waits."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.snippets.test_long_runs"],
        cwd=Path(__file__).parents[2],
        timeout=SAFETY_NET,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.split() == ["read", str(len(RUNS))]


@pytest.mark.parametrize(
    "sentence",
    ["Why? ", "It reduces stress{n}. ", "Sauna {n} eases pain. ", "Sauna heals {n}. ", "- Sauna {n} eases.\n"],
)
def test_twice_as_many_sentences_are_at_most_about_twice_the_work(sentence):
    # the few come first: they have the patterns compiled
    _, short, long = (work("".join(sentence.format(n=f"a{n}b") for n in range(many))) for many in (5, 150, 300))
    assert long < 2.2 * short


@pytest.mark.parametrize("text", ["It frees 7 stiff joints for hours.", "Over 20,000 people sleep for hours."])
def test_a_figure_with_hours_further_on_is_no_arrangement(text):
    assert "times" not in {one.name for one in evidence(units(document(text))[0], Subject(""))}


@pytest.mark.parametrize("text", ["It takes 50–70 minutes.", "Takes 5 - 10 min.", "A 90-minute visit.", "1 hour long."])
def test_a_figure_of_hours_or_minutes_is_an_arrangement(text):
    assert "times" in {one.name for one in evidence(units(document(text))[0], Subject(""))}


@pytest.mark.parametrize("marks", ["](u)", "](u(v))", "][a]", "][]", "][](u)", "][][a]", "][<b>]", "**", "</b>", "]["])
def test_marks_within_a_line_leave_no_gap(marks):
    assert INLINE.fullmatch(marks)


def test_a_title_or_lead_in_longer_than_any_is_not_read_again_for_every_item():
    text = "why " * READ
    whole = Block(BlockKind.HEADING, (0, len(text) - 1), 1), Block(BlockKind.PARAGRAPH, (len(text), len(text) + 2))
    found = units(Document("a", f"{text}No", f"{text}No", whole, ""))
    assert [len(title) for title in found[-1].titles] == [READ]
    led = units(document(f"{text}:\n\n- Calm\n- Rest\n"))
    assert led[-1].text == "Rest"
    assert led[-1].lead is None


if __name__ == "__main__":
    assert not INLINE.fullmatch("][" * LENGTH + "!"), "marks that could be read in many ways are read in one"
    assert not any(cue.where("1" * LENGTH) for cue in cues().sentence if cue.name != "a figure")
    for run in RUNS:
        long = (run * LENGTH)[:LENGTH]
        for text in (long, f"“It {long} eases pain."):
            find_claims(text)
            choose(find_snippets(document(text), "Sauna"), 3)
    sys.stdout.write(f"read {len(RUNS)}")
