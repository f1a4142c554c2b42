"""The command line: what it prints for people and programs, and its exit codes."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest
from click.testing import CliRunner

from bot import delivery as life
from bot.app import open_app
from bot.cli import main
from bot.cli.calendar import remedies
from bot.planner.holds import REASONS
from tests.doors.conftest import ROOT

ARTICLE = "documents/ashiatsu-for-runners.txt"
FIRST = "ashiatsu-massage-reduces-chronic-tension"
HEAVY = {
    "selectolax",
    "mammoth",
    "pypdf",
    "PIL",
    "sqlalchemy",
    "alembic",
    "pydantic",
    "apscheduler",
    "tweepy",
    "requests",
    "jinja2",
    "fontTools",
}


def test_the_front_page_is_what_the_commands_say(bot):
    page = CliRunner().invoke(main, ["--help"], prog_name="bot").output
    assert (ROOT / "bot" / "help.txt").read_text(encoding="utf-8") == page, "run `make docs`"
    for words in ([], ["-h"], ["--help"]):
        told = subprocess.run([sys.executable, "-m", "bot", *words], capture_output=True, text=True, check=True)
        assert told.stdout == page


@pytest.mark.parametrize("words", [["--help"], ["plan", "--help"], ["--version"], ["publish"]])
def test_what_needs_no_library_loads_none(words):
    code = f"import sys; sys.argv = ['bot', *{words}]\nfrom bot.__main__ import main\n"
    code += "try: main()\nexcept SystemExit: pass\n"
    told = subprocess.run(
        [sys.executable, "-c", code + "print(sorted(sys.modules))"], capture_output=True, text=True, check=True
    )
    loaded = {name.strip("'[] ").split(".")[0] for name in told.stdout.splitlines()[-1].split(",")}
    assert not loaded & HEAVY


def test_snippets_as_json_are_a_list_of_every_kind_best_first(bot, workspace):
    told = json.loads(bot("snippets", ARTICLE, "--json").output)
    fields = {"text", "kind", "score", "reasons", "source_start", "source_end", "support", "claims", "risk"}
    assert all(set(one) == fields for one in told)
    assert [one["score"] for one in told] == sorted((one["score"] for one in told), reverse=True)
    assert {"benefit", "history", "other"} <= {one["kind"] for one in told}
    text = (workspace / ARTICLE).read_text(encoding="utf-8")
    tension = next(one for one in told if one["text"] == "Ashiatsu massage reduces chronic tension.")
    assert text[tension["source_start"] : tension["source_end"]] == "It reduces chronic tension."
    forced = next(one for one in told if "forces you" in one["text"])
    assert forced["risk"] is True
    assert forced["claims"][0]["level"] == "REVIEW"


def test_the_whole_way_from_article_to_feed(bot, workspace):
    assert bot("compose", ARTICLE).exit_code == 0
    planned = bot("plan")
    assert planned.exit_code == 0
    assert "waiting for you" in planned.output
    sent = bot("publish", FIRST, "--now")
    assert sent.exit_code == 0
    assert "published: http://127.0.0.1:8040/posts/" in sent.output
    status = json.loads(bot("status", "--json").output)
    by_state = [row["state"] for row in status["deliveries"]]
    assert by_state.count("published") == 1
    assert by_state.count("scheduled") >= 3
    assert {"post", "account", "state", "due", "url"} <= set(status["deliveries"][0])
    assert len(list((workspace / "site" / "entries").glob("*.json"))) == 1


def test_doing_everything_again_changes_no_file_and_publishes_nothing(bot, workspace):
    bot("compose", ARTICLE)
    bot("plan")
    bot("publish", FIRST, "--now")

    def files():
        kept = (path for path in workspace.rglob("*") if path.is_file() and ".footnote" not in path.parts)
        return {path: path.read_bytes() for path in kept}

    before, calendar = files(), bot("calendar", "--json").output
    assert "no new drafts" in bot("compose", ARTICLE).output
    assert bot("plan").exit_code == 0
    assert bot("publish", FIRST, "--now").exit_code == 0
    assert files() == before
    assert bot("calendar", "--json").output == calendar


def test_flagged_posts_wait_for_a_person_and_go_out_after_a_yes(bot):
    bot("compose", ARTICLE)
    flagged = "ashiatsu-massage-forces-you-to-relax-and"
    assert "approve it first" in bot("publish", flagged, "--now").output
    assert bot("approve", flagged).exit_code == 0
    assert "published" in bot("publish", flagged, "--now").output


def test_a_withdrawn_post_is_called_off_and_a_yes_brings_it_back(bot, workspace):
    post_at(workspace, "calm", "2028-01-02T09:00:00")
    bot("plan")
    told = bot("withdraw", "calm", "calm")
    assert (told.exit_code, told.output) == (0, "withdrawn posts/calm.md; what is planned is called off\n")
    assert 'status = "withdrawn"' in (workspace / "posts/calm.md").read_text()
    states = [row["state"] for row in json.loads(bot("status", "--json").output)["deliveries"]]
    assert states == ["canceled"]
    assert bot("approve", "calm").exit_code == 0
    assert "planned" in bot("plan").output


def test_withdrawing_what_is_out_says_that_it_stays(bot, workspace):
    post_at(workspace, "calm", "2028-01-02T09:00:00")
    bot("publish", "calm", "--now")
    assert "feed: it is out, and stays: http://127.0.0.1:8040/posts/" in bot("withdraw", "calm").output
    assert bot("withdraw").exit_code == 2


def test_a_post_is_found_by_id_file_or_beginning(bot):
    bot("compose", ARTICLE)
    for name in (FIRST, f"posts/01-{FIRST}.md", f"01-{FIRST}", FIRST[:30]):
        assert bot("history", name).exit_code == 0
    unknown = bot("publish", "nothing-like-it", "--now")
    assert unknown.exit_code == 2
    assert FIRST in unknown.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["compose", "documents/nothing.txt"], "nothing.txt"),
        (["snippets", "documents/report.docx"], "report.docx: is broken; open it in Word"),
        (["publish"], "--due"),
        (["resolve", "7", "--drop"], "there is no delivery 7"),
        (["resolve", "7"], "--resend"),
        (["approve"], "--unflagged"),
        (["frobnicate"], "No such command"),
    ],
)
def test_wrong_use_is_told_in_a_sentence_and_exits_with_2(bot, workspace, words, said):
    (workspace / "documents" / "report.docx").write_bytes(b"PK\x03\x04")
    result = bot(*words)
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output


def test_a_folder_without_a_config_says_how_to_make_one(tmp_path, bot, workspace):
    (workspace / "config.toml").unlink()
    result = bot("status")
    assert result.exit_code == 2
    assert "bot init" in result.output


def test_check_names_every_broken_file_at_once_and_the_good_ones_go_on(bot, workspace):
    bot("compose", ARTICLE)
    (workspace / "posts" / "a.md").write_text("no front matter")
    (workspace / "posts" / "b.md").write_text('+++\nformat = 1\nid = "b"\nstatus = "maybe"\ncolour = 3\n+++\nwords\n')
    result = bot("check")
    assert result.exit_code == 1
    assert "posts/a.md" in result.output
    assert result.output.count("posts/b.md:") == 3
    assert bot("plan").exit_code == 1
    assert json.loads(bot("status", "--json").output)["deliveries"]


def test_check_lists_every_claim_with_its_line_and_what_is_safer_to_say(bot, workspace):
    post_at(workspace, "calm", "2028-01-02T09:00:00")
    path = workspace / "posts" / "calm.md"
    path.write_text(path.read_text().rstrip() + "\n\nIt flushes out toxins.\n")
    line = len(path.read_text().splitlines())
    result = bot("check")
    assert result.exit_code == 0
    assert f'posts/calm.md:{line}: REVIEW detox: "toxins": no evidence for detox' in result.output
    assert "asa.org.uk/advice-online/detoxing-general.html (read 2026-11-23)" in result.output
    assert "safer: “refreshing”" in result.output
    assert "1 post, nothing wrong with config.toml or the files in posts/." in result.output
    path.write_text(path.read_text().replace("approved", "withdrawn"))
    assert "toxins" not in bot("check").output


def test_check_shows_what_a_document_does_not_say_any_more(bot, workspace):
    document = workspace / ARTICLE
    bot("compose", ARTICLE)
    before = document.read_text()
    document.write_text(before.replace("It reduces chronic tension.", "It reduces chronic worry."))
    told = bot("check").output
    assert f"{FIRST}.md: {ARTICLE} says it differently now" in told
    assert "; 1 of them no longer stands in its document (above). config.toml and the files in posts/ are well" in told
    assert "    - [Ashiatsu massage] reduces chronic [tension.]\n    + [It] reduces chronic [worry.]\n" in told
    document.rename(document.with_name("feet.txt"))
    document.with_name("feet.txt").write_text(before)
    assert f"{ARTICLE} is gone; documents/feet.txt says the very same: name that under [source]" in bot("check").output


def test_a_document_from_elsewhere_is_copied_in_so_that_footnotes_have_a_place(bot, workspace, tmp_path_factory):
    other = tmp_path_factory.mktemp("elsewhere") / "yoga.txt"
    other.write_text("Why yoga?\n\nYoga improves balance. It eases tension.\n")
    assert bot("compose", other).exit_code == 0
    assert (workspace / "documents" / "yoga.txt").read_bytes() == other.read_bytes()


def test_a_new_workspace_can_be_made_and_used(tmp_path, bot):
    made = bot("init", tmp_path / "studio", "--name", "Soft Hands", "--zone", "Europe/Berlin")
    assert made.exit_code == 0
    again = bot("init", tmp_path / "studio")
    assert again.exit_code != 0
    assert "config.toml" in again.output


def test_a_broken_file_is_named_and_no_other_post_takes_its_place(bot, workspace):
    bot("compose", ARTICLE)
    first = workspace / "posts" / f"01-{FIRST}.md"
    (workspace / "posts" / "09-other.md").write_text(first.read_text().replace(f'id = "{FIRST}"', f'id = "{FIRST}-2"'))
    first.write_text(first.read_text().replace("topic =", "topik ="))
    for words in (["approve", FIRST], ["publish", FIRST, "--now"], ["approve", f"01-{FIRST}"]):
        result = bot(*words)
        assert result.exit_code == 1
        assert "topik" in result.output
    assert not (workspace / "site").exists()


def test_what_cannot_be_drawn_is_said_by_check_and_refused_by_approve(bot, workspace):
    bot("compose", ARTICLE)
    first = workspace / "posts" / f"01-{FIRST}.md"
    first.write_text(first.read_text().replace('headline = "Ashiatsu', 'headline = "ᚠ Ashiatsu'))
    for words in (["check"], ["approve", FIRST]):
        result = bot(*words)
        assert result.exit_code == 1
        assert "ᚠ" in result.output


def test_what_is_refused_is_not_written_to_even_where_its_document_was_edited(bot, workspace):
    """Nor are the posts that were named with it."""
    (workspace / "documents" / "cures.txt").write_text("Why massage?\n\n- Massage cures cancer and reduces pain.\n")
    bot("compose", "documents/cures.txt")
    (path,) = (workspace / "posts").iterdir()
    post_at(workspace, "calm", "2028-01-02T09:00:00")
    calm = workspace / "posts" / "calm.md"
    calm.write_text(calm.read_text().replace("approved", "draft"))
    (workspace / "documents" / "cures.txt").write_text("New.\n\nWhy?\n\n- Massage cures cancer and reduces pain.\n")
    before = path.read_bytes(), calm.read_bytes()
    refused = bot("approve", "calm", path.name)
    assert (refused.exit_code, "--override" in refused.output) == (1, True)
    assert (path.read_bytes(), calm.read_bytes()) == before
    assert bot("approve", "calm", path.name, "--override", "our own trial").exit_code == 0
    assert "override: our own trial" in bot("history", path.name).output
    assert "override" not in bot("history", "calm").output
    assert before[0] != path.read_bytes()


def test_publish_due_says_what_planning_found(bot, workspace):
    bot("compose", ARTICLE)
    bot("plan")
    config = workspace / "config.toml"
    config.write_text(config.read_text().replace("America/Denver", "Europe/Berlin"))
    result = bot("publish", "--due")
    assert result.exit_code == 1
    assert "--accept-zone" in result.output


def test_a_full_or_closed_disk_is_told_in_a_sentence(bot, workspace):
    (workspace / "posts").write_text("a file where the folder should be")
    result = bot("compose", ARTICLE)
    assert result.exit_code == 1
    assert "posts" in result.output
    assert "Traceback" not in result.output


def post_at(workspace, name, at, accounts=("feed",)):
    (workspace / "posts").mkdir(exist_ok=True)
    front = f'format = 1\nid = "{name}"\nstatus = "approved"\naccounts = {json.dumps(accounts)}\npublish_at = {at}\n'
    (workspace / "posts" / f"{name}.md").write_text(f"+++\n{front}+++\nWords of {name}.\n")


def missed(workspace, name):
    """A post whose time came and went while nothing ran."""
    app = open_app(workspace)
    (row,) = [row for row in app.ledger.deliveries.all() if row.post == name]
    late = life.rescheduled(row, row.due_at - timedelta(days=900), row.not_after - timedelta(days=900), "long ago")
    app.ledger.deliveries.settle(row, late, app.now(), "test")
    app.close()


def test_now_sends_a_missed_post_too(bot, workspace):
    post_at(workspace, "late-one", "2028-01-02T09:00:00")
    bot("plan")
    missed(workspace, "late-one")
    bot("publish", "--due")
    assert json.loads(bot("status", "--json").output)["deliveries"][0]["state"] == "missed"
    sent = bot("publish", "late-one", "--now")
    assert (sent.exit_code, "published" in sent.output) == (0, True)


def test_an_account_taken_out_of_the_config_holds_its_posts_and_nobody_elses(bot, workspace):
    config = workspace / "config.toml"
    before = config.read_text()
    config.write_text(
        before.replace("[[slots]]", '[accounts.other]\nnetwork = "site"\nfolder = "other"\n\n[[slots]]', 1)
    )
    post_at(workspace, "here", "2028-01-02T09:00:00")
    post_at(workspace, "there", "2028-01-02T09:00:00", ("other",))
    bot("plan")
    config.write_text(before)
    sent = bot("publish", "here", "--now")
    assert (sent.exit_code, "published" in sent.output) == (0, True)
    status = bot("status")
    assert status.exit_code == 1
    assert "other" in status.output


def test_what_is_held_is_shown_as_held_with_its_remedy(bot, workspace):
    bot("compose", ARTICLE)
    flagged = "ashiatsu-massage-forces-you-to-relax-and"
    bot("approve", flagged)
    bot("plan")
    (path,) = (workspace / "posts").glob(f"*-{flagged}.md")
    path.write_text(path.read_text() + "More words.\n")
    bot("plan")
    assert f"bot approve {flagged}" in bot("status").output
    assert "held (edited since approval)" in bot("calendar").output
    assert bot("approve", flagged, path.stem).exit_code == 0  # named twice is named once
    bot("plan")
    assert "held" not in bot("calendar").output


def test_every_hold_is_told_with_what_ends_it():
    assert set(remedies("x")) == REASONS


def test_many_missing_posts_are_told_with_what_ends_that(bot, workspace):
    for name in "abcd":
        post_at(workspace, name, "2028-01-02T09:00:00")
    bot("plan")
    for name in "abc":
        (workspace / "posts" / f"{name}.md").unlink()
    assert "--accept-missing" in bot("plan").output
    assert (
        "file missing (3 posts): put them back; if you removed them, `bot plan --accept-missing`"
        in bot("status").output
    )


def test_a_post_without_a_time_is_told_how_to_get_one(bot, workspace):
    post_at(workspace, "a", "2028-01-02T09:00:00")
    bot("plan")
    post_at(workspace, "a", "2020-01-02T09:00:00")
    bot("plan")
    assert "no time to go out: write another publish_at" in bot("status").output


def test_what_stopped_the_bot_is_let_go_by_the_command_that_status_tells(bot, workspace):
    post_at(workspace, "a", "2028-01-02T09:00:00")
    bot("plan")
    app = open_app(workspace)
    (row,) = app.ledger.deliveries.all()
    app.ledger.records.hold("delivery", str(row.id), life.POISON, "", app.now())
    app.close()
    assert f"`bot resolve {row.id} --resend|--drop`" in bot("status").output
    assert bot("resolve", row.id, "--resend").exit_code == 0
    assert "held" not in bot("status").output


def test_texts_in_hidden_folders_are_nobodys(workspace):
    hidden = workspace / "documents" / ".stversions"
    hidden.mkdir()
    (hidden / "old.txt").write_text("Yoga eases tension.\n")
    app = open_app(workspace)
    assert [path.name for path in app.documents()] == ["ashiatsu-for-runners.txt"]
    app.close()


def test_check_mentions_a_description_that_says_that_it_is_one(bot, workspace):
    bot("compose", ARTICLE)
    first = workspace / "posts" / f"01-{FIRST}.md"
    first.write_text(first.read_text().replace('alt = "Ashiatsu', 'alt = "Image of a foot. Ashiatsu'))
    assert f'posts/01-{FIRST}.md: NOTE: "Image of" in alt' in bot("check").output
