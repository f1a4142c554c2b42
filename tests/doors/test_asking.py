"""At the command line: what a text is about, why it gave no drafts, and what else it says."""

import json
import re

import pytest

from bot.config import read_config
from tests.composer.test_asking import HIDDEN, NAME, RECIPE, STONES


@pytest.fixture
def stones(workspace):
    (workspace / NAME).write_text(STONES, encoding="utf-8")
    return workspace


def lines(told):
    return [line.strip() for line in told.output.splitlines()]


def test_compose_asks_what_a_text_is_about_and_goes_by_the_answer(bot, stones):
    told = bot("compose", NAME)
    assert 'What is this text about? Sentences that begin with "it" stay out until you say:' in lines(told)
    assert f'bot compose {NAME} --subject "Hot stone massage"   (a suggestion)' in lines(told)
    answered = bot("compose", NAME, "--subject", "Hot stone massage")
    assert answered.exit_code == 0
    assert f'config.toml: "{NAME}" is about "Hot stone massage"' in lines(answered)
    assert "hot-stone-massage-improves-your-posture-so-you" in answered.output
    assert "What is this text about?" not in answered.output
    assert read_config(stones).subjects == {NAME: "Hot stone massage"}
    assert "# stands in for" in (stones / "config.toml").read_text(encoding="utf-8")


def test_a_name_with_spaces_can_be_pasted_as_it_is_told(bot, workspace):
    (workspace / "documents/hot stone.md").write_text(STONES, encoding="utf-8")
    told = bot("compose", "documents/hot stone.md")
    assert "bot compose 'documents/hot stone.md' --subject \"Hot stone massage\"" in told.output


def test_a_subject_is_for_one_document(bot, stones):
    before = (stones / "config.toml").read_bytes()
    told = bot("compose", NAME, "documents/ashiatsu-for-runners.txt", "--subject", "Massage")
    assert told.exit_code == 2
    assert "--subject is for one document at a time" in told.output
    assert (stones / "config.toml").read_bytes() == before
    assert not (stones / "posts").exists()


@pytest.mark.parametrize(("document", "subject"), [("documents/none.txt", "Massage"), (NAME, " "), (NAME, "x" * 90)])
def test_a_subject_that_cannot_be_kept_changes_nothing(bot, stones, document, subject):
    before = (stones / "config.toml").read_bytes()
    assert bot("compose", document, "--subject", subject).exit_code == 2
    assert (stones / "config.toml").read_bytes() == before
    assert not (stones / "posts").exists()


def test_snippets_say_what_it_was_taken_for_but_not_to_programs(bot, stones):
    asked = bot("snippets", NAME)
    assert 'Nobody said what this text is about (perhaps Hot stone massage): "it" stays "it".' in asked.output
    assert "Ashiatsu massage improves" not in asked.output
    json.loads(bot("snippets", NAME, "--json").stdout)
    bot("compose", NAME, "--subject", "Hot stone massage")
    told = bot("snippets", NAME)
    assert lines(told)[-1] == '"it" was taken for: Hot stone massage'
    assert HIDDEN in told.output


def test_a_text_without_drafts_says_why(bot, workspace):
    (workspace / NAME).write_text(RECIPE, encoding="utf-8")
    told = bot("compose", NAME)
    assert lines(told)[0] == "stones.md: no new drafts: 3 sentences, none that surely says what a client gains"
    (workspace / "documents/fr.txt").write_text("Le massage est bon pour les jambes et pour le dos. " * 5, "utf-8")
    refused = bot("compose", "documents/fr.txt")
    assert refused.exit_code == 2
    assert "is in French" in refused.output


def test_more_takes_the_next_of_the_list_and_says_when_there_is_none(bot, stones):
    config = stones / "config.toml"
    config.write_text(config.read_text("utf-8").replace("per_document = 8", "per_document = 1"), "utf-8")
    first = bot("compose", NAME, "--subject", "Hot stone massage")
    left = int(re.search(r"(\d+) more benefits, next: ", first.output)[1])
    assert left >= 3
    assert f"bot compose {NAME} --more 3" in first.output
    assert "2 new drafts" in bot("compose", NAME, "--more", 2).output
    bot("compose", NAME, "--more", 99)
    assert bot("compose", NAME, "--more", 1).output == (
        "stones.md: no new drafts: all that it could say was offered before\n"
    )
    assert len(list((stones / "posts").glob("*.md"))) == left + 1


FRENCH = "Le sauna est chaud et les invités sont dans la salle. Nous sommes avec vous pour une heure de repos.\n"


@pytest.mark.parametrize("asked", [["snippets", NAME], ["compose", NAME], ["compose", NAME, "--subject", "Sauna"]])
def test_a_text_in_another_language_is_declined_and_nothing_is_written(bot, workspace, asked):
    (workspace / NAME).write_text(FRENCH, encoding="utf-8")
    before = (workspace / "config.toml").read_bytes()
    told = bot(*asked)
    assert told.exit_code == 2
    assert f"{NAME.removeprefix('documents/')}: is in French" in told.output
    assert (workspace / "config.toml").read_bytes() == before


def test_a_file_without_end_is_refused_as_any_long_one(bot, workspace, tmp_path):
    endless = tmp_path / "endless.txt"
    with endless.open("wb") as file:
        file.truncate(1 << 40)
    told = bot("compose", str(endless))
    assert told.exit_code == 2
    assert "endless.txt: is over 1 MB" in told.output
