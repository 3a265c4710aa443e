"""What two releases have in common is one file with two names, and what cannot be shared is never half there."""

from pathlib import Path

import pytest

from authoring.publishing.sharing import make_folders, share


@pytest.fixture
def old(tmp_path: Path) -> Path:
    page = tmp_path / "old" / "page.html"
    page.parent.mkdir()
    page.write_text("An essay")
    return page


def test_a_shared_file_is_the_same_file(old: Path, tmp_path: Path):
    new = tmp_path / "page.html"
    assert share(str(old), str(new))
    assert new.samefile(old)


@pytest.mark.parametrize("name", ["gone.html", "gone/page.html", "folder"])
def test_what_is_no_file_is_not_shared_and_leaves_nothing(old: Path, tmp_path: Path, name: str):
    (old.parent / "folder").mkdir()
    new = tmp_path / "page.html"
    assert not share(f"{old.parent}/{name}", str(new))
    assert not new.exists()


def test_a_file_that_the_system_will_not_share_is_an_error(old: Path, tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        share(str(old), str(tmp_path / "no such folder" / "page.html"))


def test_every_folder_that_files_stand_in_is_made_once(tmp_path: Path):
    make_folders(tmp_path, ["index.html", "2026/11/a.html", "2026/11/b.html", "tags/index.html"])
    make_folders(tmp_path, ["2026/12/c.html"])
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == [
        "2026", "2026/11", "2026/12", "tags",
    ]  # fmt: skip
