"""Every error the package raises; the class says what the caller may do.

FootnoteError                 a person can act on the message; doors print it
├── Problems                  several mistakes found at once, each with file and line
│   └── ConfigProblems        config.toml cannot be used
├── DocumentError             a document cannot be read: nothing was written
│   ├── PageChanged           ... or a page says something else than its kept copy: say whether to replace that
│   └── SandboxError          ... because it is broken, or needs more time or memory than it may have
├── FetchError                an address cannot be fetched, or must not be: nothing was written
├── ImageError                words cannot be drawn as asked: shorten them, or change the font
├── DoesNotFit                a Post does not fit an account: everything that is wrong, at once
├── LedgerError               the ledger cannot be used
│   ├── LedgerBusy            another process owns it (its pid is in the message)
│   └── Stale                 the row has moved on: read it again, do not write
├── Changed                   a post's file is not what it was when it was read: read it again, nothing was written
├── UnknownName               no such post, account, delivery or network
└── NetworkError              a network said no, or said nothing
    ├── NothingPosted         certain: the public has seen nothing
    │   ├── Unavailable       try again later
    │   │   └── HandlesGone   ... after preparing again
    │   ├── RateLimited       try again at `retry_at`
    │   ├── Rejected          the content is refused: a person must change it
    │   └── Unauthorized      the access is gone: hold the account
    ├── Unconfirmed           it may be live: look, never send again
    │   └── Taken             the network says that it has it: if no look shows it, a person decides
    └── CannotTell            looking cannot settle it: a person decides
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar, Literal


class FootnoteError(Exception):
    """The root. Its text says what happened and what to do next."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: the file (relative to the workspace), the 1-based line (0 = the whole file), and what to do."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.what}"


class Problems(FootnoteError):
    """Several mistakes at once, in the order of their files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, problems)))


class ConfigProblems(Problems):
    """config.toml cannot be used: every mistake of it."""


class DocumentError(FootnoteError):
    """A document cannot be read; nothing was written."""


class PageChanged(DocumentError):
    """A page says something else than the copy that is kept of it; nothing was written."""


class SandboxError(DocumentError):
    """A document broke what read it, or needed more than it may have; `why` is time, memory, size or broken."""

    SENTENCES: ClassVar[dict[str, str]] = {
        "time": "reading it took too long: split it, or save it as plain text",
        "memory": "reading it needed too much memory: split it, or save it as plain text",
        "size": "it holds too much to be read at once: split it",
        "broken": "it is broken and could not be read: open it, save it anew, and try that",
    }

    def __init__(self, why: Literal["time", "memory", "size", "broken"], detail: str = "") -> None:
        self.why, self.detail = why, detail
        super().__init__(self.SENTENCES[why])


class FetchError(FootnoteError):
    """An address cannot be fetched, or must not be; nothing was written."""


class ImageError(FootnoteError):
    """Words cannot be drawn as asked."""


class DoesNotFit(FootnoteError):
    """A Post does not fit an account; `reasons` lists everything that is wrong with it there."""

    def __init__(self, account: str, reasons: Sequence[str]) -> None:
        self.account, self.reasons = account, tuple(reasons)
        super().__init__(f'does not fit "{account}": ' + "; ".join(reasons))


class LedgerError(FootnoteError):
    """The ledger cannot be used."""


class LedgerBusy(LedgerError):
    """Another process owns the ledger."""


class Stale(LedgerError):
    """The row has moved on since it was read; nothing was written."""


class Changed(FootnoteError):
    """Somebody else changed a post's file since it was read, or it is gone; nothing was written."""


class UnknownName(FootnoteError):
    """No such post, account, delivery or network."""


class NetworkError(FootnoteError):
    """A network said no, or said nothing."""


class NothingPosted(NetworkError):
    """Certain: the public has seen nothing."""


class Unavailable(NothingPosted):
    """The network cannot be reached or is out of order: try again later."""


class HandlesGone(Unavailable):
    """What was uploaded is not there any more: prepare again."""


class RateLimited(NothingPosted):
    """The network asked us to wait until `retry_at` (UTC)."""

    def __init__(self, message: str, retry_at: datetime) -> None:
        self.retry_at = retry_at if retry_at.tzinfo else retry_at.replace(tzinfo=UTC)
        super().__init__(message)


class Rejected(NothingPosted):
    """The network refused the content: a person must change it."""


class Unauthorized(NothingPosted):
    """The access is gone: the account is held until a person connects it again."""


class Unconfirmed(NetworkError):
    """The post may be live: look before anything else, never send it again."""


class Taken(Unconfirmed):
    """The network will not take it, because it has it already: never send it again unasked."""


class CannotTell(NetworkError):
    """Looking cannot settle it: a person decides."""
