"""Pages as files: whole at every instant, their compressed copies with them, hard links left alone."""

import gzip
import os
from pathlib import Path

import pytest

from bridge.files import replace_file
from bridge.fill import Build, FillError
from bridge.page_index import load_page_index
from bridge.pages import fill_page, write_page
from tests.support.built_site import BEGINNING, FIRST, by_essay, comment, write_site

PAGE = f"{FIRST}.html"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(tmp_path / "site")


def fill(site: Path, *comments, name: str = PAGE) -> bool:
    regions = load_page_index(site).pages[name]
    return fill_page(site / name, site / name, regions, by_essay(comments), Build.load(site))


def test_a_page_is_written_once(site: Path):
    assert [fill(site, comment()), fill(site, comment())] == [True, False]
    assert "Well said." in (site / PAGE).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("<!-- /comments:thread -->", ""),
        lambda text: text.replace(f"<!-- comments:thread {FIRST} -->", ""),
        lambda text: text.replace(f"<!-- comments:thread {FIRST} --><!-- /comments:thread -->", ""),
        lambda text: text + text,
    ],
    ids=["no end", "no beginning", "no region", "doubled"],
)
def test_a_page_with_other_markers_than_the_build_wrote_is_refused(site: Path, spoil):
    spoiled = spoil((site / PAGE).read_text(encoding="utf-8"))
    (site / PAGE).write_text(spoiled, encoding="utf-8")
    with pytest.raises(FillError, match=r"first\.html: .*run: make build"):
        fill(site, comment())
    assert (site / PAGE).read_text(encoding="utf-8") == spoiled


def test_a_page_that_is_gone_is_refused(site: Path):
    (site / PAGE).unlink()
    with pytest.raises(FillError, match="the page is missing"):
        fill(site, comment())


def test_a_page_is_filled_with_the_fragments_of_its_build(site: Path):
    """The theme may have changed since: the build's own copy counts."""
    (site / ".build/fragments/count.html").write_text("<b>{{ number }} words from readers</b>")
    fill(site, comment(), name="index.html")
    assert "<b>1 words from readers</b>" in (site / "index.html").read_text(encoding="utf-8")


def test_an_older_release_linked_to_the_same_file_stays_as_it_was(site: Path, tmp_path: Path):
    os.link(site / PAGE, tmp_path / "older.html")
    before = (tmp_path / "older.html").read_bytes()
    fill(site, comment())
    assert (tmp_path / "older.html").read_bytes() == before


def test_nothing_is_left_beside_a_page(site: Path):
    fill(site, comment())
    assert sorted(p.name for p in (site / PAGE).parent.iterdir()) == ["first.html", "second.html"]


def test_a_failed_write_leaves_the_old_page_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "a.html").write_bytes(b"old")

    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        replace_file(tmp_path / "a.html", b"new")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a.html": b"old"}


def test_a_servers_user_may_read_what_is_written(tmp_path: Path):
    (tmp_path / "by_hand").touch()
    replace_file(tmp_path / "a.html", b"new")
    assert (tmp_path / "a.html").stat().st_mode == (tmp_path / "by_hand").stat().st_mode


def test_compressed_copies_follow(site: Path):
    for kind in ("gz", "br"):
        (site / f"{PAGE}.{kind}").write_bytes(b"old")
    fill(site, comment())
    assert gzip.decompress((site / f"{PAGE}.gz").read_bytes()) == (site / PAGE).read_bytes()
    assert not (site / f"{PAGE}.br").exists()


def test_the_same_page_gives_the_same_compressed_copy(site: Path, time_machine):
    (site / f"{PAGE}.gz").touch()
    fill(site, comment())
    first = (site / f"{PAGE}.gz").read_bytes()
    time_machine.move_to(BEGINNING)
    fill(site)
    fill(site, comment())
    assert (site / f"{PAGE}.gz").read_bytes() == first


def test_where_no_copy_was_none_appears(site: Path):
    fill(site, comment())
    assert not (site / f"{PAGE}.gz").exists()


def test_a_crash_between_copy_and_page_is_made_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "a.html").write_bytes(b"old")
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(b"old"))
    monkeypatch.setattr("bridge.pages.replace_file", _only_copies)
    with pytest.raises(KeyboardInterrupt):
        write_page(tmp_path / "a.html", b"new")
    monkeypatch.undo()
    write_page(tmp_path / "a.html", b"new")
    assert (tmp_path / "a.html").read_bytes() == gzip.decompress((tmp_path / "a.html.gz").read_bytes()) == b"new"


def _only_copies(path: Path, data: bytes, durable: bool = False) -> bool:
    if path.suffix != ".gz":
        raise KeyboardInterrupt
    return replace_file(path, data, durable)
