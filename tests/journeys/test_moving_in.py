"""The author moves in: his blog's export is published, every old address answers, and he may go back."""

import subprocess
from pathlib import Path

from bench.blogger_export import entries, takeout
from tests.support.project import copy_project, environment

MADE = entries(14, 12)


def make(project: Path, *words: str) -> str:
    command = ["make", "-s", *words]
    done = subprocess.run(command, cwd=project, env=environment(), text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def content(project: Path) -> dict[str, bytes]:
    files = (path for path in (project / "content").rglob("*") if path.is_file())
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in files}


def test_every_old_address_answers_and_undo_restores_every_byte(tmp_path: Path) -> None:
    project, export = copy_project(tmp_path), tmp_path / "feed.atom"
    export.write_text("".join(takeout(MADE)), encoding="utf-8")
    before = content(project)
    make(project, "import", f"FROM={export}")
    make(project, "publish")
    site = project / "var/releases/current"
    live = [one for one in MADE if one.address and one.status == "LIVE"]
    assert [one.address for one in live if not (site / one.address[1:]).is_file()] == []
    assert '<li id="c1000000"' in (site / "2010/01/letter-1.html").read_text(encoding="utf-8")
    make(project, "import-undo")
    assert content(project) == before
    assert list((project / "var/comments").rglob("*.json")) == []
    assert not (project / "var/imports").exists()
