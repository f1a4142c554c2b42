"""What a form would become, shown before anything is saved; photos that a person gives are taken in on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile

from bot.errors import FootnoteError, ImageError, Problem, Problems
from bot.images import alt_text
from bot.model import Post
from bot.planner import rewritten
from bot.posts import PostFile
from bot.web.desk import backgrounds, noticing
from bot.web.desk.form import words_from
from bot.web.desk.look import Look
from bot.web.desk.offers import Tried
from bot.web.desk.pages import Seat
from bot.web.desk.sheet import versions
from bot.web.desk.views import Picture, Sized
from bot.web.desk.wording import plain


@dataclass(frozen=True, slots=True)
class Given:
    """What a form said once its photos are photos of the workspace; what was wrong with those that are none."""

    words: dict[str, str]
    problems: tuple[Problem, ...] = ()


def given(seat: Seat, told: FormData) -> Given:
    """Take in the photos of a form, and choose each where it was given."""
    words = {name: value for name, value in told.items() if isinstance(value, str)}
    problems = []
    for name, file in told.items():
        if not isinstance(file, UploadFile) or not file.filename or not name.startswith("upload-"):
            continue
        n = name.removeprefix("upload-")
        try:
            words[f"photo-{n}"] = backgrounds.take_in(seat.app, file.filename, file.file.read())
        except ImageError as error:
            problems.append(Problem("", 0, f"photo-{n}: {error}"))
    return Given(words, tuple(problems))


def tried(seat: Seat, look: Look, file: PostFile, words: Mapping[str, str]) -> Tried:
    """What the words and choices in a form would look like; nothing is saved."""
    problems: list[str] = []
    post = file.post
    try:
        post = rewritten(seat.app.config, file, words_from(words, post, seat.app))[1].post
    except Problems as wrong:
        problems += [plain(problem.what) for problem in wrong.problems]
    at = _number(words.get("at", ""), len(post.images))
    pages = [_page(seat, post, n) for n in range(len(post.images))]
    problems += [f"Picture {n + 1}: {why}" if n != at else why for n, (_, _, why) in enumerate(pages) if why]
    picture, name, _ = pages[at] if pages else (None, "", "")
    before = words.get("seen", "")
    is_old = picture is None and seat.pictures.has_tried(before)
    fine = picture is not None
    return Tried(
        picture=_addressed(before, "") if is_old else picture,
        name=before if is_old else name,
        is_old=is_old,
        at=at,
        pages=tuple(one for one, _, _ in pages) if len(pages) > 1 else (),
        sizes=tuple(_sizes(seat, post, at)) if fine else (),
        versions=versions(look, post),
        problems=tuple(dict.fromkeys(problems)),
        notes=noticing.notes(seat.app.pictures.of_post(post, at)) if fine else (),
    )


def _page(seat: Seat, post: Post, n: int) -> tuple[Picture | None, str, str]:
    """A picture of words that nobody saved yet, the name it is kept under, and why there is none."""
    image, language = post.images[n], seat.app.config.language
    try:
        drawing = seat.app.pictures.of_post(post, n)
        name = seat.pictures.try_out(drawing)
    except FootnoteError as error:
        return None, "", plain(str(error))
    picture = _addressed(name, image.alt or alt_text(image, page=n + 1, pages=len(post.images), language=language))
    try:
        seat.app.pictures.judge(drawing, seat.pictures.tried(f"{name}.jpg"))
    except FootnoteError as error:  # it can be looked at, and not be approved
        return picture, name, plain(str(error))
    return picture, name, ""


def _addressed(name: str, alt: str) -> Picture:
    return Picture(f"/tried/{name}.jpg", f"/tried/small-{name}.jpg", alt)


def _sizes(seat: Seat, post: Post, n: int) -> Iterator[Sized]:
    """Those are drawn when the page asks for them: the picture itself waits for none."""
    for accounts, drawing in noticing.sized(seat.app, post, n):
        yield noticing.resized(accounts, drawing, "/tried/", f"{seat.pictures.promise(drawing)}.jpg")


def _number(text: str, pages: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 and int(text) < pages else 0
