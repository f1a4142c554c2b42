"""A new workspace: what a marketer edits first."""

from __future__ import annotations

import json
import re
import secrets
import unicodedata
from importlib.resources import files
from pathlib import Path
from zoneinfo import available_timezones

from bot.errors import FootnoteError
from bot.io.files import write_atomic

FOLDERS = ("documents", "posts", "images")


def write_workspace(folder: Path, *, name: str, zone: str, language: str = "en", subject: str = "") -> list[Path]:
    """Make the folder a workspace and return the files written; FootnoteError when it is one already.

    Nothing is approved by a rule: that line a person writes. `zone` is an IANA name ("America/Denver"); "" means
    this machine's.
    """
    if (folder / "config.toml").exists():
        raise FootnoteError(f"{folder / 'config.toml'} exists already: edit it, or name another folder")
    for part in FOLDERS:
        (folder / part).mkdir(parents=True, exist_ok=True)
    told = {"name": name, "zone": zone or zone_here(), "language": language, "subject": subject}
    values = {"workspace": workspace_id(name), **told}
    config = _template("config.toml").format_map({key: _quoted(value) for key, value in values.items()})
    contents = {folder / "documents" / "README.md": _template("documents.md"), folder / "config.toml": config}
    written = [path for path in contents if not path.exists()]
    for path in written:
        write_atomic(path, contents[path].encode())
    return written


def workspace_id(name: str) -> str:
    """A name for the ledger that no other workspace has."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall("[a-z0-9]+", plain))[:40].strip("-")
    return f"{slug or 'workspace'}-{secrets.token_hex(3)}"


def zone_here(localtime: Path = Path("/etc/localtime")) -> str:
    """This machine's zone by its IANA name; "UTC" where the machine does not say."""
    name = str(localtime.resolve()).partition("zoneinfo/")[2]
    return name if name in available_timezones() else "UTC"


def _template(name: str) -> str:
    return (files("bot.starter") / name).read_text(encoding="utf-8")


def _quoted(text: str) -> str:
    """TOML's quoted text is JSON's."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
