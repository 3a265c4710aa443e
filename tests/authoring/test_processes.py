"""Which address leads to a server here, from this machine and from others, and whether it answers there."""

import ipaddress
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from authoring import processes
from authoring.preview import Parts
from authoring.processes import answers, port_number, reachable, url_of
from tests.support.project import free_port


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "192.0.2.7", "::1"])
def test_a_host_that_was_chosen_is_the_one_to_open(host: str):
    assert reachable(host) == host


@pytest.mark.parametrize(("everywhere", "version"), [("0.0.0.0", 4), ("::", 6)])  # noqa: S104  asked, not bound
def test_everywhere_becomes_one_address_that_others_can_open(everywhere: str, version: int):
    address = ipaddress.ip_address(reachable(everywhere))
    assert address.version == version
    assert not address.is_unspecified


def test_an_address_of_the_newer_kind_stands_in_brackets():
    assert url_of("::1", 8000) == "http://[::1]:8000"


@pytest.mark.parametrize("word", ["abc", "0", "-1", "65536", "８０００", "80 00", ""])
def test_what_is_no_port_is_one_line(word: str):
    with pytest.raises(SystemExit, match=r"^PORT=.* is no port: choose a number from 1 to 65535$"):
        port_number(word)


def test_a_port_is_a_number():
    assert port_number("65535") == 65_535


class Healthy(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nobody listens."""


def test_what_runs_here_is_asked_directly_whatever_proxy_the_author_has(monkeypatch: pytest.MonkeyPatch):
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    with HTTPServer(("127.0.0.1", 0), Healthy) as server:
        asked = threading.Thread(target=server.handle_request, daemon=True)
        asked.start()
        server.timeout = 5
        assert answers(f"http://127.0.0.1:{server.server_port}")
        asked.join(5)


class Given(Parts):
    """Its service is another program."""

    def __init__(self, *words: str) -> None:
        super().__init__("127.0.0.1", free_port(), False, threading.Event())
        self.words = words

    def start(self, *_: str) -> "subprocess.Popen[bytes]":
        return super().start(*self.words)


@pytest.mark.parametrize(
    ("words", "said"),
    [(("http.server", "0", "--bind", "127.0.0.1"), True), (("keyword",), False)],
    ids=["answers nothing", "ends by itself"],
)
def test_a_preview_says_that_it_does_not_answer_where_its_service_says_nothing(
    words: tuple[str, ...], said: bool, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(processes, "PATIENCE", 0.2)
    parts = Given(*words)
    assert not parts.start_all()
    parts.end()
    line = f"The site did not start at {parts.url}; what it said stands above.\n"
    assert capfd.readouterr().err == line * said
