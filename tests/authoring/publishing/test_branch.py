"""Publishing to a branch of a git remote: real repositories, a commit for each release."""

import json
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from authoring.publish import main
from authoring.publishing import branch
from authoring.publishing.manifest import Manifest
from authoring.publishing.run import Publishing
from authoring.publishing.target import TargetError
from authoring.releases import main as releases
from bridge.comment_file import write_comments
from bridge.lock import LockError, locked
from tests.conftest import ROOT
from tests.support.built_site import comment
from tests.support.pair import own_project
from tests.support.project import free_port
from tests.support.publishing import FIRST, LATER, NOW, SECOND, copy_of, environment, write_essay

Capture = pytest.CaptureFixture[str]


@dataclass
class Pages:
    """A project, and a repository whose branch `pages` is served by somebody."""

    project: Path
    remote: Path
    to: str = ""

    def __post_init__(self) -> None:
        self.to = f"git+{self.remote}#pages"

    def publish(self, *arguments: str, now: datetime = LATER, **environ: str) -> int:
        return main([f"--to={self.to}", *arguments], self.project, now, environment(**environ))

    def releases(self, *arguments: str) -> int:
        return releases([*arguments, f"--at={self.to}"], self.project, environment())

    def publishing(self) -> Publishing:
        return Publishing(self.project, LATER, environ=environment(), to=self.to)

    def git(self, *words: str) -> str:
        done = subprocess.run(["git", "-C", self.remote, *words], capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def page(self, name: str = f"{FIRST}.html") -> str:
        return self.git("show", f"pages:{name}")

    def files(self) -> set[str]:
        return set(self.git("ls-tree", "-r", "--name-only", "pages").splitlines())

    def edit(self, body: str = "Other words.") -> None:
        write_essay(self.project, "second", "2026-11-15", body, Tags="thanks, bread")

    def approve(self, *comments: object) -> None:
        write_comments(self.project / "var" / "comments", FIRST, comments)  # type: ignore[arg-type]

    def commit(self, **files: str) -> None:
        """As somebody else would, in a clone of his own."""
        clone = self.project.parent / f"clone-{len(list(self.project.parent.iterdir()))}"
        who = ["-c", "user.name=A baker", "-c", "user.email=baker@example.com"]
        subprocess.run(["git", "clone", "-q", "-b", "pages", self.remote, clone], check=True)
        for name, text in files.items():
            (clone / name).write_text(text)
        subprocess.run(["git", "-C", clone, "add", "."], check=True)
        subprocess.run(["git", "-C", clone, *who, "commit", "-q", "-m", "Mine"], check=True)
        subprocess.run(["git", "-C", clone, "push", "-q"], check=True)


def bare(folder: Path) -> Path:
    subprocess.run(["git", "init", "-q", "--bare", folder], check=True)
    return folder


@pytest.fixture(scope="session")
def once_pushed(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Nobody changes this one."""
    folder = tmp_path_factory.mktemp("pushed")
    pages = Pages(own_project(folder / "project"), bare(folder / "site.git"))
    assert pages.publish(now=NOW) == 0
    return pages


@pytest.fixture
def pages(once_pushed: Pages, tmp_path: Path) -> Pages:
    return Pages(copy_of(once_pushed.project, tmp_path / "project"), copy_of(once_pushed.remote, tmp_path / "site.git"))


def test_a_branch_holds_the_release_s_files_as_they_are_to_be_served(pages: Pages):
    manifest = json.loads(pages.page(".build/manifest.json"))
    ours = {name for name in pages.files() if name.startswith(".build/")} | {".nojekyll"}
    assert pages.files() - ours == set(manifest["files"])
    assert ".nojekyll" in pages.files()
    assert not [name for name in pages.files() if name.endswith((".gz", ".br"))]
    assert "Good bread." in pages.page()
    assert pages.git("log", "--format=%an|%ae|%cn|%aI|%s", "pages") == (
        "The Author|author@letter.test|The Author|2026-11-18T09:00:00-05:00|Publish release 2026-11-18T0900"
    )


def test_an_edit_is_a_commit_of_what_it_changes(pages: Pages, capsys: Capture):
    pages.edit("The bread was cold.")
    assert pages.publish() == 0
    said = capsys.readouterr().out
    assert "This will add 0 pages, change 2, remove 0." in said
    assert f"Undo with `make rollback AT='{pages.to}'`." in said
    assert "The bread was cold." in pages.page(f"{SECOND}.html")
    changed = pages.git("diff", "--name-only", "pages~", "pages").splitlines()
    assert f"{SECOND}.html" in changed
    assert f"{FIRST}.html" not in changed


def test_nothing_changed_pushes_nothing(pages: Pages, capsys: Capture):
    before = pages.git("rev-parse", "pages")
    assert pages.publish() == 0
    assert "Nothing to publish." in capsys.readouterr().out
    assert pages.git("rev-parse", "pages") == before


def test_checking_pushes_nothing(pages: Pages):
    before = pages.git("rev-parse", "pages")
    pages.edit()
    assert pages.publish("--check") == 0
    assert pages.git("rev-parse", "pages") == before


def test_comments_come_and_go_with_a_publishing(pages: Pages, capsys: Capture):
    pages.approve(comment(text="Well said, indeed."))
    assert pages.publish() == 0
    assert "This will change no essay; it brings the comments approved or withdrawn since." in capsys.readouterr().out
    assert "Well said, indeed." in pages.page()
    pages.approve()
    assert pages.publish() == 0
    assert "Well said, indeed." not in pages.page() + pages.page("feeds/comments.atom")


def test_what_is_decided_between_checking_and_showing_counts(pages: Pages):
    pages.approve(comment(1, "Taken back in between."))
    pages.edit()
    publishing = pages.publishing()
    checked = publishing.check()
    publishing.target.push(checked.staging, checked.manifest)
    pages.approve(comment(2, "Approved in between."))
    publishing.target.switch(checked.manifest.release)
    assert "Approved in between." in pages.page()
    assert "Taken back in between." not in pages.page()


def test_a_damaged_comment_file_takes_nothing_from_the_page(pages: Pages):
    pages.approve(comment(text="Well said, indeed."))
    assert pages.publish() == 0
    (pages.project / "var" / "comments" / f"{FIRST}.json").write_text("{ broken")
    pages.edit()
    assert pages.publish(now=LATER + timedelta(minutes=1)) == 0
    assert "Well said, indeed." in pages.page()


def test_going_back_shows_the_earlier_tree_with_todays_comments(pages: Pages, capsys: Capture):
    pages.edit("Version 1.")
    assert pages.publish() == 0
    pages.approve(comment(text="Approved since."))
    capsys.readouterr()
    assert pages.releases("list") == 0
    assert [line[:18] for line in capsys.readouterr().out.splitlines() if "T0900" in line] == [
        "* 2026-11-19T0900 ", "  2026-11-18T0900 ",
    ]  # fmt: skip
    assert pages.releases("rollback") == 0
    assert "See " in pages.page(f"{SECOND}.html")
    assert "Approved since." in pages.page()
    assert pages.git("log", "-1", "--format=%s", "pages") == "Show release 2026-11-18T0900 again"
    assert pages.releases("rollback", "--to=2026-11-19T0900") == 0
    assert "Version 1." in pages.page(f"{SECOND}.html")
    assert "Approved since." in pages.page()


def test_what_the_host_put_at_the_top_of_the_branch_stays(pages: Pages):
    pages.commit(CNAME="letter.test\n")
    pages.edit()
    assert pages.publish() == 0
    assert pages.page("CNAME") == "letter.test"
    assert pages.releases("rollback") == 0
    assert pages.page("CNAME") == "letter.test"


def test_what_the_host_put_there_may_have_any_name(pages: Pages):
    names = {"Überblick.txt", "two words", 'a "quoted" one'}
    pages.commit(**dict.fromkeys(names, "theirs"))
    target = pages.publishing().target
    target.rollback(target.shown())
    assert set(pages.git("ls-tree", "-z", "--name-only", "pages").split("\0")) >= names


def test_going_back_shows_nothing_of_a_publishing_that_was_cut_off(pages: Pages):
    target, before = pages.publishing().target, pages.files()
    target.rollback(target.shown())
    for begun in pages.project.glob("var/branches/*/next"):
        (begun / "2026/11/begun.html").write_text("Half a thought.")
    target.rollback(target.shown())
    assert pages.files() == before


def test_it_works_from_another_clone_of_the_project(pages: Pages, tmp_path: Path):
    """Nothing that is needed stands only on the machine that published last."""
    pages.edit()
    other = Pages(copy_of(pages.project, tmp_path / "other"), pages.remote)
    subprocess.run(["rm", "-r", other.project / "var"], check=True)
    assert other.publish() == 0
    assert other.releases("rollback") == 0
    assert "See " in other.page(f"{SECOND}.html")


def test_a_remote_of_the_project_may_be_named(pages: Pages, tmp_path: Path):
    subprocess.run(["git", "init", "-q", pages.project], check=True)
    subprocess.run(["git", "-C", pages.project, "remote", "add", "origin", pages.remote], check=True)
    pages.to = "git+origin#pages"
    pages.edit()
    assert pages.publish() == 0
    assert "Other words." in pages.page(f"{SECOND}.html")


def test_the_author_s_own_git_settings_change_nothing_that_readers_get(pages: Pages, tmp_path: Path):
    (tmp_path / "hooks").mkdir()
    (tmp_path / "hooks" / "pre-push").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "hooks" / "pre-push").chmod(0o755)
    (tmp_path / "ignored").write_text("*.html\n")
    (tmp_path / ".gitconfig").write_text(
        f"[core]\nautocrlf = true\nexcludesFile = {tmp_path}/ignored\nhooksPath = {tmp_path}/hooks\n"
        "[commit]\ngpgSign = true\n[user]\nname = Somebody Else\n"
    )
    write_essay(pages.project, "third", "2026-11-18")
    assert pages.publish(HOME=str(tmp_path)) == 0
    assert "2026/11/third.html" in pages.files()
    blob = subprocess.run(["git", "-C", pages.remote, "show", "pages:index.html"], capture_output=True, check=True)
    assert b"\r" not in blob.stdout
    assert pages.git("log", "-1", "--format=%an", "pages") == "The Author"


Spoil = Callable[[Pages], object]


def elsewhere(to: Callable[[Pages], str]) -> Spoil:
    def spoil(pages: Pages) -> None:
        pages.to = to(pages)

    return spoil


def foreign(pages: Pages) -> None:
    """A branch that holds somebody's work."""
    tree = pages.git("mktree")
    who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.com"}
    who |= {key.replace("AUTHOR", "COMMITTER"): value for key, value in who.items()}
    commit = subprocess.run(["git", "-C", pages.remote, "commit-tree", tree, "-m", "Work"], env=environment(**who),
                            capture_output=True, text=True, check=True).stdout.strip()  # fmt: skip
    pages.git("update-ref", "refs/heads/main", commit)
    pages.to = f"git+{pages.remote}#main"


def declining(pages: Pages) -> None:
    hook = pages.remote / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)


def placeholder(pages: Pages) -> None:
    text = (pages.project / "site.toml").read_text()
    (pages.project / "site.toml").write_text(text.replace("author@letter.test", "author@example.com"))


TABLE: dict[str, tuple[Spoil, str]] = {
    "no such repository": (elsewhere(lambda pages: "git+../none.git#pages"), "there is no such repository; look at"),
    "host unreachable": (
        elsewhere(lambda pages: f"git+https://127.0.0.1:{free_port()}/site.git#pages"),
        "its host does not answer; look at the address, and whether it runs",
    ),
    "somebody's work": (foreign, "#main: this branch holds something else than releases of this site; name another"),
    "declined": (declining, "it does not take the branch (! [remote rejected]"),
    "placeholder author": (placeholder, "#pages: readers there would see what is not yours; site.toml still says "),
}  # fmt: skip


@pytest.mark.parametrize("row", TABLE)
def test_what_is_wrong_is_named_in_one_line_and_changes_nothing(pages: Pages, row: str, capsys: Capture):
    spoil, message = TABLE[row]
    pages.edit()
    spoil(pages)
    before = pages.git("for-each-ref")
    capsys.readouterr()
    assert pages.publish() == 1
    said = [line for line in capsys.readouterr().err.splitlines() if line.startswith("Not published. ")]
    assert len(said) == 1
    assert message in said[0]
    assert "; " in said[0]
    assert pages.git("for-each-ref") == before


def test_who_pushes_second_is_told_and_covers_nothing_up(pages: Pages):
    pages.edit()
    publishing = pages.publishing()
    checked = publishing.check()
    publishing.target.push(checked.staging, checked.manifest)
    pages.commit(CNAME="letter.test\n")
    before = pages.git("rev-parse", "pages")
    with pytest.raises(TargetError, match=r"somebody else has published there meanwhile; publish again$"):
        publishing.target.switch(checked.manifest.release)
    assert pages.git("rev-parse", "pages") == before
    assert pages.publish() == 0
    assert pages.page("CNAME") == "letter.test"


def test_comments_are_filled_in_under_the_lock_of_the_service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Both keep the list of comment files that are damaged."""
    shutil.copy(ROOT / "site.toml", tmp_path)
    to = f"git+{bare(tmp_path / 'site.git')}#pages"
    publishing = Publishing(tmp_path, LATER, environ=environment(), to=to)
    lock, held = publishing.places.lock_file, []

    def applied(*_: object) -> None:
        with suppress(LockError), locked(lock, 0):
            return
        held.append(lock)

    monkeypatch.setattr(branch, "apply", applied)
    publishing.target.push(tmp_path, Manifest("2026-11-19T0900", 1, LATER, {}, ""))
    assert held == [lock]
