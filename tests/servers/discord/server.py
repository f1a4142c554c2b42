"""Discord's webhooks for a test: one request judged and answered at a time."""

import hashlib
import json
import re
import threading
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO

from PIL import Image

from tests.servers.discord import spec
from tests.servers.listening import Listening, Told

LARGEST, MOST_FILES = 10 * 1024 * 1024, 10
PING = re.compile(r"@everyone|@here|<@[!&]?\d+>")
GUILD = "41771983423143937"
CODES = {
    10008: (404, "Unknown Message"),
    10015: (404, "Unknown Webhook"),
    40005: (413, "Request entity too large"),
    50006: (400, "Cannot send an empty message"),
    50027: (401, "Invalid Webhook Token"),
}


@dataclass(frozen=True)
class File:
    """A picture of a message; `alt` is its description."""

    name: str
    alt: str
    mime: str
    size: tuple
    digest: str
    length: int


@dataclass(frozen=True)
class Posted:
    """A message as the channel shows it; `pings` is whom it would call."""

    id: str
    webhook: str
    text: str
    files: tuple
    pings: tuple
    at: datetime


class Refused(Exception):
    """A rule said no; `told` is what the caller reads."""

    def __init__(self, told):
        self.told = told
        super().__init__(f"{told.status} {told.body}")


def refusal(code, **more):
    status, message = CODES[code]
    return Refused(Told(status, {"message": message, "code": code, **more}))


def bad_form(where, code, message):
    """400 with the reasons below the names of the fields, as Discord nests them."""
    errors = {"_errors": [{"code": code, "message": message}]}
    for name in reversed(where.split(".")):
        errors = {name: errors}
    return Refused(Told(400, {"message": "Invalid Form Body", "code": 50035, "errors": errors}))


