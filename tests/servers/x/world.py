"""What X remembers: users, uploads, posts, limits, money and the faults to come."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

EPOCH_MS = 1288834974657
WINDOW = 900
MEDIA_LIFE = 86400
# Requests in 15 minutes for one user (docs: rate-limits).
LIMITS = {
    "createPosts": 100,
    "deletePosts": 50,
    "mediaUpload": 500,
    "createMediaMetadata": 500,
    "getUsersPosts": 900,
    "getPostsByIds": 900,
    "getPostsById": 900,
    "getUsersMe": 75,
}
SCOPES = frozenset({"tweet.read", "tweet.write", "users.read", "media.write", "offline.access"})
METRICS = ("repost_count", "reply_count", "like_count", "quote_count", "bookmark_count", "impression_count")


@dataclass(frozen=True)
class Keys:
    consumer_key: str
    consumer_secret: str
    access_token: str
    access_token_secret: str


@dataclass(frozen=True)
class User:
    id: str
    username: str
    name: str
    keys: Keys
    bearer: str
    scopes: frozenset = SCOPES
    may_write: bool = True  # the app's permission "Read and write"
    revoked: bool = False


@dataclass(frozen=True)
class Media:
    id: str
    owner: str
    digest: str
    width: int
    height: int
    mime: str
    expires: datetime
    alt: str = ""

    @property
    def key(self):
        return f"3_{self.id}"


@dataclass(frozen=True)
class Post:
    """One post as the public sees it; `text` as it was sent, `shown` as X rewrote it."""

    id: str
    user: str
    text: str
    shown: str
    urls: tuple
    media: tuple
    reply_to: str
    created_at: datetime
    made_with_ai: bool = False
    deleted: bool = False
    metrics: dict = field(default_factory=lambda: dict.fromkeys(METRICS, 0))


@dataclass(frozen=True)
class Fault:
    """One request that goes wrong: a `status`, or a `how` (drop, reset, cut); `acted` = after X did it."""

    operation: str
    status: int = 0
    how: str = ""
    acted: bool = False
    body: dict | None = None
    headers: dict = field(default_factory=dict)


def keyed(username, number):
    """A user whose secrets are made of its name."""

    def made(what, length):
        return hashlib.sha256(f"{username} {what}".encode()).hexdigest()[:length]

    identity = str(1700000000000000000 + number)
    keys = Keys(made("key", 25), made("secret", 50), f"{identity}-{made('token', 40)}", made("token secret", 45))
    return User(identity, username, username.title(), keys, made("bearer", 60))


@dataclass
class World:
    clock: object
    users: dict
    limits: dict = field(default_factory=lambda: dict(LIMITS))
    credits: float | None = None  # dollars; None = nobody counts
    lag: float = 0  # seconds until a timeline shows a new post
    lag_reads: int = 0  # timeline reads that do not show a new post yet
    refuse_duplicates: bool = True
    self_replies: bool = True  # whether an app may continue its own thread (not documented)
    too_long_status: int = 400  # 403 was seen as well
    media: dict = field(default_factory=dict)
    posts: dict = field(default_factory=dict)
    faults: list = field(default_factory=list)
    offset: timedelta = timedelta()
    _windows: dict = field(default_factory=dict)
    _said: Counter = field(default_factory=Counter)
    _shown: set = field(default_factory=set)
    _unread: dict = field(default_factory=dict)
    _last_id: int = 0

    def now(self):
        return self.clock() + self.offset

    def mint(self):
        """A snowflake: nineteen digits, never the same twice, in the order of time."""
        ms = int(self.now().timestamp() * 1000) - EPOCH_MS
        self._last_id = max(ms << 22, self._last_id + 1)
        return str(self._last_id)

    def live(self):
        return [post for post in self.posts.values() if not post.deleted]

    def publish(self, post):
        self.posts[post.id] = post
        self._unread[post.id] = self.lag_reads
        self._said[post.user, post.text.strip()] += 1
        self._shown |= {media.id for media in post.media}

    def remove(self, post_id):
        post = self.posts[post_id]
        self.posts[post_id] = replace(post, deleted=True)
        self._said[post.user, post.text.strip()] -= 1

    def says(self, username, text):
        """Whether a live post of the user has these words."""
        return self._said[username, text.strip()] > 0

    def is_shown(self, media_id):
        """Whether the picture was published with a post."""
        return media_id in self._shown

    def timeline(self, username):
        """What a read of the timeline shows now, newest first; the read itself is counted."""
        own = [post for post in reversed(self.live()) if post.user == username]
        hidden = {post.id for post in own if self._unread.get(post.id, 0) > 0}
        for post_id in hidden:
            self._unread[post_id] -= 1
        ripe = self.now() - timedelta(seconds=self.lag)
        return [post for post in own if post.id not in hidden and post.created_at <= ripe]

    def twice(self):
        """Texts (or, without words, the pictures' digests) that are live more than once in one account."""
        seen = Counter((post.user, post.text or tuple(m.digest for m in post.media)) for post in self.live())
        return [what for (_, what), times in seen.items() if times > 1]

    def fault_for(self, operation):
        fault = next((f for f in self.faults if f.operation == operation), None)
        if fault:
            self.faults.remove(fault)
        return fault

    def count(self, user, operation):
        """One request more: (limit, remaining, reset, allowed)."""
        now, limit = self.now().timestamp(), self.limits[operation]
        start, used = self._windows.get((user.id, operation), (now, 0))
        if now >= start + WINDOW:
            start, used = now, 0
        allowed = used < limit
        used += allowed
        self._windows[user.id, operation] = (start, used)
        return limit, limit - used, int(start + WINDOW), allowed


def real_now():
    return datetime.now(UTC)
