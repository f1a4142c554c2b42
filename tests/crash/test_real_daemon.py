"""The real process, the real database, the real folder: killed again and again, it loses and doubles nothing."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
POSTS = 30
CONFIG = """
workspace = "killed-again-and-again"
[studio]
name = "Quiet Feet"
timezone = "UTC"
[words]
subject = "Ashiatsu massage"
[accounts.feed]
network = "site"
spacing = "0s"
[accounts.second]
network = "site"
folder = "second"
spacing = "0s"
[review]
auto_approve = "unflagged"
[ledger]
folder = "ledger"
start_fresh = true
[feed]
port = 0
[desk]
port = 0
"""
POST = """+++
format = 1
id = "post-{n}"
status = "approved"
accounts = ["feed", "second"]
publish_at = {at}
+++
Words of post {n}.
"""


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "config.toml").write_text(CONFIG)
    for folder in ("documents", "posts", "images"):
        (tmp_path / folder).mkdir()
    first = datetime.utcnow().replace(microsecond=0) + timedelta(seconds=2)  # noqa: DTZ003
    for n in range(POSTS):
        at = (first + timedelta(seconds=n // 3)).isoformat()
        (tmp_path / "posts" / f"{n:02}.md").write_text(POST.format(n=n, at=at))
    return tmp_path


def bot(workspace, *words, **options):
    command = [sys.executable, "-m", "bot", "-C", str(workspace), *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False, **options)


def deliveries(workspace):
    return json.loads(bot(workspace, "status", "--json").stdout)["deliveries"]


def test_a_daemon_killed_at_random_publishes_everything_once(workspace):
    chance = random.Random(20261123)
    until = time.monotonic() + 90
    kills = 0
    while time.monotonic() < until:
        command = [sys.executable, "-m", "bot", "-C", str(workspace), "run"]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as daemon:
            time.sleep(1.2 + chance.random() * 1.5)
            os.kill(daemon.pid, signal.SIGKILL)
            kills += 1
        rows = deliveries(workspace)
        if len(rows) == 2 * POSTS and all(row["state"] == "published" for row in rows):
            break
    assert {row["state"] for row in deliveries(workspace)} == {"published"}
    assert kills > 3
    for folder, account in (("site", "feed"), ("second", "second")):
        entries = [json.loads(path.read_text()) for path in (workspace / folder / "entries").glob("*.json")]
        mine = {row["post"]: row["url"] for row in rows if row["account"] == account}
        assert sorted(entry["post"] for entry in entries) == sorted(mine)
        assert {entry["post"]: entry["url"] for entry in entries} == mine


def test_sigterm_ends_the_daemon_cleanly_and_a_second_one_is_refused_with_its_pid(workspace):
    command = [sys.executable, "-m", "bot", "-C", str(workspace), "run"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        try:
            assert any("The feed:" in line for line in iter(daemon.stdout.readline, ""))
            refused = bot(workspace, "run")
            assert refused.returncode == 1
            assert f"process {daemon.pid}" in refused.stderr
            assert f"process {daemon.pid}" in bot(workspace, "run", "--unless-running").stdout
            daemon.send_signal(signal.SIGTERM)
            assert daemon.wait(30) == 0
        finally:
            daemon.kill()
    assert not [row for row in deliveries(workspace) if row["state"] == "publishing"]
