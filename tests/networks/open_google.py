"""An account on the stand-in for Google, and a public place for its pictures."""

import hashlib
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

from PIL import Image

from bot.model import Account, Media
from bot.networks import open_network
from tests.networks.conftest import Kept
from tests.servers.meta.pictures import Pictures


@contextmanager
def public(folder):
    """Where the pictures of `folder` can be fetched: a function of a Media."""
    pictures = Pictures(folder)
    yield pictures.address
    pictures.stop()


def picture(workspace, size=(1200, 900)):
    """A picture of at least 10 KB."""
    file = BytesIO()
    Image.effect_noise(size, 60).save(file, "JPEG", quality=30)
    content = file.getvalue()
    name = hashlib.sha256(content).hexdigest()
    workspace.media.mkdir(parents=True, exist_ok=True)
    (workspace.media / f"{name}.jpg").write_bytes(content)
    return Media(name, "image/jpeg", "", *size, len(content))


def secrets_of(google, **more):
    world = google.world
    return {"client_id": world.client_id, "client_secret": world.client_secret, "token": google.token(), **more}


def open_google(workspace, google, address, kept=None, **settings):
    premises = workspace.premises("google", kept or Kept(secrets_of(google)))
    premises = replace(premises, address=address, now=lambda: datetime.now(UTC) + google.world.offset)
    return open_network(Account("studio-maps", "google", {"server": google.url, **settings}), premises)
