"""Which essays the service knows: those of the built sites, the published one first, as of their last builds."""

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest

from bridge.page_index import BUILD_DIR, INDEX_FILE, PageIndexError, save_page_index
from forms_service.config import Config
from forms_service.essays import Essay, essay, essays, find_article, newest_open_article
from tests.conftest import ROOT
from tests.support import built_site
from tests.support.built_site import FIRST, SECOND, index

SECRET = {"SECRET_KEY": "x" * 40, "SITEURL": "https://example.com/blog"}


@pytest.fixture
def roots(tmp_path: Path) -> list[Path]:
    """A published site with one essay, and a newer build with two."""
    published, built = tmp_path / "published", tmp_path / "built"
    save_page_index(published, index(built_site.essay(FIRST, title="As published")))
    save_page_index(built, index(built_site.essay(FIRST, title="As built"), built_site.essay(SECOND)))
    return [published, built]


def test_the_published_site_is_believed_first(roots: list[Path]):
    found = find_article(roots, FIRST)
    assert found is not None
    assert found.title == essays(roots)[FIRST].title == "As published"


def test_an_essay_that_only_the_newer_build_has_is_known_too(roots: list[Path]):
    assert find_article(roots, SECOND) == essays(roots)[SECOND]


def test_an_essay_nobody_has_is_not_found(roots: list[Path]):
    assert find_article(roots, "2026/11/never-written") is None


def test_what_an_unreadable_index_may_hold_nobody_knows(roots: list[Path]):
    (roots[1] / BUILD_DIR / INDEX_FILE).write_text("{")
    assert find_article(roots, FIRST) is not None
    with pytest.raises(PageIndexError):
        find_article(roots, SECOND)


def test_without_a_build_there_are_no_essays(tmp_path: Path):
    assert essays([]) == essays([tmp_path]) == {}
    assert newest_open_article([]) is None
    with pytest.raises(PageIndexError, match="make build"):
        find_article([], FIRST)


def test_the_newest_open_essay_is_the_one_meant(tmp_path: Path):
    older = built_site.essay(FIRST)
    newer = dataclasses.replace(built_site.essay(SECOND), date=older.date + timedelta(days=7))
    save_page_index(tmp_path, index(older, newer))
    assert newest_open_article([tmp_path]) == newer
    save_page_index(tmp_path, index(older, dataclasses.replace(newer, comments_closed=True)))
    assert newest_open_article([tmp_path]) == older


def test_a_new_build_is_noticed(roots: list[Path]):
    assert find_article(roots, "2026/11/third") is None
    save_page_index(roots[1], index(built_site.essay("2026/11/third")))
    assert find_article(roots, "2026/11/third") is not None


def test_an_essay_goes_by_its_title_or_else_by_its_id_at_its_lasting_address(tmp_path: Path):
    (tmp_path / "site.toml").write_bytes((ROOT / "site.toml").read_bytes())
    config = Config.from_env(SECRET, tmp_path)
    gone = Essay(FIRST, f"https://example.com/blog/{FIRST}.html")
    assert essay(config, FIRST) == gone
    save_page_index(config.output_dir, index(built_site.essay(FIRST, title="Thanks")))
    assert essay(config, FIRST) == dataclasses.replace(gone, title="Thanks")
