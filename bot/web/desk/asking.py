"""What a person says of one text: what it is about, and which of the rest shall be drafted too."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from bot.composer import OFFERED, compose_document, compose_more
from bot.errors import ConfigProblems, DocumentError, UnknownName
from bot.web.desk.acts import go, typed
from bot.web.desk.one_text import known, one_text
from bot.web.desk.pages import Seat
from bot.web.desk.wording import plain

TOO_LONG = "Say it in a few words, such as “Hot stone massage”."
BROKEN = "Nothing was changed, because the bot’s settings have a mistake. Whoever runs the bot has to mend"


def name_subject(seat: Seat, request: Request, told: FormData) -> Response:
    """Keep what a text is about, and draft what became possible."""
    app, said = seat.app, typed(told)
    document, subject = known(seat.look(), said.get("text", "")), said.get("subject", "")
    try:
        app.name_subject(document, subject)
    except UnknownName:
        return _again(seat, document, subject, TOO_LONG)
    except DocumentError as error:
        return _again(seat, document, subject, plain(str(error)))
    except ConfigProblems as error:
        return _again(seat, document, subject, f"{BROKEN}: {plain(str(error))}")
    done = compose_document(app.config, app.ledger.records, app.root / document, app.now(), turn=app.turn)
    return go("/texts/one", text=document, said="named", of=str(len(done.written)))


def draft_more(seat: Seat, request: Request, told: FormData) -> Response:
    """Draft one more of what the text says."""
    app, said = seat.app, typed(told)
    document, key = known(seat.look(), said.get("text", "")), said.get("snippet", "")
    path = app.root / document
    done = compose_more(app.config, app.ledger.records, path, app.now(), only=key or "nothing", turn=app.turn)
    if failed := [one.why for one in done.skipped if one.why != OFFERED]:
        return _again(seat, document, "", plain(failed[0]))
    if not done.written:
        return go("/texts/one", text=document, said="seen")
    return go("/texts/one", text=document, said="more", of=done.written[0].post.id)


def _again(seat: Seat, document: str, subject: str, problem: str) -> Response:
    """The page as it was, with what is wrong and what was typed."""
    look = seat.look()
    text = one_text(look, document, typed=subject, problem=problem)
    return seat.page(look, "text.html", status=422, here="texts", text=text, said=None)
