"""The preview's index is made behind its builds, and never of a build that has been replaced meanwhile."""

from pathlib import Path

import pytest

from authoring.search import behind
from authoring.search.behind import Behind, renew
from authoring.search.index import FOLDER, make
from authoring.staging import staging_of
from bridge.places import Places
from tests.support.built_site import tree
from tests.support.findable import staged, write_page
from tests.support.project import until


@pytest.fixture
def where(tmp_path: Path) -> Places:
    places = Places(tmp_path, tmp_path / "var", tmp_path / "output")
    staged(staging_of(places))
    staged(places.output_dir)
    return places


def test_the_index_of_the_last_build_is_shown(where: Places):
    assert renew(where)
    assert tree(where.output_dir / FOLDER) == tree(staging_of(where) / FOLDER) != {}


def test_nothing_is_made_twice(where: Places):
    renew(where)
    assert not renew(where)


def test_an_index_of_pages_that_have_been_replaced_is_not_shown(where: Places, monkeypatch: pytest.MonkeyPatch):
    def saved_meanwhile(staging: Path, pages: str, gently: bool) -> object:
        made = make(staging, pages, gently)
        write_page(staging, 3, "Saved while Pagefind was reading.")
        return made

    monkeypatch.setattr(behind, "make", saved_meanwhile)
    assert not renew(where)
    assert not (where.output_dir / FOLDER).exists()


def test_it_follows_a_build_by_itself(where: Places, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(behind, "QUIET", 0.01)
    Behind(where).soon()
    until(lambda: (where.output_dir / FOLDER / "pagefind-entry.json").is_file())
