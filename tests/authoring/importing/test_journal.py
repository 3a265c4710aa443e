"""Files changed all or not at all, and taken back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from authoring.importing import journal
from authoring.importing.errors import ImportingError
from authoring.importing.journal import Change, Undone, carry_out, undo_last, written_sums

NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
CHANGES = [
    Change("content/new.md", None, b"new"),
    Change("content/old.md", b"old", None),
    Change("site.toml", b"before", b"after"),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "old.md").write_bytes(b"old")
    (tmp_path / "site.toml").write_bytes(b"before")
    return tmp_path


def tree(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_all_changes_are_made_and_what_went_is_kept(root: Path) -> None:
    folder = carry_out(CHANGES, root, root / "var" / "imports", NOW)
    assert folder == root / "var" / "imports" / "2026-11-18T150000"
    after = {name: data for name, data in tree(root).items() if not name.endswith("journal.json")}
    assert after == {
        "content/new.md": b"new",
        "site.toml": b"after",
        "var/imports/2026-11-18T150000/retired/content/old.md": b"old",
        "var/imports/2026-11-18T150000/retired/site.toml": b"before",
    }


def test_an_undo_cut_off_half_way_says_so_and_is_ended_by_the_next(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(root)
    carry_out(CHANGES, root, root / "imports", NOW)
    with monkeypatch.context() as patch:
        patch.setattr(journal, "replace_file", _cut_off)
        with pytest.raises((ImportingError, KeyboardInterrupt)) as stopped:
            undo_last(root, root / "imports")
    assert str(stopped.value) == "stopped half way; make import-undo once more takes back the rest"
    undo_last(root, root / "imports")
    assert tree(root) == before


def _cut_off(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_undo_brings_back_every_byte_and_leaves_nothing(root: Path) -> None:
    before = tree(root)
    carry_out(CHANGES, root, root / "imports", NOW)
    undone = undo_last(root, root / "imports")
    assert undone == Undone("2026-11-18T150000", ("content/new.md",), ("content/old.md", "site.toml"), ())
    assert tree(root) == before
    assert not (root / "imports").exists()


def test_undo_takes_the_last_import_first(root: Path) -> None:
    for number in range(3):
        carry_out([Change(f"{number}.md", None, b"x")], root, root / "imports", NOW + timedelta(seconds=number // 2))
    assert [undo_last(root, root / "imports").removed for _ in range(3)] == [("2.md",), ("1.md",), ("0.md",)]


def test_undo_without_an_import_is_refused(root: Path) -> None:
    with pytest.raises(ImportingError, match="there is no import to take back"):
        undo_last(root, root / "imports")


def test_undo_keeps_what_was_edited_since(root: Path) -> None:
    carry_out(CHANGES, root, root / "imports", NOW)
    (root / "content" / "new.md").write_bytes(b"better")
    undone = undo_last(root, root / "imports")
    assert (undone.kept, undone.restored) == (("content/new.md",), ("content/old.md", "site.toml"))
    assert (root / "content" / "new.md").read_bytes() == b"better"
    with pytest.raises(ImportingError):
        undo_last(root, root / "imports")


def test_undo_passes_over_what_is_gone_already(root: Path) -> None:
    carry_out(CHANGES, root, root / "imports", NOW)
    (root / "content" / "new.md").unlink()
    assert undo_last(root, root / "imports").kept == ()


def test_a_failure_half_way_leaves_everything_as_it_was(root: Path) -> None:
    before = tree(root)
    blocked = Change("content/old.md/below.md", None, b"a file cannot stand below a file")
    with pytest.raises(OSError, match=r"Not a directory|File exists"):
        carry_out([CHANGES[0], CHANGES[2], blocked], root, root / "imports", NOW)
    assert tree(root) == before
    assert not (root / "imports").exists()


@pytest.mark.parametrize("done", range(4))
def test_an_import_cut_off_by_a_crash_can_be_taken_back(root: Path, done: int) -> None:
    before = tree(root)
    carry_out(CHANGES, root, root / "imports", NOW)
    for change in CHANGES[done:]:  # what a crash after `done` changes would have left undone
        path = root / change.path
        path.unlink(missing_ok=True) if change.before is None else path.write_bytes(change.before)
    undo_last(root, root / "imports")
    assert tree(root) == before


def test_a_file_that_changed_meanwhile_stops_everything(root: Path) -> None:
    (root / "content" / "old.md").write_bytes(b"edited")
    before = tree(root)
    with pytest.raises(ImportingError, match=r"content/old\.md: changed while the import was running"):
        carry_out(CHANGES, root, root / "imports", NOW)
    assert tree(root) == before


def test_nothing_is_ever_overwritten(root: Path) -> None:
    with pytest.raises(ImportingError):
        carry_out([Change("site.toml", None, b"new")], root, root / "imports", NOW)
    assert (root / "site.toml").read_bytes() == b"before"


def test_sums_of_what_was_written_are_on_record(root: Path) -> None:
    carry_out(CHANGES, root, root / "imports", NOW)
    assert sorted(written_sums(root / "imports")) == ["content/new.md", "site.toml"]


def test_a_broken_journal_is_named(root: Path) -> None:
    folder = carry_out(CHANGES, root, root / "imports", NOW)
    (folder / "journal.json").write_text("{", encoding="utf-8")
    with pytest.raises(ImportingError, match=r"journal\.json: not the journal of an import"):
        undo_last(root, root / "imports")
