"""What publishing does when all is well, and that being cut off anywhere leaves the old site or the new one, whole."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from authoring.publishing.errors import PublishingError
from authoring.publishing.local import LocalTarget
from authoring.publishing.manifest import Manifest, load_manifest
from authoring.publishing.run import refuse_clock_set_back
from authoring.releases import main as releases
from authoring.search.index import PIECES
from authoring.staging import release_staging_of
from bridge.comment_file import path_of, write_comments
from bridge.comment_files import damage_noted
from bridge.lock import locked
from bridge.places import places
from tests.conftest import ROOT
from tests.support.built_site import comment
from tests.support.powers import without_root_powers
from tests.support.publishing import (
    FIRST,
    LATER,
    NOW,
    copy_of,
    current,
    environment,
    publish,
    real_project,
    shown,
    write_essay,
)

Capture = pytest.CaptureFixture[str]


def put_comments(project: Path, article_id: str, *comments: object) -> None:
    write_comments(project / "var" / "comments", article_id, comments)  # type: ignore[arg-type]


def page(project: Path, name: str = f"{FIRST}.html") -> str:
    return (current(project) / name).read_text(encoding="utf-8")


def stamps(project: Path) -> list[str]:
    return [manifest.release for manifest in LocalTarget(places({}, project)).releases()]


def rollback(project: Path, to: str = "") -> int:
    return releases(["rollback", f"--to={to}"], project, environment())


def test_nothing_changed_says_so_and_makes_no_release(project: Path, capsys: Capture):
    before = shown(project)
    assert publish(project) == 0
    assert "Nothing to publish." in capsys.readouterr().out
    assert (shown(project), len(stamps(project))) == (before, 1)


def test_a_comment_alone_is_nothing_to_publish(project: Path, capsys: Capture):
    put_comments(project, FIRST, comment())
    assert rollback(project, stamps(project)[0]) == 0  # brings the comment onto the page
    assert publish(project) == 0
    assert "Nothing to publish." in capsys.readouterr().out


def test_an_edit_is_told_in_one_sentence_and_shown(project: Path, capsys: Capture):
    write_essay(project, "second", "2026-11-15", "The bread was cold.", Tags="thanks, bread")
    assert publish(project) == 0
    said = capsys.readouterr().out
    assert "This will add 0 pages, change 2, remove 0." in said
    assert "+The bread was cold." in said
    assert "  ~ /2026/11/second.html" in said
    assert f"release {stamps(project)[0]}. Undo with `make rollback`." in said
    assert "The bread was cold." in page(project, "2026/11/second.html")


def test_a_new_essay_is_announced_to_feed_readers_and_comes_with_what_lies_beside_it(project: Path, capsys: Capture):
    write_essay(project, "third", "2026-11-18", "![a bun](bun.svg)")
    write_essay(project, "plan", "2026-11-18", "![a cake](cake.svg)", Status="draft")
    for name in ("bun.svg", "cake.svg"):
        (project / "content" / "articles" / name).write_text("<svg/>\n")
    assert publish(project) == 0
    said = capsys.readouterr().out
    assert 'src="/2026/11/bun.svg"' in page(project, "2026/11/third.html").replace("https://example.com", "")
    assert [path.name for path in current(project).rglob("*.svg") if path.stem in ("bun", "cake")] == ["bun.svg"]
    assert "This will add 1 page, change " in said
    assert "Feed readers will show as new: Third" in said


def test_checking_publishes_nothing(project: Path, capsys: Capture):
    before = shown(project)
    write_essay(project, "third", "2026-11-18")
    assert publish(project, "--check") == 0
    assert "This will add 1 page" in capsys.readouterr().out
    assert (shown(project), len(stamps(project))) == (before, 1)


def test_what_is_not_the_authors_own_is_noted_in_one_line(project: Path, capsys: Capture):
    write_essay(project, "third", "2026-11-18", Sample="yes")
    assert publish(project) == 0
    notes = [line for line in capsys.readouterr().err.splitlines() if "not yours" in line]
    assert len(notes) == 1
    assert "1 sample essay" in notes[0]
    assert "site.toml" in notes[0]


def test_unchanged_files_are_shared_and_changed_ones_are_not(project: Path):
    old = current(project).resolve()
    write_essay(project, "second", "2026-11-15", "Other words.", Tags="thanks, bread")
    assert publish(project) == 0
    assert current(project).resolve() != old
    assert (current(project) / f"{FIRST}.html").samefile(old / f"{FIRST}.html")
    assert (current(project) / "theme/site.css").samefile(old / "theme/site.css")
    assert not (current(project) / "2026/11/second.html").samefile(old / "2026/11/second.html")
    assert "Other words." not in (old / "2026/11/second.html").read_text(encoding="utf-8")


def test_five_releases_are_kept_and_no_more(project: Path):
    for number in range(6):
        write_essay(project, "second", "2026-11-15", f"Version {number}.", Tags="thanks, bread")
        assert publish(project, now=LATER + timedelta(minutes=number)) == 0
    assert len(stamps(project)) == 5
    assert current(project).resolve().name == stamps(project)[0]
    folders = {path.name for path in (project / "var/releases").iterdir()}
    assert folders == {*stamps(project), "current"}


def test_two_releases_of_one_minute_have_two_names(project: Path):
    for number in range(2):
        write_essay(project, "second", "2026-11-15", f"Version {number}.", Tags="thanks, bread")
        assert publish(project) == 0
    assert stamps(project) == ["2026-11-19T0900-2", "2026-11-19T0900", "2026-11-18T0900"]


def test_the_manifest_has_every_file_as_it_was_built(project: Path):
    put_comments(project, FIRST, comment())
    write_essay(project, "third", "2026-11-18")
    assert publish(project) == 0
    manifest = load_manifest(current(project))
    lent = (".gz", *PIECES)  # made beside the pages, or kept for searches that are open
    shown_files = {name for name in shown(project)[1] if not name.startswith(".build/") and not name.endswith(lent)}
    assert {name for name in manifest.files if not name.endswith(PIECES)} == shown_files
    assert [essay.page for essay in manifest.essays.values()].count(f"{FIRST}.html") == 1
    assert rollback(project, manifest.release) == 0  # it proves the checksums, comments or not


def test_published_pages_hold_todays_comments(project: Path):
    put_comments(project, FIRST, comment(text="Well said, indeed."))
    write_essay(project, "third", "2026-11-18")
    assert publish(project) == 0
    assert "Well said, indeed." in page(project)


def test_a_comment_approved_after_the_pages_were_filled_is_on_them_at_the_switch(project: Path):
    here = places({}, project)
    target, manifest = LocalTarget(here), load_manifest(current(project))
    target.push(release_staging_of(here), replace(manifest, release="2026-11-19T0900", number=2))
    put_comments(project, FIRST, comment(text="Just in time."))
    target.switch("2026-11-19T0900")
    assert "Just in time." in page(project)


def test_after_a_rollback_pages_hold_exactly_todays_comments(project: Path):
    put_comments(project, FIRST, comment(1, "Taken back later."))
    write_essay(project, "second", "2026-11-15", "Version 1.", Tags="thanks, bread")
    assert publish(project) == 0
    write_essay(project, "second", "2026-11-15", "Version 2.", Tags="thanks, bread")
    assert publish(project) == 0
    put_comments(project, FIRST, comment(2, "Approved later."))
    assert rollback(project) == 0
    assert "Version 1." in page(project, "2026/11/second.html")
    assert "Approved later." in page(project)
    assert "Taken back later." not in page(project) + page(project, "feeds/comments.atom")


def test_rolling_back_leaves_the_release_it_shares_files_with_alone(project: Path):
    write_essay(project, "second", "2026-11-15", "Version 1.", Tags="thanks, bread")
    assert publish(project) == 0
    newest = current(project).resolve()
    before = (newest / f"{FIRST}.html").read_bytes()
    put_comments(project, FIRST, comment())
    assert rollback(project) == 0
    assert (newest / f"{FIRST}.html").read_bytes() == before


def test_a_release_that_was_tampered_with_is_not_gone_back_to(project: Path, capsys: Capture):
    write_essay(project, "second", "2026-11-15", "Version 1.", Tags="thanks, bread")
    assert publish(project) == 0
    (project / "var/releases/2026-11-18T0900/about/index.html").write_text("half a pa")
    before = shown(project)
    assert rollback(project) == 1
    assert "about/index.html: it is not what was published then; go back to another" in capsys.readouterr().err
    assert shown(project) == before


@pytest.mark.parametrize("to", ["", "2020-01-01T0000", "../releases", "."])
def test_there_is_no_way_back_to_what_is_not_kept(project: Path, to: str, capsys: Capture):
    before = shown(project)
    assert rollback(project, to) == 1
    assert "kept are 2026-11-18T0900" in capsys.readouterr().err
    assert shown(project) == before


def test_releases_are_listed_with_what_they_changed(project: Path, capsys: Capture):
    write_essay(project, "third", "2026-11-18")
    assert publish(project) == 0
    capsys.readouterr()
    assert releases(["list"], project, environment()) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("* 2026-11-19T0900  1 page added, ")
    assert "      + /2026/11/third.html" in lines
    assert [line for line in lines if line.startswith("  2026-11-18T0900  ")]


def test_a_vanished_address_keeps_a_signpost_if_the_author_says_so(project: Path, capsys: Capture):
    write_essay(project, "first", "2026-11-08", Slug="prime")
    assert publish(project, "--allow-removal") == 0
    assert 'href="https://example.com/2026/11/prime.html"' in page(project)
    assert f"/{FIRST}.html /2026/11/prime.html" in (project / "content/redirects.txt").read_text()
    capsys.readouterr()
    assert publish(project) == 0
    assert "Nothing to publish." in capsys.readouterr().out


def test_a_vanished_essay_leads_to_the_archive(project: Path):
    (project / "content/articles/first.md").unlink()
    write_essay(project, "second", "2026-11-15", "Alone.", Tags="thanks, bread")
    assert publish(project, "--allow-removal") == 0
    assert 'content="0; url=https://example.com/archive/"' in page(project)


@pytest.mark.parametrize("arguments", [("--allow-removal", "--check"), ("--allow-removal",)])
def test_signposts_that_are_not_published_leave_the_content_as_it_was(project: Path, arguments: tuple[str, ...]):
    write_essay(project, "first", "2026-11-08", "[x](/gone/)" if len(arguments) == 1 else "Fine.", Slug="prime")
    publish(project, *arguments)
    assert not (project / "content/redirects.txt").exists()


def test_the_release_that_is_younger_than_the_clock_is_the_one_named():
    """After a rollback readers see an older one."""
    releases = [Manifest(f"{at:%Y-%m-%dT%H%M}", 1, at, {}, "") for at in (NOW, LATER)]
    with pytest.raises(PublishingError, match="says 2026-11-18 10:00, but release 2026-11-19T0900 is younger; set the"):
        refuse_clock_set_back(NOW + timedelta(hours=1), releases)
    refuse_clock_set_back(LATER, releases)


def test_a_clock_set_back_is_noticed(project: Path, capsys: Capture):
    before = shown(project)
    write_essay(project, "second", "2026-11-15", "Other words.", Tags="thanks, bread")
    assert publish(project, now=LATER - timedelta(days=400)) == 1
    assert "the clock says 2025-10-15 09:00, but release 2026-11-18T0900 is younger; set" in capsys.readouterr().err
    assert shown(project) == before


def test_two_at_once_are_refused(project: Path, capsys: Capture):
    before = shown(project)
    write_essay(project, "second", "2026-11-15", "Other words.", Tags="thanks, bread")
    with locked(project / "var/publish.lock"):
        assert publish(project) == 1
        assert rollback(project) == 1
    said = capsys.readouterr().err.splitlines()
    assert all("the site is being published already; wait until it is done" in line for line in said if "Not" in line)
    assert shown(project) == before


def test_a_comment_file_nobody_can_read_takes_nothing_from_the_page(project: Path):
    put_comments(project, FIRST, comment(text="Well said, indeed."))
    write_essay(project, "third", "2026-11-17")
    assert publish(project) == 0
    path_of(project / "var/comments", FIRST).write_text("{ broken")
    write_essay(project, "first", "2026-11-08", "Other words.")
    assert publish(project) == 0
    assert "Well said, indeed." in page(project)
    assert "Other words." in page(project)
    assert damage_noted(project / "var/comments") == [FIRST]


def test_unchanged_content_is_built_to_the_same_bytes_anywhere_and_any_day(project: Path, capsys: Capture):
    moved = dict(environment(), TZ="Asia/Tokyo", LC_ALL="C", LANG="C", PYTHONHASHSEED="7")
    code = "import sys; from datetime import datetime; from pathlib import Path; from authoring.publish import main;"
    code += "sys.exit(main([], Path(sys.argv[1]), datetime.fromisoformat('2027-03-01T09:00+09:00')))"
    done = run(code, project, moved)
    assert (done.returncode, done.stdout) == (0, "Nothing to publish.\n")


def run(
    code: str, project: Path, environ: dict[str, str], *more: str, limit: int = 0,
    before: Callable[[], object] | None = None,
) -> subprocess.CompletedProcess:  # fmt: skip
    if limit:
        before = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))  # noqa: E731
    return subprocess.run(
        [sys.executable, "-c", code, str(project), *more], env={**environ, "PYTHONPATH": str(ROOT)}, cwd=ROOT,
        capture_output=True, text=True, check=False, preexec_fn=before,
    )  # fmt: skip


WHOLE = """
import sys
from datetime import datetime
from pathlib import Path
from authoring.publish import main
sys.exit(main([], Path(sys.argv[1]), datetime.fromisoformat("2026-11-19T09:00-05:00")))
"""
KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from authoring.publishing import local, run, writing
from authoring.publish import main
where = {"local": local, "target": local.LocalTarget, "run": run, "writing": writing}[sys.argv[2]]
name, left = sys.argv[3], int(sys.argv[4])
real = getattr(where, name)
def counted(*given, **named):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    return real(*given, **named)
setattr(where, name, counted)
main([], Path(sys.argv[1]), datetime.fromisoformat("2026-11-19T09:00-05:00"))
"""
STEPS = {
    "before the build": ("run", "stage", 0),
    "before the checks": ("run", "findings", 0),
    "at the first file": ("writing", "share", 0),
    "among the files": ("writing", "share", 9),
    "while filling": ("writing", "fill_page", 3),
    "before the manifest": ("local", "save_manifest", 0),
    "before the comments": ("target", "_fill_if_outdated", 0),
    "before the switch": ("target", "_point_to", 0),
    "before taking old ones away": ("target", "prune", 0),
}


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_the_site_is_whole_and_the_next_publishing_completes(project: Path, step: str):
    before = shown(project)
    write_essay(project, "third", "2026-11-18")
    where, name, after = STEPS[step]
    assert run(KILLED, project, environment(), where, name, str(after)).returncode == -signal.SIGKILL
    if step == "before taking old ones away":
        assert "third.html" in page(project, "index.html")
    else:
        assert shown(project) == before
    assert publish(project, now=LATER + timedelta(minutes=5)) == 0
    assert "third.html" in page(project, "index.html")
    assert not [path for path in (project / "var/releases").iterdir() if path.name.startswith(".")]


