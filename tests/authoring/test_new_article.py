"""`make new`: the right Sunday, the right address, and never a file over another."""

import os
import signal
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authoring.importing.errors import ImportingError
from authoring.importing.existing import standing
from authoring.new_article import ARTICLES, arguments, new_article, next_free_sunday, plan, promise, vocabulary
from tests.conftest import ROOT
from tests.support.site import build, content, essay

NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)  # a Wednesday
LAST = "The baker rang on Monday.\n\nAnd next week I will say what her aunt did. Until then!\n\nWrite to me."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ARTICLES).mkdir(parents=True)
    (tmp_path / "site.toml").write_bytes((ROOT / "site.toml").read_bytes())
    put(
        tmp_path,
        "2026-11-15-the-baker.md",
        essay("The Baker", "2026-11-15 07:00", LAST, Slug="the-baker", Tags="Thanks"),
    )
    return tmp_path


def put(project: Path, name: str, text: str) -> None:
    (project / ARTICLES / name).write_text(text, encoding="utf-8")


def new(project: Path, title: str, now: datetime = NOW, *more: str) -> str:
    return new_article(arguments(["--root", str(project), f"--title={title}", *more]), now)


def essays(project: Path) -> list[str]:
    return sorted(path.name for path in (project / ARTICLES).iterdir())


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.sets(st.integers(0, 8)))
def test_it_is_the_first_sunday_without_an_essay(today: date, weeks: set[int]):
    first = today + timedelta((6 - today.weekday()) % 7)
    taken = {first + timedelta(7 * week) for week in weeks}
    found = next_free_sunday(today, taken)
    assert found.weekday() == 6
    assert found not in taken
    assert all(first + timedelta(7 * n) in taken for n in range((found - first).days // 7))


def test_the_file_is_scaffolded_and_the_promise_shown(project: Path):
    said = new(project, "What her aunt did")
    text = (project / ARTICLES / "2026-11-22-what-her-aunt-did.md").read_text()
    assert text.startswith("Title: What her aunt did\nDate: 2026-11-22 07:00\nSlug: what-her-aunt-did\n")
    assert "/2026/11/what-her-aunt-did.html" in said
    assert "“The Baker”, Sunday, November 15, 2026" in said
    assert "And next week I will say what her aunt did." in said
    assert "Until then" not in said
    assert "Thanks" in said


def test_the_site_s_own_clock_says_which_day_it_is(project: Path):
    """Four in the morning in London on Monday is still Sunday evening in New York."""
    new(project, "Late", datetime(2026, 11, 23, 4, 0, tzinfo=UTC))
    assert "2026-11-22-late.md" in essays(project)


def test_a_second_one_takes_the_sunday_after(project: Path):
    new(project, "One")
    new(project, "Two")
    assert essays(project)[1:] == ["2026-11-22-one.md", "2026-11-29-two.md"]


def test_a_sample_takes_no_sunday(project: Path):
    put(project, "sample.md", essay("S", "2026-11-22 07:00", Slug="s", Sample="yes"))
    new(project, "One")
    assert "2026-11-22-one.md" in essays(project)


def test_an_address_in_use_is_refused(project: Path):
    put(project, "elsewhere.md", essay("Other", "2026-11-04 07:00", Slug="one"))
    before = essays(project)
    with pytest.raises(ImportingError, match=r"elsewhere\.md already has the address /2026/11/one\.html"):
        new(project, "One")
    assert essays(project) == before


def test_a_file_in_the_way_is_never_overwritten(project: Path):
    put(project, "2026-11-22-one.md", "Not an essay yet.\n")
    before = essays(project)
    with pytest.raises(ImportingError, match="is there already"):
        new(project, "One")
    assert (project / ARTICLES / "2026-11-22-one.md").read_text() == "Not an essay yet.\n"
    assert essays(project) == before


@pytest.mark.parametrize("title", ["", "  ", "…", "x" * 400, "a\x07b"])
def test_a_title_that_will_not_do_writes_nothing(project: Path, title: str):
    before = essays(project)
    with pytest.raises(ImportingError):
        new(project, title)
    assert essays(project) == before


def test_tags_come_most_used_first_and_once_each(project: Path):
    for n, tags in enumerate(("clients, Thanks", "Clients", "Clients; thanks, Thanks")):
        put(project, f"{n}.md", essay(f"E{n}", f"2026-10-0{n + 1} 07:00", Slug=f"e{n}", Tags=tags))
    assert vocabulary(standing(project / ARTICLES)) == ["Thanks", "Clients"]


def test_no_promise_is_made_up():
    assert promise("Title: A\n\nNothing is said of any week.\n") == ""
    assert promise("Title: A\n\n*Next week*, then, the \\* of it.\n") == "Next week, then, the * of it."


def test_the_editor_gets_the_file(project: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{sys.executable} -c \"import sys; open(sys.argv[1], 'a').write('Written.')\"")
    new(project, "One", NOW, "--edit")
    assert (project / ARTICLES / "2026-11-22-one.md").read_text().endswith("\n\nWritten.")


@pytest.mark.parametrize(
    ("editor", "ended"), [("kill -INT $PPID; kill -INT $$", "status -2"), ("kill -INT $PPID; exit 3", "status 3")]
)
def test_a_stop_is_the_editor_s_to_answer(project: Path, monkeypatch: pytest.MonkeyPatch, editor: str, ended: str):
    """Ctrl-C in a terminal reaches both: one editor ends by it, another has only stopped a command of its own."""
    monkeypatch.setenv("VISUAL", f"sh -c '{editor}'")
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        said = new(project, "One", NOW, "--edit")
    except KeyboardInterrupt:
        said = "stopped"
    finally:
        signal.signal(signal.SIGINT, before)
    assert said == f"The editor has closed ({ended}). The essay stands in content/articles/2026-11-22-one.md."
    assert "2026-11-22-one.md" in essays(project)


def test_without_an_editor_nothing_is_written(project: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    before = essays(project)
    with pytest.raises(ImportingError, match="EDITOR"):
        new(project, "One", NOW, "--edit")
    assert essays(project) == before


def test_an_empty_summary_becomes_the_opening_on_the_page(project: Path, tmp_path: Path):
    scaffold = plan("One", date(2026, 11, 2), []).render()
    written = content(tmp_path / "written", one=scaffold + "This is how it begins. And so on.\n")
    site = build(tmp_path / "site", written)
    page = site.page("/2026/11/one.html")
    assert page.one("meta", name="description").attributes["content"] == "This is how it begins. And so on."
    assert not [address for address in site.addresses if address.startswith("/tags/") and address != "/tags/"]


def test_the_shell_never_reads_the_title(project: Path):
    """As make runs it: the title in the environment, quotes and all."""
    recipe = next(line for line in (ROOT / "Makefile").read_text().splitlines() if "authoring.new_article" in line)
    command = recipe.strip().lstrip("@").replace("$(PY)", sys.executable).replace("$$", "$")
    command = command.partition(" $(if")[0]
    title = 'It\'s "$(touch pwned)"; `touch pwned` & more'
    done = subprocess.run(
        ["sh", "-c", f"{command} --root {project}"], cwd=ROOT, env={**os.environ, "TITLE": title}, check=False
    )  # fmt: skip
    assert done.returncode == 0
    (written,) = (project / ARTICLES).glob("*-more.md")
    assert f"Title: {title}\n" in written.read_text()
    assert not (ROOT / "pwned").exists()


def test_the_authors_own_list_of_tags_is_offered_before_those_in_use(project: Path):
    (project / "content/tags.txt").write_text("# mine\nGratitude\nKarma  # and this\n\n")
    assert new(project, "Fresh").endswith("\n  Tags      Gratitude, Karma")


def test_tags_in_use_are_offered_as_far_as_readers_find_their_way(project: Path):
    tags = ", ".join(f"T{n}" for n in range(20))
    put(project, "many.md", essay("Many", "2026-10-04 07:00", Slug="many", Tags=tags))
    assert len(vocabulary(standing(project / ARTICLES))) == 15
