"""The values of config.toml as people write them: lengths of time, days, zones, colours, names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from difflib import get_close_matches
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, ValidationInfo

from bot.mistakes import did_you_mean
from bot.model import SIZES
from bot.written import shaped

DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS = tuple(name[:3] for name in DAY_NAMES)
UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


def _duration(text: object) -> object:
    if not isinstance(text, str):
        return text
    if not re.fullmatch(r"(\d{1,5}[dhms]\s*)+", text):
        raise ValueError(f'"{text}" is not a length of time: write 90s, 10m, 2h or 1d')
    return sum((timedelta(**{UNITS[unit]: int(n)}) for n, unit in re.findall(r"(\d+)([dhms])", text)), timedelta())


def _time(text: object) -> object:
    if not isinstance(text, str):
        return text
    if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", text):
        raise ValueError(f'"{text}" is not a time of day: write "09:00" or "17:30"')
    hours, minutes = text.split(":")
    return time(int(hours), int(minutes))


def _date(text: object) -> object:
    if not isinstance(text, str):
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f'"{text}" is not a day: write "2026-12-25"') from None


def _day(text: str) -> str:
    asked = text.strip().casefold()
    day = next((name[:3] for name in DAY_NAMES if len(asked) > 2 and name.startswith(asked)), "")
    if not day:
        raise ValueError(f'"{text}" is not a day of the week' + did_you_mean(text, DAYS))
    return day


def _zone(name: str) -> str:
    if name in ("EST", "MST", "HST"):
        raise ValueError(f'"{name}" never has summer time: name a city, such as "America/Denver"')
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):
        raise ValueError(f'"{name}" is not a time zone{_zones_like(name)}') from None


def _zones_like(name: str) -> str:
    """People write the city alone, or the name as they say it."""
    zones = {zone.casefold(): zone for zone in sorted(available_timezones())}
    asked = re.sub(r"[^\w/+-]+", "_", name.strip().casefold())
    city = asked.rpartition("/")[2]
    same_city = [zone for zone in zones if zone.rpartition("/")[2] == city]
    near = dict.fromkeys([*same_city, *get_close_matches(asked, zones, n=2, cutoff=0.8)])
    names = " or ".join(f'"{zones[zone]}"' for zone in list(near)[:3])
    return f" (did you mean {names}?)" if names else ': write it as "America/Denver"'


def _around(info: ValidationInfo, what: str) -> Mapping[str, str]:
    """What the rest of the file says: `accounts` with their networks, and the `networks` there are."""
    around: Mapping[str, str] = (info.context or {}).get(what, {})
    return around


def _account(name: str, info: ValidationInfo) -> str:
    if name not in _around(info, "accounts"):
        raise ValueError(f'there is no account "{name}"' + did_you_mean(name, _around(info, "accounts")))
    return name


def known_account(name: str, info: ValidationInfo) -> str:
    """The name of an account, or ""."""
    return name and _account(name, info)


def _network(name: str, info: ValidationInfo) -> str:
    known = _around(info, "networks")
    if known and name not in known:
        raise ValueError(f'there is no network "{name}"' + did_you_mean(name, known))
    return name


def only_for_sites(value: Any, info: ValidationInfo) -> Any:
    """What a rule may do without a person, it may do on our own pages only."""
    others = [name for name, network in _around(info, "accounts").items() if network != "site"]
    if value and others:
        raise ValueError(
            f"allowed only when every account is on the network site, and these are not: {', '.join(others)}. "
            f"Delete this line"
        )
    return value


def _image_size(size: str) -> str:
    if size and size not in SIZES:
        raise ValueError(f'"{size}" is no size of a picture (known: {", ".join(SIZES)})')
    return size


def whole_site(url: str) -> str:
    """An address of a host, and of nothing below it."""
    try:
        parts = urlsplit(url)
        odd = parts.username is not None or parts.port == 0 or bool(url and not parts.hostname)
    except ValueError:  # a port that is none
        odd = True
    if odd or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(f'"{url}" is not the address of a whole site: write it as "https://desk.example.com/"')
    return url


def public_address(url: str) -> str:
    """An address that networks take, or "": https, plain letters, nothing secret in it; what it names is a folder."""
    parts = urlsplit(url)
    if url and (parts.scheme != "https" or not parts.hostname or not url.isascii() or set(url) & set("\"'<>\\")):
        raise ValueError(f'"{url}" is not an address that networks take: write it as "https://media.example.com/"')
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("leave out the user, the ? and the #")
    return url and url.rstrip("/") + "/"


Duration = Annotated[timedelta, BeforeValidator(_duration)]
TimeOfDay = Annotated[time, BeforeValidator(_time)]
Day = Annotated[date, BeforeValidator(_date)]
Colour = Annotated[str, shaped("#[0-9a-fA-F]{6}", 'a colour: write it as "#15534a"')]
ImageSize = Annotated[str, AfterValidator(_image_size)]
Zone = Annotated[str, AfterValidator(_zone)]
Weekday = Annotated[str, AfterValidator(_day)]
NetworkName = Annotated[str, AfterValidator(_network)]
AccountName = Annotated[str, AfterValidator(_account)]
