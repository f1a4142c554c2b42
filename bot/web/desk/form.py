"""The words of a post as a form, and what a person typed as words again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from bot.errors import Problem, Problems
from bot.fitting import shorter
from bot.model import Post
from bot.planner.season import Standing
from bot.posts import PostFile
from bot.posts.edit import Words, words_of_post
from bot.web.desk import wording
from bot.web.desk.look import Look
from bot.web.desk.views import Field, Form

MINUTES = "%Y-%m-%dT%H:%M"
LOCAL = re.compile(r"[\d-]+[T ][\d:]+")
"""A time without a zone: the studio's clock is meant."""


def form(
    look: Look,
    standing: Standing,
    file: PostFile,
    typed: Mapping[str, str] | None = None,
    *,
    problems: tuple[Problem, ...] = (),
    is_theirs: bool = False,
) -> Form:
    """The form of a post: as its file reads, or as a person typed it, with what is wrong beside each field.

    `is_theirs`: somebody else saved the file while the person typed.
    """
    post = file.post
    values = {**values_of(words_of_post(post), post), **(typed or {})}
    wrong, others = _beside(problems)
    saved = values_of(words_of_post(post), post)
    both = _filled([*_main(post), *_more(look, post)], saved, {})
    return Form(
        post=post.id,
        sha256=file.sha256,
        title=look.title(standing),
        picture=look.picture(standing),
        fields=tuple(_filled(_main(post), values, wrong)),
        more=tuple(_filled(_more(look, post), values, wrong)),
        problems=others,
        theirs=tuple(field for field in both if is_theirs and field.value != values.get(field.name)),
    )


def values_of(words: Words, post: Post) -> dict[str, str]:
    """The words as the fields show them."""
    values = {
        "text": words.text,
        "link": words.link,
        "tags": " ".join(f"#{tag}" for tag in words.tags),
        "publish_at": words.publish_at.strftime(MINUTES) if words.publish_at else "",
    }
    for number, (headline, support, alt) in enumerate(words.images):
        values |= {f"headline-{number}": headline, f"support-{number}": support, f"alt-{number}": alt}
    return values | {f"text-{name}": words.texts.get(name, "") for name in post.accounts}


def words_from(typed: Mapping[str, str], post: Post) -> Words:
    """The words that were typed; what a field did not bring stays as it is. Raises Problems."""
    before = words_of_post(post)
    kept = {**values_of(before, post), **{name: _lines(value) for name, value in typed.items()}}
    texts = {name: kept[f"text-{name}"].strip() for name in post.accounts}
    elsewhere = {name: text for name, text in before.texts.items() if name not in post.accounts}
    return Words(
        text=kept["text"].strip(),
        texts={**elsewhere, **{name: text for name, text in texts.items() if text}},
        link=kept["link"].strip(),
        tags=tuple(re.findall(r"[^\s,#]+", kept["tags"])),
        publish_at=_moment(kept["publish_at"], before.publish_at),
        images=tuple(
            (_line(kept[f"headline-{n}"], old[0]), _line(kept[f"support-{n}"], old[1]), _line(kept[f"alt-{n}"], old[2]))
            for n, old in enumerate(before.images)
        ),
    )


def still_to_come(look: Look, post: Post, words: Words) -> Words:
    """The same words, unless a time was chosen for them that has passed: then Problems."""
    wish = words.publish_at
    if wish and wish != post.publish_at and wish < look.today:
        raise Problems([Problem(post.path, 0, "publish_at: it has passed: choose a later time, or none")])
    return words


def _main(post: Post) -> list[Field]:
    fields = []
    for n in range(len(post.images)):
        which = f" {n + 1}" if len(post.images) > 1 else ""
        fields.append(Field(f"headline-{n}", f"Words on the picture{which}", "", rows=2))
        fields.append(Field(f"support-{n}", f"Smaller words below them{which}", "", "May be empty.", rows=3))
    return [*fields, Field("text", "The words that go with it", "", "What people read beside the picture.", rows=6)]


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
        name = next((one for one in ("link", "tags", "publish_at") if problem.what.startswith(one)), "")
        if name:
            beside[name] = wording.plain(problem.what.partition(":")[2] or problem.what)
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


def _line(text: str, before: str) -> str:
    """What is set as lines by rule is typed as one; what nobody touched stays."""
    return before if text == before else " ".join(text.split())


def _lines(text: str) -> str:
    """Browsers send line ends as the web has them."""
    return text.replace("\r\n", "\n")
