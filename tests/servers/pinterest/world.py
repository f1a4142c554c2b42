"""What Pinterest remembers: people, apps, tokens, boards, pins, and the faults to come."""

import secrets
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from tests.servers.x.world import real_now

ACCESS, REFRESH, CODE = timedelta(days=30), timedelta(days=60), timedelta(minutes=10)
A_DAY_ON_TRIAL = 1000
"""Requests of an app with Trial access (developers.pinterest.com rate-limits)."""
EVERY_SCOPE = frozenset({"boards:read", "boards:write", "pins:read", "pins:write", "user_accounts:read"})


@dataclass(frozen=True)
class App:
    """`access` is standard, trial (its pins are seen by their creator only) or sandbox (it may not make any)."""

    id: str = "1512345"
    secret: str = "app-secret-of-the-studio-5f2c"
    redirect: str = "http://localhost:8721/"
    access: str = "standard"
    continuous: bool = True  # made since 2025-09-25


@dataclass(frozen=True)
class User:
    id: str
    username: str
    account_type: str = "BUSINESS"


@dataclass(frozen=True)
class Token:
    """An access token, a refresh token or a code: `good` until it is used up or taken back."""

    user: str
    scopes: frozenset
    expires: datetime
    good: bool = True


@dataclass(frozen=True)
class Board:
    id: str
    owner: str
    name: str
    privacy: str = "PUBLIC"


@dataclass(frozen=True)
class Pin:
    id: str
    user: str
    board_id: str
    title: str
    description: str
    link: str
    alt_text: str
    pictures: tuple  # (sha256, width, height) of each
    created_at: datetime
    is_public: bool = True
    deleted: bool = False
    metrics: dict = field(default_factory=dict)


@dataclass
class World:
    clock: object = real_now
    app: App = App()
    users: dict = field(default_factory=dict)
    boards: dict = field(default_factory=dict)
    pins: dict = field(default_factory=dict)
    tokens: dict = field(default_factory=dict)
    refreshers: dict = field(default_factory=dict)
    codes: dict = field(default_factory=dict)
    faults: list = field(default_factory=list)
    offset: timedelta = timedelta()
    # Switches for what is not documented, each on its cautious side.
    zoned: bool = True  # whether created_at names its zone, as the specification asks (it was seen without in 2022)
    text_unit: str = "utf16"  # the specification counts code points
    image_bytes_max: int = 10_000_000
    newest_first: bool = True  # a person may arrange a board by hand
    lag_reads: int = 0  # reads of a board that do not show a new pin yet
    shown_link: object = str  # how Pinterest writes a link that it was given
    _unread: dict = field(default_factory=dict)
    _days: Counter = field(default_factory=Counter)
    _last: int = 1_005_000_000_000_000_000

    def now(self):
        return self.clock() + self.offset

    def mint(self):
        self._last += 7
        return str(self._last)

    def add_user(self, username):
        self.users[username] = User(self.mint(), username)

    def add_board(self, owner, name, privacy="PUBLIC"):
        board = Board(self.mint(), owner, name, privacy)
        self.boards[board.id] = board
        return board

    def issue(self, kept, user, scopes, lives):
        """A new secret in `kept`."""
        word = f"{'pina' if kept is self.tokens else 'pinr'}_{secrets.token_urlsafe(40)}"
        kept[word] = Token(user, frozenset(scopes), self.now() + lives)
        return word

    def holder(self, kept, word):
        """Whose it is; None where it is not good (any more)."""
        token = kept.get(word)
        return token if token and token.good and self.now() < token.expires else None

    def spend(self, kept, word):
        kept[word] = replace(kept[word], good=False)

    def publish(self, pin):
        self.pins[pin.id] = pin
        self._unread[pin.id] = self.lag_reads

    def live(self):
        return [pin for pin in self.pins.values() if not pin.deleted]

    def board_of(self, board_id):
        """What a read of the board shows now; the read itself is counted."""
        pins = [pin for pin in self.live() if pin.board_id == board_id]
        hidden = {pin.id for pin in pins if self._unread.get(pin.id, 0) > 0}
        for pin_id in hidden:
            self._unread[pin_id] -= 1
        shown = [pin for pin in pins if pin.id not in hidden]
        return sorted(shown, key=lambda pin: int(pin.id), reverse=self.newest_first)

    def twice(self):
        """What is live more than once: board, words, link and pictures."""
        seen = Counter((p.board_id, p.title, p.description, p.link, p.pictures) for p in self.live())
        return [what for what, times in seen.items() if times > 1]

    def count(self):
        """One request more; False where the day of an app on trial is used up."""
        day = self.now().astimezone(UTC).date()
        self._days[day] += 1
        return self.app.access == "standard" or self._days[day] <= A_DAY_ON_TRIAL

    def fault_for(self, operation):
        fault = next((one for one in self.faults if one.operation == operation), None)
        if fault:
            self.faults.remove(fault)
        return fault
