"""Many small files in one child of the sandbox: each is parsed as its format's reader would there."""

import base64
import json

from bot.documents import docx, html, pages
from bot.errors import DocumentError


def judge(content, tell):
    """The verdict on each file, by name: its words, the sentence that refuses it, or what broke."""
    asked = json.loads(content)
    return {name: _verdict(asked["ending"], base64.b64decode(packed), tell) for name, packed in asked["files"].items()}


def _verdict(ending, content, tell):
    try:
        if ending == ".pdf":
            told = pages.parse((0).to_bytes(4) + content, tell)
            return {"words": " ".join(row[0] for row in told["rows"])}
        told = {".html": html, ".docx": docx}[ending].parse(content, tell)
    except DocumentError as error:
        return {"refused": str(error)}
    except Exception as error:  # what the sandbox would say is broken
        return {"broken": f"{type(error).__name__}: {error}"}
    return {"words": told["text"]}
