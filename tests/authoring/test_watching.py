"""Whatever is saved is told, also where folders come and go, and where the system watches nothing more."""

import resource
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from watchfiles import Change

from authoring import watching
from authoring.watching import FileChange, saved_below

PATIENCE = 20.0  # seconds; a machine may be busy


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    return tmp_path / "content"


def tells(saved: Iterator[set[FileChange]], path: Path, *kinds: Change) -> bool:
    """Whether `path` is told to have been saved, in one of these ways if any are given."""
    late, wanted = time.monotonic() + PATIENCE, {(kind, str(path)) for kind in kinds or Change}
    while time.monotonic() < late:
        if next(saved) & wanted:
            return True
    return False


def save(path: Path, text: str = "Words.") -> Path:
    path.write_text(text)
    return path


def begun(*folders: Path) -> Iterator[set[FileChange]]:
    saved = saved_below(folders)
    next(saved)
    return saved


def test_what_is_saved_is_told(folder: Path):
    saved = begun(folder)
    assert tells(saved, save(folder / "essay.md"))


def test_a_folder_that_was_missing_is_watched_when_it_is_there(folder: Path, tmp_path: Path):
    theme = tmp_path / "theme"
    saved = begun(folder, theme)
    theme.mkdir()
    assert tells(saved, theme)
    assert tells(saved, save(theme / "base.html"))


def test_a_folder_that_goes_is_told(folder: Path, tmp_path: Path):
    saved = begun(folder)
    folder.rename(tmp_path / "elsewhere")
    assert tells(saved, folder)


@pytest.mark.parametrize("again", [False, True])
def test_another_folder_in_its_place_is_watched_too(folder: Path, tmp_path: Path, again: bool):
    saved = begun(folder)
    if again:
        shutil.rmtree(folder)  # the system may give the next one the number of this one
    else:
        folder.rename(tmp_path / "before")
    folder.mkdir()
    assert tells(saved, folder, Change.modified)
    assert tells(saved, save(folder / "essay.md"))


def test_where_the_system_watches_nothing_more_every_file_is_looked_at(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(watching, "LOOK_AGAIN", 0.05)
    essay, lock = save(folder / "essay.md"), folder / ".#essay.md"
    begun(folder)  # what is imported only then needs files of its own
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
    try:
        saved = begun(folder)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    said = capsys.readouterr().err
    assert "Too many open files" in said
    assert said.endswith("saves will show a moment later.\n")
    assert tells(saved, essay)  # which could not be looked at before
    save(lock)
    save(essay, "Other words.")
    told = next(changes for changes in saved if changes)
    assert {name for _, name in told} == {str(essay)}
