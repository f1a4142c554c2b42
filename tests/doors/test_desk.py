"""The desk as a person gets to it: the link that `bot run` prints, `bot desk`, and the password."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from bot.app import open_app
from bot.cli import main
from bot.ledger import PublisherLock
from tests.doors.test_daemon import ROOT, eventually, on_free_ports

LINK = re.compile(
    r"^Your desk: (http://127\.0\.0\.1:\d+/enter/[\w-]+)   "
    r"\(opens once(?:; `bot desk` gives another link|, within an hour)\)$"
)
PASSWORD = "quiet feet, loud heart"


@contextmanager
def running(workspace):
    """A bot that runs; gives the first thing that it says about the desk, once the feed is there."""
    command = [sys.executable, "-m", "bot", "-C", str(workspace), "run"]
    with (workspace / "log").open("w") as log:
        bot = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True)
        with bot:
            try:
                yield bot
            finally:  # also where a test fails: else it would run on, and the test with it
                bot.send_signal(signal.SIGTERM)
                ended = bot.wait(30)
            assert ended == 0


def said(bot):
    lines = iter(bot.stdout.readline, "")
    found = [next(line for line in lines if line.startswith("Your desk:")), next(lines)]
    assert found[1].startswith("The feed:")
    return found[0].rstrip("\n")


def get(address, cookie="", method="GET"):
    parts = urlsplit(address)
    line = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    line.request(method, parts.path, headers={"Cookie": cookie} if cookie else {})
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer


def enter(link):
    """The cookie that a link gives."""
    return get(link).headers.get("Set-Cookie", "").partition(";")[0]


def test_bot_run_prints_a_link_and_bot_desk_another(workspace, bot):
    on_free_ports(workspace)
    with running(workspace) as daemon:
        first = LINK.match(said(daemon))[1]
        second = LINK.match(bot("desk").output.strip())[1]
        assert first != second
        home = first.partition("enter/")[0]
        for link in (second, first):
            assert get(home, enter(link)).status == 200
            assert enter(link) == ""
        again = bot("run", "--unless-running").output
        assert "Your desk: `bot desk` gives a link that opens it" in again
    for secret in (first, second):
        assert secret.rpartition("/")[2] not in (workspace / "log").read_text()


def test_a_password_that_is_set_meanwhile_holds_at_once(workspace, bot):
    on_free_ports(workspace)
    with running(workspace) as daemon:
        link = LINK.match(said(daemon))[1]
        home, cookie = link.partition("enter/")[0], enter(link)
        told = CliRunner().invoke(main, ["-C", str(workspace), "desk", "--set-password"], input=f"{PASSWORD}\n")
        assert (told.exit_code, told.output) == (0, "The password is set. Everybody has to come in again, with it.\n")
        assert get(home, cookie).status == 303
        other = LINK.match(bot("desk").output.strip())[1]  # whoever is at this computer needs no password
        assert get(home, enter(other)).status == 200


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="only Linux lists its sockets there")
def test_a_new_config_keeps_everybody_in_and_the_port(workspace):
    port = free_port()
    on_free_ports(workspace)
    config = workspace / "config.toml"
    config.write_text(config.read_text().replace("[desk]\nport = 0", f"[desk]\nport = {port}"))
    with running(workspace) as daemon:
        link = LINK.match(said(daemon))[1]
        home, cookie = link.partition("enter/")[0], enter(link)
        assert sockets_of(daemon.pid) == 2
        config.write_text(config.read_text().replace("Quiet Feet Studio", "Loud Feet Studio"))
        assert LINK.match(said(daemon)), "it has started again"
        assert get(home, cookie).status == 200
        assert sockets_of(daemon.pid) == 2, "none was inherited"


def sockets_of(pid):
    """How many sockets it listens at."""
    own = set()
    for file in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # it has been closed meanwhile
            own.add(str(file.readlink()))
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()]
    return sum(f"socket:[{row[9]}]" in own for row in rows if row[3] == "0A")


def test_a_new_config_that_would_leave_the_door_open_is_not_taken(workspace):
    on_free_ports(workspace)
    config, log = workspace / "config.toml", workspace / "log"
    with running(workspace) as daemon:
        link = LINK.match(said(daemon))[1]
        config.write_text(config.read_text().replace("[desk]\n", '[desk]\nurl = "https://desk.example.com/"\n'))
        assert eventually(lambda: "others can reach the desk" in log.read_text())
        assert enter(link), "the old one stays"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.mark.parametrize(
    ("desk", "words"),
    [
        ("port = {taken}", "bot: the desk cannot listen on 127.0.0.1:{taken}: "),
        ('host = "0.0.0.0"\nport = 0', "bot: config.toml: the desk listens everywhere"),
        ('url = "https://desk.example.com/"\nport = 0', "`bot desk --set-password`"),
    ],
)
def test_a_desk_that_cannot_open_stops_the_start_with_the_reason_and_lets_go_of_everything(workspace, bot, desk, words):
    on_free_ports(workspace)
    config = workspace / "config.toml"
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        config.write_text(config.read_text().replace("[desk]\nport = 0", "[desk]\n" + desk.format(taken=taken)))
        handlers = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
        told = bot("run")
        for number, handler in zip((signal.SIGTERM, signal.SIGINT), handlers, strict=True):
            signal.signal(number, handler)
    assert told.exit_code == 1
    assert words.format(taken=taken) in told.output
    assert "Traceback" not in told.output
    with PublisherLock(workspace / ".footnote"):
        pass


def test_without_a_running_bot_there_is_no_desk(bot):
    told = bot("desk")
    assert told.exit_code == 1
    assert told.output == "bot: your desk is not open: start it with `bot run`, which prints a link, too\n"


@pytest.mark.parametrize("words", ["", "\n", "too short\n"])
def test_a_short_password_is_none(workspace, words):
    told = CliRunner().invoke(main, ["-C", str(workspace), "desk", "--set-password"], input=words)
    assert told.exit_code == 1
    assert "at least 10 characters" in told.output
    app = open_app(workspace)
    assert app.ledger.admissions.password() == ""
    app.close()


def test_at_the_keyboard_a_password_is_typed_twice_and_unseen(workspace):
    told = type_at(
        workspace, [b"quiet feet, loud heart\n", b"quiet feet, lout heart\n", *[b"quiet feet, loud heart\n"] * 2]
    )
    assert b"do not match" in told
    assert b"The password is set." in told
    assert b"heart" not in told
    app = open_app(workspace)
    assert app.ledger.admissions.password().startswith("$argon2id$")
    app.close()


def type_at(workspace, lines):
    """What a terminal shows when these lines are typed, one a question."""
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "bot", "-C", str(workspace), "desk", "--set-password"]
    shown = b""
    with subprocess.Popen(command, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True) as bot:
        os.close(theirs)
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:  # the other end is closed: it has ended
                break
            shown += piece
            if not piece:
                break
            if lines and shown.endswith(b": "):
                os.write(ours, lines.pop(0))
        assert bot.wait(30) == 0
    os.close(ours)
    return shown


def test_without_its_libraries_the_bot_runs_and_says_what_to_install(workspace, bot, monkeypatch, caplog):
    from bot import daemon as room

    on_free_ports(workspace)
    monkeypatch.setattr(room, "is_installed", lambda: False)
    app = open_app(workspace)
    daemon = room.Daemon(app)
    with caplog.at_level("INFO"):
        daemon._open_desk()
    assert daemon.invitation == ""
    assert "the desk is not installed: pip install 'footnote-bot[web]'" in caplog.text
    app.close()


ABSENT = "import sys; sys.modules.update(dict.fromkeys(['starlette', 'uvicorn', 'python_multipart', 'argon2']));"
IMPORTED = "import bot.daemon, bot.cli, bot.app"
RUN = "sys.argv = ['bot', *{}]; from bot.__main__ import main; main()"


@pytest.mark.parametrize("act", [IMPORTED, RUN.format(["--help"]), RUN.format(["check"]), RUN.format(["desk"])])
def test_nothing_but_the_desk_needs_its_libraries(workspace, act):
    """None of them can be imported there, as after `pip install footnote-bot`."""
    command = [sys.executable, "-c", ABSENT + act]
    world = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = subprocess.run(command, cwd=workspace, env=world, capture_output=True, text=True, check=False)
    wants_desk = "'desk'" in act
    assert (told.returncode, "footnote-bot[web]" in told.stderr) == (1 if wants_desk else 0, wants_desk), told.stderr
