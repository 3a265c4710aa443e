"""Foreign hosts are asked politely, and private networks never; a real server on this machine answers."""

import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest

from authoring.check.external import Answer
from authoring.check.web import Web, ask_all, is_public

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
AGENT = "GratitudeMarketing-link-check (+https://example.com/)"


class Host(ThreadingHTTPServer):
    """Remembers what it was asked, when, and how many asked at once."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str, str]] = []
        self.moments: list[tuple[str, float]] = []
        self.at_once: dict[str, int] = {}
        self.most: dict[str, int] = {}
        self.guard = threading.Lock()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def address(self, path: str, host: str = "one.example") -> str:
        return f"http://{host}:{self.port}{path}"


class Handler(BaseHTTPRequestHandler):
    server: Host

    def log_message(self, *_: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self._note()
        path = self.path
        if path == "/no-head":
            self._say(405)
        elif path.startswith("/status/"):
            self._say(int(path.rpartition("/")[2]))
        elif path.startswith("/moved/"):
            self._say(int(path.split("/")[2]), f"/{path.split('/', 3)[3]}")
        elif path == "/round":
            self._say(302, "/round")
        elif path == "/nowhere":
            self._say(302, "http://[nowhere")
        elif path == "/inward":
            self._say(302, f"http://inner.example:{self.server.port}/secret")
        elif path == "/hang":
            time.sleep(1.0)
            self._say(200)
        else:
            self._say(200)

    def do_GET(self) -> None:
        self._note()
        self._say(404 if self.path == "/status/404" else 403 if self.path == "/status/403" else 200)

    def _note(self) -> None:
        server, host = self.server, self.headers["Host"].partition(":")[0]
        with server.guard:
            server.asked.append((self.command, host, self.path))
            server.moments.append((host, time.monotonic()))
            assert self.headers["User-Agent"] == AGENT

    def _say(self, status: int, location: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()


@pytest.fixture
def host() -> Iterator[Host]:
    server = Host()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def resolve(name: str, _port: int) -> list[str]:
    if name == "nowhere.example":
        raise socket.gaierror("no such host")
    return ["127.0.0.2"] if name == "inner.example" else ["127.0.0.1"]


def web(**values: object) -> Web:
    options: dict[str, object] = {
        "agent": AGENT, "resolve": resolve, "allowed": lambda ip: ip != "127.0.0.2", "pause": 0.0, "patience": 5.0,
    }  # fmt: skip
    return Web(**{**options, **values})  # type: ignore[arg-type]


def test_a_page_that_answers_is_asked_once_and_never_read(host: Host):
    assert web().ask(host.address("/fine"), NOW) == Answer(NOW, 200)
    assert host.asked == [("HEAD", "one.example", "/fine")]


def test_where_head_is_refused_get_is_asked(host: Host):
    assert web().ask(host.address("/no-head"), NOW).status == 200
    assert [method for method, _, _ in host.asked] == ["HEAD", "GET"]


@pytest.mark.parametrize(("status", "alive"), [(403, True), (404, False)])
def test_what_is_gone_is_dead_and_what_refuses_programs_is_not(host: Host, status: int, alive: bool):
    answer = web().ask(host.address(f"/status/{status}"), NOW)
    assert (answer.status, answer.alive) == (status, alive)


@pytest.mark.parametrize(("code", "told"), [(301, True), (308, True), (302, False), (307, False)])
def test_only_what_has_moved_for_good_has_a_new_address(host: Host, code: int, told: bool):
    answer = web().ask(host.address(f"/moved/{code}/new"), NOW)
    assert answer.moved_to == (host.address("/new") if told else "")
    assert answer.alive


def test_one_passing_redirect_on_the_way_makes_the_move_a_passing_one(host: Host):
    assert web().ask(host.address("/moved/301/moved/302/new"), NOW).moved_to == ""


def test_a_circle_is_noticed(host: Host):
    assert web().ask(host.address("/round"), NOW).trouble == "goes round in circles"
    assert len(host.asked) == 6


def test_a_host_that_sends_nowhere_is_said(host: Host):
    assert web().ask(host.address("/nowhere"), NOW).trouble == "leads to what is no address"


@pytest.mark.parametrize(
    ("address", "trouble"),
    [
        ("http://nowhere.example/", "leads to a host that does not exist"),
        ("http://[/", "is no address that can be asked"),
        ("http://one.example:99999/", "is no address that can be asked"),
        ("ftp://one.example/", "is no address that can be asked"),
    ],
)
def test_what_cannot_be_asked_is_said(address: str, trouble: str):
    assert web().ask(address, NOW).trouble == trouble


def test_a_host_that_answers_nobody_is_said():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert web().ask(f"http://one.example:{port}/", NOW).trouble == "leads to a host that answers nobody"


def test_a_host_that_hangs_holds_nobody_up(host: Host):
    assert web(patience=0.2).ask(host.address("/hang"), NOW).trouble == "does not answer in time"


def test_a_host_that_speaks_no_tls_is_said(host: Host):
    answer = web().ask(host.address("/").replace("http:", "https:"), NOW)
    assert answer.trouble == "cannot be reached in safety (TLS)"


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.9", "169.254.169.254", "0.0.0.0", "::1", "fe80::1", "fd00::1",  # noqa: S104
     "::ffff:127.0.0.1", "224.0.0.1", "100.64.0.1"],
)  # fmt: skip
def test_private_networks_are_no_place_for_readers(address: str):
    assert not is_public(address)


def test_public_addresses_are():
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1:248:1893:25c8:1946")


@pytest.mark.parametrize("written", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "2130706433"])
def test_a_private_address_is_reported_and_never_fetched(host: Host, written: str):
    answer = Web(AGENT, pause=0.0, patience=1.0).ask(f"http://{written}:{host.port}/", NOW)
    assert answer.trouble == "leads into a private network, where no reader can follow"
    assert host.asked == []


def test_a_redirect_leads_nobody_into_a_private_network(host: Host):
    assert "private network" in web().ask(host.address("/inward"), NOW).trouble
    assert [path for _, _, path in host.asked] == ["/inward"]


def test_a_name_with_one_private_address_among_its_own_is_not_asked(host: Host):
    asked = web(resolve=lambda _name, _port: ["127.0.0.1", "127.0.0.2"])
    assert "private network" in asked.ask(host.address("/"), NOW).trouble
    assert host.asked == []


def test_one_host_is_asked_at_leisure_and_another_beside_it(host: Host):
    addresses = [host.address(f"/{n}", name) for name in ("one.example", "two.example") for n in range(4)]
    answers = ask_all(web(pause=0.1), addresses, NOW)
    assert {answer.status for answer in answers.values()} == {200}
    first = {name: [at for asked, at in host.moments if asked == name] for name in ("one.example", "two.example")}
    for moments in first.values():
        assert all(later - earlier >= 0.09 for earlier, later in pairwise(moments))
    assert first["one.example"][0] < first["two.example"][-1]
    assert first["two.example"][0] < first["one.example"][-1]


def test_it_says_what_it_is_doing(host: Host, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("authoring.check.web.SAYS", 0.1)
    said: list[str] = []
    ask_all(web(pause=0.15), [host.address(f"/{n}") for n in range(3)], NOW, said.append)
    assert said[0] == "Asking 3 foreign addresses …"
    assert said[1] == "  … 1 of 3"


def test_whoever_stops_it_waits_for_one_request_only(host: Host, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("authoring.check.web.SAYS", 0.05)

    def stop(said: str) -> None:
        if "…" in said and "of" in said:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask_all(web(pause=0.2), [host.address(f"/{n}") for n in range(50)], NOW, stop)
    assert len(host.asked) < 5