def test_a_disk_that_takes_no_more_is_named_and_the_old_site_stays(project: Path):
    before = shown(project)
    (project / "content/images/cake.svg").write_bytes(b"<svg>" + b" " * 400_000 + b"</svg>")
    done = run(WHOLE, project, environment(), limit=300_000)
    assert done.returncode == 1
    assert "cake.svg: it could not be copied" in done.stderr
    assert "look at its owner and the space left" in done.stderr
    assert shown(project) == before


def test_ctrl_c_is_one_line_and_leaves_the_site_as_it_was(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
):
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("authoring.publishing.run.stage", stopped)
    before = shown(project)
    assert publish(project) == 130
    assert capsys.readouterr().err.startswith("\nStopped. Readers see a whole site, the old one or the new: ")
    assert shown(project) == before


def test_a_read_only_target_is_named_and_the_old_site_stays(project: Path):
    before = shown(project)
    write_essay(project, "third", "2026-11-18")
    (project / "var/releases").chmod(0o555)
    try:
        done = run(WHOLE, project, environment(), before=without_root_powers)
    finally:
        (project / "var/releases").chmod(0o755)
    assert done.returncode == 1
    assert "/var/releases/.new-2026-11-19T0900: the system does not let you; look at its owner" in done.stderr
    assert shown(project) == before


