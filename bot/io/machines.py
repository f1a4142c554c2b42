"""Which machines of the Internet are everybody's: all others are somebody's own, and no page lives there for us.

From the IANA special-purpose registries (iana.org/assignments/iana-ipv4-special-registry and -ipv6-, read 2026-11),
and the fixed addresses at which clouds answer their own machines.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

NOT_PUBLIC_4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # carriers' own, and a cloud's metadata
            "127.0.0.0/8",  # loopback
            "168.63.129.16/32",  # a cloud's metadata
            "169.254.0.0/16",  # link-local, and most clouds' metadata
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocols, and a cloud's metadata
            "192.0.2.0/24",  # documentation
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",  # private
            "198.18.0.0/15",  # measuring
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
        ),
    )
)
PUBLIC_6 = IPv6Network("2000::/3")
"""Outside: loopback, mapped and compatible IPv4, NAT64, private (fc00::/7), link-local, multicast, unused."""
NOT_PUBLIC_6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocols, among them Teredo: an IPv4 address in disguise
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4: an IPv4 address in disguise
            "3fff::/20",  # documentation
        ),
    )
)
ISATAP = (0x00005EFE, 0x02005EFE)
"""The middle of an IPv6 address whose last 32 bits are an IPv4 address."""


def is_public(written: str) -> bool:
    """Whether an IP address, as a resolver writes it, is one of the public Internet. What cannot be read is not."""
    try:
        address = ip_address(written)
    except ValueError:
        return False
    return _is_public_4(address) if isinstance(address, IPv4Address) else _is_public_6(address)


def _is_public_4(address: IPv4Address) -> bool:
    return address.is_global and not any(address in network for network in NOT_PUBLIC_4)


def _is_public_6(address: IPv6Address) -> bool:
    if address not in PUBLIC_6 or address.scope_id or not address.is_global:
        return False
    if int(address) >> 32 & 0xFFFFFFFF in ISATAP:
        return _is_public_4(IPv4Address(int(address) & 0xFFFFFFFF))
    return not any(address in network for network in NOT_PUBLIC_6)
