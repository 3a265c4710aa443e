"""Signposts that were not published go again, whatever has become of the table meanwhile."""

import errno
import shutil
from pathlib import Path

import pytest

from authoring.plan import Plan
from authoring.publish import run, tell_of_links
from authoring.publishing import signposts
from authoring.publishing.errors import PublishingError
from authoring.publishing.manifest import Manifest
from authoring.publishing.run import Checked, Publishing
from authoring.publishing.signposts import TABLE, add_signposts, put_back
from tests.conftest import ROOT
from tests.support.publishing import NOW, environment

LINE = "/2026/11/one.html /archive/"


@pytest.mark.parametrize("before", [None, b"", b"/a/ /b/\n", b"/a/ /b/\r\n\r\n"])
def test_a_table_nobody_has_touched_is_what_it_was(tmp_path: Path, before: bytes | None):
    table = tmp_path / TABLE
    if before is not None:
        table.write_bytes(before)
    added = add_signposts(tmp_path, [LINE])
    assert LINE in table.read_text()
    put_back(tmp_path, added)
    assert (table.read_bytes() if table.exists() else None) == before


def test_what_the_author_has_written_into_it_meanwhile_stays(tmp_path: Path):
    table = tmp_path / TABLE
    table.write_text("/a/ /b/\n")
    added = add_signposts(tmp_path, [LINE])
    table.write_text(f"/mine/ /b/\n{table.read_text()}/too/ /b/")
    put_back(tmp_path, added)
    assert table.read_text() == "/mine/ /b/\n/a/ /b/\n/too/ /b/"


def test_a_table_the_author_has_taken_away_stays_away(tmp_path: Path):
    added = add_signposts(tmp_path, [LINE])
    (tmp_path / TABLE).unlink()
    put_back(tmp_path, added)
    assert not (tmp_path / TABLE).exists()


@pytest.fixture
def publishing(tmp_path: Path) -> Publishing:
    """In a project without an essay."""
    shutil.copy(ROOT / "site.toml", tmp_path)
    (tmp_path / "content").mkdir()
    return Publishing(tmp_path, NOW, environ=environment())


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_hides_nothing_and_says_that_signposts_stayed(
    publishing: Publishing, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    content = publishing.root / "content"
    (content / TABLE).write_text("/a/ /b/\n")
    publishing.signposts = add_signposts(content, [LINE])
    monkeypatch.setattr(signposts, "replace_file", full)
    monkeypatch.setattr("authoring.publishing.run.stage", full)
    with pytest.raises(PublishingError, match="the disk is full"):
        run(publishing, True, 0.0)
    said = capsys.readouterr().err
    assert said.startswith("Signposts of this run stay in content/redirects.txt. ")
    assert "/var: the disk is full; make room there" in said


def test_links_that_cannot_be_kept_are_one_line(publishing: Publishing, tmp_path: Path):
    (tmp_path / ".build").mkdir()
    (tmp_path / ".build/sources.json").write_text('{"written": [], "unseen": []}')
    (tmp_path / "var/links.json").mkdir(parents=True)
    checked = Checked(tmp_path, Plan(), Manifest("", 0, NOW, {}, ""), None, ())
    with pytest.raises(PublishingError, match=r"links\.json: something else stands in the way"):
        tell_of_links(publishing, checked)
