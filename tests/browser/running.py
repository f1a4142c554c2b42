"""A running bot with its desk: `bot run` as people start it, over a workspace that a test has made."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
ARTICLE = ROOT / "documents" / "ashiatsu-for-runners.txt"
BOT = [sys.executable, "-m", "bot"]


@dataclass(frozen=True)
class Desk:
    """A running bot: the link that opens its desk once, the desk's and the feed's addresses, its workspace."""

    link: str
    url: str
    feed: str
    folder: Path

    def write(self, name: str, words: str, **also: str) -> Path:
        """A post's file, made by hand."""
        return write(self.folder, name, words, **also)

    def file(self, post: str) -> Path:
        """The file of a post."""
        [found] = (path for path in (self.folder / "posts").glob("*.md") if f'id = "{post}"' in path.read_text("utf-8"))
        return found


def begin(folder: Path, zone: str = "America/Denver") -> Path:
    """A new workspace as `bot init` makes it, with ports and a ledger of its own."""
    made = [*BOT, "init", str(folder), "--name", "Quiet Feet Studio", "--zone", zone]
    subprocess.run([*made, "--subject", "Ashiatsu massage"], cwd=ROOT, check=True, capture_output=True)
    config = folder / "config.toml"
    with socket.socket() as free:  # a site must know its port before it runs: links lead to it
        free.bind(("127.0.0.1", 0))
        feed = f"port = {free.getsockname()[1]}"
    words = config.read_text("utf-8").replace("port = 8040", feed)
    config.write_text(f'{words}\n[desk]\nport = 0\n[ledger]\nfolder = "ledger"\n', "utf-8")
    return folder


def write(
    folder: Path, name: str, words: str, *, status: str = "draft", accounts: str = "feed", front: str = ""
) -> Path:
    """A post of words only, in a file as somebody types it; the first line stands for its title."""
    named = ", ".join(f'"{one}"' for one in accounts.split())
    head = f'format = 1\nid = "{name}"\nstatus = "{status}"\naccounts = [{named}]\n{front}'
    path = folder / "posts" / f"{name}.md"
    path.write_text(f"+++\n{head}+++\n{words}\n", "utf-8")
    return path


@contextmanager
def running(folder: Path) -> Iterator[Desk]:
    """`bot run` over that workspace; it must end well when it is asked to."""
    log = folder.parent / f"{folder.name}.log"
    run = [*BOT, "-C", str(folder), "run"]
    with (
        log.open("w") as errors,
        subprocess.Popen(run, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True) as process,
    ):
        try:
            told = _told(process.stdout)
            assert told.keys() >= {"Your desk", "The feed"}, log.read_text()
            link = told["Your desk"]
            yield Desk(link, link.partition("/enter/")[0], told["The feed"].rstrip("/"), folder)
        finally:
            process.send_signal(signal.SIGTERM)
            ended = process.wait(30)
    assert ended == 0, log.read_text()


def _told(lines):
    """The addresses that the bot says as it starts; the feed's is the last."""
    told = {}
    for line in lines:
        name, colon, rest = line.partition(": ")
        if colon and rest.startswith("http"):
            told[name] = rest.split()[0]
        if name == "The feed":
            break
    return told
