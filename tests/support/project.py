"""A copy of the project in a folder of its own, and `make serve` running in it, as an author has it."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from urllib.request import urlopen

from forms_service.config import Config
from forms_service.dashboard.sign_in import create_link, link_url
from forms_service.db import Database, make_engine
from tests.conftest import ROOT

PATIENCE = 60.0
LEFT_OUT = {
    ".git", ".venv", ".cache", "var", "output", ".env", ".hypothesis", ".mypy_cache", ".ruff_cache",
    "screenshots", "tests", "bench", "docs",
}  # fmt: skip


def copy_project(folder: Path) -> Path:
    """The project as it stands, without what it made here; it shares the installed parts."""
    project = folder / "project"
    shutil.copytree(ROOT, project, ignore=lambda place, names: LEFT_OUT & set(names) if place == str(ROOT) else set())
    (project / ".venv").symlink_to(ROOT / ".venv")
    return project


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Served:
    """A running `make serve`."""

    project: Path
    port: int
    process: subprocess.Popen[str]
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def sign_in_link(self) -> str:
        """A fresh one, as `make sign-in` writes it down and prints it, without the wait for the command."""
        config = Config.from_env(environment(SITEURL=self.url), self.project)
        engine = make_engine(config.database_url)
        try:
            with Database(engine).write() as session:
                return link_url(config, create_link(session, datetime.now(UTC)))
        finally:
            engine.dispose()

    @property
    def printed_sign_in_link(self) -> str:
        """A fresh one, as the author gets it."""
        done = subprocess.run(
            ["make", "-s", "sign-in"], cwd=self.project, env=environment(SITEURL=self.url), check=True, text=True,
            capture_output=True,
        )  # fmt: skip
        return done.stdout.strip()

    def mail_about(self, words: str) -> EmailMessage:
        """The caught mail that says `words`, however its lines are broken; waits for the worker to deliver it."""
        return until(lambda: next((mail for mail in self.mails() if words in spoken(mail)), None))

    def mails(self) -> list[EmailMessage]:
        parser = BytesParser(EmailMessage, policy=policy.default)
        return [parser.parsebytes(path.read_bytes()) for path in sorted((self.project / "var/mail").glob("*.eml"))]

    def interrupt(self) -> int:
        """Ctrl-C: the signal goes to the whole foreground group, as a terminal sends it."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(15)


def spoken(mail: EmailMessage) -> str:
    """Subject and text on one line, without the marks of quoting."""
    return " ".join(re.sub(r"(?m)^>", "", f"{mail['Subject']}\n{mail.get_content()}").split())


def until(look, patience: float = 20.0):
    """What `look` returns once it is true. Fails after `patience` seconds."""
    end = time.monotonic() + patience
    while not (found := look()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)
    return found


def processes_in(project: Path) -> list[str]:
    """Command lines of the processes that run in `project`."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink().is_relative_to(project):
                found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:  # it ended while we looked, or is not ours to look at
            continue
    return found


def environment(**more: str) -> dict[str, str]:
    """Our own environment without what would point the copy back at this project."""
    ours = re.compile(r"PYTEST|PYTHONPATH|MAKE|MFLAGS|DATABASE_URL|SITEURL|VAR_DIR|OUTPUT_DIR")
    kept = {key: value for key, value in os.environ.items() if not ours.match(key)}
    return {**kept, "TERM": "dumb", "MORNING_MAIL": "off", **more}


def start(project: Path, *words: str, **environ: str) -> Served:
    """`make serve` in `project`, not waited for."""
    port, log = free_port(), project / "serve.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            ["make", "serve", f"PORT={port}", *words], cwd=project, env=environment(**environ), text=True,
            stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    return Served(project, port, process, log)


@contextmanager
def make_serve(project: Path, *words: str, **environ: str) -> Iterator[Served]:
    """`make serve`, answering; ended by Ctrl-C."""
    served = start(project, *words, **environ)
    try:
        wait_until_it_answers(served)
        yield served
    finally:
        if served.process.poll() is None:
            served.interrupt()


def wait_until_it_answers(served: Served) -> None:
    def answers() -> bool:
        assert served.process.poll() is None, served.log.read_text()
        try:
            with urlopen(f"{served.url}/healthz", timeout=2):
                return True
        except OSError:
            return False

    until(answers, PATIENCE)