def test_a_folder_one_may_not_write_to_is_named(project: Path, capsys: Capture):
    releases_dir = project / "var/releases"
    write_essay(project, "third", "2026-11-18")
    (releases_dir / ".new-2026-11-19T0900").write_text("a file where the release should be")
    before = shown(project)
    assert publish(project) == 1
    assert (
        ".new-2026-11-19T0900: something else stands in the way; look what it is and move it away"
        in capsys.readouterr().err
    )
    assert shown(project) == before


def test_what_somebody_took_away_is_brought_back(project: Path, capsys: Capture):
    (current(project) / "about/index.html").unlink()
    assert publish(project) == 0
    assert "change 1, remove 0." in capsys.readouterr().out
    assert "<h1" in page(project, "about/index.html")


def test_a_link_to_a_release_that_is_gone_is_named_with_the_way_out(project: Path, capsys: Capture):
    link = current(project)
    release = link.resolve()
    release.rename(release.with_name("2026-11-11T0900"))
    assert publish(project) == 1
    assert "current: the release it leads to is gone; make rollback TO=" in capsys.readouterr().err
    shutil.rmtree(release.with_name("2026-11-11T0900"))
    assert publish(project) == 1
    assert "current: the release it leads to is gone; take that link away and pub" in capsys.readouterr().err