class DiscordServer(Listening):
    """Two webhooks, "studio" and "clinic", of one channel each. Read `messages`, `twice()`, `violations`, `log`."""

    def __init__(self, *, now=lambda: datetime.now(UTC)):
        spec.openapi()  # without the specification there is no strict server: the test skips here
        super().__init__()
        self.hooks = {
            "studio": ("900000000000001001", f"sTudio-Token_1.{'x7Y-' * 14}"),
            "clinic": ("900000000000001002", f"cLinic-Token_2.{'z4W_' * 14}"),
        }
        self.deleted, self.called_when_gone = set(), 0
        self.violations, self.log, self.messages, self._faults = [], [], [], []
        self.forum = False
        self._now, self._offset, self._minted, self._lock = now, timedelta(), 9_000, threading.RLock()
        self._ever = []

    def address(self, name="studio"):
        """What a person copies."""
        return f"https://discord.com/api/webhooks/{'/'.join(self.hooks[name])}"

    def channel(self, webhook):
        return f"80{webhook[2:]}"

    def advance(self, seconds):
        self._offset += timedelta(seconds=seconds)

    def delete_hook(self, name="studio"):
        self.deleted.add(self.hooks[name][0])

    def fail_next(self, status, body=None, *, method="POST", mime="application/json", **headers):
        """The next request with this method is refused so, and nothing happens."""
        told = {name.replace("_", "-"): str(value) for name, value in headers.items()}
        self._faults.append((method, Told(status, body, told, mime)))

    def limit_next(self, seconds, *, header=True, shared=False):
        """The next message meets the rate limit."""
        body = {"message": "You are being rate limited.", "code": 0, "retry_after": seconds, "global": shared}
        self.fail_next(429, body, **({"Retry_After": int(seconds) + 1} if header else {}))

    def twice(self):
        """What the channel saw more than once, also when it was deleted since."""
        seen = Counter((one.webhook, one.text, tuple(file.digest for file in one.files)) for one in self._ever)
        return [said for said, times in seen.items() if times > 1]

    def answer(self, asked):
        with self._lock:
            operation, ids = spec.matched(asked.method, asked.path)
            try:
                told = self._done(operation, ids, asked)
            except Refused as refused:
                told = refused.told
            name = operation["operationId"] if operation else ""
            self.log.append((name, asked.method, dict(asked.query), told.status))
            return Told(told.status, told.body, {**self._limits(), **told.headers}, told.mime)

    def _done(self, operation, ids, asked):
        if operation is None:
            self.violations.append(f"{asked.method}: no such operation here")
            raise Refused(Told(404, {"message": "404: Not Found", "code": 0}))
        if not asked.headers.get("User-Agent"):
            self.violations.append("no User-Agent")
        fault = next((one for one in self._faults if one[0] == asked.method), None)
        if fault:
            self._faults.remove(fault)
            return fault[1]
        webhook = self._known(ids)
        if asked.method == "POST":
            return self._post(operation, webhook, asked)
        self.violations += spec.request_mistakes(operation, asked, None)
        if "message_id" in ids:
            return self._message(webhook, ids["message_id"], asked.method)
        return Told(200, self._hook(webhook, ids["webhook_token"]))

    def _known(self, ids):
        right = dict(self.hooks.values())
        webhook = ids["webhook_id"]
        if webhook not in right or webhook in self.deleted:
            self.called_when_gone += webhook in self.deleted
            raise refusal(10015)
        if ids["webhook_token"] != right[webhook]:
            raise refusal(50027)
        return webhook

    def _message(self, webhook, number, method):
        found = next((one for one in self.messages if (one.id, one.webhook) == (number, webhook)), None)
        if found is None:
            raise refusal(10008)
        if method == "GET":
            return Told(200, self._shown(found))
        self.messages.remove(found)
        return Told(204)

    def _post(self, operation, webhook, asked):
        waits = dict(asked.query).get("wait") in {"true", "1"}
        try:
            payload, files = self._read(asked)
            self._judge(operation, asked, payload)
            posted = self._checked(webhook, payload, files)
        except Refused:
            if waits:
                raise
            return Told(204)  # "errors of unsaved messages are hidden"
        self.messages.append(posted)
        self._ever.append(posted)
        return Told(200, self._shown(posted)) if waits else Told(204)

    def _judge(self, operation, asked, payload):
        """Too long is what anybody may be; all else that the specification says is a violation, and refused."""
        if len(str(payload.get("content") or "")) > 2000:
            raise bad_form("content", "BASE_TYPE_MAX_LENGTH", "Must be 2000 or fewer in length.")
        if told := spec.request_mistakes(operation, asked, payload):
            self.violations += told
            raise bad_form("content", "BASE_TYPE_BAD", told[0])

    def _read(self, asked):
        """The payload, and the files by their number."""
        if asked.mime == "application/json":
            return json.loads(asked.body), {}
        if asked.mime != "multipart/form-data":
            raise Refused(Told(400, {"message": 'Expected "Content-Type" header to be ...', "code": 50109}))
        payload, files = None, {}
        for name, filename, mime, content in asked.multipart():
            number = re.fullmatch(r"files\[(\d+)\]", name)
            if name == "payload_json":
                payload = json.loads(content)
            elif number and filename:
                files[number[1]] = (filename, mime, content)
            else:
                self.violations.append(f"a part that Discord does not read: {name}")
        if payload is None:
            self.violations.append("a form without payload_json")
        return payload or {}, files

    def _checked(self, webhook, payload, files):
        text, told = payload.get("content") or "", {str(one["id"]): one for one in payload.get("attachments") or []}
        if not text.strip() and not files:
            raise refusal(50006)
        if len(files) > MOST_FILES:
            raise bad_form("files", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
        if self.forum and not payload.get("thread_name"):
            message = "Webhooks posted to forum channels must have a thread_name or thread_id"
            raise Refused(Told(400, {"message": message, "code": 220001}))
        for number in told.keys() - files.keys():
            raise bad_form(f"attachments.{number}.id", "ATTACHMENT_NOT_FOUND", "Attachment data was not found.")
        made = tuple(self._file(number, *files[number], told.get(number, {})) for number in sorted(files, key=int))
        pings = tuple(PING.findall(text)) if (payload.get("allowed_mentions") or {}).get("parse") != [] else ()
        self._minted += 1
        return Posted(str(self._minted), webhook, text.strip(), made, pings, self._now() + self._offset)

    def _file(self, number, filename, mime, content, about):
        if len(content) > LARGEST:
            raise refusal(40005)
        alt = about.get("description") or ""
        if len(alt) > 1024:
            raise bad_form(
                f"attachments.{number}.description", "BASE_TYPE_MAX_LENGTH", "Must be 1024 or fewer in length."
            )
        with Image.open(BytesIO(content)) as picture:
            size, found = picture.size, Image.MIME[picture.format]
        if mime not in {found, "application/octet-stream"}:
            self.violations.append(f"files[{number}] is {found}, and is called {mime}")
        return File(
            about.get("filename") or filename, alt, found, size, hashlib.sha256(content).hexdigest(), len(content)
        )

    def _hook(self, webhook, token):
        return {
            "application_id": None,
            "avatar": None,
            "channel_id": self.channel(webhook),
            "guild_id": GUILD,
            "id": webhook,
            "name": "Quiet Feet",
            "type": 1,
            "token": token,
            "url": f"https://discord.com/api/webhooks/{webhook}/{token}",
        }

    def _shown(self, posted):
        author = {"id": posted.webhook, "username": "Quiet Feet", "avatar": None, "discriminator": "0000"}
        author |= {"public_flags": 0, "flags": 0, "bot": True, "global_name": None, "primary_guild": None}
        empty = ("mentions", "mention_roles", "embeds", "components")
        return {
            **{name: [] for name in empty},
            "type": 0,
            "content": posted.text,
            "attachments": [self._attached(n, file) for n, file in enumerate(posted.files)],
            "timestamp": posted.at.isoformat(),
            "edited_timestamp": None,
            "flags": 0,
            "id": posted.id,
            "channel_id": self.channel(posted.webhook),
            "webhook_id": posted.webhook,
            "author": author,
            "pinned": False,
            "mention_everyone": False,
            "tts": False,
        }

    def _attached(self, n, file):
        url = f"https://cdn.discordapp.com/attachments/1/{n}/{file.name}"
        told = {"id": str(n), "filename": file.name, "size": file.length, "url": url, "proxy_url": url}
        told |= {"width": file.size[0], "height": file.size[1], "content_type": file.mime}
        return {**told, "description": file.alt} if file.alt else told

    def _limits(self):
        reset = (self._now() + self._offset).timestamp() + 2
        told = {"Limit": 5, "Remaining": 4, "Reset": f"{reset:.3f}", "Reset-After": "2.000", "Bucket": "abcd1234"}
        return {f"X-RateLimit-{name}": str(value) for name, value in told.items()}
