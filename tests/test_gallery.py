"""The gallery tells of the templates, formats and palettes that there are; `make gallery` draws its pictures again."""

import importlib.util
from pathlib import Path

from bot.images import FORMATS, TEMPLATES, palettes

ROOT = Path(__file__).parents[1]
PICTURES = sorted((ROOT / "docs" / "pictures").glob("gallery-*.jpg"))


def load(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_gallery_says_what_the_code_says():
    gallery, text = load("gallery"), (ROOT / "docs" / "gallery.md").read_text("utf-8")
    assert text == gallery.page(), "make gallery"
    assert {*gallery.SAMPLES} == {*gallery.SAID} == {*TEMPLATES}
    assert all(name in text for name in (*FORMATS, *filter(None, palettes(gallery.BRAND))))
    assert all(f"(version {version})" in text for version in TEMPLATES.values())


def test_every_template_has_its_sheet_and_none_is_heavy():
    assert {*TEMPLATES, "carousel", "alphabets"} == {path.stem.removeprefix("gallery-") for path in PICTURES}
    assert all(path.stat().st_size <= 250_000 for path in PICTURES)
    assert sum(path.stat().st_size for path in PICTURES) <= 3_000_000
