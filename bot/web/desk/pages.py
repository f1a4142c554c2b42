"""The pages to look at, and what every page and act needs."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.app import App
from bot.delivery import State
from bot.documents import FORMATS
from bot.errors import ImageError, UnknownName
from bot.web.desk import calendar
from bot.web.desk.form import form
from bot.web.desk.look import Look
from bot.web.desk.one_text import known, one_text
from bot.web.desk.pictures import Pictures
from bot.web.desk.render import Renderer
from bot.web.desk.saying import said
from bot.web.desk.sheet import sheet
from bot.web.desk.texts import texts
from bot.web.desk.today import SHOWN, today
from bot.web.desk.views import Said

Typed = dict[str, str]
"""The texts of a form, by the names of their fields."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One workspace, seen from its desk."""

    app: App
    pictures: Pictures
    renderer: Renderer

    def look(self) -> Look:
        """The season as it stands now."""
        return Look(self.app, self.app.season(), self.app.now())

    def page(
        self, look: Look, template: str, *, status: int = 200, here: str = "review", **context: object
    ) -> Response:
        """A page in its frame."""
        waiting = len(look.season.waiting)
        return self.renderer.page(template, status=status, here=here, waiting=waiting, **context)  # type: ignore[arg-type]

    def texts(self, look: Look, *, status: int = 200, problem: str = "", typed: Typed, said: Said | None) -> Response:
        """The documents, and the way to give another."""
        blank = {"name": "", "words": "", "page": "", "changed": ""}
        context = {
            "texts": texts(look),
            "problem": problem,
            "typed": blank | typed,
            "said": said,
            "endings": [*FORMATS],
        }
        return self.page(look, "texts.html", status=status, here="texts", **context)

    def fragment(self, template: str, **context: object) -> Response:
        """A piece of a page."""
        return self.renderer.page(template, **context)  # type: ignore[arg-type]


def show_today(request: Request) -> Response:
    """The first page."""
    seat, look = _look(request)
    return seat.page(look, "today.html", here="today", today=today(look), said=_said(request, look))


def show_review(request: Request) -> Response:
    """The first post that waits, or that nothing does."""
    seat, look = _look(request)
    if look.season.waiting:
        said = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/posts/{look.season.waiting[0].id}{said}", 303)
    coming = [row for row in look.season.rows if row.state is State.SCHEDULED]
    items = look.items(coming[: 4 * SHOWN])[:SHOWN]
    return seat.page(look, "nothing.html", coming=items, said=_said(request, look))


def show_post(request: Request) -> Response:
    """One post, large."""
    seat, look = _look(request)
    standing = look.season.posts.get(request.path_params["post"])
    if standing is None:
        raise UnknownName("there is no such post")
    here = "review" if standing.waits else "calendar"
    return seat.page(look, "sheet.html", here=here, sheet=sheet(look, standing), said=_said(request, look))


def show_form(request: Request) -> Response:
    """The words of a post, to be changed."""
    seat, look = _look(request)
    standing = look.season.posts.get(request.path_params["post"])
    if standing is None or standing.file is None:
        raise UnknownName("there is no such post")
    return seat.page(look, "edit.html", form=form(look, standing, standing.file), said=None)


def show_month(request: Request) -> Response:
    """A month of days."""
    seat, look = _look(request)
    asked = request.query_params.get("month", "")
    return seat.page(look, "month.html", here="calendar", month=calendar.month(look, asked), said=None)


def show_agenda(request: Request) -> Response:
    """Days that have something."""
    seat, look = _look(request)
    page, day = request.query_params.get("page", "0"), request.query_params.get("day", "")
    number = int(page) if page.removeprefix("-").isdecimal() and len(page) < 6 else 0
    number = calendar.page_of(look, day) if day else number
    return seat.page(look, "agenda.html", here="calendar", agenda=calendar.agenda(look, number), said=None)


def show_texts(request: Request) -> Response:
    """The documents."""
    seat, look = _look(request)
    return seat.texts(look, typed={}, said=_said(request, look))


def show_text(request: Request) -> Response:
    """One document: what it is about, and what else it says."""
    seat, look = _look(request)
    text = one_text(look, known(look, request.query_params.get("text", "")))
    return seat.page(look, "text.html", here="texts", text=text, said=_said(request, look))


def show_picture(request: Request) -> Response:
    """A picture of a post as it reads now; it may be kept where its address says what it shows."""
    seat: Seat = request.app.state.seat
    try:
        picture, drawn = seat.pictures.of_post(request.path_params["post"], request.path_params["name"])
    except ImageError as error:
        raise UnknownName("it cannot be drawn") from error
    return _jpeg(picture, keep=request.query_params.get("v") == drawn[:16])


def show_media(request: Request) -> Response:
    """A picture as it went out."""
    seat: Seat = request.app.state.seat
    is_small = request.url.path.startswith("/small/")
    return _jpeg(seat.pictures.of_media(request.path_params["name"], is_small=is_small), keep=True)


def show_tried(request: Request) -> Response:
    """A picture of words that nobody saved yet."""
    seat: Seat = request.app.state.seat
    return _jpeg(seat.pictures.tried(request.path_params["name"]), keep=True)


def show_photo(request: Request) -> Response:
    """A photo to choose, without anything that its file tells."""
    seat: Seat = request.app.state.seat
    asked = request.path_params
    try:
        photo = seat.pictures.of_photo(f"images/{asked['name']}", asked["size"])
    except ImageError as error:
        raise UnknownName("it cannot be shown") from error
    return _jpeg(photo, keep=bool(request.query_params.get("v")))


def _look(request: Request) -> tuple[Seat, Look]:
    seat: Seat = request.app.state.seat
    return seat, seat.look()


def _said(request: Request, look: Look) -> Said | None:
    asked = request.query_params
    return said(look, asked.get("said", ""), asked.get("of", ""), request.path_params.get("post", ""))


def _jpeg(picture: bytes, *, keep: bool) -> Response:
    keeps = "private, max-age=31536000, immutable" if keep else "no-cache"
    return Response(picture, media_type="image/jpeg", headers={"Cache-Control": keeps})
