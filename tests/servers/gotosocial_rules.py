"""What GoToSocial does where it differs from Mastodon: no idempotency key is read, 400 for 422, 5000 characters."""

import html
import re
import secrets
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import urlsplit

from PIL import Image

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ACCOUNT = "01J0000000000000000000STVD"
CHARACTERS, MEDIA, DESCRIPTION, IMAGE_BYTES = 5000, 6, 1500, 40 * 1024 * 1024
STATUS_FIELDS = set("status media_ids in_reply_to_id sensitive spoiler_text visibility language content_type".split())
VISIBILITIES = set("public unlisted private mutuals_only direct".split())
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif", "WEBP": "image/webp"}


class Refused(Exception):
    """An answer with an error: its status and words."""

    def __init__(self, status, words):
        super().__init__(words)
        self.status, self.body = status, {"error": words}


def ulid(last=[0]):  # noqa: B006  the last one is kept: ids of one millisecond must grow too
    """26 characters that sort by time."""
    last[0] = max(last[0] + 1, int(time.time() * 1000) << 80 | secrets.randbits(79))
    return "".join(ALPHABET[last[0] >> shift & 31] for shift in range(125, -1, -5))


def stamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"


@dataclass
class Stored:
    """One uploaded picture and the status that took it."""

    shown: dict
    polls: int
    taken_by: str = ""


@dataclass
class GoToSocial:
    """A running server; its switches may be turned at any time.

    `polls`: how often a picture is answered 206 before it is ready; 0: ready at once (200), as small pictures are.
    `strict`: an unknown field of a status is refused. `busy`: this many requests are answered 429.
    """

    url: str = ""
    token: str = "a-good-token"
    polls: int = 2
    strict: bool = True
    busy: int = 0
    posted: list = field(default_factory=list)  # oldest first
    texts: dict = field(default_factory=dict)  # what each status was sent as; the public sees HTML
    pictures: dict = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def statuses(self):
        """Every status the public sees, newest first."""
        return [s for s in reversed(self.posted) if s["visibility"] in {"public", "unlisted"}]

    def twins(self):
        """The texts that were posted more than once, with how often."""
        return {text: n for text, n in Counter(self.texts[s["id"]] for s in self.posted).items() if n > 1}

    def account(self):
        shown = {"id": ACCOUNT, "username": "studio", "acct": "studio", "display_name": "Studio", "bot": True}
        return shown | {"url": f"{self.url}/@studio", "created_at": "2026-01-01T00:00:00.000Z"}

    def instance(self):
        statuses = {"max_characters": CHARACTERS, "max_media_attachments": MEDIA, "characters_reserved_per_url": 25}
        media = {"supported_mime_types": [*TYPES.values()], "image_size_limit": IMAGE_BYTES}
        media |= {"image_matrix_limit": 2147483647, "description_limit": DESCRIPTION}
        limits = {"statuses": statuses, "media_attachments": media}
        return {"domain": urlsplit(self.url).netloc, "title": "Studio", "version": "0.21.1", "configuration": limits}

    def upload(self, form):
        """Keeps the picture and what it shows; its attachment, and whether it is ready."""
        if set(form) - {"file", "description", "focus", "thumbnail"} or "file" not in form:
            raise Refused(400, "Bad Request: no attachment given")
        number = ulid()
        description = described(form.get("description", b"").decode())
        width, height = decoded(form["file"])
        meta = {"original": {"width": width, "height": height}, "focus": {"x": 0.0, "y": 0.0}}
        shown = {"id": number, "type": "image", "description": description, "blurhash": None, "meta": meta}
        shown |= {"url": f"{self.url}/files/{number}", "preview_url": f"{self.url}/files/{number}", "remote_url": None}
        self.pictures[number] = Stored(shown, self.polls)
        return (202 if self.polls else 200), shown | {"url": None}

    def media(self, number):
        stored = self.pictures.get(number)
        if stored is None:
            raise Refused(404, "Not Found")
        if stored.polls:
            stored.polls -= 1
            return 206, stored.shown | {"url": None}
        return 200, stored.shown

    def describe(self, number, description):
        if number not in self.pictures:
            raise Refused(404, "Not Found")
        self.pictures[number].shown["description"] = described(description)
        return 200, self.pictures[number].shown

    def post(self, sent):
        """A new status each time: the idempotency key is not read."""
        unknown = sorted(set(sent) - STATUS_FIELDS)
        if unknown and self.strict:
            raise Refused(400, f"Bad Request: unknown field {', '.join(unknown)}")
        checked(sent)
        parent, media = sent.get("in_reply_to_id"), sent.get("media_ids", [])
        if parent and all(s["id"] != parent for s in self.posted):
            raise Refused(400, f"Bad Request: status {parent} not replyable because it doesn't exist")
        status = self.status(ulid(), sent, self.attach(media))
        for picture in media:
            self.pictures[picture].taken_by = status["id"]
        self.posted.append(status)
        return 200, status

    def attach(self, media):
        for number in media:
            stored = self.pictures.get(number)
            if stored is None:
                raise Refused(400, f"Bad Request: media not found: {number}")
            if stored.taken_by:
                raise Refused(400, f"Bad Request: media already attached to status: {number}")
            if stored.polls:  # Mastodon's words: GoToSocial is never asked so soon
                raise Refused(422, "Cannot attach files that have not finished processing. Try again in a moment!")
        return [self.pictures[number].shown for number in media]

    def status(self, number, sent, attachments):
        self.texts[number] = sent.get("status", "")
        shown = {"id": number, "created_at": stamp(datetime.now(UTC)), "content": written(self.texts[number])}
        shown |= {"uri": f"{self.url}/users/studio/statuses/{number}", "url": f"{self.url}/@studio/statuses/{number}"}
        shown |= {"visibility": sent.get("visibility", "public"), "media_attachments": attachments, "mentions": []}
        shown |= {"spoiler_text": sent.get("spoiler_text", ""), "sensitive": sent.get("sensitive", False)}
        shown |= {"in_reply_to_id": sent.get("in_reply_to_id"), "reblog": None, "tags": [], "emojis": []}
        shown |= {"favourites_count": 0, "reblogs_count": 0, "replies_count": 0, "application": {"name": "footnote"}}
        return shown | {"language": sent.get("language", "en"), "account": self.account()}

    def page(self, max_id="~", since_id="", limit="20", min_id=""):
        """Newest first, older than `max_id`, newer than `since_id`; those next to `min_id` where that is asked."""
        found = [s for s in reversed(self.posted) if max(since_id, min_id) < s["id"] < max_id]
        size = min(int(limit), 40)
        return 200, (found[-size:] if min_id else found[:size])

    def find(self, number):
        found = next((s for s in self.posted if s["id"] == number), None)
        if found is None:
            raise Refused(404, "Not Found")
        return found

    def source(self, number):
        return 200, {"id": number, "text": self.texts[self.find(number)["id"]], "spoiler_text": ""}

    def delete(self, number):
        found = self.find(number)
        self.posted.remove(found)
        return 200, found


