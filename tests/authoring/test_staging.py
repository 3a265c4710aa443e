"""Whatever happened before, staging equals a build from nothing; where nothing happened, nothing is built."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from authoring.staging import log_of, release_staging_of, stage
from bridge.page_index import load_page_index
from bridge.places import Places, places
from tests.conftest import ROOT
from tests.support.built_site import tree
from tests.support.publishing import copy_of, environment, own_plugins, own_theme, real_project, write_essay

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 18, 9, 0, tzinfo=ZONE)
NOON, TOMORROW = NOW.replace(hour=12), NOW.replace(day=19)
#: What a build keeps for itself and no page shows: of which moment it is, and the ages of its files.
OWN = {".build/started", ".build/staged.json", ".build/lasting.json"}


def staged(project: Path, now: datetime = NOW, var: str = "var", **environ: str) -> dict[str, bytes]:
    here = places({"VAR_DIR": var}, project)
    overrides = {"BUILD_DATE": now.isoformat(), "PREVIEW": False}
    stage(here, overrides, environment(VAR_DIR=var, **environ), release_staging_of(here))
    return {name: data for name, data in tree(release_staging_of(here)).items() if name not in OWN}


def from_nothing(project: Path, now: datetime = NOW, **environ: str) -> dict[str, bytes]:
    return staged(project, now, var="elsewhere", **environ)


def made_again(project: Path, now: datetime = NOW, **environ: str) -> bool:
    """Whether staging once more lets Pelican run."""
    log = log_of(places({}, project))
    log.unlink(missing_ok=True)
    staged(project, now, **environ)
    return log.exists()


@pytest.fixture(scope="module")
def once_staged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a finished build; nobody changes this one."""
    root = real_project(tmp_path_factory.mktemp("staged") / "project")
    own_theme(root)
    own_plugins(root)
    write_essay(root, "due", "2026-11-18", "It was late.", Date="2026-11-18 10:00")
    staged(root)
    return root


@pytest.fixture
def project(once_staged: Path, tmp_path: Path) -> Path:
    return copy_of(once_staged, tmp_path / "project")


@pytest.fixture
def fresh(project: Path) -> Path:
    """Staged where it stands: a copy's files are of another age, and nobody vouches for them."""
    staged(project)
    return project


def replaced(name: str, old: str, new: str) -> Callable[[Path], object]:
    def change(project: Path) -> None:
        path = project / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change


def damaged(*names: str) -> Callable[[Path], object]:
    return lambda project: [(project / "var" / name).write_bytes(b'{"half') for name in names]


