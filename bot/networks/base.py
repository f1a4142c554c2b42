"""The contract of a network: what it allows, and three verbs; what more it can do, as small contracts of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from bot.errors import Unavailable
from bot.model import Account, Brand, Handles, Limits, Media, Message, Part, Receipt

if TYPE_CHECKING:
    from bot.networks.oauth import Code, Grant


class Network(Protocol):
    """One account on one network.

    Errors are those of `bot.errors`: Unavailable, RateLimited, Rejected and Unauthorized promise that nothing
    was posted; Unconfirmed promises nothing; anything else is a defect and is treated as Unconfirmed.
    """

    limits: Limits

    def prepare(self, message: Message) -> Handles:
        """Upload what the message needs: safe to repeat; the public sees nothing."""
        ...

    def publish(self, part: Part, message: Message, handles: Handles, key: str, after: Receipt | None) -> Receipt:
        """Do the one irreversible thing.

        `key` is the same for every attempt at this part; `after` is the receipt of the part before.
        """
        ...

    def find(
        self, part: Part, message: Message, handles: tuple[Handles, ...], key: str, since: datetime
    ) -> Receipt | None:
        """Look for the part: a Receipt (it is live), None (absent in this one complete look).

        Raises Unavailable (ask later) or CannotTell (a person decides). `handles` are those of every attempt.
        """
        ...


class Credentials(Protocol):
    """The secrets of one account; they may rotate while others read them."""

    def get(self) -> Mapping[str, str]:
        """What is kept; raises Unauthorized where nothing is."""
        ...

    def swap(self, before: Mapping[str, str], after: Mapping[str, str]) -> bool:
        """Keep `after` where `before` still stands; False when somebody was quicker."""
        ...

    def alone(self) -> AbstractContextManager[object]:
        """One at a time, across threads and processes: for what must not be rotated twice."""
        ...

    def scrub(self, text: str) -> str:
        """The text without any of the secrets: what a server answers may repeat them."""
        ...


@dataclass(frozen=True, slots=True)
class Studio:
    """Who speaks: the brand, the time zone its days are counted in, the language its pages default to."""

    brand: Brand
    zone: str = "UTC"
    language: str = "en"


def no_address(media: Media) -> str:
    """Where nobody can fetch our pictures from."""
    raise Unavailable("pictures have no public address: say in config.toml, under [media], where they can be fetched")


@dataclass(frozen=True, slots=True)
class Premises:
    """What an account is opened with.

    `media` holds immutable pictures named `<sha256>.jpg`; `root` is the workspace's folder; `now` gives aware times;
    `limits` are the network's own, with what its server announced. `address` puts a picture where its network can
    fetch it, and says where (ASCII, https); it raises Unavailable, with what to do, where there is no such place.
    """

    studio: Studio
    media: Path
    root: Path
    now: Callable[[], datetime]
    credentials: Credentials
    limits: Limits
    address: Callable[[Media], str] = no_address

    def picture(self, sha256: str) -> bytes:
        """The bytes of a picture."""
        return (self.media / f"{sha256}.jpg").read_bytes()


class Opener(Protocol):
    """What a network's class offers beside the contract: its limits and its settings, before it is opened."""

    limits: Limits

    @staticmethod
    def check_settings(settings: Mapping[str, str]) -> list[str]:
        """Everything that is wrong with an account's settings; opens nothing."""
        ...

    def __call__(self, account: Account, premises: Premises) -> Network:
        """Open the account; touches nothing yet."""
        ...


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing a person is asked for when connecting; `secret` = it is kept in the vault and never shown.

    What is not secret is a setting of the account in config.toml.
    """

    name: str
    question: str
    secret: bool = True


@dataclass(frozen=True, slots=True)
class Identity:
    """Who we are there: `id` never changes, `name` and `url` are what people know.

    `automated` says whether the account calls itself a bot (None: the network does not tell); `keep` is what else
    belongs with the secrets (a user id, a session).
    """

    id: str
    name: str
    url: str
    automated: bool | None = None
    keep: Mapping[str, str] = field(default_factory=dict)


@runtime_checkable
class Identifies(Protocol):
    """Knows who we are; `asks` is what a person must give first, `help` where she finds it."""

    asks: ClassVar[tuple[Ask, ...]]
    help: ClassVar[str]

    def identify(self) -> Identity:
        """Ask the network who we are. Raises NetworkError."""
        ...


@runtime_checkable
class Announces(Protocol):
    """Its server announces limits of its own."""

    def announced(self) -> Mapping[str, int]:
        """Fields of Limits as the server gives them now. Raises NetworkError."""
        ...


@runtime_checkable
class Clocked(Protocol):
    """Hears what time it is at its server."""

    def clock_ahead(self) -> timedelta | None:
        """How far our clock is ahead of the server's, by its last answer; None when it has not said."""
        ...


@runtime_checkable
class Labels(Protocol):
    """Can call the account automated, as the network's rules ask."""

    how: ClassVar[str]
    """What a person does by hand where it cannot be done for her."""

    def label(self) -> bool:
        """Do it; False when only a person can. Raises NetworkError."""
        ...


@runtime_checkable
class Retracts(Protocol):
    """Takes down what is live."""

    def retract(self, receipt: Receipt) -> None:
        """Take one post down; well also when it was gone already. Never posts anything.

        Raises Unavailable and RateLimited (later), Unauthorized, or Rejected: only a person can.
        """
        ...


@runtime_checkable
class ByHand(Protocol):
    """Only a person can take a post down there."""

    by_hand: ClassVar[str]
    """How she does it."""


MEASURES = ("views", "reach", "likes", "comments", "shares", "saves", "clicks")
"""What networks count, by one name each."""


@runtime_checkable
class Measures(Protocol):
    """Knows how a post of ours is doing."""

    def measure(self, receipt: Receipt) -> Mapping[str, int]:
        """The figures that the network has, by their names in MEASURES. Raises NetworkError."""
        ...


@runtime_checkable
class SignsIn(Protocol):
    """Gets its access from a person in her browser; the app's name and secret are among what it `asks`."""

    grant: ClassVar[Grant]

    def sign_in(self, code: Code) -> Mapping[str, str]:
        """The secrets that her yes is worth, once. Raises NetworkError."""
        ...


@runtime_checkable
class Renews(Protocol):
    """Its access must be renewed now and then."""

    def renew(self) -> None:
        """Renew it where it is time. Raises Unauthorized where a person must sign in again, Unavailable for later."""
        ...


@runtime_checkable
class Chooses(Protocol):
    """One access opens several places there (pages, boards, locations): a person says which, as a setting."""

    choice: ClassVar[str]
    """The setting's name."""

    def choices(self) -> Sequence[tuple[str, str]]:
        """What there is: the setting's value, and what people call it. Raises NetworkError."""
        ...
