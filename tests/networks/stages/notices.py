"""The example of docs/write-a-network.md, on a notice board."""

import json
import re
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.networks.stages import Seen, Stage

PAGE = Path(__file__).parents[3] / "docs" / "write-a-network.md"
TOKEN = "key-of-the-town-hall"


def example():
    """The module on the page, and its entry point."""
    page = PAGE.read_text("utf-8")
    code = re.search(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)[1]
    entry = re.search(r'^\[project.entry-points."footnote.networks"\]\n(.*)$', page, re.MULTILINE)[1]
    return code, entry.replace('"', "")


def install(folder, monkeypatch):
    code, entry = example()
    about = folder / "footnote_notices-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: footnote-notices\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(f"[footnote.networks]\n{entry}\n")
    (folder / "footnote_notices.py").write_text(code)
    monkeypatch.syspath_prepend(str(folder))


class Board:
    def __init__(self, url):
        self.url, self.notices, self.lock = url, {}, threading.Lock()


class Handler(BaseHTTPRequestHandler):
    def answer(self):
        board, path = self.server.board, self.path.partition("?")[0]
        told = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            return self.say(401, {"error": "that is no key of ours"})
        with board.lock:
            if (self.command, path) == ("POST", "/notices"):
                made = {**told, "id": f"n{len(board.notices) + 1}", "at": datetime.now(UTC).isoformat()}
                return self.say(200, board.notices.setdefault(told["key"], made))
            if (self.command, path) == ("GET", "/notices"):
                return self.say(200, [one for one in board.notices.values() if not one.get("gone")])
            for one in board.notices.values():
                if (self.command, path) == ("DELETE", f"/notices/{one['id']}"):
                    one["gone"] = True
                    return self.say(200, {})
        return self.say(200, {"id": "us", "name": "Quiet Feet"} if path == "/me" else {})

    do_GET = do_POST = do_DELETE = answer  # noqa: N815

    def say(self, status, body):
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """It is quiet there."""


@contextmanager
def serve(request):
    install(request.getfixturevalue("tmp_path"), request.getfixturevalue("monkeypatch"))
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.board = Board(f"http://127.0.0.1:{server.server_port}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.board
        server.shutdown()


class NoticeBoard(Stage):
    commit = ("POST", "/notices")
    threads, most = False, 2

    def __init__(self, *given):
        super().__init__(*given)
        self.kept.secrets = {"token": TOKEN}

    def seen(self):
        live = [one for one in self.server.notices.values() if not one.get("gone")]
        return [Seen(one["id"], one["text"], tuple(picture["alt"] for picture in one["pictures"])) for one in live]


STAGE = NoticeBoard
