"""The buttons: each finds its post, does one verb, and leads on; nobody's edit is ever overwritten unseen."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.delivery import UNDER_WAY, WAITS
from bot.errors import Changed, ImageError, Problem, Problems, UnknownName
from bot.planner import approve as approve_post
from bot.planner import bring_forward, cite_again, reason_in, reopen, resolve, rewrite, withdraw
from bot.planner.season import Standing
from bot.planner.sources import SourceChanged
from bot.posts import PostFile
from bot.web.desk.form import form, still_to_come, words_from
from bot.web.desk.look import Look
from bot.web.desk.pages import Seat, Typed
from bot.web.desk.trying import given, tried

WHO = "a person (at the desk)"
LARGEST = 2**62
"""No row has a larger number, and no database takes one."""
FILES = 60
"""A form has a place for a photo at each picture; those that stay empty are sent, too."""
ASIDE = {"sha256", "then", "at", "seen"}
CHOICE = re.compile(r"(template|colours|photo|focus|of)-\d")
"""Fields that hold no words of a person's: these are filled by the page, those chosen on it."""


def act(do: Callable[[Seat, Request, FormData], Response]) -> Callable[[Request], object]:
    """An endpoint that reads the form, then does the verb in a thread."""

    async def endpoint(request: Request) -> Response:
        async with request.form(max_files=FILES, max_fields=1_000, max_part_size=1_100_000) as told:
            return await run_in_threadpool(do, request.app.state.seat, request, told)

    return endpoint


def go(address: str, **said: str) -> Response:
    """On to a page, with what to say there."""
    return RedirectResponse(f"{address}?{urlencode(said)}" if said else address, 303)


def typed(told: FormData) -> Typed:
    """The texts of a form."""
    return {name: value for name, value in told.items() if isinstance(value, str)}


def approve(seat: Seat, request: Request, told: FormData) -> Response:
    """Say yes, give it its time at once, and on to the next that waits."""
    look, standing, file = _found(seat, request, told)
    if told.get("seen") and told.get("seen") != standing.hashed:  # a photo, a colour: what is not in its file
        raise Changed(f"{file.path} looks different by now")
    return _approve(seat, look, standing, file, reason=typed(told).get("reason", ""))


def _approve(seat: Seat, look: Look, standing: Standing, file: PostFile, *, reason: str) -> Response:
    here, app = f"/posts/{standing.id}", seat.app
    if standing.is_out or (standing.is_blocked and not reason_in(reason)):
        return go(here, said="is-out" if standing.is_out else "proof")
    try:
        app.planner.press.all_pictures(file.post)  # drawn as it will be seen, or refused, before anybody says yes
        file = cite_again(app.config, app.planner.press, file)
    except (ImageError, SourceChanged) as error:
        return go(here, said="undrawn" if isinstance(error, ImageError) else "unsourced")
    approve_post(app.config, app.ledger, file, app.now(), override=reason, who=WHO)
    plan = app.plan(only=standing.id)
    if plan.stopped or plan.problems:
        return go(here, said="stopped" if plan.stopped else "unfit")
    if any(row.state in UNDER_WAY for row in app.deliveries_of(standing.id)):
        return go(here, said="on-its-way")
    return go(_next(look, standing.id), said="approved", of=standing.id)


def call_off(seat: Seat, request: Request, told: FormData) -> Response:
    """Withdraw it, and on to the next that waits."""
    look, standing, file = _found(seat, request, told)
    here = f"/posts/{standing.id}"
    if standing.is_out:
        return go(here, said="is-out")
    withdraw(seat.app.config, file)
    if seat.app.plan(only=standing.id).stopped:
        return go(here, said="stopped")
    return go(_next(look, standing.id) if standing.waits else here, said="withdrawn", of=standing.id)


def take_back(seat: Seat, request: Request, told: FormData) -> Response:
    """Undo a yes, or a withdrawal: it waits again."""
    _, standing, file = _found(seat, request, told)
    reopen(seat.app.config, file)
    stopped = seat.app.plan(only=standing.id).stopped
    return go(f"/posts/{standing.id}", said="stopped" if stopped else "reopened")


def send(seat: Seat, request: Request, told: FormData) -> Response:
    """Send it now, wherever nothing holds it."""
    look, standing, _ = _found(seat, request, told)
    app = seat.app
    waiting = [row for row in standing.rows if row.state in WAITS]
    free = [row for row in waiting if not look.season.holds_on(row)]
    for row in free:
        bring_forward(app.ledger, row, app.config.grace, app.now())
    said = "nowhere" if not free else "sent" if len(free) == len(waiting) else "sent-some"
    return go(f"/posts/{standing.id}", said=said)


def answer(seat: Seat, request: Request, told: FormData) -> Response:
    """Answer where the bot cannot know."""
    app, said = seat.app, typed(told)
    row = app.ledger.deliveries.get(min(request.path_params["number"], LARGEST))
    url = said.get("url", "").strip()
    if str(row.fence) != said.get("fence"):
        raise Changed("this is another question by now")
    resolve(app.ledger, row, said.get("answer", ""), app.now(), url=url, grace=app.config.grace)
    return go("/", said="answered")


