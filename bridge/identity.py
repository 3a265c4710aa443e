"""Who the author is and where the site stands: reads `site.toml`, refuses what makes no sense."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bridge import icon
from bridge.dates import WEEKDAYS

PLACEHOLDER_DOMAINS = ("example.com", "example.org", "example.net")

#: Every key of `site.toml`: table, name, and the type its value must have.
KEYS: dict[str, dict[str, type]] = {
    "site": {"name": str, "tagline": str, "url": str, "language": str, "timezone": str, "country": str},
    "author": {"name": str, "email": str, "phone": str, "address": list},
    "comments": {"open_days": int},
    "answering": {"hours": int, "days_off": list, "promise": bool},
}


class IdentityError(Exception):
    """`site.toml` cannot be used; the message is one line: what, where, how to mend it."""


@dataclass(frozen=True)
class Identity:
    """The values of `site.toml`, checked. `url` has no trailing slash; `timezone` is an IANA name."""

    name: str
    tagline: str
    url: str
    language: str
    timezone: str
    country: str
    author: str
    email: str
    phone: str
    address: tuple[str, ...]
    comments_open_days: int
    answer_hours: int
    days_off: tuple[str, ...]
    promise_answer: bool

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def host(self) -> str:
        """The host readers type, without a port."""
        return urlsplit(self.url).hostname or ""

    @property
    def phone_digits(self) -> str:
        """The number as a `tel:` link wants it."""
        return "".join(c for c in self.phone if c.isdigit() or c == "+")

    @property
    def icon(self) -> str:
        """The site's sign as an address that is the picture itself."""
        return icon.address(self.name)

    @property
    def placeholders(self) -> tuple[str, ...]:
        """What the author has not put in yet, as it stands there."""
        return tuple(said for said, where in ((self.url, self.host), (self.email, self.email)) if is_example(where))

    @property
    def is_placeholder(self) -> bool:
        """True while the author has not put himself in."""
        return bool(self.placeholders)


def is_example(where: str) -> bool:
    """Whether a host or an e-mail address is at a domain that belongs to nobody."""
    host = where.rpartition("@")[2]
    return any(host == domain or host.endswith("." + domain) for domain in PLACEHOLDER_DOMAINS)


def load_identity(path: Path, environ: Mapping[str, str]) -> Identity:
    """Read `path`; `SITEURL` in `environ` overrides the address. Raises IdentityError."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise IdentityError(f"{path}: not found; copy it back with: git checkout {path.name}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise IdentityError(f"{path}: not valid TOML: {error}; mend that line") from None
    _check_keys(path, data)
    if environ.get("SITEURL"):
        data["site"]["url"] = environ["SITEURL"]
    _check_values(path, data)
    return _identity(data)


def _check_keys(path: Path, data: Mapping[str, Any]) -> None:
    for table in data.keys() - KEYS.keys():
        raise IdentityError(f"{path}: unknown part [{table}]; known are {', '.join(KEYS)}")
    for table, wanted in KEYS.items():
        given = data.get(table, {})
        for name in given.keys() - wanted.keys():
            raise IdentityError(f"{path}: [{table}] has an unknown key {name!r}; known are {', '.join(wanted)}")
        for name, kind in wanted.items():
            if name not in given:
                raise IdentityError(f"{path}: [{table}] lacks {name!r}")
            if type(given[name]) is not kind:
                raise IdentityError(f"{path}: [{table}] {name} must be {_SPOKEN[kind]}, not {given[name]!r}")


_SPOKEN = {str: "a text in quotes", int: "a whole number", bool: "true or false", list: "a list in brackets"}


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.query or parts.fragment)


def _check_values(path: Path, data: Mapping[str, Any]) -> None:
    site, answering = data["site"], data["answering"]
    if not _is_address(site["url"]):
        raise IdentityError(f"{path}: url {site['url']!r} must look like https://your-site.example")
    try:
        ZoneInfo(site["timezone"])
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise IdentityError(
            f"{path}: timezone {site['timezone']!r} is not known; use a name like Europe/Berlin"
        ) from None
    for day in answering["days_off"]:
        if day not in WEEKDAYS:
            raise IdentityError(f"{path}: days_off knows {', '.join(WEEKDAYS)}, not {day!r}")
    if answering["hours"] < 1 or data["comments"]["open_days"] < 0:
        raise IdentityError(f"{path}: hours must be at least 1 and open_days at least 0")
    for value in (site["name"], data["author"]["name"], data["author"]["email"]):
        if not value.strip() or any(ord(c) < 32 for c in value):
            raise IdentityError(f"{path}: name, author and email must be one line each, not empty")


def _identity(data: Mapping[str, Any]) -> Identity:
    site, author, answering = data["site"], data["author"], data["answering"]
    return Identity(
        name=site["name"],
        tagline=site["tagline"],
        url=site["url"].rstrip("/"),
        language=site["language"],
        timezone=site["timezone"],
        country=site["country"],
        author=author["name"],
        email=author["email"],
        phone=author["phone"],
        address=tuple(author["address"]),
        comments_open_days=data["comments"]["open_days"],
        answer_hours=answering["hours"],
        days_off=tuple(answering["days_off"]),
        promise_answer=answering["promise"],
    )
