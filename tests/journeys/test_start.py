"""`make start`: both parts run as one, end as one, and a wrong setting is one line."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.journeys.test_serve import processes_in
from tests.support.project import PATIENCE, copy_project, environment, free_port, until


@dataclass
class Started:
    process: subprocess.Popen[str]
    url: str
    log: Path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path)


def start(project: Path, port: int, **environ: str) -> Started:
    log = project / "start.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            ["make", "start", f"PORT={port}"], cwd=project, env=environment(**environ), text=True, stdout=out,
            stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    return Started(process, f"http://127.0.0.1:{port}", log)


@contextmanager
def started(project: Path, **environ: str) -> Iterator[Started]:
    running = start(project, free_port(), **environ)
    try:
        until(
            lambda: running.process.poll() is not None or "Service and worker run" in running.log.read_text(), PATIENCE
        )
        assert running.process.poll() is None, running.log.read_text()
        yield running
    finally:
        if running.process.poll() is None:
            os.killpg(running.process.pid, signal.SIGKILL)
        running.process.wait()


def ended(project: Path, port: int = 0, **environ: str) -> list[str]:
    """What a `make start` said that cannot go on."""
    running = start(project, port or free_port(), **environ)
    assert running.process.wait(PATIENCE) != 0
    return [line for line in running.log.read_text().splitlines() if line and not line.startswith(("make:", "Note: "))]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_forms_and_ends_whole(project: Path, number: signal.Signals):
    with started(project) as running:
        assert urlopen(f"{running.url}/healthz").status == 200
        assert b"<form" in urlopen(f"{running.url}/forms/contact").read()
        assert len(processes_in(project)) >= 4  # this command, gunicorn, its workers, ours
        os.killpg(running.process.pid, number)
        running.process.wait(30)
    assert until(lambda: not processes_in(project))
    assert "Traceback" not in running.log.read_text()


def test_killing_the_one_process_ends_the_others(project: Path):
    with started(project) as running:
        os.killpg(running.process.pid, signal.SIGKILL)
        running.process.wait(10)
    assert until(lambda: not processes_in(project))


def test_it_says_what_is_surely_not_meant(project: Path):
    with started(project) as running:
        said = running.log.read_text()
    for word in ("placeholders", "TRUSTED_PROXIES=1", "SMTP_URL", "make publish"):
        assert word in said


def test_a_port_in_use_is_one_line(project: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        (said,) = ended(project, taken.getsockname()[1])
    assert "in use" in said
    assert "PORT=" in said


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"DATABASE_URL": "sqlite:///{project}/Makefile"}, "is not a database"),
        ({"DATABASE_URL": "sqlite:///{project}/nowhere/site.sqlite3"}, "unable to open"),
        ({"DATABASE_URL": "mysql://there"}, "DATABASE_URL must start with"),
        ({"VAR_DIR": "Makefile/var"}, "cannot write to"),
        ({"SMTP_URL": "smtp://mail.example.com"}, "MAIL_TO"),
    ],
)
def test_what_cannot_be_used_is_one_line(project: Path, environ: dict[str, str], words: str):
    (said,) = ended(project, **{key: value.format(project=project) for key, value in environ.items()})
    assert words in said
