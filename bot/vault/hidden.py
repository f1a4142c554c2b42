"""Secrets that do not show: not when printed, not in what a server echoes."""

from __future__ import annotations

import html
import json
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from urllib.parse import quote, quote_plus

Secrets = Mapping[str, str]
"""What an account needs to speak: a token, or an identifier and a password, a session."""

SHORTEST = 6
"""Shorter values are part of too many words to be blanked."""


class Hidden(Mapping[str, str]):
    """Secrets, read as a mapping; printed, logged or in a traceback they are only counted."""

    __slots__ = ("_values",)

    def __init__(self, values: Secrets) -> None:
        self._values = dict(values)

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"<{len(self)} secret{'' if len(self) == 1 else 's'}>"


def scrub(text: str, secrets: Secrets) -> str:
    """The text with "…" for every secret of six characters or more, also as URLs, JSON, HTML and base64 write it."""
    forms = {form for value in secrets.values() if len(value) >= SHORTEST for form in _forms(value)}
    longest_first = sorted(forms, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest_first)), "…", text, flags=re.IGNORECASE) if forms else text


def _forms(value: str) -> Iterator[str]:
    yield value
    yield quote(value, errors="surrogatepass")
    yield quote(value, safe="", errors="surrogatepass")
    yield quote_plus(value, errors="surrogatepass")
    yield json.dumps(value)[1:-1]
    yield json.dumps(value, ensure_ascii=False)[1:-1]
    yield html.escape(value)
    for coded in _in_base64(value.encode("utf-8", "surrogatepass")):
        yield coded
        yield coded.translate({ord("+"): "-", ord("/"): "_"})


def _in_base64(raw: bytes) -> Iterator[str]:
    """Alone, and inside something longer ("user:password"): the characters that only `raw` decides, in each phase."""
    yield b64encode(raw).decode()
    for before, undecided in enumerate((0, 2, 3)):
        coded = b64encode(bytes(before) + raw).decode()
        yield coded[undecided : (before + len(raw)) * 8 // 6]
