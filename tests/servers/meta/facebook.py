"""A Facebook Page, as strict as Graph is: photos are attached once, the same words are refused twice in a row."""

import json
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from PIL import Image

from tests.servers.meta.graph import GraphError, GraphServer
from tests.servers.meta.tables import unknown

PAGE, PERSON = "104202", "900100"
PAGE_TOKEN, USER_TOKEN = "EAAB-page-token-104202", "EAAB-user-token-900100"
SCHEDULED = (600, 30 * 86400)
FORMATS = {"JPEG", "PNG", "BMP", "GIF", "TIFF"}


@dataclass
class Photo:
    id: str
    alt: str
    post: str = ""


@dataclass
class FacebookPost:
    id: str
    text: str
    photos: list
    at: datetime
    deleted: bool = False


class FacebookServer(GraphServer):
    """Read `posts`, `public`, `twice()`, `violations`, `log`; `lag` posts are not shown yet.

    `is_live` is the app's mode: in development the API tells everything, and the public sees nothing.
    """

    def __init__(self, **options):
        super().__init__(**options)
        self.tokens |= {PAGE_TOKEN: PAGE, USER_TOKEN: PERSON}
        self.pages = {PAGE: ("Quiet Feet Studio", ["CREATE_CONTENT", "MODERATE"])}
        self.photos, self.written, self.lag, self.is_live, self.same_words = {}, [], 0, True, True
        self.codes, self.given_up = {"a-code": USER_TOKEN}, set()

    @property
    def posts(self):
        return [post for post in self.written if not post.deleted]

    @property
    def public(self):
        return self.posts if self.is_live else []

    def twice(self):
        said = [(post.text, tuple(photo.alt for photo in post.photos)) for post in self.written]
        return sorted({one for one in said if said.count(one) > 1})

    def judge(self, asked, node, edge):
        if wrong := unknown(node, asked.method, edge, asked.given):
            self.violation(asked, f"unknown parameters: {', '.join(wrong)}")
            raise GraphError(100, f"(#100) Param {wrong[0]} is not allowed")

    def token(self, asked):
        given = asked.given
        if given.get("client_secret") != self.app["secret"] or given.get("client_id") != self.app["id"]:
            raise GraphError(101, "Error validating client secret.")
        if given.get("grant_type") == "fb_exchange_token":
            if given.get("fb_exchange_token") not in self.tokens:
                raise GraphError(190, "Invalid OAuth access token.")
            return {"access_token": given["fb_exchange_token"], "token_type": "bearer", "expires_in": 5_184_000}
        if given.get("code") not in self.codes or not given.get("redirect_uri"):
            raise GraphError(100, "This authorization code has been used.", subcode=36009)
        return {"access_token": self.codes.pop(given["code"]), "token_type": "bearer", "expires_in": 3600}

    def accounts(self, asked):
        self.owner(asked, PERSON)
        rows = [
            {"id": number, "name": name, "access_token": PAGE_TOKEN, "tasks": tasks}
            for number, (name, tasks) in self.pages.items()
        ]
        return {"data": rows, "paging": {"cursors": {"before": "a", "after": "b"}}}

    def about(self, asked, number):
        self.owner(asked)
        if number not in self.pages:
            raise GraphError(100, "Unsupported get request. Object does not exist", subcode=33)
        return {"id": number, "name": self.pages[number][0]}

    def upload(self, asked, number):
        self.owner(asked, number)
        self.judge(asked, "Page", "photos")
        (content,) = asked.files.values() or (b"",)
        if asked.given.get("published") != "false":
            self.violation(asked, "a photo that is seen at once")
        try:
            picture = Image.open(BytesIO(content))
        except OSError:
            raise GraphError(324, "Invalid image", subcode=1366046) from None
        if picture.format not in FORMATS or len(content) > 10_000_000:
            raise GraphError(1, "Photos should be smaller than 10 MB and saved as JPG or PNG", subcode=1366046)
        photo = Photo(str(7_000_000 + len(self.photos)), asked.given.get("alt_text_custom", ""))
        self.photos[photo.id] = photo
        return {"id": photo.id}

    def feed(self, asked, number):
        self.owner(asked, number)
        self.judge(asked, "Page", "feed")
        names = sorted(name for name in asked.given if name.startswith("attached_media["))
        photos = [self._photo(json.loads(asked.given[name])) for name in names]
        text = asked.given.get("message", "")
        if not text and not photos and not asked.given.get("link"):
            raise GraphError(100, "(#100) Missing message or attachment")
        self._check_time(asked)
        if any(photo.post for photo in photos):
            raise GraphError(1, "These photos were already posted.", subcode=1366051)
        newest = self.posts[-1] if self.posts else None
        if self.same_words and newest and not photos and not newest.photos and newest.text == text:
            raise GraphError(506, "Duplicate status message", status=400)
        post = FacebookPost(f"{number}_{8_000_000 + len(self.written)}", text, photos, self.now())
        for photo in photos:
            photo.post = post.id
        self.written.append(post)
        return {"id": post.id}

    def published(self, asked, number):
        self.owner(asked, number)
        self.judge(asked, "Page", "published_posts")
        since, limit = float(asked.given.get("since", 0)), int(asked.given.get("limit", 25))
        shown = [post for post in self.written[: len(self.written) - self.lag] if not post.deleted][::-1]
        rows = [self._row(post) for post in shown if post.at.timestamp() >= since - 1]
        start = int(asked.given.get("after", 0))
        paging = {"cursors": {"before": str(start), "after": str(start + limit)}}
        if start + limit < len(rows):
            paging["next"] = f"{self.url}{asked.path}?access_token={asked.token}&limit={limit}&after={start + limit}"
        return {"data": rows[start : start + limit], "paging": paging}

    def delete(self, asked, number):
        self.owner(asked, number.partition("_")[0])
        for post in self.posts:
            if post.id == number:
                post.deleted = True
                return {"success": True}
        raise GraphError(100, "Unsupported delete request. Object does not exist", subcode=33)

    def counted(self, asked, number):
        self.owner(asked, number.partition("_")[0])
        if all(post.id != number for post in self.posts):
            raise GraphError(100, "Unsupported get request. Object does not exist", subcode=33)
        some = {"data": [], "summary": {"total_count": 3}}
        return {"id": number, "reactions": some, "comments": some}

    def insights(self, asked, number):
        self.owner(asked, number.partition("_")[0])
        metric = asked.given.get("metric", "")
        if metric.startswith("post_impressions") or not metric or metric in self.given_up:
            raise GraphError(100, "(#100) The value must be a valid insights metric")
        return {"data": [{"name": metric, "period": "lifetime", "values": [{"value": 12}], "id": f"{number}/x"}]}

    def _photo(self, told):
        photo = self.photos.get(str(told.get("media_fbid")))
        if photo is None:
            raise GraphError(100, "(#100) Invalid photo id")
        return photo

    def _check_time(self, asked):
        at = asked.given.get("scheduled_publish_time")
        if at and not SCHEDULED[0] <= float(at) - self.now().timestamp() <= SCHEDULED[1]:
            raise GraphError(100, "(#100) The specified scheduled publish time is invalid.")

    def _row(self, post):
        shown = [{"target": {"id": photo.id}} for photo in post.photos]
        if len(shown) > 1:
            shown = [{"target": {"id": "1"}, "subattachments": {"data": shown}}]
        at = post.at.strftime("%Y-%m-%dT%H:%M:%S+0000")
        row = {"id": post.id, "created_time": at, "is_published": True, "attachments": {"data": shown}}
        return row | ({"message": post.text} if post.text else {})

    routes = (
        ("GET", "oauth/access_token", token),
        ("GET", "me/accounts", accounts),
        ("GET", "(\\d+)", about),
        ("POST", "(\\d+)/photos", upload),
        ("POST", "(\\d+)/feed", feed),
        ("GET", "(\\d+)/published_posts", published),
        ("GET", "(\\d+_\\d+)", counted),
        ("DELETE", "(\\d+_\\d+)", delete),
        ("GET", "(\\d+_\\d+)/insights", insights),
    )
