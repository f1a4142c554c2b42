"""A strict receiver of our own webhook, which believes nothing that the official package does not.

with Receiver() as receiver:
    ...                                 # call receiver.address, signed with receiver.secret
    assert receiver.violations == []    # what docs/connect/webhook.md and standardwebhooks say of the calls
    assert receiver.twice() == []       # what was published more than once
"""

import base64
import hashlib
import json
import re
import threading
from collections import Counter
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from tests.reference import judge
from tests.servers.listening import Listening, Told

PATH = "/hooks/pO5t-s3cret-path?key=aB3"
POST = {"post": str, "account": str, "title": str, "text": str, "link": str, "tags": list, "language": str}
PICTURE = {"alt": str, "mime": str, "width": int, "height": int, "sha256": str, "data": str}
ID = re.compile(r"[a-z2-7]{20,}(-\d+)?")


@dataclass(frozen=True)
class Published:
    """What the receiver's public sees."""

    key: str
    title: str
    text: str
    link: str
    tags: tuple
    alts: tuple


class Receiver(Listening):
    """`remembers` = it does no webhook-id twice. `says` is its answer, where not the usual."""

    def __init__(self, *, remembers=False):
        super().__init__()
        self.secret = f"whsec_{base64.b64encode(bytes(range(32))).decode()}"
        self.address = f"{self.url}{PATH}"
        self.remembers, self.says = remembers, None
        self.violations, self.log, self.published = [], [], []
        self._bodies, self._faults, self._lock = {}, [], threading.Lock()
        self._official = judge("standardwebhooks")

    def fail_next(self, status, body=None, *, acted=False, mime="application/json", **headers):
        """The next call is answered so; `acted`: it is done all the same."""
        told = {name.replace("_", "-"): str(value) for name, value in headers.items()}
        self._faults.append((acted, Told(status, body, told, mime)))

    def twice(self):
        return [key for key, times in Counter(one.key for one in self.published).items() if times > 1]

    def answer(self, asked):
        with self._lock:
            told = self._done(asked)
            self.log.append((asked.method, asked.headers.get("webhook-id", ""), told.status))
            return told

    def _done(self, asked):
        if asked.target != PATH:
            return Told(404, {"error": f"Cannot {asked.method} {asked.target}"})
        if asked.method != "POST":
            return Told(405, {"error": "POST only"}, {"Allow": "POST"})
        fault = self._faults.pop(0) if self._faults else None
        if fault and not fault[0]:
            return fault[1]
        refusal = self._refusal(asked)
        if refusal is None:
            self._take(asked)
        return refusal or (fault[1] if fault else self.says or _thanks(asked.headers["webhook-id"]))

    def _refusal(self, asked):
        verifier = self._official.Webhook(self.secret)
        try:
            verifier.verify(asked.body, {name.lower(): value for name, value in asked.headers.items()})
        except self._official.WebhookVerificationError as error:
            return Told(401, {"error": str(error)})
        self.violations += self._wrong_with(asked)
        return None

    def _wrong_with(self, asked):
        key, told = asked.headers["webhook-id"], json.loads(asked.body)
        if asked.mime != "application/json":
            yield f"{asked.mime} is no JSON"
        if not ID.fullmatch(key):
            yield f"{key} is no webhook-id of ours"
        if self._bodies.setdefault(key, asked.body) != asked.body:
            yield f"{key} says something else than before"
        if set(told) != {"type", "data"} or told["type"] != "post.published":
            yield "type and data, and nothing else"
        pictures = told["data"].pop("pictures")
        yield from _unlike(told["data"], POST)
        for picture in pictures:
            yield from _unlike(picture, PICTURE)
            content = base64.b64decode(picture["data"], validate=True)
            with Image.open(BytesIO(content)) as image:
                found = (*image.size, Image.MIME[image.format], hashlib.sha256(content).hexdigest())
            if found != tuple(picture[name] for name in ("width", "height", "mime", "sha256")):
                yield f"a picture is not what is said of it: {found}"

    def _take(self, asked):
        key, said = asked.headers["webhook-id"], json.loads(asked.body)["data"]
        if self.remembers and key in {one.key for one in self.published}:
            return
        alts = tuple(picture["alt"] for picture in said["pictures"])
        self.published.append(Published(key, said["title"], said["text"], said["link"], tuple(said["tags"]), alts))


def _thanks(key):
    """Longer than its head, so that what is cut in the middle is cut in the body."""
    return Told(200, {"url": f"https://studio.example/posts/{key}", "message": "It is on our pages now. " * 20})


def _unlike(told, shape):
    if {name: type(value) for name, value in told.items()} != shape:
        yield f"{sorted(told)} are not {sorted(shape)}, or of another kind"
