"""What the pages of the desk show, in a marketer's words: frozen values, ready to be set by a template."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.footnotes import Footnote, Piece


class Tone(StrEnum):
    """How something is going: the colour and the sign of its word, never the colour alone."""

    WELL = "well"
    COMING = "coming"
    WAITING = "waiting"
    TROUBLE = "trouble"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class When:
    """A moment on the studio's clock: `iso` for machines, "Wed 2 Dec" (with the year unless it is this one), "9:00"."""

    iso: str
    day: str
    time: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture at `url` (1080 x 1350; "" where it cannot be drawn), and at `small` (240 x 300)."""

    url: str
    small: str
    alt: str


@dataclass(frozen=True, slots=True)
class Sized:
    """A picture in the size that some accounts get: `whole` and `small` are addresses."""

    accounts: tuple[str, ...]
    whole: str
    small: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Place:
    """A post on one account: its name, what became of it in one word, why, and where it can be seen ("" = nowhere)."""

    account: str
    network: str
    word: str
    tone: Tone
    why: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A post at a moment, on every account that has it then."""

    post: str
    title: str
    picture: Picture | None
    when: When
    places: tuple[Place, ...]
    tone: Tone

    @property
    def word(self) -> str:
        """The one word for all places; the gravest where they differ."""
        return next((place.word for place in self.places if place.tone is self.tone), "")


@dataclass(frozen=True, slots=True)
class Button:
    """An act: POSTed to `action` with the hidden `fields`; `ask` labels a text that the person types ("" = none)."""

    label: str
    action: str
    fields: tuple[tuple[str, str], ...] = ()
    ask: str = ""
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that waits for the person: what it is, why, what can be done about it (buttons, or a link to go to)."""

    title: str
    text: str
    tone: Tone
    picture: Picture | None = None
    look: str = ""
    buttons: tuple[Button, ...] = ()
    go: str = ""
    go_label: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A moment of the week for which there is no post."""

    when: When
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """The first page. `is_new`: there is no post at all yet."""

    is_new: bool
    needs: tuple[Need, ...]
    out: tuple[Item, ...]
    coming: tuple[Item, ...]
    gaps: tuple[Gap, ...]
    more_gaps: int


@dataclass(frozen=True, slots=True)
class Length:
    """How long the words are on one account; `most` 0 = no limit there; `unit` what the network counts."""

    account: str
    network: str
    length: int
    most: int
    unit: str

    @property
    def fits(self) -> bool:
        """Whether the longest part is within the limit."""
        return not self.most or self.length <= self.most


@dataclass(frozen=True, slots=True)
class Version:
    """The exact words that some accounts get: one text, or the posts of a thread; what is wrong with them there."""

    texts: tuple[str, ...]
    lengths: tuple[Length, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """Words that somebody would question: `mark` "Good to know", "Read it again" or "Only with proof".

    `safer` is what could be said instead.
    """

    mark: str
    words: str
    rule: str
    why: str
    source: str
    safer: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a document does not say any more: why, and each sentence as it was, merged with the nearest one now.

    `found` says for each whether there is one like it.
    """

    why: str
    sentences: tuple[tuple[tuple[Piece, ...], bool], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One post, large. `queue` is its place among those that wait, (2, 7), or None when it does not wait.

    `word` and `tone` say how it stands; `note` what that means for her; `proof` that approving it wants her reason why
    it may be said; `is_moving` that it goes out at this moment; `problems` whatever hinders it, `notes` what does not.
    The links are to the neighbours in the queue ("" = none).
    """

    post: str
    sha256: str
    hashed: str
    title: str
    word: str
    tone: Tone
    note: str
    queue: tuple[int, int] | None
    before: str
    after: str
    pictures: tuple[Picture, ...]
    sizes: tuple[Sized, ...]
    versions: tuple[Version, ...]
    link: str
    tags: tuple[str, ...]
    footnotes: tuple[Footnote, ...]
    unsourced: tuple[str, ...]
    changed: Comparison | None
    document: str
    flags: tuple[Flag, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    places: tuple[Place, ...]
    when: When | None
    approved: str
    can_approve: bool
    can_edit: bool
    is_withdrawn: bool
    can_send: bool
    can_take_down: bool
    proof: bool
    is_moving: bool

    @property
    def can_withdraw(self) -> bool:
        """Whether it can be called off."""
        return self.can_edit and not self.is_withdrawn

    @property
    def can_reopen(self) -> bool:
        """Whether it can be taken up again."""
        return self.can_edit and self.is_withdrawn


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar; `more` posts of it are not among `items`; `note` "closed" or what the clocks do."""

    iso: str
    number: int
    name: str
    in_month: bool
    is_today: bool
    items: tuple[Item, ...]
    more: int
    gaps: tuple[Gap, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks of seven days (Monday first)."""

    name: str
    iso: str
    before: str
    after: str
    weeks: tuple[tuple[Day, ...], ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """Days that have something, in order; the links lead to the pages before and after ("" = none).

    `called_off` are the posts (name, title) that are in no day, and may be taken up again.
    """

    days: tuple[Day, ...]
    before: str
    after: str
    called_off: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A document: its name, how many posts it gave, and the page that it is a copy of ("" = none).

    `subject` is what it is about ("" = nobody said), `page` where the desk tells more of it ("" = it cannot be read).
    """

    name: str
    posts: int
    url: str = ""
    subject: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What the last act did, said once at the top of the next page; where to look (at what), how to take it back."""

    text: str
    tone: Tone = Tone.WELL
    undo: Button | None = None
    look: str = ""
    look_label: str = "Look at it"
