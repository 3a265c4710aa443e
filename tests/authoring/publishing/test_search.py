"""What is published can be searched, what is not cannot be found, and an edit renews only what it must of the index."""

import gzip
from pathlib import Path

from authoring import releases
from authoring.build import build
from tests.support.publishing import current, environment, publish, write_essay

INDEX = "pagefind"


def said(root: Path) -> str:
    """Every word that a search could show."""
    return "".join(gzip.decompress(path.read_bytes()).decode() for path in sorted(root.glob(f"{INDEX}/fragment/*")))


def test_a_release_has_the_index_of_its_essays(project: Path):
    assert "Good bread." in said(current(project))
    assert (current(project) / INDEX / "pagefind.js").is_file()


def test_what_readers_do_not_see_yet_cannot_be_found(project: Path):
    write_essay(project, "draft", "2026-11-01", "Quincunx.", Status="draft")
    write_essay(project, "future", "2027-01-03", "Zeppelin.")
    write_essay(project, "third", "2026-11-17", "Marmalade.")
    assert publish(project) == 0
    assert "Marmalade" in said(current(project))
    assert "Quincunx" not in said(current(project))
    assert "Zeppelin" not in said(current(project))


def test_pieces_of_unchanged_essays_are_shared_between_releases(project: Path):
    before = {path.name: path.stat().st_ino for path in current(project).glob(f"{INDEX}/fragment/*")}
    write_essay(project, "second", "2026-11-15", "Marmalade.", Tags="thanks, bread")
    assert publish(project) == 0
    after = {path.name: path.stat().st_ino for path in current(project).glob(f"{INDEX}/fragment/*")}
    assert before.items() < after.items()  # the old piece of the changed essay stays for one release
    assert len(after) == len(before) + 1


def pieces(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.glob(f"{INDEX}/**/*.pf_*")}


def test_an_open_search_page_still_finds_its_pieces_after_the_switch(project: Path):
    first = pieces(current(project))
    write_essay(project, "second", "2026-11-15", "Marmalade.", Tags="thanks, bread")
    assert publish(project) == 0
    second = pieces(current(project))
    assert first < second
    write_essay(project, "second", "2026-11-15", "Quince jelly.", Tags="thanks, bread")
    assert publish(project) == 0
    assert not first <= pieces(current(project))  # they stay for one release, not for ever
    assert second - first < pieces(current(project))


def test_an_open_search_page_still_finds_its_pieces_after_going_back(project: Path):
    write_essay(project, "second", "2026-11-15", "Marmalade.", Tags="thanks, bread")
    assert publish(project) == 0
    seen = pieces(current(project))
    assert releases.main(["rollback"], project, environment()) == 0
    assert seen <= pieces(current(project))


def test_a_development_build_can_be_searched_too(project: Path):
    build(project, preview=True, environ={**environment(), "PYTHONPATH": str(project)})
    assert "Good bread." in said(project / "output")
