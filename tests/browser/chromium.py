"""Debian's Chromium, where it can start."""

import importlib.util
import shutil
from contextlib import contextmanager

from tests.reference import skip

CHROMIUM = shutil.which("chromium")


def why_missing():
    """The sentence that says what is not installed and how to get it; empty where a browser can start."""
    if not CHROMIUM:
        return "chromium is not installed: `apt-get install chromium`"
    if not importlib.util.find_spec("playwright"):
        return "playwright is not installed: `make servers`"
    return ""


@contextmanager
def chromium():
    """A browser: give each test a context of its own. Skips, or fails with CI=true, where there is none."""
    if told := why_missing():
        skip(told)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()
