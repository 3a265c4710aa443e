"""Pictures are fetched from the blog service's hosts only, once, within limits; asked of a real server on loopback."""

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from authoring.check.web import is_public
from authoring.importing.blogger.fetch import Fetcher, FetchError

ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/loaf.jpg": (200, {"Content-Type": "image/jpeg"}, b"loaf"),
    "/page": (200, {"Content-Type": "text/html"}, b"<p>"),
    "/large.jpg": (200, {"Content-Type": "image/jpeg"}, b"x" * 2_001),
    "/moved.jpg": (302, {"Location": "/loaf.jpg"}, b""),
    "/away.jpg": (302, {"Location": "http://evil.example.com/x.jpg"}, b""),
    "/nowhere.jpg": (302, {"Location": "http://[nowhere"}, b""),
    "/round.jpg": (301, {"Location": "/round.jpg"}, b""),
    "/short.jpg": (200, {"Content-Type": "image/jpeg", "Content-Length": "90"}, b"half"),
}


class Service(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        status, headers, body = ANSWERS.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def service() -> Iterator[tuple[str, list[str]]]:
    """The address of a service of pictures, and what it was asked for."""
    asked: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Service,), {"asked": asked}))
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://1.pictures.example.com:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def fetcher(folder: Path) -> Fetcher:
    return Fetcher(
        folder, "tests", re.compile(r"\d\.pictures\.example\.com"), lambda host, port: ["127.0.0.1"], lambda _: True,
        patience=5, largest=2_000,
    )  # fmt: skip


def test_a_picture_is_fetched_once(tmp_path: Path, service: tuple[str, list[str]]) -> None:
    base, asked = service
    assert fetcher(tmp_path).fetch(f"{base}/loaf.jpg") == b"loaf"
    assert fetcher(tmp_path).fetch(f"{base}/loaf.jpg") == b"loaf"
    assert asked == ["/loaf.jpg"]


def test_a_picture_that_has_moved_is_followed(tmp_path: Path, service: tuple[str, list[str]]) -> None:
    assert fetcher(tmp_path).fetch(f"{service[0]}/moved.jpg") == b"loaf"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/none.jpg", "is not there any more (404)"),
        ("/page", "is no picture (text/html)"),
        ("/large.jpg", "is larger than"),
        ("/away.jpg", "leads to a host that is not the blog service's"),
        ("/nowhere.jpg", "cannot be reached"),
        ("/round.jpg", "goes round in circles"),
        ("/short.jpg", "broke off"),
    ],
)
def test_what_cannot_be_had_is_said_and_not_kept(
    tmp_path: Path, service: tuple[str, list[str]], path: str, reason: str
) -> None:
    with pytest.raises(FetchError, match=re.escape(reason)):
        fetcher(tmp_path).fetch(f"{service[0]}{path}")
    assert list(tmp_path.iterdir()) == []


def test_no_private_address_is_asked(tmp_path: Path, service: tuple[str, list[str]]) -> None:
    base, asked = service
    careful = fetcher(tmp_path)
    careful.allowed = is_public
    with pytest.raises(FetchError, match="private network"):
        careful.fetch(f"{base}/loaf.jpg")
    assert asked == []


def test_many_are_fetched_side_by_side_and_a_second_run_asks_only_for_what_is_missing(
    tmp_path: Path, service: tuple[str, list[str]]
) -> None:
    base, asked = service
    said: list[str] = []
    addresses = [f"{base}/loaf.jpg", f"{base}/moved.jpg", f"{base}/none.jpg", f"{base}/loaf.jpg"]
    refused = fetcher(tmp_path).fetch_all(addresses, said.append)
    assert refused == {f"{base}/none.jpg": "is not there any more (404)"}
    assert said == ["Fetching 3 pictures …"]
    asked.clear()
    fetcher(tmp_path).fetch_all(addresses, said.append)
    assert asked == ["/none.jpg"]


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("https://4.bp.blogspot.com/-x/s320/a.jpg", True),
        ("https://blogger.googleusercontent.com/img/a/x", True),
        ("http://lh3.ggpht.com/x", True),
        ("http://photos1.blogger.com/x.jpg", True),
        ("https://bp.blogspot.com.evil.example.com/x", False),
        ("https://someblog.blogspot.com/x.jpg", False),
        ("http://127.0.0.1/x.jpg", False),
        ("file:///etc/passwd", False),
        ("http://[::1/x", False),
    ],
)
def test_only_the_blog_services_hosts_are_on_the_list(tmp_path: Path, address: str, may: bool) -> None:
    assert Fetcher(tmp_path, "tests").has_host(address) is may
