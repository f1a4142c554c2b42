"""One text: what it is about, and what else it says beyond the posts that were drafted from it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from bot.composer import ALL_OFFERED, Found, find, identity, is_strong, rest
from bot.documents import place
from bot.errors import DocumentError, UnknownName
from bot.model import Snippet
from bot.snippets.wording import words
from bot.web.desk.look import Look
from bot.web.desk.views import Flag
from bot.web.desk.wording import flag, plain


@dataclass(frozen=True, slots=True)
class Benefit:
    """What a text says and no post does: in which words, how well ("Strong", "Fair"), where, and what is questioned.

    `sentence` is how the text has it ("" = in the same words), `key` what it is known by.
    """

    key: str
    text: str
    sentence: str
    place: str
    word: str
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class OneText:
    """A document, large. `waiting` is the first of its `posts` that waits; `why_none` says why it has nothing to say.

    `typed` is what its person wrote, or may be asked to confirm where it `is_guess`; `problem` is wrong with that.
    """

    document: str
    name: str
    posts: int
    waiting: str
    subject: str = ""
    typed: str = ""
    is_guess: bool = False
    why_none: str = ""
    benefits: tuple[Benefit, ...] = ()
    problem: str = ""


def address_of(document: str) -> str:
    """The page of a document (its path in the workspace)."""
    return f"/texts/one?{urlencode({'text': document})}"


def known(look: Look, document: str) -> str:
    """The name of a document that is listed; UnknownName for any other, wherever it would lead."""
    root = look.app.root
    if document not in {path.relative_to(root).as_posix() for path in look.app.documents()}:
        raise UnknownName("there is no such text")
    return document


def one_text(look: Look, document: str, *, typed: str = "", problem: str = "") -> OneText:
    """The page of a document; `typed` is what a person wrote of it just now, and `problem` what is wrong with that."""
    posts = [standing for standing in look.season.posts.values() if _stands_on(standing.file, document)]
    waiting = next((one.id for one in look.season.waiting if one in posts), "")
    name = document.removeprefix("documents/")
    try:
        found = find(look.app.document(document), look.app.config)
    except DocumentError as error:
        return OneText(document, name, len(posts), waiting, why_none=plain(str(error)), problem=problem)
    listed = rest(look.app.config, look.app.ledger.records, found)
    return OneText(
        document=document,
        name=name,
        posts=len(posts),
        waiting=waiting,
        subject=found.subject,
        typed=typed or found.subject or found.suggestion,
        is_guess=not (typed or found.subject) and bool(found.suggestion),
        why_none="" if listed or posts else plain(f"{found.why_none or ALL_OFFERED}."),
        benefits=tuple(_benefit(found, snippet) for snippet in listed),
        problem=problem,
    )


def _stands_on(file: object, document: str) -> bool:
    source = getattr(getattr(file, "post", None), "source", None)
    return source is not None and source.document == document


def _benefit(found: Found, snippet: Snippet) -> Benefit:
    sentence = words(found.document, snippet.span)
    return Benefit(
        key=identity(snippet.text),
        text=snippet.text,
        sentence=sentence if sentence != snippet.text else "",
        place=place(found.document, snippet.span),
        word="Strong" if is_strong(snippet) else "Fair",
        flags=tuple(map(flag, snippet.claims)),
    )