def test_who_stops_reading_stops_nothing(project: Path):
    write_essay(project, "third", "2026-11-18")
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-c", WHOLE, project], env={**environment(), "PYTHONPATH": str(ROOT)}, cwd=ROOT,
        stdout=writer, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    os.close(writer)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert "third.html" in page(project, "index.html")


def test_the_first_publishing_needs_nothing(tmp_path: Path):
    project = real_project(tmp_path / "project")
    assert publish(copy_of(project, tmp_path / "fresh")) == 0
    assert "See " in page(tmp_path / "fresh", "2026/11/second.html")


def test_readers_meet_no_half_page_while_releases_come_and_go(project: Path):
    """One process publishes and goes back, one changes comments, one reads all the time."""
    write_essay(project, "second", "2026-11-15", "Version 1.", Tags="thanks, bread")
    assert publish(project) == 0
    target, one, two = LocalTarget(places({}, project)), *stamps(project)
    done, wrong, reads = threading.Event(), [], 0

    def approve_and_take_back() -> None:
        from bridge.comment_files import CommentFiles
        from bridge.fill import Build
        from bridge.pages import fill_page

        number = 0
        while not done.is_set():
            number += 1
            time.sleep(0.05)  # the lock is free now and then, as in life
            with locked(project / "var/comments.lock"):
                put_comments(project, FIRST, *([comment(number)] if number % 2 else []))
                root = current(project).resolve()
                build, comments = Build.load(root), CommentFiles(project / "var/comments")
                for name in build.index.pages_showing(FIRST):
                    fill_page(root / name, root / name, build.index.pages[name], comments, build)

    def read() -> None:
        nonlocal reads
        names = ("index.html", f"{FIRST}.html", "feeds/comments.atom", "2026/11/second.html")
        while not done.is_set():
            for name in names:
                try:
                    text = page(project, name).rstrip()
                    if not text.endswith(("</html>", "</feed>")):
                        wrong.append(f"half of {name}")
                except OSError as error:
                    wrong.append(str(error))
                reads += 1

    threads = [threading.Thread(target=work) for work in (approve_and_take_back, read)]
    for thread in threads:
        thread.start()
    try:
        for number in range(12):
            target.rollback((one, two)[number % 2])
    finally:
        done.set()
        for thread in threads:
            thread.join(60)
    assert wrong == []
    assert reads > 100
    assert os.path.lexists(current(project))


