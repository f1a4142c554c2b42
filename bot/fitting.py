"""Post + Limits -> Message, or the list of everything that does not fit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace

from bot.counting import count, links
from bot.errors import DoesNotFit
from bot.model import Account, Image, Limits, Media, Message, Part, Post, Span
from bot.snippets.sentences import sentence_spans
from bot.splitting import pieces_of

BREAK = re.compile(r"^[ \t]*-{3,}[ \t]*$", re.MULTILINE)
TAG = re.compile(r"#(\w+)")
MENTION = re.compile(r"(?<![\w/.@])@\w[\w.]*")
LABELLED = re.compile(r"(?:photo|foto|fotografía|picture|bild|image|by)\b|©|\(c\)", re.IGNORECASE)
"""What a credit may begin with that says what it is."""

CASHTAG = re.compile(r"(?<!\w)\$[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?\b")
UNITS = {
    "x_weighted": "characters as X counts them",
    "mastodon": "characters as Mastodon counts them",
    "threads": "characters as Threads counts them",
    "bytes": "bytes",
}
"""What a unit is called; all others are characters."""


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

    `media` are the post's pictures in its order; `quotes` the sentences of the source it stands on. A line of `---`
    in the text begins the next post of a thread, where the network has threads; where it `splits`, a text that is too
    long goes on in the next part by itself. The pictures go with the first part;
    whose photos they are with the last, and so do the link and the tags where they are written into the text.
    Raises DoesNotFit with every reason at once, and a shorter cut where there is one.
    """
    texts = _texts(post, account, limits)
    reasons = [*wrong_with_words(post, account, limits), *_wrong_with_pictures(post, media, limits)]
    if reasons:
        raise DoesNotFit(account.name, reasons)
    return Message(
        post=post.id,
        account=account.name,
        network=account.network,
        title=_title(post, texts[0]),
        parts=tuple(Part(n, said, () if n else tuple(media)) for n, said in enumerate(texts)),
        link=post.link,
        tags=post.tags,
        language=language,
        quotes=tuple(quotes),
    )


def fullest(texts: Sequence[str], limits: Limits, *, pictured: bool) -> tuple[int, int]:
    """The length of the part that comes nearest to its limit, and that limit (0 = none)."""
    each = [(count(text, limits.text_unit), text_max(n, limits, pictured=pictured)) for n, text in enumerate(texts)]
    return max(each, key=lambda pair: (pair[0] / (pair[1] or 10**9), pair), default=(0, limits.text_max))


def wrong_with_words(post: Post, account: Account, limits: Limits) -> list[str]:
    """Everything about the words of a post that does not fit an account, and what a person can do about it."""
    wrong, texts = unfit(post, account, limits), _texts(post, account, limits)
    return [*wrong, _offer(post, account, limits)] if wrong and len(texts) == 1 and texts[0].strip() else wrong


def unfit(post: Post, account: Account, limits: Limits) -> list[str]:
    """Everything about the words of a post that does not fit an account."""
    texts = _texts(post, account, limits)
    if limits.inline and not post.images and not "".join(texts).strip():
        return ["there are neither words nor a picture"]
    return list(_wrong_with_texts(texts, limits, pictured=bool(post.images)))


def preview(post: Post, account: Account, limits: Limits) -> tuple[str, ...]:
    """The exact text of each part as it would be sent, fit or not.

    With whose photos they are; with link and tags only where those are inline.
    """
    return tuple(_texts(post, account, limits))


def shorter(post: Post, account: Account, limits: Limits) -> str:
    """As many whole sentences from the beginning as fit; "" where nothing is too long, or not even the first fits."""
    texts = _texts(post, account, limits)
    pictured = bool(post.images)
    if len(texts) > 1 or not any(_wrong_with_texts(texts, limits, pictured=pictured)):
        return ""
    text = _words(post, account)
    ends = [end for start, stop in _paragraphs(text) for _, end in sentence_spans(text, (start, stop))]
    cuts = (replace(post, texts={account.name: text[:end]}) for end in reversed(ends))
    fitting = (
        cut for cut in cuts if not any(_wrong_with_texts(_texts(cut, account, limits), limits, pictured=pictured))
    )
    return next((cut.texts[account.name] for cut in fitting), "")


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
    headlines = [f"{image.number} {image.headline}".strip() for image in post.images[:1]]
    return next(line for line in [*headlines, *text.splitlines()[:1], post.id] if line)


def _texts(post: Post, account: Account, limits: Limits) -> list[str]:
    """The exact text of each part."""
    text = _words(post, account)
    *before, last = _pieces(text, limits)
    whole = [*before, _closed(last, _closing(post, text, account, limits))]
    return _split(whole, limits, pictured=bool(post.images)) if limits.splits else whole


def _split(texts: Sequence[str], limits: Limits, *, pictured: bool) -> list[str]:
    """The texts, each in as many pieces as it needs to fit."""
    pieces: list[str] = []
    for text in texts:
        done = len(pieces)
        pieces += pieces_of(text, lambda piece, n, done=done: _length_fits(piece, done + n, limits, pictured))  # type: ignore[misc]
    return pieces


def _length_fits(text: str, n: int, limits: Limits, pictured: bool) -> bool:
    most = text_max(n, limits, pictured=pictured)
    return not most or count(text, limits.text_unit) <= most


def text_max(n: int, limits: Limits, *, pictured: bool) -> int:
    """How long the n-th part (from 0) of a post may be; 0 = no limit."""
    return limits.text_max_pictured if pictured and n == 0 and limits.text_max_pictured else limits.text_max


def _words(post: Post, account: Account) -> str:
    return post.texts.get(account.name, post.text)


