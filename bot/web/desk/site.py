"""The desk's addresses, and what it says when something does not work."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from bot.app import App
from bot.errors import Changed, FootnoteError, Stale, UnknownName
from bot.web.desk import acts, asking, giving, pages, undoing
from bot.web.desk.entrance import Entrance, entrance_routes
from bot.web.desk.pages import Seat
from bot.web.desk.pictures import Pictures
from bot.web.desk.render import FOLDER, Renderer
from bot.web.desk.wording import plain

NO = "That did not work"
STATIC = {
    "desk.css": "text/css",
    "desk.js": "text/javascript",
    "htmx.min.js": "text/javascript",
    "favicon.svg": "image/svg+xml",
}


def desk_site(app: App, entrance: Entrance) -> Starlette:
    """Every page and act of the desk, for those who are in."""
    renderer = Renderer(app, entrance)
    site = Starlette(routes=[*_routes(), *entrance_routes(entrance, renderer.outside)], exception_handlers=HANDLERS)
    site.state.seat = Seat(app, Pictures(app), renderer)
    site.state.sorry = lambda _request, status, words: renderer.sorry(status, NO, words, signed_in=False)
    return site


def _routes() -> list[Route]:
    looks = {
        "/": pages.show_today,
        "/review": pages.show_review,
        "/posts/{post}": pages.show_post,
        "/posts/{post}/edit": pages.show_form,
        "/calendar": pages.show_month,
        "/calendar/list": pages.show_agenda,
        "/texts": pages.show_texts,
        "/texts/one": pages.show_text,
        "/pictures/{post}/{name}": pages.show_picture,
        "/media/{name}": pages.show_media,
        "/small/{name}": pages.show_media,
        "/tried/{name}": pages.show_tried,
        "/photos/{size}/{name:path}": pages.show_photo,
        "/static/{name}": _static,
    }
    buttons = {
        "/posts/{post}/approve": acts.approve,
        "/posts/{post}/withdraw": acts.call_off,
        "/posts/{post}/reopen": acts.take_back,
        "/posts/{post}/send": acts.send,
        "/posts/{post}/take-down": undoing.take_down,
        "/posts/{post}/edit": acts.edit,
        "/posts/{post}/preview": acts.preview,
        "/posts/{post}/photo": acts.give_photo,
        "/answers/{number:int}": acts.answer,
        "/texts": giving.add_text,
        "/texts/subject": asking.name_subject,
        "/texts/more": asking.draft_more,
    }
    shown = [Route(address, page, methods=["GET"]) for address, page in looks.items()]
    return [*shown, *(Route(address, acts.act(do), methods=["POST"]) for address, do in buttons.items())]


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in STATIC:
        raise HTTPException(404)
    return FileResponse(
        FOLDER / "static" / name, media_type=STATIC[name], headers={"Cache-Control": "public, max-age=3600"}
    )


def _changed(request: Request, _error: Exception) -> Response:
    """Somebody was quicker: nothing was done, and the person sees how it reads now."""
    post = request.path_params.get("post")
    return acts.go(f"/posts/{post}", said="changed") if post else acts.go("/", said="overtaken")


def _not_here(request: Request, _error: Exception) -> Response:
    return _sorry(request, 404, "This is not here", "It may have been removed, or the address is not complete.")


def _refused(request: Request, error: Exception) -> Response:
    return _sorry(request, 409, NO, f"{plain(str(error))}")


def _unwritten(request: Request, error: Exception) -> Response:
    """The disk is full, or a folder may not be written."""
    said = (error.strerror if isinstance(error, OSError) else "") or "the disk did not take it"
    text = f"It could not be kept: {said}. Whoever runs the bot has to look at its disk. Go back and try again then."
    return _sorry(request, 507, NO, text)


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 404:
        return _not_here(request, error)
    title = "That is too much at once" if status in {413, 429} else NO
    return _sorry(request, status, title, "Go back and try it once more.")


def _broken(request: Request, _error: Exception) -> Response:
    """The guard has it in the log."""
    return _sorry(
        request, 500, "Something went wrong here", "It is noted down. Nothing was sent that you did not approve."
    )


def _sorry(request: Request, status: int, title: str, text: str) -> Response:
    seat: Seat = request.app.state.seat
    return seat.renderer.sorry(status, title, text, signed_in=not request.url.path.startswith("/enter"))


HANDLERS = {
    Changed: _changed,
    Stale: _changed,
    UnknownName: _not_here,
    FootnoteError: _refused,
    OSError: _unwritten,
    HTTPException: _http,
    Exception: _broken,
}
