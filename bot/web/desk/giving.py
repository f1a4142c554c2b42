"""Three ways to give a text: a file, the address of a page, words pasted; posts are drafted from each alike."""

from __future__ import annotations

import re
from pathlib import Path
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from bot.app import App
from bot.composer import Composed, compose_document, take_in, take_page
from bot.errors import FootnoteError, PageChanged, UnknownName
from bot.io.address import is_address
from bot.io.fetch import fetch
from bot.web.desk.acts import go, typed
from bot.web.desk.pages import Seat, Typed
from bot.web.desk.wording import plain

ONE_AT_A_TIME = "You gave more than one text. Keep one, and empty the other fields."
READS_DIFFERENTLY = (
    "This page reads differently now than the copy you have. Tick the box under its address to replace that."
)


def add_text(seat: Seat, request: Request, told: FormData) -> Response:
    """Take a document in, and draft posts from it."""
    said = typed(told)
    try:
        path = _given(seat.app, told.get("file"), said)
        done = compose_document(seat.app.config, seat.app.ledger.records, path, seat.app.now(), turn=seat.app.turn)
    except FootnoteError as error:
        has_changed = isinstance(error, PageChanged)
        problem = READS_DIFFERENTLY if has_changed else plain(str(error))
        kept = said | {"changed": "yes" if has_changed else ""}
        return seat.texts(seat.look(), status=422, problem=problem, typed=kept, said=None)
    return _onward(done)


def _onward(done: Composed) -> Response:
    """To the first post; or to the text, where it has a question, or no new post came of it."""
    name, count = done.document.name, str(len(done.written))
    if not done.written:
        return go("/texts/one", text=name, said="nothing")
    if not done.subject:
        return go("/texts/one", text=name, said="drafted", of=count)
    return go(f"/posts/{done.written[0].post.id}", said="drafted", of=count)


def _given(app: App, file: UploadFile | str | None, said: Typed) -> Path:
    """The document that the given text has become. Raises FootnoteError, and nothing is written."""
    upload = file if isinstance(file, UploadFile) and file.filename else None
    address, words = said.get("page", "").strip(), said.get("words", "").replace("\r\n", "\n")
    if bool(upload) + bool(address) + bool(words.strip()) > 1:
        raise UnknownName(ONE_AT_A_TIME)
    if address:
        return _from_address(app, address, again=said.get("again") == "yes")
    content = upload.file.read() if upload else words.encode()
    name = str(upload.filename) if upload else _name_for(app, said.get("name", ""), content)
    with app.turn:
        return take_in(app.root, name, content)[0]


def _from_address(app: App, address: str, *, again: bool) -> Path:
    """A page, fetched while nobody waits for their turn."""
    page = fetch(address if is_address(address) else f"https://{address}")
    today = app.now().astimezone(ZoneInfo(app.config.zone)).date()
    with app.turn:
        return take_page(app.root, page, today, again=again)[0]


def _name_for(app: App, name: str, content: bytes) -> str:
    """A file's name for a pasted text: the one that was typed, else its first words; no other text has it."""
    words = re.findall(r"[\w-]+", name) or re.findall(r"[\w-]+", content.decode())[:6] or ["text"]
    plain = "-".join(words).lower()[:60]
    names = [f"{plain}.txt", *(f"{plain}-{n}.txt" for n in range(2, 100))]
    kept = ((one, app.root / "documents" / one) for one in names)
    return next((one for one, path in kept if not path.exists() or path.read_bytes() == content), names[0])
