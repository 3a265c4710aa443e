"""Real servers with the configurations we ship, before a real service and a really built site."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.support.fronts import COMMANDS, Front
from tests.support.old_addresses import ESSAYS, TABLE
from tests.support.project import environment, free_port, until
from tests.support.site import build, content


@dataclass(frozen=True)
class Host:
    """A release, and the port of the service beside it."""

    folder: Path
    release: Path
    service: int


def service_environment(folder: Path) -> Mapping[str, str]:
    values = {
        "SECRET_KEY": "s" * 40,
        "VAR_DIR": str(folder / "var"),
        "OUTPUT_DIR": str(folder / "var/releases/current"),
    }
    return environment(**values, SITEURL="http://example.com", TRUSTED_PROXIES="1")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    folder, service = tmp_path_factory.mktemp("host"), free_port()
    release = folder / "var" / "releases" / "2026-11-22T0700"
    written = content(folder / "content", **ESSAYS)
    (written / "redirects.txt").write_text(TABLE, encoding="utf-8")
    build(release, written)
    (release.parent / "current").symlink_to(release.name)
    environ = service_environment(folder)
    subprocess.run([sys.executable, "-m", "forms_service", "migrate"], cwd=ROOT, env=environ, check=True)
    gunicorn = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "-b", f"127.0.0.1:{service}"]
    process = subprocess.Popen([*gunicorn, "-w", "1", "--log-level", "warning"], cwd=ROOT, env=environ)
    try:
        yield Host(folder, release, service)
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="session", params=COMMANDS)
def front(request: pytest.FixtureRequest, published: Host) -> Iterator[Front]:
    """nginx, then Caddy."""
    front = Front(request.param, free_port(), free_port(), published.release)
    command = COMMANDS[request.param](published.folder, front.port, front.tls_port, published.service)
    with (published.folder / f"{front.kind}.log").open("wb") as log:
        process = subprocess.Popen(command, stderr=log)
        try:
            until(front.answers, 60)
            yield front
        finally:
            process.terminate()
            process.wait(30)
