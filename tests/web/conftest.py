"""A desk over a small season, open, and somebody who is in."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from bot.app import open_app
from bot.delivery import Patience
from bot.web.desk.server import open_desk

ROOT = Path(__file__).parents[2]
CONFIG = """workspace = "desk-test"
[studio]
name = "Quiet Feet Studio"
timezone = "America/Denver"
[words]
subject = "Ashiatsu massage"
[accounts.feed]
network = "site"
{more}
[[slots]]
accounts = ["feed"]
days = ["mon", "wed", "fri"]
time = "09:00"
[ledger]
folder = "ledger"
[feed]
port = 0
[desk]
port = 0
"""


class Visitor:
    """Somebody with a browser's manners: a session, and the headers that every browser sends."""

    patience = Patience()

    def __init__(self, folder, more=""):
        self.folder, self.clock = folder, datetime(2026, 11, 23, 16, tzinfo=UTC)
        for name in ("documents", "posts", "images"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / "config.toml").write_text(CONFIG.format(more=more), encoding="utf-8")
        self.app = open_app(folder, now=lambda: self.clock)
        self.desk = open_desk(self.app)
        link = self.desk.start().split()[0]
        self.base = re.match(r"http://[^/]+", link)[0]
        self.session = requests.Session()
        self.session.get(link, timeout=30).raise_for_status()

    def close(self):
        self.desk.stop()
        self.app.close()

    def get(self, address, **also):
        return self.session.get(self.base + address, timeout=30, **also)

    def post(self, address, *, files=None, follow=True, **fields):
        headers = {"Sec-Fetch-Site": "same-origin", "Origin": self.base}
        return self.session.post(
            self.base + address, data=fields, files=files, headers=headers, timeout=30, allow_redirects=follow
        )

    def write(self, name, words, *, status="draft", front="", headline=""):
        """A post's file."""
        image = f'[[image]]\nheadline = "{headline}"\nalt = "{headline}"\n' if headline else ""
        head = f'format = 1\nid = "{name}"\nstatus = "{status}"\naccounts = ["feed"]\n{front}{image}'
        path = self.folder / "posts" / f"{name}.md"
        path.write_text(f"+++\n{head}+++\n{words}\n", encoding="utf-8")
        return path

    def sha256(self, name):
        return self.app.post(name).sha256

    def plan(self):
        return self.app.plan()


@pytest.fixture
def visitor(tmp_path):
    """Somebody at the desk of a workspace that has no post yet."""
    visitor = Visitor(tmp_path / "studio")
    yield visitor
    visitor.close()


@pytest.fixture
def article():
    return ROOT / "documents" / "ashiatsu-for-runners.txt"


@pytest.fixture
def drafted(visitor, article):
    """The same, with the posts of the sample article."""
    shutil.copy(article, visitor.folder / "documents")
    with article.open("rb") as file:
        visitor.post("/texts", files={"file": (article.name, file)})
    return visitor
