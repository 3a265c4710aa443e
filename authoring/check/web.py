"""Asks foreign addresses whether they still answer: one request to a host at a time, a second between two.

HEAD first, GET where that is refused; no body is read. Only public hosts are asked: an address that leads into a
private network is reported and never fetched, wherever a redirect comes from.
"""

from __future__ import annotations

import socket
import ssl
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import ip_address
from threading import Event, Lock, Timer
from time import monotonic, sleep
from urllib.parse import quote, urljoin, urlsplit

from authoring.check.external import Answer

MOST_HOPS = 5
MOVED, FOR_GOOD = frozenset((301, 302, 303, 307, 308)), frozenset((301, 308))
HOSTS_AT_ONCE = 8
SAFE = "%/:=&?~+!$,;'@()*"  # what may stand in an address as it is
SAYS = 2.0  # seconds between two words of progress


Progress = Callable[[str], None]


class _NoAnswerError(Exception):
    """Nobody could be asked; the message goes on after "the link to …"."""


def is_public(address: str) -> bool:
    known = ip_address(address)
    return known.is_global and not known.is_multicast


def addresses_of(host: str, port: int) -> Sequence[str]:
    """Where the name servers say that `host` is. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(info[4][0]) for info in found]


@dataclass
class Web:
    """`agent` tells hosts who asks. The rest is for tests, whose hosts stand on this machine."""

    agent: str
    resolve: Callable[[str, int], Sequence[str]] = addresses_of
    allowed: Callable[[str], bool] = is_public
    pause: float = 1.0
    patience: float = 10.0
    context: ssl.SSLContext | None = None
    _next: dict[str, float] = field(default_factory=dict)
    _locks: dict[str, Lock] = field(default_factory=lambda: defaultdict(Lock))

    def ask(self, address: str, now: datetime) -> Answer:
        """What stands at `address`, however often it has moved."""
        here, for_good = address, True
        try:
            for _ in range(MOST_HOPS + 1):
                status, location = self._status(here)
                if status not in MOVED or not location:
                    return Answer(now, status, here if for_good and here != address else "")
                here, for_good = _joined(here, location), for_good and status in FOR_GOOD
        except _NoAnswerError as reason:
            return Answer(now, trouble=str(reason))
        return Answer(now, trouble="goes round in circles")

    def _status(self, address: str) -> tuple[int, str]:
        status, location = self._request("HEAD", address)
        return self._request("GET", address) if status >= 400 else (status, location)

    def _request(self, method: str, address: str) -> tuple[int, str]:
        try:
            parts = urlsplit(address)
            host = (parts.hostname or "").encode("idna").decode("ascii")
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError:
            raise _NoAnswerError("is no address that can be asked") from None
        if parts.scheme not in ("http", "https") or not host:
            raise _NoAnswerError("is no address that can be asked")
        with self._locks[host]:
            sleep(max(0.0, self._next.get(host, 0.0) - monotonic()))
            try:
                return self._answer(method, parts.scheme, host, port, _target(parts.path, parts.query))
            except (OSError, HTTPException) as error:
                raise _NoAnswerError(_in_words(error)) from None
            finally:
                self._next[host] = monotonic() + self.pause

    def _answer(self, method: str, scheme: str, host: str, port: int, target: str) -> tuple[int, str]:
        connection = Pinned(host, port, self._public(host, port), self.patience)
        with closing(connection):
            late = Timer(2 * self.patience, cut, [connection])  # a host that sends a letter now and then
            late.daemon = True
            late.start()
            try:
                connection.connect()
                if scheme == "https":
                    connection.encrypt(self.context or ssl.create_default_context())
                connection.request(method, target, headers={"User-Agent": self.agent, "Accept": "*/*"})
                with closing(connection.getresponse()) as response:
                    return response.status, _location(response)
            finally:
                late.cancel()

    def _public(self, host: str, port: int) -> str:
        """One of the host's addresses: the one that was looked at is the one that is connected to."""
        try:
            found = self.resolve(host, port)
        except OSError:
            raise _NoAnswerError("leads to a host that does not exist") from None
        if not found or not all(map(self.allowed, found)):
            raise _NoAnswerError("leads into a private network, where no reader can follow")
        return found[0]


class Pinned(HTTPConnection):
    """Connects to an address that has been looked at, whatever the name servers say by now."""

    def __init__(self, host: str, port: int, address: str, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self._address = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)

    def encrypt(self, context: ssl.SSLContext) -> None:
        self.default_port = 443  # so that Host names no port where it is the usual one
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def _joined(here: str, location: str) -> str:
    """Where a host sends on to; it may send anything."""
    try:
        return urljoin(here, location)
    except ValueError:
        raise _NoAnswerError("leads to what is no address") from None


def cut(connection: HTTPConnection) -> None:
    if connection.sock is not None:
        with suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)


def _target(path: str, query: str) -> str:
    return quote(f"{path or '/'}?{query}" if query else path or "/", safe=SAFE)


def _location(response: HTTPResponse) -> str:
    """A Location is often sent unquoted, and read by `http.client` as Latin-1."""
    sent = response.getheader("Location", "")
    return quote(sent.encode("latin-1", "replace"), safe=f"{SAFE}#[]")


def _in_words(error: Exception) -> str:
    match error:
        case TimeoutError():
            return "does not answer in time"
        case ssl.SSLCertVerificationError():
            return f"has a certificate that browsers refuse ({error.verify_message})"
        case ssl.SSLError():
            return "cannot be reached in safety (TLS)"
        case ConnectionRefusedError():
            return "leads to a host that answers nobody"
    return f"cannot be reached ({getattr(error, 'strerror', '') or type(error).__name__})"


def ask_all(
    web: Web, addresses: Iterable[str], now: datetime, progress: Progress = lambda _: None
) -> Mapping[str, Answer]:
    """What each address says; hosts side by side, the addresses of one host in turn."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in addresses:
        by_host[urlsplit(address).hostname or ""].append(address)
    answers: dict[str, Answer] = {}

    over = Event()

    def ask_host(listed: list[str]) -> None:
        for address in listed:
            if not over.is_set():
                answers[address] = web.ask(address, now)

    count = sum(map(len, by_host.values()))
    if count:
        progress(f"Asking {count} foreign address{'' if count == 1 else 'es'} …")
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        try:
            _watch({pool.submit(ask_host, listed) for listed in by_host.values()}, answers, count, progress)
        finally:
            over.set()  # whoever presses Ctrl-C waits for the requests under way and no longer
    return answers


def _watch(waiting: set[Future[None]], answers: Mapping[str, Answer], count: int, progress: Progress) -> None:
    while waiting:
        done, waiting = wait(waiting, SAYS)
        for future in done:
            future.result()
        if waiting:
            progress(f"  … {len(answers)} of {count}")