def test_a_page_somebody_spoilt_is_made_good_by_the_next_publishing(project: Path):
    spoilt = current(project) / f"{FIRST}.html"
    spoilt.write_text(page(project).replace("<h1", "<h1 hidden"))
    write_essay(project, "second", "2026-11-15", "Other words.", Tags="thanks, bread")
    assert publish(project) == 0
    assert "hidden" not in page(project).partition("<h1")[2].partition(">")[0]


def test_a_comment_of_another_essay_alone_is_not_missed_where_pages_are_shared(project: Path):
    put_comments(project, FIRST, comment(text="Well said, indeed."))
    for number in range(2):  # the second time nothing is filled but what has changed
        write_essay(project, "second", "2026-11-15", f"Version {number}.", Tags="thanks, bread")
        assert publish(project, now=LATER + timedelta(minutes=number)) == 0
        assert "Well said, indeed." in page(project)
        assert "Well said, indeed." in page(project, "feeds/comments.atom")
    put_comments(project, FIRST)
    write_essay(project, "second", "2026-11-15", "Version 3.", Tags="thanks, bread")
    assert publish(project, now=LATER + timedelta(minutes=3)) == 0
    assert "Well said, indeed." not in page(project) + page(project, "feeds/comments.atom")


def test_the_command_begins_without_waiting_for_pelican():
    code = "import sys, authoring.publish, authoring.releases; sys.exit('pelican' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment(), check=False).returncode == 0
