"""The index of a staged site: made of what readers may find, kept while that stays as it is."""

import json
import resource
from pathlib import Path

import pagefind_bin
import pytest

from authoring.search.index import FOLDER, SearchError, refresh
from authoring.search.order import ENTRY
from tests.support.built_site import tree
from tests.support.findable import staged, write_page


def indexed(root: Path) -> dict[str, bytes]:
    return tree(root / FOLDER)


def essays_in(root: Path) -> int:
    languages = json.loads(indexed(root)[ENTRY])["languages"]
    return sum(language["page_count"] for language in languages.values())


def test_every_essay_is_in_the_index(tmp_path: Path):
    assert refresh(staged(tmp_path / "site"))
    assert essays_in(tmp_path / "site") == 6


def test_what_is_not_marked_cannot_be_found(tmp_path: Path):
    site = staged(tmp_path / "site")
    write_page(site, 7, "A draft about hinges.", mark="")
    refresh(site)
    assert essays_in(site) == 6


def test_the_same_essays_give_the_same_bytes_wherever_they_stand(tmp_path: Path):
    sites = [staged(tmp_path / name, 30) for name in ("one", "two")]
    for site in sites:
        refresh(site)
    assert indexed(sites[0]) == indexed(sites[1])


def test_an_index_stays_untouched_while_no_page_changes(tmp_path: Path):
    site = staged(tmp_path / "site")
    refresh(site)
    before = {path: path.stat().st_ino for path in (site / FOLDER).rglob("*")}
    assert not refresh(site)
    assert {path: path.stat().st_ino for path in (site / FOLDER).rglob("*")} == before


def test_a_changed_essay_changes_its_own_piece_and_the_words_only(tmp_path: Path):
    site = staged(tmp_path / "site", 40)
    refresh(site)
    before = indexed(site)
    write_page(site, 3, "The florist forgot the ferry.")
    assert refresh(site)
    after = indexed(site)
    pieces = {name for name in before.keys() ^ after.keys() if name.startswith("fragment/")}
    assert len(pieces) == 2
    assert essays_in(site) == 40


def test_nothing_is_left_of_an_essay_that_is_gone(tmp_path: Path):
    site = staged(tmp_path / "site")
    secret = write_page(site, 8, "Quincunx.")
    refresh(site)
    secret.unlink()
    refresh(site)
    assert len([name for name in indexed(site) if name.startswith("fragment/")]) == 6


def test_a_site_without_essays_has_no_index(tmp_path: Path):
    site = staged(tmp_path / "site", 1)
    refresh(site)
    write_page(site, 0, "Nothing to be found.", mark="")
    assert refresh(site)
    assert not (site / FOLDER).exists()
    assert not refresh(site)


def test_only_what_the_search_page_needs_is_published(tmp_path: Path):
    site = staged(tmp_path / "site")
    refresh(site)
    plain = {name for name in indexed(site) if "/" not in name and not name.endswith(".pf_meta")}
    assert plain == {ENTRY, "pagefind.js", "pagefind-worker.js", "wasm.en.pagefind"}


@pytest.mark.parametrize("lost", [ENTRY, "fragment/*", "pagefind.js"])
def test_an_index_that_lost_a_file_is_made_anew(tmp_path: Path, lost: str):
    site = staged(tmp_path / "site")
    refresh(site)
    next((site / FOLDER).glob(lost)).unlink()
    assert refresh(site)
    assert essays_in(site) == len([name for name in indexed(site) if name.startswith("fragment/")]) == 6


def test_what_pagefind_complains_of_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    broken = tmp_path / "pagefind"
    broken.write_text("#!/bin/sh\necho 'no room'\necho more\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: broken)
    with pytest.raises(SearchError, match=r"^the search index was not made: no room$"):
        refresh(staged(tmp_path / "site"))
    assert not (tmp_path / "site" / FOLDER).exists()


def test_730_essays_take_seconds_of_a_processor_once_and_none_after(tmp_path: Path):
    site = staged(tmp_path / "site", 0)
    for number in range(730):
        words = " ".join(f"w{(number * k * k + k) % 9973:x}" for k in range(580))
        write_page(site, number, words)
    began = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert refresh(site)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime < 8.0  # 2 where nothing else runs
    assert not refresh(site)