FIRST = "content/articles/first.md"
CHANGES = {
    "edited": replaced(FIRST, "Good bread", "Better bread"),
    "added": lambda project: write_essay(project, "third", "2026-11-17"),
    "deleted": lambda project: [
        (project / "content/articles/first.md").unlink(), write_essay(project, "second", "2026-11-15", "Alone.")
    ],
    "retitled": replaced(FIRST, "Title: First", "Title: The Very First"),
    "retagged": replaced(FIRST, "Tags: thanks", "Tags: thanks, flour"),
    "dated anew": replaced(FIRST, "2026-11-08", "2026-10-25"),
    "another theme": replaced("theme/templates/article.html", "</article>", "<hr></article>"),
    "another plugin": replaced("plugins/text.py", "limit: int = 160", "limit: int = 40"),
    "other settings": replaced("publishconf.py", "FEED_MAX_ITEMS = 25", "FEED_MAX_ITEMS = 1"),
    "another identity": replaced("site.toml", 'tagline = "', 'tagline = "Truly: '),
    "damaged caches": damaged("cache/markdown.json", "staging/release/.build/staged.json"),
    "a page of staging cut": damaged("staging/release/about/index.html"),
    "all caches gone": lambda project: shutil.rmtree(project / "var"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_staging_equals_a_build_from_nothing(project: Path, change: str):
    CHANGES[change](project)
    assert staged(project) == from_nothing(project)


def test_where_nothing_changed_nothing_is_made(fresh: Path):
    before = staged(fresh)
    assert not made_again(fresh, NOW.replace(minute=59), TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7")
    assert staged(fresh) == before


def test_warnings_are_said_again(fresh: Path):
    write_essay(fresh, "first", "2026-11-08", "[a link]({filename}nowhere.md)")
    here = places({}, fresh)
    said = [
        stage(here, {"BUILD_DATE": NOW.isoformat(), "PREVIEW": False}, environment(), release_staging_of(here))
        for _ in range(2)
    ]
    assert said[0] == said[1] != []


def test_when_an_essay_is_due_it_appears(fresh: Path):
    assert "2026/11/due.html" not in staged(fresh)
    later = staged(fresh, NOON)
    assert "2026/11/due.html" in later
    assert later == from_nothing(fresh, NOON)


def test_another_day_is_looked_at_anew(fresh: Path):
    staged(fresh, NOON)
    assert made_again(fresh, TOMORROW)


def test_comments_close_as_days_pass(fresh: Path):
    replaced("site.toml", "open_days = 0", "open_days = 2")(fresh)
    staged(fresh, NOON)
    after = staged(fresh, TOMORROW)
    index = load_page_index(release_staging_of(places({}, fresh)))
    assert [article.comments_closed for article in index.articles.values()] == [False, True, True]
    assert after == from_nothing(fresh, TOMORROW)


def test_a_clock_set_back_is_not_believed(fresh: Path):
    staged(fresh, NOON)
    assert "2026/11/due.html" not in staged(fresh, NOW)


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(path.read_bytes()), os.utime])
def test_what_somebody_touched_is_made_again(fresh: Path, spoil: Callable[[Path], object]):
    spoil(release_staging_of(places({}, fresh)) / "about/index.html")
    assert made_again(fresh)


def test_what_somebody_put_there_goes(fresh: Path):
    (release_staging_of(places({}, fresh)) / "stray.html").write_text("left by hand")
    assert "stray.html" not in staged(fresh)


def test_the_same_bytes_whatever_the_machine_and_the_day(project: Path):
    """Every cache but the first one's is new, and so nothing is carried over."""
    far = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "7"}
    march = datetime(2027, 3, 1, 9, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert from_nothing(project, march, **far) == staged(project, NOON)


KILLED = """
import os, sys
from pathlib import Path
from datetime import datetime
sys.path.insert(0, sys.argv[2])
from authoring.staging import release_staging_of, stage
from bridge.places import places
here = places({}, Path(sys.argv[1]))
stage(here, {"BUILD_DATE": "2026-11-18T09:00:00-05:00", "PREVIEW": False}, dict(os.environ), release_staging_of(here))
"""


@pytest.mark.parametrize("sign", [".build/started", "index.html"])
def test_killed_in_the_middle_the_next_build_is_whole(project: Path, sign: str):
    """The builder is killed as soon as `sign` has been written anew; its Pelican, an orphan, may write on."""
    here = places({}, project)
    replaced(FIRST, "Good bread", "Better bread")(project)
    before = _written(here, sign)
    command = [sys.executable, "-c", KILLED, str(project), str(ROOT)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while _written(here, sign) == before:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    write_essay(project, "third", "2026-11-17")
    assert staged(project) == from_nothing(project)


def _written(here: Places, name: str) -> int:
    """When the file was last written or touched; 0 if it is not there."""
    try:
        return (release_staging_of(here) / name).stat().st_ctime_ns
    except FileNotFoundError:
        return 0


def test_a_build_of_changing_sources_is_not_vouched_for(fresh: Path):
    """Whoever saves while Pelican reads and takes it back later must not get what stood there in between."""
    text = (fresh / FIRST).read_bytes()
    save = f"from pathlib import Path\nPath({str(fresh / FIRST)!r}).write_bytes({text + b'More.'!r})\n"
    with (fresh / "publishconf.py").open("a", encoding="utf-8") as file:
        file.write(save)
    staged(fresh)
    assert not (release_staging_of(places({}, fresh)) / ".build" / "staged.json").exists()