def checked(sent):
    """Refuses what no server with these limits takes; a link counts in full, in code points."""
    text, media = sent.get("status", ""), sent.get("media_ids", [])
    if not isinstance(text, str) or not isinstance(media, list):
        raise Refused(400, "Bad Request: status is a string, media_ids a list")
    if not text and not media:
        raise Refused(400, "Bad Request: no status, media, or poll provided")
    length = len(text) + len(sent.get("spoiler_text", ""))
    if length > CHARACTERS:
        raise Refused(400, f"Bad Request: status too long, {length} characters provided but limit is {CHARACTERS}")
    if len(media) > MEDIA:
        raise Refused(400, f"Bad Request: too many media files, {len(media)} attached but limit is {MEDIA}")
    if sent.get("visibility", "public") not in VISIBILITIES:
        raise Refused(400, f"Bad Request: visibility {sent['visibility']}")


def written(text):
    """The HTML of a plain text: paragraphs, breaks, links and tags as other servers' clients get them."""
    text = html.escape(text, quote=False)
    text = re.sub(
        r"https?://[^\s<]+", r'<a href="\g<0>" rel="nofollow noreferrer noopener" target="_blank">\g<0></a>', text
    )
    text = re.sub(r"(?<!\S)#(\w+)", r'<a href="/tags/\1" class="mention hashtag" rel="tag">#<span>\1</span></a>', text)
    return "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in text.split("\n\n") if part)


def decoded(content):
    """The size of the picture, which must be one."""
    try:
        with Image.open(BytesIO(content), formats=list(TYPES)) as picture:
            picture.load()
            return picture.size
    except Exception:  # Pillow raises whatever a broken file makes it raise
        raise Refused(422, "Unprocessable Entity: could not process the file") from None


def described(description):
    if len(description) > DESCRIPTION:
        raise Refused(400, f"Bad Request: image description length must be at most {DESCRIPTION} chars")
    return description or None
