"""The words of a post as a form, and what a person typed as words again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from bot.errors import Problem
from bot.fitting import shorter
from bot.model import Post
from bot.planner.season import Standing
from bot.posts import PostFile
from bot.posts.edit import Words, words_of_post
from bot.web.desk import wording
from bot.web.desk.look import Look
from bot.web.desk.views import Field, Form

MINUTES = "%Y-%m-%dT%H:%M"


def form(
    look: Look,
    standing: Standing,
    file: PostFile,
    typed: Mapping[str, str] | None = None,
    *,
    problems: tuple[Problem, ...] = (),
    theirs: PostFile | None = None,
) -> Form:
    """The form of a post: as its file reads, or as a person typed it, with what is wrong beside each field."""
    post = file.post
    values = {**values_of(words_of_post(post), post), **(typed or {})}
    wrong, others = _beside(problems)
    saved = values_of(words_of_post(theirs.post), theirs.post) if theirs else {}
    return Form(
        post=post.id,
        sha256=theirs.sha256 if theirs else file.sha256,
        title=look.title(standing),
        picture=look.picture(standing),
        fields=tuple(_main(post, values, wrong)),
        more=tuple(_more(look, post, values, wrong)),
        problems=others,
        theirs=tuple(
            field
            for field in [*_main(post, saved, {}), *_more(look, post, saved, {})]
            if saved.get(field.name, "") != values.get(field.name, "")
        )
        if theirs
        else (),
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
            (_line(kept[f"headline-{n}"]), _line(kept[f"support-{n}"]), _line(kept[f"alt-{n}"]))
            for n in range(len(before.images))
        ),
    )


def _main(post: Post, values: Mapping[str, str], wrong: Mapping[str, str]) -> list[Field]:
    fields = []
    for n in range(len(post.images)):
        which = f" {n + 1}" if len(post.images) > 1 else ""
        told = (
            (f"headline-{n}", f"Words on the picture{which}", "", 2),
            (f"support-{n}", f"Smaller words below them{which}", "May be empty.", 3),
        )
        fields += [_field(*one, values, wrong) for one in told]
    return [
        *fields,
        _field("text", "The words that go with it", "What people read beside the picture.", 6, values, wrong),
    ]


def _more(look: Look, post: Post, values: Mapping[str, str], wrong: Mapping[str, str]) -> list[Field]:
    fields = []
    for n in range(len(post.images)):
        which = f" {n + 1}" if len(post.images) > 1 else ""
        hint = "Read aloud to people who cannot see the picture. It follows the words on the picture by itself."
        fields.append(_field(f"alt-{n}", f"Description of the picture{which}", hint, 3, values, wrong))
    fields.append(_field("link", "Link", "Where a reader goes next, such as your booking page.", 1, values, wrong))
    fields.append(_field("tags", "Tags", "With spaces between them.", 1, values, wrong))
    hint = f"By the studio’s clock ({look.app.config.zone}). Empty: the next free time of your week."
    fields.append(_field("publish_at", "A time of its own", hint, 1, values, wrong, kind="datetime-local"))
    for name in post.accounts if len(post.accounts) > 1 else ():
        account = look.app.config.account(name)
        hint = f"Only if {wording.network(account.network)} should say it differently."
        cut = shorter(post, account, look.app.limits(account))
        hint = f"{hint} This much would fit: {cut}" if cut else hint
        fields.append(_field(f"text-{name}", f"Other words for {name}", hint, 4, values, wrong))
    return fields


def _field(
    name: str,
    label: str,
    hint: str,
    rows: int,
    values: Mapping[str, str],
    wrong: Mapping[str, str],
    kind: str = "text",
) -> Field:
    return Field(name, label, values.get(name, ""), hint, rows, kind, wrong.get(name.partition("-")[0], ""))


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
    if not text.strip():
        return None
    if before and text.strip() == before.strftime(MINUTES):
        return before
    return datetime.fromisoformat(text.strip()).replace(tzinfo=None)


def _line(text: str) -> str:
    return " ".join(text.split())


def _lines(text: str) -> str:
    """Browsers send line ends as the web has them."""
    return text.replace("\r\n", "\n")