def _pieces(text: str, limits: Limits) -> list[str]:
    """The texts of a thread; where there are no threads, one text."""
    if not BREAK.search(text):
        return [text]
    pieces = [piece.strip() for piece in BREAK.split(text) if piece.strip()] or [""]
    return pieces if limits.parts_max > 1 else ["\n\n".join(pieces)]


def _closing(post: Post, text: str, account: Account, limits: Limits) -> str:
    """Whose photos they are, the link and the tags that the text does not have already, each on a line of its own.

    `link = false` in the account's settings leaves the link out: where it costs, an owner may not want it. Where only
    so many tags are taken, the first of them are written.
    """
    whose = "\n".join(credits_of(post.images, text))
    if not limits.inline:
        return whose
    wanted = limits.links and account.settings.get("link") != "false"
    link = post.link if wanted and post.link not in text.split() else ""
    here = {tag.casefold() for tag in TAG.findall(text)}
    missing = [f"#{tag}" for tag in post.tags if tag.casefold() not in here]
    tags = " ".join(missing[: max(0, limits.tags_max - len(here))] if limits.tags_max else missing)
    return "\n\n".join(filter(None, [whose, link, tags]))


def credits_of(images: Sequence[Image], text: str = "") -> tuple[str, ...]:
    """A line for each person whose photos are shown, with the licence, unless the text says both already."""
    told = dict.fromkeys((image.credit, image.licence) for image in images if image.photo)
    missing = (pair for pair in told if not all(_says(text, one) for one in pair))
    lines = ((credit, ", ".join(filter(None, (credit, licence)))) for credit, licence in missing)
    return tuple(line if LABELLED.match(credit) else f"Photo: {line}" for credit, line in lines)


def _says(text: str, words: str) -> bool:
    """Whether a text has these words, however spaced or capitalised; no words are in every text."""
    alike = r"\s+".join(map(re.escape, words.split()))
    return bool(re.search(rf"(?<!\w){alike}(?!\w)", text, re.IGNORECASE)) if alike else True


def _closed(text: str, closing: str) -> str:
    return "\n\n".join(filter(None, [text, closing]))


def _offer(post: Post, account: Account, limits: Limits) -> str:
    """What a person can do about a text that is too long: whole sentences from its beginning, or a thread."""
    cut = shorter(post, account, limits)
    thread = ', or begin the next post of a thread with a line of "---"' if limits.parts_max > 1 else ""
    if not cut:
        return f"not even its first sentence fits: write a shorter text under [text] as {account.name}{thread}"
    said = json.dumps(cut, ensure_ascii=False)
    return f"this much fits, put it under [text]: {account.name} = {said}{thread}"


def _paragraphs(text: str) -> Iterator[Span]:
    return (match.span() for match in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text))


def _wrong_with_texts(texts: Sequence[str], limits: Limits, *, pictured: bool) -> Iterator[str]:
    if len(texts) > limits.parts_max:
        yield f"a thread of {len(texts)} posts, {limits.parts_max} allowed"
    for number, text in enumerate(texts, start=1):
        name = "the text" if len(texts) == 1 else f"post {number} of the thread"
        most = text_max(number - 1, limits, pictured=pictured)
        yield from (f"{name} has {wrong}" for wrong in _wrong_with_text(text, most, limits))


def _wrong_with_text(text: str, longest: int, limits: Limits) -> Iterator[str]:
    for unit, most in ((limits.text_unit, longest), ("bytes", limits.text_bytes_max)):
        length = count(text, unit)
        if most and length > most:
            yield f"{length} {UNITS.get(unit, 'characters')}, {length - most} more than the {most} allowed"
    yield from (
        f"a character that is refused there (U+{ord(one):04X}): delete it" for one in limits.refused if one in text
    )
    for name, most, found in (
        ("cashtags", limits.cashtags_max, CASHTAG.findall(text)),
        ("hashtags", limits.tags_max, TAG.findall(text)),
        ("mentions", limits.mentions_max, MENTION.findall(text)),
        ("links", limits.links_max, {text[start:end] for start, end in links(text, bare=False)}),
    ):
        if most and len(found) > most:
            yield f"{len(found)} {name}, {most} allowed"


def _wrong_with_pictures(post: Post, media: Sequence[Media], limits: Limits) -> Iterator[str]:
    if len(media) != len(post.images):
        yield f"{len(media)} of {len(post.images)} pictures are drawn"
    if len(post.images) < limits.images_min:
        yield "no picture, and there is no post without one there"
    if len(media) > limits.images_max:
        yield f"{len(media)} pictures, {limits.images_max} allowed"
    for number, picture in enumerate(media, start=1):
        yield from (f"picture {number} {wrong}" for wrong in _wrong_with(picture, limits))
    together = count("\n".join(picture.alt for picture in media), limits.alt_unit)
    if limits.alts_together and len(media) > 1 and together > limits.alt_max:
        yield f"the alt texts have {together} characters together, {limits.alt_max} allowed: shorten them"


def _wrong_with(picture: Media, limits: Limits) -> Iterator[str]:
    if picture.size < limits.image_bytes_min:
        yield f"has {picture.size:,} bytes, at least {limits.image_bytes_min:,} needed"
    if limits.image_bytes_max and picture.size > limits.image_bytes_max:
        yield f"has {picture.size:,} bytes, {limits.image_bytes_max:,} allowed"
    if picture.mime not in limits.image_formats:
        yield f"is {picture.mime}, allowed: {', '.join(limits.image_formats)}"
    if not picture.alt.strip():
        yield "has no alt text: write what it says for those who cannot see it"
    spoken = count(picture.alt, limits.alt_unit)
    if limits.alt_max and spoken > limits.alt_max:
        yield f"has an alt text of {spoken} characters, {limits.alt_max} allowed"
