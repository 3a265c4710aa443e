"""When comments close, which files hold regions, and which fragments a build keeps."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.identity import Identity
from bridge.regions import Region
from plugins.page_index import IndexingError, begin, closing, copy_fragments, is_closed, regions_of
from tests.support.built_site import FIRST, SECOND, feed, page

LATE = datetime(2026, 11, 16, 3, 30, tzinfo=UTC)  # still Sunday the 15th in New York


def open_for(identity: Identity, days: int) -> Identity:
    return replace(identity, comments_open_days=days)


def test_comments_close_after_whole_days_of_the_sites_zone(identity: Identity):
    assert closing(LATE, open_for(identity, 7)) == datetime(2026, 11, 23, tzinfo=identity.zone)


def test_no_days_mean_always(identity: Identity):
    assert closing(LATE, open_for(identity, 0)) is None
    assert not is_closed(None, date(2999, 1, 1))


@given(days=st.integers(1, 400), later=st.integers(-10, 500))
@settings(max_examples=60)
def test_page_and_form_agree_on_every_day(identity: Identity, days: int, later: int):
    close_at = closing(LATE, open_for(identity, days))
    day = date(2026, 11, 15) + timedelta(days=later)
    assert is_closed(close_at, day) == (later > days)
    midnight = datetime.combine(day, datetime.min.time(), identity.zone)
    assert is_closed(close_at, day) == (midnight >= close_at)


@pytest.mark.parametrize("given_date", ["2026-11-18", date(2026, 11, 18)])
def test_a_build_may_be_told_its_date(given_date):
    pelican = SimpleNamespace(settings={"TIMEZONE": "UTC", "BUILD_DATE": given_date})
    begin(pelican)
    assert pelican.settings["BUILD_DATE"] == date(2026, 11, 18)


def test_a_builds_date_is_today_where_the_author_lives(time_machine):
    time_machine.move_to(LATE)
    pelican = SimpleNamespace(settings={"TIMEZONE": "America/New_York"})
    begin(pelican)
    assert pelican.settings["BUILD_DATE"] == date(2026, 11, 15)


def test_regions_are_those_of_the_files_this_run_wrote(tmp_path: Path):
    files = {"first.html": page(FIRST), "all.atom": feed(), "plain.html": "<p>None.</p>", "old.html": page(SECOND)}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    written = {tmp_path / name for name in files if name != "old.html"}
    assert dict(regions_of(tmp_path, written)) == {
        "all.atom": (Region("feed", "*"),),
        "first.html": (Region("data", FIRST), Region("count", FIRST), Region("thread", FIRST)),
    }


def test_a_broken_marker_names_its_page(tmp_path: Path):
    (tmp_path / "a.html").write_text(page() + page())
    with pytest.raises(IndexingError, match=r"a\.html: .* stands twice; look at its template"):
        dict(regions_of(tmp_path, {tmp_path / "a.html"}))


def test_a_build_keeps_its_fragments_and_no_others(tmp_path: Path):
    theme, kept = tmp_path / "theme", tmp_path / "kept"
    for folder, names in ((theme, ("count.html", "feed.xml")), (kept, ("gone.html", "count.html"))):
        folder.mkdir()
        for name in names:
            (folder / name).write_text(f"{folder.name} {name}")
    copy_fragments(theme, kept)
    assert {p.name: p.read_text() for p in kept.iterdir()} == {
        "count.html": "theme count.html",
        "feed.xml": "theme feed.xml",
    }