def edit(seat: Seat, request: Request, told: FormData) -> Response:
    """Save what is in the form; then, if that was asked, approve it. Or only show what it would become."""
    look, words = seat.look(), typed(told)
    if overtaken := _overtaken(seat, look, request, words):
        return overtaken
    standing, file = _standing(look, request)
    said = given(seat, told)
    words, wrong = said.words, said.problems
    show, _, number = words.get("then", "").partition("-")
    if show == "show":
        words |= {"at": number} if number else {}
        filled = form(look, standing, file, words, problems=wrong, tried=tried(seat, look, file, words))
        return seat.page(look, "edit.html", form=filled)
    if not wrong:
        try:
            meant = still_to_come(look, file.post, words_from(words, file.post, seat.app))
            return _saved(seat, request, rewrite(seat.app.config, file, meant), words)
        except Changed:
            return _both(seat, seat.look(), request, words)
        except Problems as error:
            wrong = error.problems
        except OSError as error:
            wrong = (Problem(file.path, 0, f"it could not be saved: {error.strerror}. Your words are still here"),)
    return seat.page(look, "edit.html", status=422, form=form(look, standing, file, words, problems=wrong))


def _overtaken(seat: Seat, look: Look, request: Request, words: Typed) -> Response | None:
    """What to show where the post went, went out or was changed while the person wrote; None where it is as it was."""
    standing = look.season.posts.get(request.path_params["post"])
    if standing is None or standing.file is None:
        shown = {name: value for name, value in words.items() if name not in ASIDE and not CHOICE.match(name)}
        kept = "\n\n".join(value for value in shown.values() if value.strip())
        text = "Its file is gone, or cannot be read. Nothing was saved: here are your words."
        return seat.renderer.sorry(404, "This post is not here any more", text, kept=kept)
    if standing.is_out:
        gone = Problem(standing.file.path, 0, "it went out while you were writing. What is out stays as it is")
        filled = form(look, standing, standing.file, words, problems=(gone,))
        return seat.page(look, "edit.html", status=409, form=filled)
    return _both(seat, look, request, words) if standing.file.sha256 != words.get("sha256") else None


def _saved(seat: Seat, request: Request, saved: PostFile, words: Typed) -> Response:
    """Approve it, if that was asked; else on to its page."""
    if words.get("then") == "approve":
        after = seat.look()
        return _approve(seat, after, _standing(after, request)[0], saved, reason=words.get("reason", ""))
    stopped = seat.app.plan(only=saved.post.id).stopped
    waits = _standing(seat.look(), request)[0].waits
    return go(f"/posts/{saved.post.id}", said="saved" if waits else "stopped" if stopped else "same")


def _both(seat: Seat, look: Look, request: Request, words: Typed) -> Response:
    """The form with what somebody else saved meanwhile beside what was typed here."""
    standing, file = _standing(look, request)
    filled = form(look, standing, file, words, is_theirs=True)
    return seat.page(look, "edit.html", status=409, form=filled)


def preview(seat: Seat, request: Request, told: FormData) -> Response:
    """What is in a form would look like this; nothing is saved."""
    look = seat.look()
    _, file = _standing(look, request)
    return seat.fragment("preview.html", tried=tried(seat, look, file, typed(told)))


def give_photo(seat: Seat, request: Request, told: FormData) -> Response:
    """Take a photo in, and show it among the others of its picture, chosen; no word of the post is saved."""
    look = seat.look()
    standing, file = _standing(look, request)
    said = given(seat, told)
    filled = form(look, standing, file, said.words, problems=said.problems)
    number = said.words.get("at", "")
    n = int(number) if number.isdecimal() and len(number) < 4 else 0
    if n >= len(filled.pictures):
        raise UnknownName("this post has no such picture")
    return seat.fragment("photos.html", picture=filled.pictures[n], form=filled)


def _standing(look: Look, request: Request) -> tuple[Standing, PostFile]:
    standing = look.season.posts.get(request.path_params["post"])
    if standing is None or standing.file is None:
        raise UnknownName("this post is not there any more")
    return standing, standing.file


def _found(seat: Seat, request: Request, told: FormData) -> tuple[Look, Standing, PostFile]:
    """The post as the person saw it; raises Changed when it reads differently by now."""
    look = seat.look()
    standing, file = _standing(look, request)
    if file.sha256 != told.get("sha256"):
        raise Changed(f"{file.path} reads differently by now")
    return look, standing, file


def _next(look: Look, post: str) -> str:
    """The next post that waits, after this one in the queue, or from its beginning."""
    queue = [one.id for one in look.season.waiting]
    at = queue.index(post) if post in queue else -1
    others = [*queue[at + 1 :], *queue[: max(at, 0)]]
    return f"/posts/{others[0]}" if others else "/review"
