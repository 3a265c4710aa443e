"""Where a post came from: the origin check that static forms have instead of CSRF tokens. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Protocol
from urllib.parse import urlsplit

#: Parts of an address that one household or one server can change at will, and that say too much.
KEPT_BITS = {4: 24, 6: 48}
CLIENT_BITS = {4: 32, 6: 64}


class Headers(Protocol):
    """What both a dictionary and a request's headers can do."""

    def get(self, key: str, default: str, /) -> str: ...


def is_ours(headers: Headers, siteurl: str) -> bool | None:
    """True if one of our pages sent it, False if another site did, None if the browser does not say.

    A browser that sends `Sec-Fetch-Site` is believed first: behind a proxy, or with `localhost` for
    127.0.0.1, the origins differ in spelling only. No page can set either header.
    """
    fetch_site = headers.get("Sec-Fetch-Site", "")
    if fetch_site in ("same-origin", "none"):
        return True
    origin = headers.get("Origin", "")
    if origin and origin != "null":
        return _same_origin(origin, siteurl) or _netloc(origin) == headers.get("Host", "").lower()
    return False if fetch_site else None


def _same_origin(origin: str, siteurl: str) -> bool:
    return _parts(origin) == _parts(siteurl)


@lru_cache(maxsize=16)  # our own address is taken apart once, not with each post
def _parts(url: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return ("", url, None)
    return (parts.scheme, parts.hostname or "", port)


def _netloc(url: str) -> str:
    return url.partition("://")[2].lower()


def network_of(client: str) -> str:
    """The client's network, all that is ever stored of an address: /24, or /48 for IPv6; "" if unknown."""
    return _cut(client, KEPT_BITS)


def client_of(client: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 a household has of IPv6."""
    return _cut(client, CLIENT_BITS)


def _cut(client: str, bits: Mapping[int, int]) -> str:
    try:
        address: IPv4Address | IPv6Address = ip_address(client.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    gone = address.max_prefixlen - bits[address.version]
    return f"{type(address)(int(address) >> gone << gone)}/{bits[address.version]}"
