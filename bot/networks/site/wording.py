"""How an entry reads on a page: its heading, its paragraphs, its day, its link."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from bot.networks.site.entries import Entry

# Not strftime("%B"): that follows the machine's locale, and equal entries must make equal pages.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def heading(entry: Entry) -> str:
    """The title on one line, or the opening of the text where there is none."""
    return " ".join(entry.title.split()) or opening(entry.text, 80) or "A picture"


def body(entry: Entry) -> list[list[str]]:
    """The paragraphs as lists of lines; a first sentence that only repeats the heading is left to the heading."""
    text, title = entry.text.strip(), entry.title.strip()
    if title and text.startswith(title):
        rest = text[len(title) :]
        ends = not rest or rest[0] == "\n" or (title[-1] in ".!?…" and rest[0].isspace())
        text = rest.strip() if ends else text
    return [part for part in _paragraphs(text) if part]


def opening(text: str, longest: int) -> str:
    """The text on one line, cut at a word with "…" where it is longer."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return (line[:longest].rsplit(" ", 1)[0].rstrip(",;:.–-") or line[: longest - 1]) + "…"


def summary(entry: Entry) -> str:
    """What a search engine or a shared link shows below the title."""
    return opening("\n".join("\n".join(part) for part in body(entry)), 200) or heading(entry)


def link_host(link: str) -> str:
    """Where a web link leads, or "" for words that must not become a link."""
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
        is_web = parts.scheme in {"http", "https"} and "@" not in parts.netloc and (parts.port or 1) > 0
    except ValueError:
        return ""
    clean = link.isprintable() and not set(link) & set(" \"'<>\\`")
    return host.removeprefix("www.") if is_web and clean else ""


def tag_words(tags: tuple[str, ...]) -> list[str]:
    """The tags without their sign, each once."""
    return list(dict.fromkeys(word for tag in tags if (word := tag.strip().lstrip("#").strip())))


def day(moment: datetime, zone: str) -> str:
    """The day in words, as the studio's clock has it."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def stamp(moment: datetime) -> str:
    """The moment as RFC 3339 writes it, to the second, in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def urn(*names: str) -> str:
    """An identity that no change of address or wording touches."""
    return uuid5(NAMESPACE_URL, "footnote:" + "\0".join(names)).urn


def _paragraphs(text: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            parts[-1].append(line.strip())
        elif parts[-1]:
            parts.append([])
    return parts
