"""Accounts of ours on a Bluesky server, and pictures and posts to try them with."""

import hashlib
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

from PIL import Image

from bot.keys import key_of
from bot.model import Account, Media, Part
from bot.networks import open_network
from tests.networks.conftest import Kept


def open_bluesky(workspace, server, someone=None, url=None, credentials=None):
    """A network of a new account on the server (or of `someone`'s), reached at `url` if that is another address."""
    someone = someone or server.create_account()
    credentials = credentials or Kept({"password": server.app_password(someone, secrets.token_hex(4))})
    account = Account("studio-bluesky", "bluesky", {"handle": someone.handle, "service": url or server.url})
    return open_network(account, replace(workspace.premises("bluesky", credentials), now=lambda: datetime.now(UTC)))


def key(*names):
    """A key as the planner mints it; the same names give the same key."""
    return key_of("tid", names or (secrets.token_hex(8),), datetime(2026, 12, 1, 9, tzinfo=UTC))


def noise(workspace, least, alt="Noise.", side=800):
    """A picture of more bytes than `least`."""
    picture = Image.effect_noise((side, side), 90).convert("RGB")
    while True:
        file = BytesIO()
        picture.save(file, "JPEG", quality=98)
        if file.tell() > least:
            return keep(workspace, file.getvalue(), alt, picture.size)
        picture = Image.effect_noise((picture.width * 5 // 4, picture.height * 5 // 4), 90).convert("RGB")


def keep(workspace, content, alt, size):
    name = hashlib.sha256(content).hexdigest()
    workspace.media.mkdir(parents=True, exist_ok=True)
    (workspace.media / f"{name}.jpg").write_bytes(content)
    return Media(name, "image/jpeg", alt, *size, len(content))


def thread(workspace, *texts):
    """A message of several parts, the picture with the first."""
    message = workspace.message()
    picture = message.parts[0].media
    return replace(message, parts=tuple(Part(n, text, () if n else picture) for n, text in enumerate(texts)))
