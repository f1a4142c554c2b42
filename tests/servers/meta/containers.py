"""What Instagram and Threads share: containers that live a day and are published once, quotas, tokens of sixty days."""

import re
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO

from PIL import Image

from tests.servers.meta.graph import GraphError, GraphServer

A_DAY, SIXTY_DAYS = timedelta(hours=24), 60 * 86400
BYTES = 8_000_000


@dataclass
class Container:
    id: str
    given: dict
    at: datetime
    alt: str = ""
    children: list = field(default_factory=list)
    looks: int = 0
    error: str = ""
    media: str = ""


@dataclass
class Posted:
    id: str
    text: str
    alts: tuple
    at: datetime
    parent: str = ""
    deleted: bool = False
    user: str = ""

    @property
    def code(self):
        return f"C{int(self.id):x}"


class ContainerServer(GraphServer):
    """Read `posts`, `twice()`, `violations`, `log`.

    `offset` moves the clock; `looks` is how often a container is still worked on; `late` says that what is wrong with
    a picture shows in the container; `lag` posts are not listed yet; `again` answers a second publishing of the same.
    """

    formats, aspects, children_max, words, kind = ("JPEG",), (0.8, 1.91), 10, "caption", "ig"

    def __init__(self, **options):
        self.offset = timedelta(0)
        super().__init__(**options)
        self.containers, self.written, self.looks, self.lag, self.late = {}, [], 1, 0, False
        self.quota, self.shows_words = 50, True
        self.again = (24, 2207006, "The requested resource does not exist")
        self.codes, self.short, self.issued = {"a-code": "short-lived-token"}, set(), {}

    def clock(self):
        return self.now() + self.offset

    @property
    def posts(self):
        return [post for post in self.written if not post.deleted]

    def twice(self):
        said = [(post.user, post.text, post.alts, post.parent) for post in self.written]
        return sorted({one for one in said if said.count(one) > 1})

    def make(self, asked, number):
        self.owner(asked, number)
        self.judge(asked)
        given = asked.given
        self.check_words(asked, given.get(self.words, ""))
        if len(given.get("alt_text", "")) > 1000:
            raise GraphError(100, "(#100) Param alt_text must be at most 1000 characters long.")
        made = Container(str(17_900_000 + len(self.containers)), given, self.clock(), given.get("alt_text", ""))
        made.looks = self.looks
        if given.get("media_type") == "CAROUSEL":
            made.children = self._children(asked)
        elif "image_url" in given:
            self._look_at(made)
        elif given.get("media_type") != "TEXT" or not given.get("text"):
            raise GraphError(100, "(#100) The parameter image_url is required")
        self.containers[made.id] = made
        return {"id": made.id}

    def state_of(self, made):
        if made.media:
            return "PUBLISHED"
        if made.error:
            return "ERROR"
        if self.clock() - made.at >= A_DAY:
            return "EXPIRED"
        return "IN_PROGRESS" if made.looks > 0 else "FINISHED"

    def node(self, asked, number):
        owner = self.owner(asked)
        if number in self.containers:
            made = self.containers[number]
            state = self.state_of(made)
            made.looks -= 1
            return self.state_told(made, state)
        post = next((one for one in self.posts if one.id == number), None)
        if post is not None:
            return self.row(post)
        if number == owner:
            return {"id": number, "username": "quietfeet"}
        raise GraphError(100, f"Unsupported get request. Object with ID '{number}' does not exist", subcode=33)

    def publish(self, asked, number):
        self.owner(asked, number)
        if set(asked.given) - {"creation_id", "access_token", "appsecret_proof"}:
            self.violation(asked, "unknown parameters")
        made = self.containers.get(asked.given.get("creation_id", ""))
        if made is None or made.given.get("is_carousel_item") == "true":
            raise GraphError(24, "The requested resource does not exist", subcode=2207006)
        state = self.state_of(made)
        if state == "PUBLISHED":
            raise GraphError(self.again[0], self.again[2], subcode=self.again[1])
        if state == "EXPIRED":
            raise GraphError(-2, "The media has expired", subcode=2207020)
        if state != "FINISHED":
            raise GraphError(9007, "Media ID is not available", subcode=2207027)
        if self.used(number) >= self.quota:
            raise GraphError(9, "Application request limit reached", subcode=2207042, status=403)
        made.media = str(18_000_000 + len(self.written))
        alts = tuple(self.containers[one].alt for one in made.children) or (
            (made.alt,) if "image_url" in made.given else ()
        )
        parent = made.given.get("reply_to_id", "")
        post = Posted(made.media, made.given.get(self.words, ""), alts, self.clock(), parent, user=number)
        self.written.append(post)
        return {"id": post.id}

    def used(self, number):
        return sum(post.user == number and self.clock() - post.at < A_DAY for post in self.written)

    def limit(self, asked, number):
        self.owner(asked, number)
        fields = asked.given.get("fields", "").split(",")
        known = {"quota_usage": self.used(number), "config": {"quota_total": self.quota, "quota_duration": 86400}}
        known |= {f"reply_{name}": value for name, value in known.items()}
        return {"data": [{name: known[name] for name in fields}]}

    def listed(self, asked, rows):
        limit, start = int(asked.given.get("limit", 25)), int(asked.given.get("after", 0))
        shown = [self.row(post) for post in rows[: len(rows) - self.lag] if not post.deleted][::-1]
        paging = {"cursors": {"before": str(start), "after": str(start + limit)}}
        if start + limit < len(shown):
            paging["next"] = f"{self.url}{asked.path}?access_token={asked.token}&limit={limit}&after={start + limit}"
        return {"data": shown[start : start + limit], "paging": paging}

    def row(self, post):
        at = post.at.strftime("%Y-%m-%dT%H:%M:%S+0000")
        row = {"id": post.id, "timestamp": at, "permalink": self.permalink(post)}
        return row | ({self.words: post.text} if post.text and self.shows_words else {})

    def insights(self, asked, number):
        self.owner(asked)
        if not any(post.id == number for post in self.posts):
            raise GraphError(100, "Unsupported get request. Object does not exist", subcode=33)
        metrics = asked.given.get("metric", "").split(",")
        if wrong := sorted(set(metrics) - self.metrics):
            raise GraphError(100, f"(#100) metric[0] must be one of the following values: {wrong}")
        return {"data": [{"name": one, "period": "lifetime", "values": [{"value": 7}]} for one in metrics]}

    def code(self, asked):
        given = asked.given
        if given.get("client_secret") != self.app["secret"] or given.get("client_id") != self.app["id"]:
            raise GraphError(101, "Error validating client secret.")
        wanted = {"grant_type", "client_id", "client_secret", "redirect_uri", "code"}
        if set(given) != wanted or given.get("code") not in self.codes:
            raise GraphError(100, "Invalid authorization code", subcode=36009)
        token = self.codes.pop(given["code"])
        self.short.add(token)
        return {"access_token": token, "user_id": int(self.me)}

    def exchange(self, asked):
        given = asked.given
        if given.get("grant_type") != f"{self.kind}_exchange_token" or given.get("client_secret") != self.app["secret"]:
            raise GraphError(101, "Error validating client secret.")
        if given.get("access_token") not in self.short:
            raise GraphError(190, "Invalid OAuth access token", status=401)
        return self._long()

    def refresh(self, asked):
        token = asked.given.get("access_token")
        if asked.given.get("grant_type") != f"{self.kind}_refresh_token" or token not in self.issued:
            raise GraphError(190, "Invalid OAuth access token", status=401)
        age = self.clock() - self.issued[token]
        if age > timedelta(seconds=SIXTY_DAYS):
            raise GraphError(190, "Session has expired", subcode=463, status=401)
        if age < A_DAY:
            raise GraphError(100, "The access token must be at least 24 hours old")
        return self._long()

    def _long(self):
        token = f"long-lived-{self.kind}-{len(self.issued)}-token"
        self.issued[token], self.tokens[token] = self.clock(), self.me
        return {"access_token": token, "token_type": "bearer", "expires_in": SIXTY_DAYS}

    def answer(self, asked):
        for path, act in (
            ("/oauth/access_token", self.code),
            ("/access_token", self.exchange),
            ("/refresh_access_token", self.refresh),
        ):
            if asked.path == path:
                return act(asked)
        return super().answer(asked)

    def _children(self, asked):
        numbers = [one for one in asked.given.get("children", "").split(",") if one]
        made = [self.containers.get(one) for one in numbers]
        if not 2 <= len(made) <= self.children_max or None in made:
            raise GraphError(-1, "The carousel has an invalid number of children", subcode=2207028)
        if any(one.given.get("is_carousel_item") != "true" or self.state_of(one) != "FINISHED" for one in made):
            self.violation(asked, "a child that is no finished carousel item")
        return numbers

    def _look_at(self, made):
        try:
            self._fetch(made.given["image_url"])
        except GraphError as error:
            if not self.late:
                raise
            told = error.body["error"]
            made.error = f"Error: Media upload has failed with error code {told['error_subcode']}"

    def _fetch(self, url):
        gone = GraphError(9004, "The media could not be fetched from this URI", subcode=2207052)
        if not url.isascii() or not re.match(r"https?://", url):
            raise gone
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                kind, content = answer.headers.get_content_type(), answer.read(BYTES + 1)
        except urllib.error.HTTPError as error:
            error.close()
            raise gone from None
        except OSError:
            raise gone from None
        if len(content) > BYTES:
            raise GraphError(36000, "The image size is too large", subcode=2207004)
        try:
            picture = Image.open(BytesIO(content))
        except OSError:
            raise gone from None
        if picture.format not in self.formats or kind != f"image/{picture.format.lower()}":
            raise GraphError(36001, "The image format is not supported", subcode=2207005)
        if not self.aspects[0] <= round(picture.width / picture.height, 2) <= self.aspects[1]:
            raise GraphError(36003, "The aspect ratio is not supported", subcode=2207009)
