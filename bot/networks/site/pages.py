"""Entries in, pages out: the same entries and masthead always make the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.model import Brand
from bot.networks.site import wording
from bot.networks.site.entries import Entry
from bot.networks.site.palette import schemes

PAGE = 20
FEED = 30
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands on every page."""

    url: str
    title: str
    description: str
    button: str
    brand: Brand
    zone: str
    language: str

    @property
    def path(self) -> str:
        """The folder of the public address, for pages that are served anywhere below it."""
        return urlsplit(self.url).path

    @property
    def urn(self) -> str:
        """The identity of the feed."""
        return wording.urn("feed", self.url)


class Press:
    """The templates, loaded once, with a masthead."""

    def __init__(self, masthead: Masthead) -> None:
        """Raises FootnoteError for a brand colour that is none."""
        self._schemes = schemes(masthead.brand)
        self._masthead = masthead
        self._env = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        names = ("heading", "body", "opening", "summary", "link_host", "tag_words", "stamp", "urn")
        self._env.filters.update({name: getattr(wording, name) for name in names})
        self._env.filters["day"] = lambda moment: wording.day(moment, masthead.zone)
        self._env.globals["site"] = masthead

    def pages(self, entries: Sequence[Entry]) -> Iterator[tuple[str, bytes]]:
        """Each file's path in the folder and its bytes; what links comes after what it links to.

        `entries` are newest first.
        """
        yield "style.css", self._set("style.css", schemes=self._schemes)
        yield "favicon.svg", self._set("favicon.svg", scheme=self._schemes["light"])
        yield "404.html", self._set("404.html", base=self._masthead.path)
        for n, entry in enumerate(entries):
            newer, older = entries[n - 1] if n else None, entries[n + 1] if n + 1 < len(entries) else None
            yield (
                f"posts/{entry.slug}.html",
                self._set("post.html", base="../", entry=entry, newer=newer, older=older),
            )
        last = max(1, -(-len(entries) // PAGE))
        for number in range(last, 0, -1):
            some = entries[(number - 1) * PAGE : number * PAGE]
            yield page_name(number), self._set("index.html", base="", entries=some, number=number, last=last)
        yield (
            "feed.xml",
            self._set("feed.xml", entries=entries[:FEED], updated=updated(entries), content=self._content),
        )
        yield "feed.json", self._json_feed(entries[:FEED])

    def _set(self, template: str, **words: object) -> bytes:
        return self._env.get_template(template).render(page_name=page_name, **words).encode()

    def _content(self, entry: Entry) -> str:
        return self._env.get_template("content.html").render(entry=entry).strip()

    def _json_feed(self, entries: Sequence[Entry]) -> bytes:
        site = self._masthead
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": site.title,
            "home_page_url": site.url,
            "feed_url": f"{site.url}feed.json",
            "description": site.description,
            "favicon": f"{site.url}favicon.svg",
            "language": site.language,
            "authors": [{"name": site.brand.studio, "url": site.url}],
            "items": [self._item(entry) for entry in entries],
        }
        return json.dumps(_filled(feed), indent=1, ensure_ascii=False).encode() + b"\n"

    def _item(self, entry: Entry) -> dict[str, object]:
        pictures = [f"{self._masthead.url}media/{media.sha256}.jpg" for media in entry.media]
        return _filled(
            {
                "id": wording.urn(entry.key),
                "url": f"{self._masthead.url}posts/{entry.slug}.html",
                "external_url": entry.link if wording.link_host(entry.link) else "",
                "title": wording.heading(entry),
                "content_html": self._content(entry),
                "content_text": entry.text,
                "image": pictures[0] if pictures else "",
                "date_published": wording.stamp(entry.published),
                "tags": wording.tag_words(entry.tags),
                "language": entry.language,
                "attachments": [
                    {"url": url, "mime_type": media.mime, "title": media.alt, "size_in_bytes": media.size}
                    for url, media in zip(pictures, entry.media, strict=True)
                ],
            }
        )


def page_name(number: int) -> str:
    """The file of an index page: the newest is index.html."""
    return "index.html" if number == 1 else f"page-{number}.html"


def updated(entries: Sequence[Entry]) -> datetime:
    """When the feed last changed: the newest entry's time, so that a rebuild is no news."""
    return max((entry.published for entry in entries), default=BEGINNING)


def _filled(value: Mapping[str, object]) -> dict[str, object]:
    """JSON Feed asks to leave out what is empty; an item's list may stand empty."""
    return {name: item for name, item in value.items() if item or name == "items"}
