"""A post as a form, and what a person typed and chose as words again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from bot.app import App
from bot.errors import Problem, Problems
from bot.fitting import shorter
from bot.model import Post
from bot.planner.season import Standing
from bot.posts import PostFile
from bot.posts.edit import Words, words_of_post
from bot.web.desk import choosing, wording
from bot.web.desk.look import Look
from bot.web.desk.offers import Field, Form, Tried

MINUTES = "%Y-%m-%dT%H:%M"
LOCAL = re.compile(r"[\d-]+[T ][\d:]+")
"""A time without a zone: the studio's clock is meant."""
CHOSEN = {
    "template": "Layout",
    "colours": "Colours",
    "photo": "Photo",
    "focus": "What to keep in view",
}


def form(
    look: Look,
    standing: Standing,
    file: PostFile,
    typed: Mapping[str, str] | None = None,
    *,
    problems: tuple[Problem, ...] = (),
    is_theirs: bool = False,
    tried: Tried | None = None,
) -> Form:
    """The form of a post: as its file reads, or as a person typed it, with what is wrong beside each field.

    `is_theirs`: somebody else saved the file while the person typed.
    """
    post = file.post
    saved = values_of(words_of_post(post), post)
    values = {**saved, **(typed or {})}
    wrong, others = _beside(problems)
    offers, pages = choosing.offered(look.app, post), len(post.images)
    return Form(
        post=post.id,
        sha256=file.sha256,
        title=look.title(standing),
        picture=look.picture(standing),
        pictures=tuple(
            choosing.picture_form(n, pages, values, offers, wrong.get(f"photo-{n}", "")) for n in range(pages)
        ),
        fields=tuple(_filled([_TEXT], values, wrong)),
        more=tuple(_filled(_more(look, post), values, wrong)),
        problems=others,
        theirs=tuple(_differing(look, post, saved, values)) if is_theirs else (),
        is_unsaved=is_theirs or bool(problems) or tried is not None,
        tried=tried,
    )


def values_of(words: Words, post: Post) -> dict[str, str]:
    """The words as the fields show them."""
    values = {
        "text": words.text,
        "link": words.link,
        "tags": " ".join(f"#{tag}" for tag in words.tags),
        "publish_at": words.publish_at.strftime(MINUTES) if words.publish_at else "",
    }
    for number, image in enumerate(words.images):
        values |= choosing.values_of(image, number)
    return values | {f"text-{name}": words.texts.get(name, "") for name in post.accounts}


def words_from(typed: Mapping[str, str], post: Post, app: App) -> Words:
    """The words that were typed; what a field did not bring stays as it is. Raises Problems."""
    before, offers = words_of_post(post), choosing.offered(app, post)
    told = {name: _lines(value) for name, value in typed.items()}
    kept = {**values_of(before, post), **told}
    texts = {name: kept[f"text-{name}"].strip() for name in post.accounts}
    elsewhere = {name: text for name, text in before.texts.items() if name not in post.accounts}
    return Words(
        text=kept["text"].strip(),
        texts={**elsewhere, **{name: text for name, text in texts.items() if text}},
        link=kept["link"].strip(),
        tags=tuple(re.findall(r"[^\s,#]+", kept["tags"])),
        publish_at=_moment(kept["publish_at"], before.publish_at),
        images=tuple(choosing.image_from(told, n, old, offers) for n, old in enumerate(before.images)),
    )


def still_to_come(look: Look, post: Post, words: Words) -> Words:
    """The same words, unless a time was chosen for them that has passed: then Problems."""
    wish = words.publish_at
    if wish and wish != post.publish_at and wish < look.today:
        raise Problems([Problem(post.path, 0, "publish_at: it has passed: choose a later time, or none")])
    return words


_TEXT = Field("text", "The words that go with it", "", "What people read beside the picture.", rows=6)


def _more(look: Look, post: Post) -> list[Field]:
    fields = []
    for n in range(len(post.images)):
        which = f" {n + 1}" if len(post.images) > 1 else ""
        hint = "Read aloud to people who cannot see the picture. It follows the words on the picture by itself."
        fields.append(Field(f"alt-{n}", f"Description of the picture{which}", "", hint, rows=3))
    fields.append(Field("link", "Link", "", "Where a reader goes next, such as your booking page."))
    fields.append(Field("tags", "Tags", "", "With spaces between them."))
    hint = f"By the studio’s clock ({look.app.config.zone}). Empty: the next free time of your week."
    fields.append(Field("publish_at", "A time of its own", "", hint, kind="datetime-local"))
    for name in post.accounts if len(post.accounts) > 1 else ():
        account = look.app.config.account(name)
        hint = f"Only if {wording.network(account.network)} should say it differently."
        cut = shorter(post, account, look.app.limits(account))
        hint = f"{hint} This much would fit: {cut}" if cut else hint
        fields.append(Field(f"text-{name}", f"Other words for {name}", "", hint, rows=4))
    return fields


def _differing(
    look: Look, post: Post, saved: Mapping[str, str], typed: Mapping[str, str]
) -> Iterator[tuple[Field, str]]:
    """Every field as it is saved by now, with what was typed here, where the two differ."""
    pictures: list[Field] = []
    for n in range(len(post.images)):
        which = f" {n + 1}" if len(post.images) > 1 else ""
        pictures += choosing.fields_of(n, which)
        pictures += [Field(f"{key}-{n}", f"{label}{which}", "") for key, label in CHOSEN.items()]
    for field in [*pictures, _TEXT, *_more(look, post)]:
        theirs, mine = saved.get(field.name, ""), typed.get(field.name, "")
        if theirs != mine:
            yield replace(field, value=choosing.said(field.name, theirs)), choosing.said(field.name, mine)


def _filled(fields: Iterable[Field], values: Mapping[str, str], wrong: Mapping[str, str]) -> Iterator[Field]:
    """The fields with their values, and what is wrong with them."""
    for field in fields:
        about = wrong.get(field.name.partition("-")[0], "")
        yield replace(field, value=values.get(field.name, ""), error=about)


def _beside(problems: tuple[Problem, ...]) -> tuple[dict[str, str], tuple[str, ...]]:
    """What is wrong, by the field it is about; and the rest."""
    beside: dict[str, str] = {}
    others = []
    for problem in problems:
        about = re.match(r"link|tags|publish_at|photo-\d+(?=: )", problem.what)
        if about:
            beside[about[0]] = wording.plain(problem.what.partition(":")[2] or problem.what)
        else:
            others.append(wording.plain(problem.what))
    return beside, tuple(others)


def _moment(text: str, before: datetime | None) -> datetime | None:
    """A field for a time knows no seconds: those of an unchanged wish stay."""
    text = text.strip()
    if before and text == before.strftime(MINUTES):
        return before
    try:
        return datetime.fromisoformat(text if LOCAL.fullmatch(text) else "") if text else None
    except ValueError:
        what = f'publish_at: "{text}" is not a date and a time: write it as 2026-12-24T17:30'
        raise Problems([Problem("", 0, what)]) from None


def _lines(text: str) -> str:
    """Browsers send line ends as the web has them."""
    return text.replace("\r\n", "\n")
