"""A file of this machine that no document may show."""

from pathlib import Path

SECRET = Path(__file__).resolve()
WORDS = "A file of this machine"
