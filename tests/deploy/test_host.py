"""A host as docs/operate.md sets it up: published, before it nginx, run by `make start`."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.support.fronts import Front, nginx
from tests.support.project import PATIENCE, copy_project, environment, free_port, until

ADDRESS = "https://letter.test"


@dataclass
class Host:
    """A project in production and its front."""

    project: Path
    front: Front

    def ask(self, address: str, form: dict[str, str] | None = None, **headers: str):
        sent = {"Content_Type": "application/x-www-form-urlencoded", "Origin": ADDRESS} if form is not None else {}
        body = urlencode(form) if form is not None else None
        return self.front.ask(address, "POST" if form is not None else "GET", body, "example.com", **sent, **headers)


def make(project: Path, *words: str) -> str:
    done = subprocess.run(["make", *words], cwd=project, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    project, port, service, tls_port = copy_project(tmp_path), free_port(), free_port(), free_port()
    identity = (project / "site.toml").read_text().replace("https://example.com", ADDRESS)
    (project / "site.toml").write_text(identity)
    example = (project / ".env.example").read_text()
    settings = example.replace("SECRET_KEY=\n", f"SECRET_KEY={'s' * 40}\n").replace("PROXIES=0", "PROXIES=1")
    (project / ".env").write_text(settings)
    make(project, "publish")
    front = Front("nginx", port, tls_port, project / "var" / "releases" / "current")
    log = (project / "start.log").open("w")
    running = [
        subprocess.Popen(["make", "start", f"PORT={service}"], cwd=project, env=environment(), stdout=log, stderr=log,
                         start_new_session=True),
        subprocess.Popen(nginx(project, port, tls_port, service), start_new_session=True),
    ]  # fmt: skip
    try:
        until(lambda: "Service and worker run" in (project / "start.log").read_text(), PATIENCE)
        yield Host(project, front)
    finally:
        for process in running:
            os.killpg(process.pid, signal.SIGTERM)
        for process in running:
            process.wait(30)
        log.close()


def tokens(page: bytes) -> dict[str, str]:
    """What a page's form holds already."""
    fields = re.findall(r"<input\b[^>]*>", page.decode())
    found = {}
    for field in fields:
        name, value = re.search(r'name="([^"]*)"', field), re.search(r'value="([^"]*)"', field)
        if name and 'type="hidden"' in field:
            found[name[1]] = value[1] if value else ""
    return found


def test_a_comment_makes_the_whole_trip(host: Host):
    essay = f"/{next(host.front.root.glob('2026/11/*.html')).relative_to(host.front.root)}"
    answer, page = host.ask(essay)
    assert answer.status == 200
    names = {part: re.search(rf'name="([\w-]*{part})"', page.decode())[1] for part in ("name", "email", "text")}  # type: ignore[index]
    form = {**tokens(page), names["name"]: "A baker", names["email"]: "baker@letter.test", names["text"]: "Warm bread!"}
    answer, _ = host.ask("/forms/comment", form)
    assert answer.status == 303
    answer, _ = host.ask(answer.headers["Location"].removeprefix(ADDRESS))
    assert answer.status == 200
    assert b"Warm bread!" not in host.ask(essay)[1]
    caught = until(lambda: next(iter((host.project / "var" / "mail").glob("*.eml")), None))
    mail = message_from_bytes(caught.read_bytes(), policy=policy.default).get_content()
    (approving,) = re.findall(rf"{ADDRESS}(/links/\S+\.approve\.\S+)", mail)
    answer, _ = host.ask(approving, tokens(host.ask(approving)[1]))
    assert answer.status in (200, 303)
    assert until(lambda: b"Warm bread!" in host.ask(essay)[1])
    assert b"Warm bread!" in host.ask("/feeds/comments/default")[1]
