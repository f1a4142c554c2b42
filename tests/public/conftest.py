"""The world outside, and one picture."""

import io

import pytest
from PIL import Image

from tests.public.world import open_world


@pytest.fixture
def world(tmp_path, monkeypatch):
    with open_world(tmp_path, monkeypatch) as world:
        yield world


@pytest.fixture(scope="session")
def picture():
    drawn = io.BytesIO()
    Image.effect_noise((300, 300), 80).convert("RGB").save(drawn, "JPEG")
    return drawn.getvalue()
