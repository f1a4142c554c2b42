"""What every call by `requests` has in common: what it heeds of its surroundings, and why it failed."""

from __future__ import annotations

import os
from collections.abc import Iterator

import requests
from requests.utils import get_environ_proxies, select_proxy


def heed(session: requests.Session, address: str) -> requests.Session:
    """The session with the environment's proxy and certificates for that address, as they are now; never a netrc."""
    session.trust_env = False
    session.proxies = proxies_for(address)
    session.verify = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("SSL_CERT_FILE") or True
    return session


def proxies_for(address: str) -> dict[str, str]:
    """The environment's proxies; {} where none is for that address."""
    found = dict(get_environ_proxies(address))
    return found if select_proxy(address, found) else {}


def causes(error: BaseException) -> Iterator[BaseException]:
    """An exception and those that it wraps, as requests and urllib3 wrap them, the innermost last."""
    inner: BaseException | None = error
    while inner is not None:
        yield inner
        wrapped = (getattr(inner, "reason", None), *inner.args)
        inner = next((one for one in wrapped if isinstance(one, BaseException)), None)
