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

from tests.support.fronts import CERTIFICATE, Front, nginx
from tests.support.project import PATIENCE, copy_project, environment, free_port, until
from tests.support.smtp import Mailbox, mail_server


@dataclass
class Host:
    """A project in production and its front."""

    project: Path
    front: Front

    @property
    def url(self) -> str:
        return f"https://localhost:{self.front.tls_port}"

    def ask(self, address: str, form: dict[str, str] | None = None):
        sent = {"Content_Type": "application/x-www-form-urlencoded", "Origin": self.url} if form is not None else {}
        body = urlencode(form) if form is not None else None
        return self.front.ask(address, "POST" if form is not None else "GET", body, "localhost", **sent)

    def doctor(self, **environ: str) -> tuple[int, str]:
        """`make doctor`, which trusts our certificate; its exit status, and what it says."""
        trusting = environment(SSL_CERT_FILE=str(CERTIFICATE), **environ)
        done = subprocess.run(["make", "doctor"], cwd=self.project, env=trusting, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr


def make(project: Path, *words: str) -> str:
    done = subprocess.run(["make", *words], cwd=project, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    project, service = copy_project(tmp_path_factory.mktemp("host")), free_port()
    front = Front("nginx", free_port(), free_port(), project / "var" / "releases" / "current")
    site = Host(project, front)
    identity = (project / "site.toml").read_text().replace("https://example.com", site.url)
    (project / "site.toml").write_text(identity.replace("@example.com", "@letter.test"))
    example = (project / ".env.example").read_text()
    settings = example.replace("SECRET_KEY=\n", f"SECRET_KEY={'s' * 40}\n").replace("PROXIES=0", "PROXIES=1")
    (project / ".env").write_text(settings)
    (project / ".env").chmod(0o600)
    make(project, "publish")
    log = (project / "start.log").open("w")
    running = [
        subprocess.Popen(["make", "start", f"PORT={service}"], cwd=project, env=environment(), stdout=log, stderr=log,
                         start_new_session=True),
        subprocess.Popen(nginx(project, front.port, front.tls_port, service, "localhost"), start_new_session=True),
    ]  # fmt: skip
    try:
        until(lambda: "Service and worker run" in (project / "start.log").read_text(), PATIENCE)
        yield site
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
    answer, _ = host.ask(answer.headers["Location"].removeprefix(host.url))
    assert answer.status == 200
    assert b"Warm bread!" not in host.ask(essay)[1]
    caught = until(lambda: next(iter((host.project / "var" / "mail").glob("*.eml")), None))
    mail = message_from_bytes(caught.read_bytes(), policy=policy.default).get_content()
    (approving,) = re.findall(rf"{host.url}(/links/\S+\.approve\.\S+)", mail)
    answer, _ = host.ask(approving, tokens(host.ask(approving)[1]))
    assert answer.status in (200, 303)
    assert until(lambda: b"Warm bread!" in host.ask(essay)[1])
    assert until(lambda: b"Warm bread!" in host.ask("/feeds/comments/default")[1])


def test_the_doctor_finds_all_well(host: Host):
    make(host.project, "backup")
    with mail_server(Mailbox()) as mailbox:
        status, said = host.doctor(SMTP_URL=mailbox.url, MAIL_TO="author@letter.test")
    assert (status, said.splitlines()[-1]) == (0, "All is well."), said
    assert said.count("ok   ") >= 15
    assert len(mailbox.messages) == 1


def test_the_doctor_names_what_is_wrong_and_how_to_mend_it(host: Host):
    (host.project / ".env").chmod(0o644)
    try:
        status, said = host.doctor(TRUSTED_PROXIES="0", VAR_DIR=str(host.project / "elsewhere"))
        assert status != 0
        for line in (
            "visitors are told apart: behind a proxy all count as one; write TRUSTED_PROXIES=1 in .env",
            ".env is for its owner only: others may read it; chmod 600",
            "mail reaches you: SMTP_URL is not set, so it is only caught in var/mail/; make setup",
            "backup: none in",
            "something is published: nothing yet; make publish",
        ):
            assert f"BAD  {line}" in said, said
    finally:
        (host.project / ".env").chmod(0o600)
