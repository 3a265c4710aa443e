"""The build brings everything or nothing, changes no more files than differ, and says in one line what is wrong."""

import filecmp
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from authoring.apply import apply
from authoring.build import BuildError
from authoring.staging import staging_of
from bridge.comment_file import path_of, write_comments
from bridge.comment_files import damage_noted
from bridge.lock import locked
from bridge.page_index import load_page_index
from bridge.places import places
from bridge.regions import FillError
from tests.conftest import ROOT
from tests.support.built_site import FIRST, SECOND, comment, tree
from tests.support.small_project import built, small_project, write_essay


@pytest.fixture(scope="module")
def once_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a finished build, to copy: nobody changes this one."""
    root = small_project(tmp_path_factory.mktemp("once"))
    built(root)
    return root


@pytest.fixture
def project(once_built: Path, tmp_path: Path) -> Path:
    shutil.copytree(once_built, tmp_path / "project")
    return tmp_path / "project"


def put_comments(project: Path, article_id: str, *comments) -> None:
    write_comments(project / "var" / "comments", article_id, comments)


def stamps(root: Path) -> dict[str, tuple[int, int]]:
    found = {p: p.stat() for p in root.rglob("*") if p.is_file()}
    return {str(p.relative_to(root)): (stat.st_ino, stat.st_mtime_ns) for p, stat in found.items()}


def applied_again(project: Path):
    here = places({}, project)
    return apply(staging_of(here), here.output_dir, here.comments_dir)


def test_a_build_makes_the_site(project: Path):
    made = set(tree(project / "output"))
    assert made >= {
        "index.html", f"{FIRST}.html", f"{SECOND}.html", "images/bread.svg", "theme/site.css",
        "feeds/comments.atom", f"feeds/comments/{FIRST}.atom", ".build/page_index.json", ".build/fragments/thread.html",
    }  # fmt: skip
    assert not [name for name in made if name.endswith(".tmp")]


def test_building_again_touches_nothing(project: Path):
    built(project)  # staging was copied with its folder, so every file of it is young
    before = stamps(project / "output"), stamps(project / "var" / "staging" / "site")
    result = built(project)
    after = stamps(project / "output"), stamps(project / "var" / "staging" / "site")
    changed = {name for was, now in zip(before, after, strict=True) for name in now if now[name] != was.get(name)}
    assert changed <= {".build/started", ".build/page_index.json", "images/bread.svg", "theme/site.css"}
    assert after[0] == before[0]
    assert str(result).endswith("nothing has changed.")


def test_one_edit_changes_one_essay(project: Path):
    write_essay(project, "first", "2026-11-08", "Other words.")
    assert built(project).applied.changed == [f"{FIRST}.html"]


def test_what_is_no_longer_made_goes(project: Path):
    (project / "content/articles/2026-11-08-first.md").unlink()
    (project / "output" / "stray.html").write_text("left by hand")
    result = built(project)
    assert set(result.applied.removed) == {f"{FIRST}.html", f"feeds/comments/{FIRST}.atom", "stray.html"}
    assert FIRST not in load_page_index(project / "output").articles
    assert not list(staging_of(places({}, project)).rglob("first*"))


def test_a_folder_with_other_things_in_it_is_left_as_it_is(project: Path):
    letters = project / "letters"
    letters.mkdir()
    (letters / "one.txt").write_text("Dear baker,")
    here = places({"OUTPUT_DIR": "letters"}, project)
    with pytest.raises(
        FillError, match=r"letters/one.txt: no build has made this, .*; give OUTPUT_DIR an empty folder"
    ):
        apply(staging_of(here), here.output_dir, here.comments_dir)
    assert [path.name for path in letters.iterdir()] == ["one.txt"]


def test_a_first_build_that_was_cut_off_is_finished(project: Path):
    shutil.rmtree(project / "output")
    (project / "output" / ".build").mkdir(parents=True)
    (project / "output" / "stray.html").write_text("half of what is no longer made")
    assert applied_again(project).removed == ["stray.html"]


def test_a_folder_that_empties_goes_too(project: Path):
    write_essay(project, "old", "2020-01-05")
    built(project)
    (project / "content/articles/2020-01-05-old.md").unlink()
    built(project)
    assert not (project / "output" / "2020").exists()


def test_comments_are_on_the_pages_after_a_build(project: Path):
    put_comments(project, FIRST, comment(text="Well said, indeed."))
    built(project)
    shown = [name for name, data in tree(project / "output").items() if b"Well said, indeed." in data]
    assert set(shown) == {f"{FIRST}.html", "feeds/comments.atom", f"feeds/comments/{FIRST}.atom"}
    assert "1 comment<" in (project / "output/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("number", [0, 1, 500])
def test_filling_later_equals_a_full_build(project: Path, number: int):
    """One site is built first and gets its comments by filling; the other is built with its comments there."""
    from bridge.comment_files import CommentFiles
    from bridge.fill import Build
    from bridge.pages import fill_page

    put_comments(project, FIRST, *(comment(n, parent=str(n // 2) if n % 3 else None) for n in range(1, number + 1)))
    here = places({}, project)
    build_ = Build.load(here.output_dir)
    for name in build_.index.pages_showing(FIRST):
        page = here.output_dir / name
        fill_page(page, page, build_.index.pages[name], CommentFiles(here.comments_dir), build_)
    filled = tree(here.output_dir)
    shutil.rmtree(here.output_dir)
    built(project)
    assert tree(here.output_dir) == filled


def test_an_approval_during_a_build_survives(project: Path):
    """Whoever approves while Pelican renders writes his file; it is read under the lock, at the end."""
    write_essay(project, "third", "2026-11-22")
    with locked(project / "var" / "comments.lock"):
        result: list[object] = []
        thread = threading.Thread(target=lambda: result.append(built(project)))
        thread.start()
        deadline = time.monotonic() + 60
        while not (staging_of(places({}, project)) / "2026/11/third.html").exists():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        put_comments(project, FIRST, comment(text="Just in time."))
    thread.join(60)
    assert "Just in time." in (project / "output" / f"{FIRST}.html").read_text(encoding="utf-8")


def test_a_broken_comment_file_breaks_no_build(project: Path):
    put_comments(project, FIRST, comment(text="Shown before."))
    put_comments(project, SECOND, comment(2, text="Shown as well."))
    built(project)
    before = tree(project / "output")
    path = path_of(project / "var" / "comments", FIRST)
    path.write_text("{")
    result = built(project)
    assert tree(project / "output") == before
    assert damage_noted(project / "var" / "comments") == [FIRST]
    assert [str(path) in warning for warning in result.warnings] == [True]


def test_a_broken_comment_file_stops_no_other_comment(project: Path):
    put_comments(project, FIRST, comment(text="Shown before."))
    built(project)
    path_of(project / "var" / "comments", FIRST).write_text("{")
    put_comments(project, SECOND, comment(2, text="New here."))
    built(project)
    assert "New here." in (project / "output" / f"{SECOND}.html").read_text(encoding="utf-8")


def test_compressed_copies_of_pages_stay_and_follow(project: Path):
    import gzip

    page = project / "output" / f"{FIRST}.html"
    copy = page.with_name("first.html.gz")
    copy.write_bytes(gzip.compress(page.read_bytes()))
    put_comments(project, FIRST, comment())
    applied_again(project)
    assert gzip.decompress(copy.read_bytes()) == page.read_bytes()


def test_comments_close_at_the_end_of_their_last_day(project: Path):
    toml = project / "site.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("open_days = 0", "open_days = 7"), encoding="utf-8")
    built(project)
    first, second = (load_page_index(project / "output").articles[i] for i in (FIRST, SECOND))
    assert (first.comments_closed, second.comments_closed) == (True, False)
    assert second.comments_close_at.isoformat() == "2026-11-23T00:00:00-05:00"
    assert "Closed." in (project / "output" / f"{FIRST}.html").read_text(encoding="utf-8")


def test_drafts_and_hidden_essays_are_not_in_the_index(project: Path):
    write_essay(project, "draft", "2026-11-22", Status="draft")
    write_essay(project, "hidden", "2026-11-22", Status="hidden")
    built(project)
    assert set(load_page_index(project / "output").articles) == {FIRST, SECOND}


def test_a_preview_says_so_and_works_on_any_host(project: Path):
    built(project, preview=True)
    home = (project / "output/index.html").read_text(encoding="utf-8")
    assert "preview" in home
    assert f'href="/{FIRST}.html"' in home


def test_another_address_is_on_every_page_and_in_the_index(project: Path):
    built(project, siteurl="https://elsewhere.example/blog")
    home = (project / "output/index.html").read_text(encoding="utf-8")
    assert f'href="https://elsewhere.example/blog/{FIRST}.html"' in home
    assert f'href="/blog/{FIRST}.html#comments"' in home


def test_warnings_are_passed_on(project: Path):
    write_essay(project, "first", "2026-11-08", "[a link]({filename}nowhere.md)")
    assert [w for w in built(project).warnings if "nowhere.md" in w]


def spoil_template(project: Path) -> None:
    path = project / "theme/templates/index.html"
    path.write_text("<title>Home</title>\n{{ articles[0].title.nothing.at_all }}\n", encoding="utf-8")


def spoil_syntax(project: Path) -> None:
    (project / "theme/templates/article.html").write_text("<p>\n{% if %}\n", encoding="utf-8")


def spoil_marker(project: Path) -> None:
    path = project / "theme/templates/article.html"
    path.write_text(path.read_text(encoding="utf-8").replace("<!-- /comments:thread -->", ""), encoding="utf-8")


def drop_thread(project: Path) -> None:
    (project / "theme/templates/article.html").write_text("<title>{{ article.title }}</title>\n", encoding="utf-8")


def in_first(old: str, new: str):
    def spoil(project: Path) -> None:
        path = project / "content/articles/2026-11-08-first.md"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    return spoil


FIRST_FILE = "content/articles/2026-11-08-first.md"
MISTAKES = {
    "no title": (in_first("Title: First\n", ""), f"{FIRST_FILE}:1: it has no title; add a line"),
    "no date": (
        lambda project: (project / "content/articles/undated.md").write_text("Title: Undated\n\nWords.\n"),
        "content/articles/undated.md:1: it has no date; add a line",
    ),
    "bad date": (in_first("2026-11-08", "2026-13-45"), f"{FIRST_FILE}:2: '2026-13-45 08:00' is not a date; write it"),
    "bad status": (in_first("Category", "Status: done\nCategory"), f"{FIRST_FILE}:4: the status 'done' is not known"),
    "same address": (in_first("Slug: first", "Slug: second"), "it has the same address, /2026/11/second.html, as"),
    "odd address": (in_first("Category", "Save_as: odd.html\nCategory"), f"{FIRST_FILE}:4: its"),
    "template": (spoil_template, "theme/templates/index.html:2: "),
    "syntax": (spoil_syntax, "theme/templates/article.html:2: "),
    "marker": (spoil_marker, "2026/11/first.html: <!-- comments:thread 2026/11/first --> is never closed; look at its"),
    "no thread": (drop_thread, ".html: it has no place for its comments; article.html must hold <!-- comments:thread"),
    "latin-1": (
        lambda project: (project / FIRST_FILE).write_bytes("Title: Café\n".encode("latin-1")),
        f"{FIRST_FILE}: it is not saved as UTF-8",
    ),
    "identity": (lambda project: (project / "site.toml").write_text("[site"), "site.toml: not valid TOML"),
    "no plugin": (
        lambda project: (project / "publishconf.py").write_text(
            (project / "publishconf.py").read_text(encoding="utf-8").replace('"plugins.page_index",', ""),
            encoding="utf-8",
        ),
        "article_id",
    ),
    "settings": (
        lambda project: (project / "publishconf.py").write_text("import nothing_at_all\n"),
        "publishconf.py:1: ModuleNotFoundError: No module named 'nothing_at_all'",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_line_and_changes_nothing(project: Path, mistake: str):
    spoil, message = MISTAKES[mistake]
    before = stamps(project / "output")
    spoil(project)
    with pytest.raises(BuildError) as caught:
        built(project)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert stamps(project / "output") == before


def test_a_mistake_mended_is_forgotten(project: Path):
    template = project / "theme/templates/article.html"
    good = template.read_text(encoding="utf-8")
    spoil_syntax(project)
    with pytest.raises(BuildError):
        built(project)
    template.write_text(good + "<p>Mended.</p>\n", encoding="utf-8")
    assert set(built(project).applied.changed) == {f"{FIRST}.html", f"{SECOND}.html"}


def test_a_folder_that_cannot_be_written_is_named(project: Path):
    shutil.rmtree(project / "output")
    (project / "output").write_text("a file where a folder should be")
    with pytest.raises(BuildError, match="output"):
        built(project)


CUT_OFF = """
import os, signal, sys
from pathlib import Path
from authoring import apply
from authoring.staging import staging_of
from bridge.places import places
root, left = Path(sys.argv[1]), int(sys.argv[2])
bring = apply._bring
def counted(*given):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    return bring(*given)
apply._bring = counted
here = places({}, root)
apply.apply(staging_of(here), here.output_dir, here.comments_dir)
"""


@pytest.mark.parametrize("after", [0, 2, 5])
def test_a_build_cut_off_leaves_whole_pages_and_is_made_good_by_the_next(project: Path, after: int):
    put_comments(project, FIRST, comment(), comment(2))
    old = tree(project / "output")
    command = [sys.executable, "-c", CUT_OFF, str(project), str(after)]
    killed = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert killed.returncode == -signal.SIGKILL
    between = tree(project / "output")
    applied_again(project)
    new = tree(project / "output")
    assert all(between[name] in (old.get(name), new[name]) for name in between)
    assert set(between) == set(old)
    assert any(old[name] != new[name] for name in old)


def test_the_real_project_builds_and_every_essay_can_be_answered(tmp_path: Path):
    for name in ("content", "theme"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("bridge", "plugins", "forms_service"):
        (tmp_path / name).symlink_to(ROOT / name)
    for name in ("publishconf.py", "site.toml"):
        shutil.copy(ROOT / name, tmp_path)
    result = built(tmp_path)
    index = load_page_index(tmp_path / "output")
    assert result.essays == len(list((ROOT / "content/articles").glob("*.md"))) == len(index.articles)
    for article_id in index.articles:
        names = {region.name for path in index.pages_showing(article_id) for region in index.pages[path]}
        assert names == {"data", "count", "thread", "feed"}
    assert result.warnings == ()


def test_two_builds_at_once_give_one_site(project: Path):
    write_essay(project, "third", "2026-11-22")
    threads = [threading.Thread(target=built, args=(project,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    shown = filecmp.dircmp(project / "output", staging_of(places({}, project)), ignore=[".build"])
    assert (shown.left_only, shown.right_only) == ([], [])
    assert (project / "output/2026/11/third.html").exists()
