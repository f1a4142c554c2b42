"""Where tests find reference material that is kept beside the project, not in it."""

import importlib
import os
from pathlib import Path

import pytest

REFERENCE = Path(__file__).parents[2] / "shared"


def reference(path):
    """The path below the reference folder; where it is absent the test skips, and under CI=true it fails."""
    found = REFERENCE / path
    if not found.exists():
        told = f"{path} is not at {REFERENCE}: this test needs the reference material beside the project"
        skip(told)
    return found


def skip(told):
    """Skips the test for what is not installed here; under CI=true, where all of it must be, the test fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(told)
    pytest.skip(told)


def judge(package):
    """The module of a package that only tests judge by (the extra `servers`); skips where it is not installed."""
    try:
        return importlib.import_module(package)
    except ModuleNotFoundError as missing:
        skip(f"{missing.name} is not installed: `make servers`")
