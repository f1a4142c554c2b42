"""Post + Limits -> Message, or the list of everything that does not fit."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from bot.counting import count
from bot.errors import DoesNotFit
from bot.model import Account, Limits, Media, Message, Part, Post


def fit(
    post: Post,
    account: Account,
    limits: Limits,
    media: Sequence[Media],
    *,
    language: str = "en",
    quotes: Sequence[str] = (),
) -> Message:
    """The Message for one account, exactly as it will be sent: nothing is ever cut or dropped to make it fit.

    `media` are the post's pictures in its order; `quotes` the sentences of the source it stands on.
    Raises DoesNotFit with every reason at once.
    """
    text = post.texts.get(account.name, post.text)
    reasons = [*_wrong_with_text(text, limits), *_wrong_with_pictures(post, media, limits)]
    if reasons:
        raise DoesNotFit(account.name, reasons)
    return Message(
        post=post.id,
        account=account.name,
        network=account.network,
        title=_title(post, text),
        parts=(Part(0, text, tuple(media)),),
        link=post.link,
        tags=post.tags,
        language=language,
        quotes=tuple(quotes),
    )


def to_json(message: Message) -> str:
    """The one canonical text of a Message: equal Messages give equal texts."""
    return json.dumps(asdict(message), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Message:
    """The Message whose canonical text this is."""
    told = json.loads(text)
    parts = [{**part, "media": tuple(Media(**media) for media in part["media"])} for part in told["parts"]]
    lists = {name: tuple(told[name]) for name in ("tags", "quotes")}
    return Message(**{**told, **lists, "parts": tuple(Part(**part) for part in parts)})


def _title(post: Post, text: str) -> str:
    """A feed needs a title for every post: the headline, else the first line, else the name."""
    headlines = [image.headline for image in post.images[:1]]
    return next(line for line in [*headlines, *text.splitlines()[:1], post.id] if line)


def _wrong_with_text(text: str, limits: Limits) -> Iterator[str]:
    length = count(text, limits.text_unit)
    if limits.text_max and length > limits.text_max:
        over = length - limits.text_max
        yield f"the text has {length} {limits.text_unit}, {over} more than the {limits.text_max} allowed"


def _wrong_with_pictures(post: Post, media: Sequence[Media], limits: Limits) -> Iterator[str]:
    if len(media) != len(post.images):
        yield f"{len(media)} of {len(post.images)} pictures are drawn"
    if len(media) > limits.images_max:
        yield f"{len(media)} pictures, {limits.images_max} allowed"
    for number, picture in enumerate(media, start=1):
        yield from (f"picture {number} {wrong}" for wrong in _wrong_with(picture, limits))


def _wrong_with(picture: Media, limits: Limits) -> Iterator[str]:
    if limits.image_bytes_max and picture.size > limits.image_bytes_max:
        yield f"has {picture.size:,} bytes, {limits.image_bytes_max:,} allowed"
    if picture.mime not in limits.image_formats:
        yield f"is {picture.mime}, allowed: {', '.join(limits.image_formats)}"
    if not picture.alt.strip():
        yield "has no alt text: write what it says for those who cannot see it"
    spoken = count(picture.alt, "codepoints")
    if limits.alt_max and spoken > limits.alt_max:
        yield f"has an alt text of {spoken} characters, {limits.alt_max} allowed"
