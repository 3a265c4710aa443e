"""The container file without a container: what it copies exists, suffices, and its command runs there."""

import json
import os
import re
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.deploy.test_gunicorn import wait_for
from tests.support.project import environment, free_port

TEXT = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
COPIED = [words.split() for words in re.findall(r"(?m)^COPY (.+)$", TEXT)]


def copy(root: Path) -> None:
    """As COPY does it: a folder's inside, or files into a folder."""
    for *sources, target in COPIED:
        for source in sources:
            wanted = root / target if target != "./" else root / source
            wanted.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if (ROOT / source).is_dir() else shutil.copy)(ROOT / source, wanted)


@pytest.fixture
def image(tmp_path: Path) -> Path:
    copy(tmp_path)
    (tmp_path / "var").mkdir()
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    return tmp_path


def test_its_command_serves_with_what_it_copies(image: Path):
    command = json.loads(re.findall(r"(?m)^CMD (\[.+\])$", TEXT)[0])
    port = free_port()
    words = [str(ROOT / ".venv/bin/python"), *command[1:]]
    words[words.index("--host") + 1], words[words.index("--port") + 1] = "127.0.0.1", str(port)
    with (image / "log").open("wb") as log:
        process = subprocess.Popen(
            words, cwd=image, env=environment(SECRET_KEY="s" * 40), stdout=log, stderr=log, start_new_session=True
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            wait_for(f"http://127.0.0.1:{port}/dashboard/sign-in")
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)
    assert (image / "var" / "gratitude.sqlite3").is_file()


def test_it_installs_what_is_locked_and_runs_as_nobody_special():
    assert "--require-hashes" in TEXT
    assert "requirements/runtime.txt" in TEXT
    assert re.search(r"(?m)^USER (?!root)", TEXT)
