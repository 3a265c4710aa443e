"""Exports as files, written by hand or made, in a project of this test's own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.blogger_export import Made, backup, takeout
from tests.authoring.importing.conftest import Project, project

__all__ = ["project"]

Write = Callable[[str, Iterator[str] | str], Path]


@pytest.fixture
def export(tmp_path: Path) -> Write:
    """Writes an export beside the project and says where."""

    def write(name: str, parts: Iterator[str] | str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(parts), encoding="utf-8")
        return path

    return write


def of(*made: Made, form: str = "takeout") -> str:
    return "".join((takeout if form == "takeout" else backup)(list(made)))


def moved(project: Project, path: Path, *more: str) -> str:
    done = project.run(path, *more)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout
