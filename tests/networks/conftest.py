"""A workspace with pictures, messages to publish, and every network that can be opened without the world."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from threading import Lock

import pytest
from PIL import Image

from bot.model import Account, Brand, Media, Message, Part
from bot.networks import limits_of, open_network
from bot.networks.base import Premises, Studio


@dataclass
class Kept:
    """Credentials in memory."""

    secrets: dict = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def get(self):
        return self.secrets

    def swap(self, before, after):
        if self.secrets != before:
            return False
        self.secrets = dict(after)
        return True

    def alone(self):
        return self.lock

    def scrub(self, text):
        for secret in self.secrets.values():
            text = text.replace(secret, "…")
        return text


@dataclass
class Workspace:
    root: Path
    settings: dict
    clock: datetime = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)

    def now(self):
        self.clock += timedelta(minutes=1)
        return self.clock

    @property
    def media(self):
        return self.root / "state" / "media"

    def open(self, network="site", **settings):
        return open_network(Account("feed", network, {**self.settings, **settings}), self.premises(network))

    def premises(self, network="site", credentials=None):
        studio = Studio(Brand("Quiet Feet Studio", "@quietfeet"), "Europe/Berlin")
        return Premises(studio, self.media, self.root, self.now, credentials or Kept(), limits_of(network))

    def picture(self, colour="#0d3b3e", alt="Words on green.", size=(108, 135)):
        file = BytesIO()
        Image.new("RGB", size, colour).save(file, "JPEG")
        content = file.getvalue()
        name = hashlib.sha256(content).hexdigest()
        self.media.mkdir(parents=True, exist_ok=True)
        (self.media / f"{name}.jpg").write_bytes(content)
        return Media(name, "image/jpeg", alt, *size, len(content))

    def message(self, post="tension", title="It reduces chronic tension.", text="Feet are wide.", **fields):
        media = fields.pop("media", None)
        part = Part(0, text, (self.picture(),) if media is None else media)
        defaults = {"link": "https://example.com/book", "tags": ("ashiatsu",), "quotes": ("It reduces tension.",)}
        return Message(post, "feed", "site", title, (part,), **{**defaults, **fields})

    def publish(self, network, message, key):
        return network.publish(message.parts[0], message, network.prepare(message), key, None)

    def find(self, network, message, key):
        return network.find(message.parts[0], message, (), key, datetime(2026, 12, 1, tzinfo=UTC))


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path, {"url": "https://example.com/notes/"})
