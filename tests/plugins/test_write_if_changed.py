"""The writer replaces what differs, leaves alone what does not, and keeps Pelican's own bookkeeping."""

import os
from pathlib import Path

import pytest
from pelican.writers import FileOverwriteFailedError

from plugins.write_if_changed import WriteIfChanged, write_if_changed


@pytest.fixture
def writer(tmp_path: Path) -> WriteIfChanged:
    return WriteIfChanged(str(tmp_path))


def put(writer: WriteIfChanged, path: Path, text: str, override: bool = False) -> None:
    with writer._open_w(str(path), "utf-8", override) as file:
        file.write(text)


def test_what_is_written_is_there(writer: WriteIfChanged, tmp_path: Path):
    put(writer, tmp_path / "a.html", "grün\n")
    assert (tmp_path / "a.html").read_bytes() == "grün\n".encode()


def test_an_unchanged_file_keeps_its_age_and_says_that_it_was_made_again(writer: WriteIfChanged, tmp_path: Path):
    path = tmp_path / "a.html"
    path.write_text("same")
    os.utime(path, (1_000_000, 1_000_000))
    before = path.stat()
    put(writer, path, "same")
    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert after.st_ctime_ns >= before.st_ctime_ns


def test_a_changed_file_is_replaced_and_not_written_into(writer: WriteIfChanged, tmp_path: Path):
    path = tmp_path / "a.html"
    path.write_text("old")
    os.link(path, tmp_path / "linked.html")
    put(writer, path, "new")
    assert (path.read_text(), (tmp_path / "linked.html").read_text()) == ("new", "old")


def test_a_page_that_fails_half_way_leaves_the_old_one(writer: WriteIfChanged, tmp_path: Path):
    path = tmp_path / "a.html"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), writer._open_w(str(path), "utf-8") as file:
        file.write(str(1 / 0))
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {"a.html": "old"}


def test_writing_a_file_twice_is_refused(writer: WriteIfChanged, tmp_path: Path):
    put(writer, tmp_path / "a.html", "one")
    with pytest.raises(FileOverwriteFailedError, match=r"a\.html.* is written twice"):
        put(writer, tmp_path / "a.html", "two")


@pytest.mark.parametrize("order", [("plain", "override"), ("override", "plain")])
def test_whoever_overrides_wins_in_either_order(writer: WriteIfChanged, tmp_path: Path, order: tuple[str, str]):
    for words in order:
        put(writer, tmp_path / "a.html", words, override=words == "override")
    assert (tmp_path / "a.html").read_text() == "override"


def test_overriding_twice_is_refused(writer: WriteIfChanged, tmp_path: Path):
    put(writer, tmp_path / "a.html", "one", override=True)
    with pytest.raises(FileOverwriteFailedError, match="is overridden twice"):
        put(writer, tmp_path / "a.html", "two", override=True)


def test_other_plugins_learn_whether_something_changed(tmp_path: Path):
    path = tmp_path / "new" / "a.json"
    assert [write_if_changed(path, data) for data in (b"1", b"1", b"2")] == [True, False, True]
