"""`make backup` and `make restore` as the author types them, in a copy of the project."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.project import copy_project, environment


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path)


def make(project: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["make", *words], cwd=project, env=environment(), capture_output=True, text=True, check=False
    )  # fmt: skip


def test_there_and_back(project: Path, tmp_path: Path):
    saved = make(project, "backup", f"TO={tmp_path}/it's here")
    assert saved.returncode == 0, saved.stderr
    (archive,) = (tmp_path / "it's here").iterdir()
    assert saved.stdout.startswith(f"{archive}: ")
    essay = next((project / "content" / "articles").iterdir())
    shutil.rmtree(project / "content")
    shutil.rmtree(project / "var")
    restored = make(project, "restore", f"FROM={archive}")
    assert restored.returncode == 0, restored.stderr
    assert "every row and file proved" in restored.stdout
    assert essay.exists()


@pytest.mark.parametrize("words", [["restore"], ["restore", "FROM=nowhere.tar.gz"]])
def test_what_is_missing_is_one_line(project: Path, words: list[str]):
    done = make(project, *words)
    assert done.returncode != 0
    (said,) = [line for line in done.stderr.splitlines() if not line.startswith("make:")]
    assert "make restore FROM=…" in said
