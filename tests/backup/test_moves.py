"""What a restore brings takes the place of what stood there: whole, or not at all, on one disk or on two."""

import errno
import os
from pathlib import Path

import pytest

from forms_service.backup.errors import BackupError
from forms_service.backup.moves import Moves


def elsewhere(*paths: object, **more: object) -> None:
    raise OSError(errno.EXDEV, "Invalid cross-device link")


@pytest.fixture(params=["one disk", "two disks"])
def disks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "two disks":
        monkeypatch.setattr(os, "rename", elsewhere)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """An essay and a link to it, and a folder with another essay that comes in its place."""
    for name in ("content", "new"):
        (tmp_path / name / "articles").mkdir(parents=True)
        (tmp_path / name / "articles" / f"{name}.md").write_text(name)
    (tmp_path / "content" / "newest.md").symlink_to("articles/content.md")
    return tmp_path / "content"


def bring(moves: Moves, content: Path) -> None:
    moves.replace(content, content.parent / "kept" / "content", content.parent / "new")


def standing(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


BEFORE = ["articles", "articles/content.md", "newest.md"]


def test_what_stood_there_is_kept_and_gone_from_there(disks: None, content: Path):
    bring(Moves(), content)
    assert standing(content) == ["articles", "articles/new.md"]
    assert standing(content.parent / "kept" / "content") == BEFORE


def test_what_is_not_brought_leaves_its_place_empty(disks: None, content: Path):
    Moves().replace(content, content.parent / "kept", content.parent / "nothing")
    assert not content.exists()


def test_taken_back_it_stands_there_as_before(disks: None, content: Path):
    moves, first = Moves(), content.parent / "first"
    moves.replace(first, content.parent / "kept" / "first", content.parent / "new" / "articles")
    bring(moves, content)
    moves.take_back()
    assert standing(content) == BEFORE
    assert (content / "newest.md").read_text() == "content"
    assert not first.exists(), "nothing stood there before"
    assert standing(content.parent / "kept") == []


def test_what_could_be_brought_in_part_only_leaves_nothing_behind(content: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "rename", elsewhere)
    os.mkfifo(content.parent / "new" / "pipe")  # which cannot be copied
    moves = Moves()
    with pytest.raises(OSError, match="is a named pipe") as refused:
        bring(moves, content)
    assert len(refused.value.args) == 1
    moves.take_back()
    assert standing(content) == BEFORE


def test_what_could_be_kept_in_part_only_stays_where_it_is(content: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "rename", elsewhere)
    os.mkfifo(content / "pipe")
    moves = Moves()
    with pytest.raises(OSError, match="is a named pipe"):
        bring(moves, content)
    moves.take_back()
    assert standing(content) == [*BEFORE, "pipe"]
    assert standing(content.parent / "kept") == []


def test_what_cannot_be_put_back_is_named_with_where_it_stands(content: Path, monkeypatch: pytest.MonkeyPatch):
    os.mkfifo(content / "pipe")
    moves = Moves()
    bring(moves, content)
    monkeypatch.setattr(os, "rename", elsewhere)
    with pytest.raises(BackupError, match=r"content could not be put back: .*, it stands in .*/kept/content"):
        moves.take_back()
    assert standing(content.parent / "kept" / "content") == [*BEFORE, "pipe"]
