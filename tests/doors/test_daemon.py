"""The running bot: it sees what people put in the folders, and does it."""

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[2]


def on_free_ports(workspace):
    config = (workspace / "config.toml").read_text().replace("port = 8040", "port = 0")
    (workspace / "config.toml").write_text(f"{config}\n[desk]\nport = 0\n")


@pytest.fixture
def daemon(workspace):
    """A bot running over an empty sample workspace (a rule approves what is unflagged); gives its feed's address."""
    on_free_ports(workspace)
    shutil.rmtree(workspace / "documents")
    (workspace / "documents").mkdir()
    log = (workspace / "log").open("w")
    command = [sys.executable, "-m", "bot", "-C", str(workspace), "run"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True) as running:
        line = next(line for line in iter(running.stdout.readline, "") if "The feed:" in line)
        yield line.split()[2]
        running.send_signal(signal.SIGTERM)
        assert running.wait(30) == 0
    log.close()


def eventually(fact, patience=40):
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if found := fact():
            return found
        time.sleep(0.2)
    return fact()


def test_a_document_dropped_in_becomes_drafts_a_plan_and_a_published_post(daemon, workspace, bot):
    assert b"<html" in urlopen(daemon).read()  # an empty feed is a page, not an error
    shutil.copy(ROOT / "documents" / "ashiatsu-for-runners.txt", workspace / "documents")
    assert eventually(lambda: len(list((workspace / "posts").glob("*.md"))) >= 5)

    def planned():
        found = json.loads(bot("status", "--json").output)["deliveries"]
        return found if len(found) >= 4 else []

    rows = eventually(planned)
    assert len(rows) >= 4
    assert all(row["state"] == "scheduled" for row in rows)
    assert all((workspace / "images" / f"{row['post']}.jpg").exists() for row in rows)
    sent = bot("publish", rows[0]["post"], "--now")  # the running bot does it: this process does not own the ledger
    assert "published" in sent.output
    assert rows[0]["post"].encode() in urlopen(daemon + "feed.xml").read()


def test_an_edit_is_planned_again_and_a_withdrawal_cancels(daemon, workspace, bot):
    post = '+++\nformat = 1\nid = "hello"\nstatus = "{}"\naccounts = ["feed"]\n{}+++\nWelcome to the studio.\n'
    (workspace / "posts").mkdir(exist_ok=True)
    path = workspace / "posts" / "hello.md"

    def row():
        found = json.loads(bot("calendar", "--json").output)["calendar"]
        return found[0] if found else {"local": "", "state": ""}

    path.write_text(post.format("approved", "publish_at = 2030-01-02T09:00:00\n"))
    assert eventually(lambda: row()["local"] == "2030-01-02T09:00:00")
    path.write_text(post.format("approved", "publish_at = 2030-03-04T10:30:00\n"))
    assert eventually(lambda: row()["local"] == "2030-03-04T10:30:00")
    path.write_text(post.format("withdrawn", ""))
    assert eventually(lambda: row()["state"] == "canceled")


def test_what_it_cannot_read_is_said_once(daemon, workspace):
    (workspace / "documents" / "brochure.docx").write_bytes(b"PK\x03\x04 not really")
    log = workspace / "log"
    assert eventually(lambda: "brochure.docx" in log.read_text())
    (workspace / "documents" / "touch.txt").write_text("A new look at the folder.\n")
    time.sleep(5)
    assert log.read_text().count("brochure.docx") == 1


def test_a_ledger_that_vanishes_under_it_stops_it(workspace):
    on_free_ports(workspace)
    command = [sys.executable, "-m", "bot", "-C", str(workspace), "run"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            assert next(line for line in iter(running.stdout.readline, "") if "The feed:" in line)
            shutil.rmtree(workspace / ".footnote")
            assert "is gone: nothing more is sent" in running.communicate(timeout=40)[1]
        finally:
            running.kill()


def test_a_new_config_is_taken_by_itself_and_a_broken_one_is_not(daemon, workspace, bot):
    config, log = workspace / "config.toml", workspace / "log"
    config.write_text(config.read_text() + "nonsense = [")
    assert eventually(lambda: "this is not TOML" in log.read_text())
    config.write_text(config.read_text().replace("nonsense = [", "").replace("Quiet Feet Studio", "Loud Feet Studio"))
    assert eventually(lambda: "starting again with it" in log.read_text())
    assert eventually(lambda: "Loud Feet Studio" in (workspace / "site" / "index.html").read_text())
