"""The pages say what the code says, and what they tell a person to type works."""

import importlib.util
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot.cli import main
from bot.config.tables import ConfigTables
from bot.mistakes import check
from bot.networks import check_settings
from bot.posts import parse
from bot.starter import write_workspace

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
GENERATED = "<!-- made by docs/generate.py"
WRITTEN = [page for page in PAGES if not page.read_text("utf-8").startswith(GENERATED)]
BLOCK = re.compile(r"^```(?P<language>[^\n]*)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page, language):
    return [found["code"] for found in BLOCK.finditer(page.read_text("utf-8")) if found["language"] == language]


def named(page):
    return page.relative_to(ROOT).as_posix()


def test_the_example_of_a_network_is_short():
    (code,) = blocks(ROOT / "docs" / "write-a-network.md", "python")
    assert len(code.splitlines()) <= 60


def test_no_generated_page_is_stale():
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    assert generate.stale() == [], "run python docs/generate.py"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_somewhere(page):
    text = BLOCK.sub("", page.read_text("utf-8"))
    links = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'(?:src|href)="([^"]+)"', text)
    broken = []
    for link in links:
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        if not re.match(r"[a-z]+:", link) and (not target.exists() or (anchor and anchor not in anchors(target))):
            broken.append(link)
    assert broken == []


def anchors(page):
    """As GitHub makes them from the titles."""
    titles = re.findall(r"^#+ (.+)$", BLOCK.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def commands(page):
    """What a page tells to type: in its blocks, and in its lines."""
    text = page.read_text("utf-8")
    lines = [line for found in BLOCK.finditer(text) for line in found["code"].splitlines()]
    lines += re.findall(r"`([^`\n]+)`", BLOCK.sub("", text))
    for line in lines:
        for part in line.partition("#")[0].split("&&"):
            found = re.fullmatch(r"(?:ExecStart=)?(?:\S*bin/)?bot (?!\.\.\.|--)(?:-C \S+ )?(.+)", part.strip())
            if found:
                yield found[1]


@pytest.mark.parametrize("page", WRITTEN, ids=named)
def test_every_command_that_a_page_names_exists_with_its_options(page):
    for command in commands(page):
        name, *words = shlex.split(command)
        assert name in main.commands, f"{named(page)}: bot {command}"
        if words:
            main.commands[name].make_context(name, ["7" if word == "N" else word for word in words])


@pytest.mark.parametrize(
    "path", sorted((ROOT / "bot").rglob("*.*")), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_every_command_that_a_message_names_exists(path):
    if path.suffix in {".py", ".toml", ".md", ".html"}:
        for name in re.findall(r"`bot (?:-C \S+ )?([a-z]+)", path.read_text("utf-8")):
            assert name in main.commands, f"{path} speaks of bot {name}"


def test_the_example_of_a_post_is_one():
    (example,) = blocks(ROOT / "docs" / "parts" / "posts.md", "")
    post = parse(example, "posts/example.md")
    assert post.source.spans
    assert post.publish_at


@pytest.mark.parametrize("page", WRITTEN, ids=named)
def test_every_setting_that_a_page_shows_can_be_set(page, tmp_path):
    write_workspace(tmp_path, name="Quiet Feet", zone="UTC")
    config = tomllib.loads((tmp_path / "config.toml").read_text("utf-8"))
    for block in blocks(page, "toml"):
        told = tomllib.loads(block)
        check(ConfigTables, {**config, **told}, block, named(page), context={"accounts": {"feed": "site"}})
        settings = dict(told.get("accounts", {}).get("feed", {"network": "site"}))
        assert check_settings(settings.pop("network"), settings) == []


def test_the_readme_does_by_hand_what_make_run_does():
    make = (ROOT / "Makefile").read_text("utf-8")
    first = re.search(r"^FIRST := (.+)$", make, re.MULTILINE)[1]
    run = re.search(r"^run:.*\n((?:\t.*\n)+)", make, re.MULTILINE)[1].replace("$(FIRST)", first)
    wanted = [line.strip().removeprefix("@$(BIN)/bot ") for line in run.splitlines()]
    by_hand = next(block for block in blocks(ROOT / "README.md", "") if "venv" in block)
    told = [part.strip().removeprefix(".venv/bin/bot ") for part in by_hand.splitlines()[1].split("&&")]
    assert told == [line.removesuffix(" --unless-running") for line in wanted]


def test_the_readmes_tour_ends_with_a_calendar_and_a_post_that_goes_out_once(tmp_path):
    """Everything in it is typed but `bot run`."""
    (tmp_path / "documents").symlink_to(ROOT / "documents")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    around = {**os.environ, "PATH": path, "XDG_STATE_HOME": str(tmp_path / "state")}
    studio = tmp_path / "my-studio"

    def typed(lines, here):
        done = subprocess.run(
            ["bash", "-euc", lines], cwd=here, env=around, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    typed("".join(blocks(ROOT / "README.md", "sh tour")).replace("\nbot run\n", "\n"), tmp_path)
    told = json.loads(typed("bot status --json", studio))
    assert told["problems"] == told["holds"] == []
    assert "ashiatsu-massage-forces-you-to-relax-and" in [row["post"] for row in told["deliveries"]]
    assert [row["state"] for row in told["deliveries"]] == ["scheduled"] * max(4, len(told["deliveries"]))
    for _ in range(2):
        typed("bot publish ashiatsu-massage-reduces-chronic-tension --now", studio)
    (page,) = (studio / "site" / "posts").glob("*.html")
    assert "It reduces chronic tension." in page.read_text("utf-8")
