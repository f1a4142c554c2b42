"""What an account on the site can set, and everything that can be wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import FootnoteError

KNOWN = ("folder", "url", "title", "description", "button")
FOLDER = "site"
URL = "http://127.0.0.1:8040/"
ROOMS = {"documents", "posts", "images"}
LEDGER = "ledger.db"


@dataclass(frozen=True, slots=True)
class Settings:
    """An account's settings, complete: `url` ends with "/"; `button` is the words of the link, or ""."""

    folder: Path
    url: str
    title: str
    description: str
    button: str


def check_settings(settings: Mapping[str, str]) -> list[str]:
    """Everything that is wrong with the settings, each with what to do; touches no file."""
    problems = [f'"{key}" is not a setting of site (known: {", ".join(KNOWN)})' for key in settings if key not in KNOWN]
    if why := _wrong_folder(settings.get("folder", FOLDER)):
        problems.append(f'folder "{settings["folder"]}": {why}')
    if why := _wrong_url(settings.get("url", URL)):
        problems.append(f'url "{settings["url"]}": {why}')
    return problems


def settings_of(settings: Mapping[str, str], *, root: Path, studio: str) -> Settings:
    """The settings with what is not set filled in; raises FootnoteError with everything that is wrong."""
    if problems := check_settings(settings):
        raise FootnoteError("; ".join(problems))
    folder = Path(settings.get("folder", FOLDER))
    here = root.resolve()
    there = (here / folder).resolve()
    if not folder.is_absolute() and not there.is_relative_to(here):
        raise FootnoteError(
            f'folder "{folder}" leads out of the workspace, to {there}: write the full path to mean that'
        )
    if here.is_relative_to(there):
        raise FootnoteError(f'folder "{folder}" holds the workspace itself: give the site a folder of its own')
    if (there / LEDGER).exists():
        raise FootnoteError(f'folder "{folder}" holds the ledger, which nobody may see: give the site another folder')
    return Settings(
        folder=there,
        url=settings.get("url", URL).rstrip("/") + "/",
        title=settings.get("title", "").strip() or studio,
        description=settings.get("description", "").strip(),
        button=settings.get("button", "").strip(),
    )


def _wrong_folder(folder: str) -> str:
    path = Path(folder)
    if not folder.strip() or path == Path() or "\0" in folder:
        return 'name a folder of its own, for example "site"'
    if folder.startswith("~"):
        return "write the full path instead of ~"
    if ".." in path.parts:
        return "write the full path instead of .."
    if not path.is_absolute() and path.parts[0] in ROOMS:
        return f'{path.parts[0]}/ is yours: give the site a folder of its own, for example "site"'
    ours = path.parts[-1:] if path.is_absolute() else path.parts  # /home/me/.local/www is a fair place
    if ".git" in path.parts or any(part.startswith(".") for part in ours):
        return 'what is hidden is kept by a tool: give the site a folder of its own, for example "site"'
    return ""


def _wrong_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not url.isascii() or not url.isprintable() or set(url) & set(" \"'<>\\"):
        return "write the public address of the folder, for example https://example.com/notes/"
    if parts.query or parts.fragment or "@" in parts.netloc:
        return "leave out the user, the ? and the #"
    return ""
