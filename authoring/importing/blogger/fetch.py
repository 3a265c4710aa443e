"""Fetches pictures from the blog service's own hosts, and from nobody else; what has come once is kept in `var/cache/`.

Every host on the way must be on the list and stand on the public network; the address that was looked at is the one
that is connected to. Size, time and redirects are limited.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from threading import Timer
from time import monotonic
from urllib.parse import quote, urljoin, urlsplit

from authoring.check.web import MOST_HOPS, MOVED, SAFE, Pinned, addresses_of, cut, is_public
from bridge.files import replace_file

#: The hosts on which the blog service keeps its bloggers' pictures.
SERVICE = re.compile(
    r"(?:[\w-]+\.)?bp\.blogspot\.com|(?:[\w-]+\.)?blogger\.com|(?:blogger|lh\d)\.googleusercontent\.com|lh\d\.ggpht\.com"
)
LARGEST = 10_000_000  # bytes
AT_ONCE = 4
SAYS = 2.0  # seconds between two words of progress
Progress = Callable[[str], None]


def is_at(address: str, hosts: re.Pattern[str] = SERVICE) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(hosts.fullmatch((parts.hostname or "").lower()))
    except ValueError:
        return False


class FetchError(Exception):
    """The picture could not be had; the message goes on after its address."""


@dataclass
class Fetcher:
    """`cache` is where pictures are kept by the checksum of their address. The rest is for tests on this machine."""

    cache: Path
    agent: str
    hosts: re.Pattern[str] = SERVICE
    resolve: Callable[[str, int], Sequence[str]] = addresses_of
    allowed: Callable[[str], bool] = is_public
    patience: float = 20.0
    largest: int = LARGEST
    context: ssl.SSLContext | None = None

    def has_host(self, address: str) -> bool:
        """Whether the picture at `address` stands where pictures may be fetched."""
        return is_at(address, self.hosts)

    def kept(self, address: str) -> bytes | None:
        file = self._file(address)
        return file.read_bytes() if file.is_file() else None

    def fetch(self, address: str) -> bytes:
        """The picture's bytes, asked of its host only if they are not kept. Raises FetchError."""
        data = self.kept(address)
        if data is None:
            data = self._follow(address)
            replace_file(self._file(address), data)
        return data

    def fetch_all(self, addresses: Iterable[str], progress: Progress) -> dict[str, str]:
        """Have all of them kept, some at once; why not, for those that cannot be had."""
        wanted = [address for address in dict.fromkeys(addresses) if self.kept(address) is None]
        refused: dict[str, str] = {}
        said = monotonic()
        if wanted:
            progress(f"Fetching {len(wanted):,} picture{'' if len(wanted) == 1 else 's'} …")
        with ThreadPoolExecutor(AT_ONCE) as pool:
            waiting = {pool.submit(self.fetch, address): address for address in wanted}
            for number, done in enumerate(as_completed(waiting), 1):
                try:
                    done.result()
                except FetchError as reason:
                    refused[waiting[done]] = str(reason)
                except BaseException:
                    pool.shutdown(cancel_futures=True)
                    raise
                if monotonic() - said > SAYS:
                    said = monotonic()
                    progress(f"  … {number:,} of {len(wanted):,}")
        return refused

    def _file(self, address: str) -> Path:
        return self.cache / sha256(address.encode()).hexdigest()

    def _follow(self, address: str) -> bytes:
        for _ in range(MOST_HOPS + 1):
            if not self.has_host(address):
                raise FetchError("leads to a host that is not the blog service's")
            try:
                found = self._ask(address)
                if isinstance(found, bytes):
                    return found
                address = urljoin(address, found)
            except (OSError, HTTPException, ValueError) as error:
                raise FetchError(f"cannot be reached ({error or type(error).__name__})") from None
        raise FetchError("goes round in circles")

    def _ask(self, address: str) -> bytes | str:
        """The bytes, or where they have moved to."""
        parts = urlsplit(address)
        host, secure = parts.hostname or "", parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        connection = Pinned(host, port, self._looked_at(host, port), self.patience)
        with closing(connection):
            late = Timer(3 * self.patience, cut, [connection])
            late.daemon = True
            late.start()
            try:
                connection.connect()
                if secure:
                    connection.encrypt(self.context or ssl.create_default_context())
                target = quote(parts.path or "/", safe=SAFE) + (f"?{quote(parts.query, safe=SAFE)}" * bool(parts.query))
                connection.request("GET", target, headers={"User-Agent": self.agent, "Accept": "image/*"})
                with closing(connection.getresponse()) as response:
                    return self._read(response)
            finally:
                late.cancel()

    def _looked_at(self, host: str, port: int) -> str:
        found = self.resolve(host, port)
        if not found or not all(map(self.allowed, found)):
            raise FetchError("leads into a private network")
        return found[0]

    def _read(self, response: HTTPResponse) -> bytes | str:
        location = response.getheader("Location", "")
        if response.status in MOVED and location:
            return location
        if response.status != 200:
            raise FetchError(f"is not there any more ({response.status})")
        kind = response.getheader("Content-Type", "")
        if not kind.lower().startswith("image/"):
            raise FetchError(f"is no picture ({kind[:40] or 'of no kind'})")
        data = response.read(self.largest + 1)
        if len(data) > self.largest:
            raise FetchError(f"is larger than {self.largest // 1_000_000} MB")
        if (length := response.getheader("Content-Length", "")) and length.isdigit() and len(data) < int(length):
            raise FetchError("broke off")
        return data
