"""Whether the libraries that the desk is made of are installed: they are an extra."""

from importlib.util import find_spec

MISSING = "the desk is not installed: pip install 'footnote-bot[web]'"
_NAMES = ("starlette", "uvicorn", "python_multipart", "argon2")


def is_installed() -> bool:
    """Whether all of them can be imported."""
    return all(map(find_spec, _NAMES))
