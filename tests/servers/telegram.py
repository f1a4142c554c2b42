"""Telegram's Bot API for a test: every request judged by the machine-readable Bot API 10.1, and by its texts."""

import json
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from urllib.parse import parse_qsl, urlsplit

from PIL import Image

from tests.reference import reference
from tests.servers.meta.graph import _given

TOKEN = "123456789:AAE-strict_token_of_the_studio_bot1"
CHAT, NUMBER, BOT = "@quietfeet", -1001234567890, 4242
TWO_DAYS = timedelta(hours=48)


@cache
def methods():
    told = json.loads(reference("specs/telegram-methods.json").read_text("utf-8"))
    return told["methods"], told["types"]


class Refused(Exception):
    def __init__(self, code, description, **parameters):
        self.code, self.parameters = code, parameters
        self.description = description


@dataclass
class Told:
    """A message in the channel."""

    id: int
    text: str
    at: datetime
    pictures: int = 0
    reply_to: int = 0
    album: str = ""
    deleted: bool = False

    @property
    def alts(self):
        """Telegram has none: one empty text for each picture."""
        return ("",) * self.pictures


@dataclass
class World:
    now: object
    rights: dict = field(default_factory=lambda: {"status": "administrator", "can_post_messages": True})
    messages: list = field(default_factory=list)


def utf16(text):
    return len(text.encode("utf-16-le")) // 2


