"""What is coming, post by post and account by account, in the order of time: values for the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.app import App
from bot.delivery import Delivery, State
from bot.errors import FootnoteError
from bot.fitting import from_json, fullest, preview, unfit
from bot.images import drawing_hash
from bot.images.alt import spoken
from bot.images.drawing import JPEG
from bot.images.kept import Wanted, picture_path
from bot.model import Account, Limits, Message, Part, Post
from bot.planner.season import Standing
from bot.previews.pictures import Source
from bot.previews.shown import Cut, Habit, cut, habit_of
from bot.prices import cost_of, dollars
from bot.web.desk import wording
from bot.web.desk.look import Look
from bot.web.desk.sheet import sheet
from bot.web.desk.views import Sheet, When

GOES_ON = {State.SCHEDULED, State.PUBLISHING}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture by its name among the page's pictures, and what those hear who do not see it."""

    name: str
    alt: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A post on one account: its words part by part as they will stand, cut where the network cuts them.

    `length` is that of the longest part, `most` the limit (0 = none); `when` differs from the post's where it is set.
    """

    account: str
    network: str
    name: str
    handle: str
    habit: Habit
    title: str
    parts: tuple[Cut, ...]
    pictures: tuple[Drawn, ...]
    has_alts: bool
    link: str = ""
    button: str = ""
    tags: tuple[str, ...] = ()
    length: int = 0
    most: int = 0
    unit: str = ""
    cost: str = ""
    problems: tuple[str, ...] = ()
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A coming post: what the desk knows of it, and a frame for each account that it still goes to."""

    sheet: Sheet
    waits: bool
    at: datetime | None
    frames: tuple[Frame, ...]


def collected(app: App, ahead: timedelta | None = None) -> tuple[list[Entry], dict[str, Source]]:
    """Every coming post in the order of time, those without a time last; and the pictures that they show, by name."""
    look = Look(app, app.season(), app.now())
    pictures: dict[str, Source] = {}
    found = [entry for one in look.season.posts.values() if (entry := _entry(look, one, pictures))]
    until = look.local(look.now + ahead) if ahead else None
    near = [entry for entry in found if until is None or entry.at is None or entry.at <= until]
    shown = {drawn.name for entry in near for frame in entry.frames for drawn in frame.pictures}
    near.sort(key=lambda entry: (entry.at is None, entry.at or datetime.max, entry.sheet.post))  # noqa: DTZ901  naive
    return near, {name: source for name, source in pictures.items() if name in shown}


def _entry(look: Look, standing: Standing, pictures: dict[str, Source]) -> Entry | None:
    if standing.file is None or standing.is_withdrawn or standing.is_out:
        return None
    frames = tuple(_frames(look, standing, pictures))
    if not frames:
        return None
    seen = sheet(look, standing)
    at = datetime.fromisoformat(seen.when.iso) if seen.when else None
    return Entry(seen, standing.waits, at, frames)


def _frames(look: Look, standing: Standing, pictures: dict[str, Source]) -> Iterator[Frame]:
    assert standing.file  # noqa: S101  asked before
    post = standing.file.post
    rows = {row.account: row for row in standing.rows}
    known = {account.name: account for account in look.app.config.accounts}
    moments = {row.due_at for row in standing.rows if row.state in GOES_ON}
    for account in (known[name] for name in post.accounts if name in known):
        row = rows.get(account.name)
        if row and row.state not in GOES_ON and not (standing.waits and row.state is State.CANCELED):
            continue
        if row and row.state in GOES_ON and not standing.waits:
            frame = _fixed(look, account, row, pictures)
        else:
            frame = _draft(look, account, post, pictures)
        differs = row is not None and row.state in GOES_ON and len(moments) > 1
        yield replace(frame, when=look.when(row.due_at)) if row and differs else frame


def _fixed(look: Look, account: Account, row: Delivery, pictures: dict[str, Source]) -> Frame:
    """As it was fixed when it was approved."""
    message = from_json(look.app.ledger.records.message(row.message))
    shown = []
    for media in (media for part in message.parts for media in part.media):
        pictures[media.sha256] = Source(look.app.ledger.media / f"{media.sha256}.jpg")
        shown.append(Drawn(media.sha256, media.alt))
    return _frame(look, account, message, tuple(shown), ())


def _draft(look: Look, account: Account, post: Post, pictures: dict[str, Source]) -> Frame:
    """As it would be fixed if somebody approved it now."""
    app, limits = look.app, look.app.limits(account)
    shown, wrong = [], [wording.plain(one) for one in unfit(post, account, limits)]
    wanted = app.pictures.wanted(post, limits, account.image_size)
    for number, image in enumerate(post.images):
        try:
            name, source = _undrawn(app, post, number, wanted)
        except FootnoteError as error:
            wrong.append(wording.plain(str(error)))
            continue
        pictures[name] = source
        page = {"page": number + 1, "pages": len(post.images)}
        shown.append(Drawn(name, spoken(image, limits, language=app.config.language, **page)))
    parts = tuple(Part(n, text) for n, text in enumerate(preview(post, account, limits)))
    title = post.images[0].headline if post.images else ""
    message = Message(post.id, account.name, account.network, title, parts, post.link, post.tags)
    return _frame(look, account, message, tuple(shown), tuple(dict.fromkeys(wrong)))


def _undrawn(app: App, post: Post, number: int, wanted: Wanted) -> tuple[str, Source]:
    """What is to be drawn, under a name that is the same for every network of this size."""
    is_jpeg = wanted.mime == JPEG  # small pictures are made of JPEGs
    drawing = replace(app.pictures.of_post(post, number, wanted), mime=JPEG)
    return drawing_hash(drawing), Source(app.root / picture_path(post, number, wanted) if is_jpeg else None, drawing)


def _frame(look: Look, account: Account, message: Message, shown: tuple[Drawn, ...], wrong: tuple[str, ...]) -> Frame:
    limits, habit = look.app.limits(account), habit_of(account.network)
    texts = [part.text for part in message.parts]
    cost = cost_of(message, limits)
    is_page = not limits.inline
    return Frame(
        account=account.name,
        network=wording.network(account.network),
        name=look.app.config.brand.studio,
        handle=_handle(account, look.app.config.brand.handle),
        habit=habit,
        title=message.title if is_page else "",
        parts=tuple(cut(text, habit, limits) for text in texts),
        pictures=shown,
        has_alts=limits.alts,
        link=message.link if is_page else "",
        button=account.settings.get("button", "") or f"More at {urlsplit(message.link).hostname or message.link}",
        tags=message.tags if is_page else (),
        **_length(texts, limits, pictured=bool(shown)),  # type: ignore[arg-type]
        cost=dollars(cost.total) if cost and cost.total else "",
        problems=wrong,
    )


def _length(texts: list[str], limits: Limits, *, pictured: bool) -> Mapping[str, object]:
    longest, most = fullest(texts, limits, pictured=pictured)
    return {"length": longest, "most": most, "unit": wording.UNITS.get(limits.text_unit, "characters")}


def _handle(account: Account, brand: str) -> str:
    """What stands below the name there, as far as the workspace knows it."""
    settings = account.settings
    if handle := settings.get("handle"):
        return f"@{handle.lstrip('@')}"
    place = urlsplit(settings.get("url", "") or settings.get("server", "")).hostname or ""
    if account.network == "site":
        return place
    return f"{brand}@{place}" if brand and account.network == "mastodon" and place else brand or place
