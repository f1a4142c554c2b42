"""Whom the desk believes: the addresses that are its own, the pages that are its own, and who it is that asks."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from bot.config import Config
from bot.errors import FootnoteError

HERE = ("127.0.0.1", "localhost", "[::1]")
USUAL = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Policy:
    """`hosts` are the Host headers under which the desk is reached, `origins` those of its own pages.

    `has_proxy`: requests come through a program on this machine, which says for whom it asks.
    """

    hosts: frozenset[str]
    origins: frozenset[str]
    is_https: bool = False
    has_proxy: bool = False


def policy_of(config: Config, port: int) -> Policy:
    """What follows from config.toml for a desk that listens at this port."""
    listens = () if _is_everywhere(config.desk_host) else (_in_brackets(config.desk_host),)
    hosts = {form for name in (*HERE, *listens) for form in _forms("http", name, port)}
    origins = {f"http://{host}" for host in hosts}
    url = urlsplit(config.desk_url)
    if url.hostname:
        reached = _forms(url.scheme, _in_brackets(url.hostname), url.port or USUAL[url.scheme])
        hosts |= reached
        origins |= {f"{url.scheme}://{host}" for host in reached}
    return Policy(frozenset(hosts), frozenset(origins), url.scheme == "https", bool(config.desk_url))


def is_own(policy: Policy, method: str, site: str, origin: str) -> bool:
    """Whether a request may change something: it comes from a page of the desk (Sec-Fetch-Site, Origin; "" = absent).

    Another program on this machine is `same-site`: the public feed, say. That is not enough.
    """
    if method in {"GET", "HEAD", "OPTIONS"} or site == "same-origin":
        return True
    return site in {"", "none"} and origin in policy.origins


def client_of(policy: Policy, peer: str, forwarded: str) -> str:
    """Who asks: the peer, or the last hop that a proxy on this machine names; of IPv6 the network of one person."""
    named = forwarded.rpartition(",")[2].strip() if policy.has_proxy and is_loopback(peer) else ""
    address = _address(named) or _address(peer)
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, 64), strict=False))
    return str(address or peer)


def needs_password(config: Config) -> bool:
    """Whether others than the people at this computer can knock at the desk's door."""
    named = urlsplit(config.desk_url).hostname or config.desk_host
    return not (is_loopback(config.desk_host) and is_loopback(named))


def check_door(config: Config, *, has_password: bool) -> None:
    """Raises FootnoteError with what to do where the desk may not be opened as config.toml says."""
    if _is_everywhere(config.desk_host) and not config.desk_url:
        raise FootnoteError(
            f'config.toml: the desk listens everywhere (host = "{config.desk_host}" under [desk]). '
            f'Name how people reach it there: url = "http://192.168.1.5:{config.desk_port or 8030}/", say.'
        )
    if needs_password(config) and not has_password:
        told = f'url = "{config.desk_url}"' if is_loopback(config.desk_host) else f'host = "{config.desk_host}"'
        raise FootnoteError(
            f"config.toml: others can reach the desk ({told} under [desk]), and it has no password. "
            "Set one (`bot desk --set-password`), or delete that line."
        )


def is_loopback(host: str) -> bool:
    """Whether that name or address leads to this computer and to no other."""
    address = _address(host)
    return address.is_loopback if address else host == "localhost"


def _is_everywhere(host: str) -> bool:
    address = _address(host)
    return address is not None and address.is_unspecified


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _in_brackets(host: str) -> str:
    return f"[{host}]" if ":" in host else host.lower()


def _forms(scheme: str, host: str, port: int) -> set[str]:
    """As a browser writes a host: the port that is usual is left out."""
    return {f"{host}:{port}", host} if port == USUAL[scheme] else {f"{host}:{port}"}