class TelegramServer:
    """Read `messages`, `posts`, `twice()`, `violations`; `fail_next`, `rights` and `token` can be changed."""

    def __init__(self, *, now=lambda: datetime.now(UTC)):
        methods()  # without the specification there is no strict server: the test skips here
        self.world, self.token, self.violations, self.log, self.faults = World(now), TOKEN, [], [], []
        self.lock = threading.RLock()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _Door)
        self._http.daemon_threads, self._http.telegram = True, self
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self):
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._http.shutdown()
        self._http.server_close()

    @property
    def posts(self):
        """What the channel shows; an album is one post."""
        return [one for one in self.world.messages if not one.deleted and (one.pictures or not one.album)]

    def twice(self):
        said = [one.text for one in self.world.messages if one.text]
        return sorted({text for text in said if said.count(text) > 1})

    def fail_next(self, *faults):
        self.faults.extend(faults)

    def answer(self, path, given, files):
        name, _, method = path.strip("/").partition("/")
        if name != f"bot{self.token}":
            raise Refused(401 if name.startswith("bot") else 404, "Unauthorized")
        known, _ = methods()
        if method not in known or not hasattr(self, method):
            self.violations.append(f"{method}: there is no such method")
            raise Refused(404, "Not Found")
        self._judge(method, given, files)
        if method.startswith("send") and self.faults:
            raise self.faults.pop(0)
        if "chat_id" in given and given["chat_id"] not in {CHAT, str(NUMBER)}:
            raise Refused(400, "Bad Request: chat not found")
        return getattr(self, method)(given, files)

    def _judge(self, method, given, files):
        fields = {one["name"]: one for one in methods()[0][method].get("fields", ())}
        attached = {f"attach://{name}" for name in files}
        named = {part["media"] for part in json.loads(given.get("media", "[]"))}
        loose = {name for name in files if name not in fields and f"attach://{name}" not in named}
        wrong = sorted((set(given) - set(fields)) | loose | (named - attached))
        missing = [name for name, one in fields.items() if one["required"] and name not in given and name not in files]
        for name in (name for name in given if name in fields and "Integer" in fields[name]["types"]):
            if "String" not in fields[name]["types"] and not given[name].lstrip("-").isdecimal():
                wrong.append(name)
        if wrong or missing:
            self.violations.append(f"{method}: unknown {wrong}, missing {missing}")
            raise Refused(400, f"Bad Request: {wrong or missing}")
        if "reply_parameters" in given:
            known = {one["name"] for one in methods()[1]["ReplyParameters"]["fields"]}
            if unknown := set(json.loads(given["reply_parameters"])) - known:
                self.violations.append(f"{method}: reply_parameters {unknown}")

    def getMe(self, given, files):  # noqa: N802  Telegram's names
        return {"id": BOT, "is_bot": True, "first_name": "Footnote", "username": "quietfeet_bot"}

    def getChat(self, given, files):  # noqa: N802
        return self._chat()

    def getChatMember(self, given, files):  # noqa: N802
        return {"user": self.getMe(given, files), **self.world.rights}

    def sendMessage(self, given, files):  # noqa: N802
        if not given["text"].strip():
            raise Refused(400, "Bad Request: message text is empty")
        if utf16(given["text"]) > 4096:
            raise Refused(400, "Bad Request: message is too long")
        return self._shown(self._new(given, given["text"]))

    def sendPhoto(self, given, files):  # noqa: N802
        self._check_picture(files["photo"])
        self._check_caption(given.get("caption", ""))
        return self._shown(self._new(given, given.get("caption", ""), pictures=1))

    def sendMediaGroup(self, given, files):  # noqa: N802
        album = json.loads(given["media"])
        if not 2 <= len(album) <= 10:
            raise Refused(400, "Bad Request: an album has 2-10 items")
        known = {one["name"] for one in methods()[1]["InputMediaPhoto"]["fields"]}
        for one in album:
            if unknown := set(one) - known:
                self.violations.append(f"sendMediaGroup: unknown {unknown}")
            self._check_picture(files[one["media"].removeprefix("attach://")])
            self._check_caption(one.get("caption", ""))
        group = str(len(self.world.messages) + 1)
        every = [self._new(given, one.get("caption", ""), album=group) for one in album]
        every[0].pictures = len(every)
        return [self._shown(one) for one in every]

    def deleteMessage(self, given, files):  # noqa: N802
        found = next((one for one in self.world.messages if one.id == int(given["message_id"])), None)
        if found is None or found.deleted:
            raise Refused(400, "Bad Request: message to delete not found")
        if self.world.now() - found.at > TWO_DAYS:
            raise Refused(400, "Bad Request: message can't be deleted")
        found.deleted = True
        return True

    def _new(self, given, text, **more):
        if not self.world.rights.get("can_post_messages"):
            raise Refused(400, "Bad Request: need administrator rights in the channel chat")
        reply = json.loads(given.get("reply_parameters", "{}")).get("message_id", 0)
        made = Told(len(self.world.messages) + 11, text.strip(), self.world.now(), reply_to=reply, **more)
        self.world.messages.append(made)
        return made

    def _check_picture(self, content):
        try:
            width, height = Image.open(BytesIO(content)).size
        except OSError:
            raise Refused(400, "Bad Request: IMAGE_PROCESS_FAILED") from None
        if len(content) > 10_000_000:
            raise Refused(413, "Request Entity Too Large")
        if width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise Refused(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")

    def _check_caption(self, text):
        if utf16(text) > 1024:
            raise Refused(400, "Bad Request: message caption is too long")

    def _chat(self):
        return {"id": NUMBER, "type": "channel", "title": "Quiet Feet", "username": CHAT[1:]}

    def _shown(self, one):
        shown = {"message_id": one.id, "date": int(one.at.timestamp()), "chat": self._chat()}
        return shown | ({"caption": one.text} if one.pictures or one.album else {"text": one.text})


class _Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def serve(self):
        telegram, parts = self.server.telegram, urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        given, files = _given(self.headers, body)
        with telegram.lock:
            try:
                result = telegram.answer(parts.path, {**dict(parse_qsl(parts.query)), **given}, files)
                status, told = 200, {"ok": True, "result": result}
            except Refused as refused:
                status, told = refused.code, {"ok": False, "error_code": refused.code}
                told["description"] = refused.description
                told |= {"parameters": refused.parameters} if refused.parameters else {}
            telegram.log.append((parts.path.rpartition("/")[2], status))
        content = json.dumps(told).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = serve  # noqa: N815

    def log_message(self, *_):
        pass
