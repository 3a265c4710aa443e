"""Asks the site's own address, as readers and visitors do: pages, headers, a 404, compressed copies, forms, state."""

from __future__ import annotations

import gzip
import json
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from authoring.doctor.line import BAD, NOTE, Line, look
from bridge.browser_rules import HEADERS, HSTS, POLICY_HEADER, policy

PATIENCE = 15.0
PROXY = "look at the proxy: deploy/nginx.conf, or its error log"
SERVICE = "look at: systemctl status gratitude-service, journalctl -u gratitude-service"


class UnreachableError(Exception):
    """Nobody answers; the message says why."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """A redirect is an answer like any other here."""


def ask(address: str, data: bytes | None = None, headers: Mapping[str, str] | None = None) -> Answer:
    """One request, redirects not followed. Raises UnreachableError."""
    request = Request(address, data, dict(headers or {}))  # the author's own address
    try:
        with build_opener(_NoRedirects).open(request, timeout=PATIENCE) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())
    except URLError as error:
        raise UnreachableError(_reason(error.reason)) from None
    except (OSError, HTTPException) as error:
        raise UnreachableError(_reason(error)) from None


def _reason(error: object) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({error.verify_message})"
    return " ".join(str(error).split()) or type(error).__name__


def looks(url: str, release: Path) -> Iterator[Line]:
    """Every look at the site at `url`, which the published `release` should be."""
    try:
        home = ask(f"{url}/")
    except UnreachableError as error:
        yield Line(
            f"{url}/ answers", BAD, str(error), "see that the name leads here, the proxy runs and the port is open"
        )
        return
    yield _home(url, home, release)
    yield from _encrypted(url, home)
    yield _headers(home)
    yield _missing(url, release)
    yield _hidden(url)
    yield _compressed(url)
    yield from _service(url)


def _home(url: str, home: Answer, release: Path) -> Line:
    if home.status != 200:
        return Line(f"{url}/ answers", BAD, f"status {home.status}", PROXY)
    ours = home.body == (release / "index.html").read_bytes()
    return look(f"{url}/ shows the published release", ours, "it is another page", f"let the proxy serve {release}")


def _encrypted(url: str, home: Answer) -> Iterator[Line]:
    parts = urlsplit(url)
    if parts.scheme != "https":
        yield Line("encrypted", BAD, f"the address is {url}", "get a certificate (certbot --nginx), then: make setup")
        return
    yield look("comes back encrypted", home.headers[HSTS[0]] == HSTS[1], f"{HSTS[0]} is not sent", PROXY)
    if parts.port is None:
        yield _sent_to_https(f"http://{parts.hostname}/")


def _sent_to_https(plain: str) -> Line:
    try:
        answer = ask(plain)
    except UnreachableError as error:
        return Line(f"{plain} leads to https", NOTE, str(error), "readers who type the bare name will see nothing")
    sent = answer.status in (301, 308) and (answer.headers["Location"] or "").startswith("https://")
    return look(f"{plain} leads to https", sent, f"status {answer.status}", "certbot --nginx --redirect -d …")


def _headers(home: Answer) -> Line:
    wanted = {POLICY_HEADER: policy("/"), **HEADERS, "Cache-Control": "no-cache"}
    wrong = [name for name, value in wanted.items() if home.headers.get_all(name) != [value]]
    return look("headers keep browsers strict", not wrong, f"not as they should be: {', '.join(wrong)}", PROXY)


def _missing(url: str, release: Path) -> Line:
    answer = ask(f"{url}/there-is-no-such-page")
    ours = (answer.status, answer.body) == (404, (release / "404.html").read_bytes())
    return look("what is missing is our own page, with status 404", ours, f"status {answer.status}", PROXY)


def _hidden(url: str) -> Line:
    status = ask(f"{url}/.build/page_index.json").status
    return look("names that start with a dot are kept back", status == 404, f"/.build/ answers {status}", PROXY)


def _compressed(url: str) -> Line:
    answer = ask(f"{url}/", headers={"Accept-Encoding": "gzip"})
    try:
        packed = answer.headers["Content-Encoding"] == "gzip" and bool(gzip.decompress(answer.body))
    except OSError:
        packed = False
    return look("pages travel compressed", packed, "they do not", PROXY)


def _service(url: str) -> Iterator[Line]:
    page = ask(f"{url}/forms/contact")
    yield look("forms can be reached", (page.status, b"<form" in page.body) == (200, True), f"{page.status}", SERVICE)
    sent = ask(f"{url}/forms/contact", b"contact-name=", {"Origin": _origin(url)})
    yield look("an empty form is answered, and not kept", sent.status == 422, f"status {sent.status}", SERVICE)
    strange = ask(f"{url}/dashboard/")
    at_the_door = strange.status in (302, 303) and "/dashboard/sign-in" in (strange.headers["Location"] or "")
    yield look("the dashboard asks who is there", at_the_door, f"status {strange.status}", SERVICE)
    state = ask(f"{url}/healthz")
    yield look("database and outbox are well", state.status == 200, _told(state), "look at the outbox in the dashboard")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _told(state: Answer) -> str:
    try:
        return f"/healthz says {json.dumps(json.loads(state.body))}"
    except ValueError:
        return f"/healthz answers {state.status}; no service of ours is behind the proxy"
