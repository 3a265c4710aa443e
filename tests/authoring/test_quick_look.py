"""A quick look shows what a whole build would; where it cannot be sure it shows nothing, and it never goes back."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from authoring.build import BuildError
from authoring.quick_look import QuickLook
from bridge.comment_file import write_comments
from bridge.places import places
from tests.support.built_site import comment, tree
from tests.support.project import processes_in, until
from tests.support.publishing import FIRST, environment, own_plugins, real_project, write_essay

ESSAY = Path(f"{FIRST}.html")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Essays of every kind: with a picture, in a series, a draft, one of the future; and a comment on the first."""
    project = real_project(tmp_path_factory.mktemp("looked") / "project")
    write_essay(project, "parted", "2026-11-01", "Part one. Next week the rest.", Series="Bread", Tags="bread")
    write_essay(project, "joined", "2026-11-22", "Last week [a part](/2026/11/parted.html).", Series="Bread")
    write_essay(project, "unfinished", "2026-11-29", "Some day.", Status="draft")
    write_essay(project, "to-come", "2126-11-24", "Not yet.")
    write_comments(project / "var" / "comments", FIRST, [comment(1, "Warm bread indeed.")])
    return project


@pytest.fixture(scope="module")
def looking(project: Path) -> Iterator[QuickLook]:
    looking = QuickLook(places({}, project), environment())
    looking.build()
    yield looking
    looking.end()


@pytest.fixture
def essay(project: Path, looking: QuickLook) -> Iterator[Path]:
    """The first essay's source; afterwards it is shown again as it was."""
    path = project / "content" / "articles" / "first.md"
    before = path.read_text()
    yield path
    path.write_text(before)
    looking.show([path])


def test_every_page_looked_at_by_itself_equals_that_of_the_build(project: Path, looking: QuickLook):
    """A plugin that changes the text of single pages must listen to `plugins.standby.read_again` too."""
    output = project / "output"
    before, sources = tree(output), sorted((project / "content").rglob("*.md"))
    shown = {source.name: looking.show([source]) for source in sources}
    assert {name for name, pages in shown.items() if len(pages) != 1} == set()
    after = tree(output)
    assert {name for name in before if after[name] != before[name]} == set()


def test_a_saved_text_shows_with_its_comments_and_the_build_has_nothing_to_add(
    project: Path, looking: QuickLook, essay: Path
):
    essay.write_text(essay.read_text() + "\nAnd butter, [of course]({filename}second.md).\n")
    assert looking.show([essay]) == [str(ESSAY)]
    page = (project / "output" / ESSAY).read_text()
    assert 'And butter, <a href="/2026/11/second.html">of course</a>.' in page
    assert "Warm bread indeed." in page
    assert str(ESSAY) not in looking.build().applied.changed


def test_a_saved_page_shows_with_the_author_in_it(project: Path, looking: QuickLook):
    about = project / "content" / "pages" / "about.md"
    about.write_text(about.read_text() + "\nHere writes [[author]], still.\n")
    assert looking.show([about]) == ["about/index.html"]
    assert "Here writes The Author, still." in (project / "output" / "about" / "index.html").read_text()


def test_another_title_and_a_subject_taken_away_show_on_the_essays_own_page(
    project: Path, looking: QuickLook, essay: Path
):
    essay.write_text(essay.read_text().replace("Title: First", "Title: Foremost").replace("Tags: thanks\n", ""))
    assert looking.show([essay]) == [str(ESSAY)]
    page = (project / "output" / ESSAY).read_text()
    assert ">Foremost</h1>" in page
    assert "tags/thanks" not in page


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("Slug: first", "Slug: another"),
        ("Date: 2026-11-08", "Date: 2026-10-08"),
        ("Date: 2026-11-08", "Date: one of these days"),
        ("Title: First", "Status: draft\nTitle: First"),
        ("Title: First", "Status: nonsense\nTitle: First"),
        ("Title: First\n", ""),
        ("The bread", "<!-- comments:thread 2026/11/second --> The bread"),
    ],
)
def test_what_only_a_whole_build_can_tell_is_left_to_it(
    project: Path, looking: QuickLook, essay: Path, line: str, instead: str
):
    before = tree(project / "output")
    essay.write_text(essay.read_text().replace("Good bread", "The bread").replace(line, instead))
    assert looking.show([essay]) == []
    assert tree(project / "output") == before


def test_an_empty_file_a_new_one_and_one_that_is_no_essay_are_left_to_the_build(
    project: Path, looking: QuickLook, essay: Path
):
    essay.write_text("")
    new = write_essay(project, "new", "2026-11-15")
    assert looking.show([essay, new, project / "content" / "images" / "bread.svg", project / "gone.md"]) == []
    new.unlink()


def test_many_files_saved_together_are_left_to_the_build(project: Path, looking: QuickLook):
    assert looking.show(sorted((project / "content").rglob("*.md"))) == []


def test_after_a_build_that_failed_one_still_sees_what_one_writes(project: Path, looking: QuickLook, essay: Path):
    broken = write_essay(project, "broken", "2026-11-15", Date="whenever")
    with pytest.raises(BuildError, match=r"broken\.md"):
        looking.build()
    essay.write_text(essay.read_text() + "\nStill here.\n")
    assert looking.show([essay]) == [str(ESSAY)]
    broken.unlink()


def test_before_the_first_build_nothing_is_shown(project: Path):
    assert QuickLook(places({}, project), environment()).show([project / "content" / "articles" / "first.md"]) == []


GATE = """
import time
from pathlib import Path
from pelican import signals

def wait(generators):
    folder = Path(generators[0].path).parent
    if (folder / "closed").exists():
        (folder / "has-read").touch()
        while (folder / "closed").exists():
            time.sleep(0.01)

def register():
    signals.all_generators_finalized.connect(wait)
"""


@pytest.fixture(scope="module")
def gated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, QuickLook]]:
    """A project built once, whose next builds stop after reading for as long as there is a file `closed`."""
    project = real_project(tmp_path_factory.mktemp("gated") / "project")
    (own_plugins(project) / "gate.py").write_text(GATE)
    with (project / "publishconf.py").open("a") as settings:
        settings.write('\nPLUGINS.insert(0, "plugins.gate")\n')
    looking = QuickLook(places({}, project), environment())
    looking.build()
    yield project, looking
    looking.end()


def test_what_was_seen_while_a_build_ran_does_not_go_back_when_it_ends(gated: tuple[Path, QuickLook]):
    project, looking = gated
    essay, page = project / "content" / "articles" / "first.md", project / "output" / ESSAY
    (project / "closed").touch()
    building = threading.Thread(target=looking.build)
    building.start()
    until(lambda: (project / "has-read").exists())
    essay.write_text(essay.read_text() + "\nSaid while it was building.\n")
    assert looking.show([essay]) == [str(ESSAY)]
    written = page.stat().st_mtime_ns
    (project / "closed").unlink()
    building.join()
    assert "Said while it was building." in page.read_text()
    assert page.stat().st_mtime_ns == written


def test_only_the_last_build_stands_by_and_ends_with_whoever_asks_it(gated: tuple[Path, QuickLook]):
    project, looking = gated
    assert until(lambda: len(processes_in(project)) == 1)
    looking.end()
    assert until(lambda: not processes_in(project))
