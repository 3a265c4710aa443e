"""The commands as the Makefile says them, in a copy of the project."""

import subprocess
import sys
from pathlib import Path

import pytest

from forms_service.imports.run import newest_file
from tests.support.old_comments import STAMP, said, write
from tests.support.project import copy_project, environment


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path)


def command(project: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    given = {**environment(), "SECRET_KEY": "long enough to serve for the tests of a command"}
    return subprocess.run(
        [sys.executable, "-m", "forms_service", "import-comments", *words],
        cwd=project, env=given, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_newest_import_comes_in_and_goes_again(project: Path):
    assert command(project).stdout == ""  # nothing was imported yet
    write(project / "var", said(1), stamp="2026-11-17T100000")
    write(project / "var", said(1), said(2))
    assert command(project).stdout.startswith("2 comments taken in, on 1 essay.")
    assert command(project, "--undo", "last").stdout == f"2 comments of the import {STAMP} taken out.\n"
    assert command(project, "--undo", "last").stdout == f"No comment of the import {STAMP} is here.\n"


@pytest.mark.parametrize("words", [["nowhere/comments.jsonl"], ["--undo", "../x"], ["broken/comments.jsonl"]])
def test_what_is_wrong_is_one_line(project: Path, words: list[str]):
    (project / "broken").mkdir()
    (project / "broken" / "comments.jsonl").write_text("{\n")
    done = command(project, *words)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


def test_what_was_taken_back_is_no_newest_import(tmp_path: Path):
    """Its folder stays where the author had edited what it brought."""
    older, newer = write(tmp_path, said(1), stamp="2026-11-17T100000"), write(tmp_path, said(2))
    assert newest_file(tmp_path) == newer
    (newer.parent / "journal.json").rename(newer.parent / "undone.json")
    assert newest_file(tmp_path) == older
