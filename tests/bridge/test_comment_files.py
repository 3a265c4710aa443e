"""All comment files as one mapping: read once, and what cannot be read is remembered and noted."""

from pathlib import Path

import pytest

from bridge.comment_file import CommentFileError, path_of, write_comments
from bridge.comment_files import CommentFiles, damage_noted, forget_damage, note_damage
from tests.support.built_site import FIRST, SECOND, comment


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_comments(tmp_path, FIRST, [comment()])
    write_comments(tmp_path, SECOND, [comment(2), comment(3)])
    return tmp_path


def test_every_essay_with_comments_is_there(folder: Path):
    assert {i: len(c) for i, c in CommentFiles(folder).items()} == {FIRST: 1, SECOND: 2}


def test_an_essay_without_comments_is_not(folder: Path):
    assert CommentFiles(folder).get("2026/11/third", ()) == ()


def test_a_folder_that_is_not_there_holds_none(tmp_path: Path):
    assert len(CommentFiles(tmp_path / "nowhere")) == 0


def test_other_files_are_no_comments(folder: Path):
    (folder / "2026/11/.0a1b.tmp").write_text("half")
    (folder / "2026/11/not an id.json").write_text("{}")
    assert set(CommentFiles(folder)) == {FIRST, SECOND}


def test_one_view_stays_the_same_while_files_change(folder: Path):
    view = CommentFiles(folder)
    before = view[FIRST]
    write_comments(folder, FIRST, [comment(9)])
    assert view[FIRST] == before


def test_a_broken_file_is_told_each_time_and_remembered(folder: Path):
    path_of(folder, FIRST).write_text("{")
    view = CommentFiles(folder)
    for _ in range(2):
        with pytest.raises(CommentFileError):
            view.get(FIRST)
    assert list(view.damaged) == [FIRST]
    assert len(view[SECOND]) == 2


def test_damage_is_noted_once_and_forgotten(folder: Path):
    for ids in ([SECOND], [FIRST, SECOND]):
        note_damage(folder, ids)
    assert damage_noted(folder) == [FIRST, SECOND]
    forget_damage(folder)
    assert damage_noted(folder) == []


def test_a_note_that_is_nonsense_names_nothing(folder: Path):
    (folder / "damaged.txt").write_bytes(b"\xff ../../etc/passwd 2026/11/first\n")
    assert damage_noted(folder) == [FIRST]
