"""`make import` and `make import-undo` without a terminal, as make runs them."""

import re
import shlex
from pathlib import Path

import pytest

from authoring.importing import accept_series
from authoring.importing.__main__ import arguments
from authoring.importing.samples import SHIPPED, checksum
from tests.authoring.importing.conftest import OWN, SAMPLE, SITE_TOML, Project, shipped_samples
from tests.authoring.importing.texts import FIRST, FIRST_PARAGRAPHS, SECOND

NEW = ["2016-03-06-the-list-by-the-oven.md", "2016-03-13-reading-the-list.md"]
SAID = ("--title", "Reading the List", "--date", "2016-03-13")


def test_both_texts_of_a_folder_become_essays(project: Project) -> None:
    done = project.run(project.texts, *SAID)
    assert (done.returncode, done.stderr) == (0, "")
    assert set(NEW) <= set(project.essays())
    text = (project.articles / NEW[0]).read_text(encoding="utf-8")
    assert text.startswith(
        "Title: The List by the Oven\nDate: 2016-03-06 07:00\nSlug: the-list-by-the-oven\nSummary: A baker"
    )
    assert FIRST_PARAGRAPHS[0] in text
    assert "Comment" not in text


def test_what_lies_at_home_is_found_whatever_shell_has_handed_it_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert (arguments(["~/a b.zip"]).origin, arguments([""]).origin) == (f"{tmp_path}/a b.zip", "")
    assert accept_series.arguments(["--from=~/series.txt"]).offer == f"{tmp_path}/series.txt"
    assert accept_series.arguments(["--from="]).offer == ""


def test_the_report_says_everything_on_one_page(project: Project) -> None:
    page = project.run(project.texts, *SAID).stdout
    for words in (
        "Imported 2 essays.",
        "Sunday, March 6, 2016, 07:00 America/New_York (from the text)",
        "Sunday, March 13, 2016, 07:00 America/New_York (proposed, confirmed by you)",
        "3 paragraphs, ",
        "4 paragraphs, ",
        "found by the length of the lines",
        '"No comments:", "Post a Comment"',
        "/2016/03/reading-the-list.html",
        "content/articles/2016-03-13-reading-the-list.md",
        "2026-01-04-a-sample.md: a sample you have edited",
        "make serve",
        "make import-undo",
    ):
        assert words in page
    assert len(page.splitlines()) <= 40


def test_a_dry_run_shows_it_all_and_writes_nothing(project: Project) -> None:
    before = project.tree()
    done = project.run(project.texts, *SAID, "--dry-run")
    assert done.returncode == 0
    assert "Would import 2 essays; nothing was written." in done.stdout
    assert project.tree() == before


def test_empty_options_are_options_not_given(project: Project) -> None:
    done = project.run(project.texts / "b.txt", "--title", "", "--date", "")
    assert done.returncode == 0
    assert NEW[0] in project.essays()


def test_what_is_missing_is_asked_for_by_the_exact_command(project: Project) -> None:
    before = project.tree()
    done = project.run(project.texts)
    assert (done.returncode, done.stdout, project.tree()) == (1, "", before)
    assert done.stderr == (
        "import: a.txt has no title and no date (proposed: Sunday, March 13, 2016, a week after “The List by the Oven”)"
        f'; nothing was imported. Say it: make import FROM={project.texts} TITLE="…" DATE=2016-03-13\n'
    )


def test_a_title_already_given_is_repeated_safely_in_the_command(project: Project) -> None:
    done = project.run(project.texts, "--title", 'It\'s a $5 "list"')
    command = done.stderr.partition("Say it: ")[2]
    assert shlex.split(command)[3:] == ['TITLE=It\'s a $$5 "list"', "DATE=2016-03-13"]


def test_a_command_with_its_blanks_left_in_is_refused(project: Project) -> None:
    before = project.tree()
    for blanks in (("--title", "…", "--date", "2016-03-13"), ("--title", "A", "--date", "YYYY-MM-DD")):
        assert project.run(project.texts, *blanks).returncode == 1
    assert project.tree() == before


def test_several_texts_that_lack_something_get_a_command_each(project: Project) -> None:
    project.write("c.txt", "It was cold.\nSo we went in.")
    done = project.run(project.texts)
    assert done.returncode == 1
    assert [line.strip() for line in done.stderr.splitlines()] == [
        "import: 2 texts lack a title or a date; nothing was imported. Import them one by one:",
        f'make import FROM={project.texts}/a.txt TITLE="…" DATE=2016-03-13',
        f'make import FROM={project.texts}/c.txt TITLE="…" DATE=YYYY-MM-DD',
        f"make import FROM={project.texts}",
    ]


def test_the_same_source_again_changes_nothing(project: Project) -> None:
    project.run(project.texts, *SAID)
    before = project.tree()
    for again in (SAID, ()):
        done = project.run(project.texts, *again)
        assert done.returncode == 0
        assert done.stdout.count("already imported, unchanged") == 2
    assert project.tree() == before


def test_an_essay_edited_since_stays_as_it_is(project: Project) -> None:
    project.run(project.texts, *SAID)
    essay = project.articles / NEW[0]
    essay.write_bytes(essay.read_bytes() + b"\nOne thing more.\n")
    before = project.tree()
    done = project.run(project.texts)
    assert "b.txt: already imported; your edits stay" in done.stdout
    assert "a.txt: already imported, unchanged" in done.stdout
    assert project.tree() == before


def test_a_new_text_beside_known_ones_is_imported_alone(project: Project) -> None:
    project.run(project.texts, *SAID)
    project.write("c.txt", "April 3, 2016\n\nA Third\n\nIt was cold.\n\nSo we went in.")
    done = project.run(project.texts)
    assert "Imported 1 essay." in done.stdout
    assert "2016-04-03-a-third.md" in project.essays()


def test_an_address_that_is_taken_is_refused_in_one_line(project: Project) -> None:
    (project.articles / "other.md").write_text(
        "Title: The List by the Oven\nDate: 2016-03-27\n\nHello.\n", encoding="utf-8"
    )
    before = project.tree()
    done = project.run(project.texts / "b.txt")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "b.txt: /2016/03/the-list-by-the-oven.html is already the address of other.md" in done.stderr
    assert project.tree() == before


def test_two_texts_for_one_address_are_refused(project: Project) -> None:
    project.write("c.txt", FIRST + "\n")
    done = project.run(project.texts, *SAID)
    assert done.returncode == 1
    assert "c.txt: /2016/03/the-list-by-the-oven.html is already the address of b.txt" in done.stderr


def test_one_text_that_cannot_be_imported_keeps_the_others_out(project: Project) -> None:
    project.write("c.txt", SECOND + FIRST)
    before = project.tree()
    done = project.run(project.texts, *SAID)
    assert (done.returncode, done.stderr.count("\n"), project.tree()) == (1, 1, before)
    assert "c.txt: " in done.stderr


def test_what_is_no_text_is_reported(project: Project) -> None:
    project.write("photo.jpg", b"\xff\xd8\0")
    assert "photo.jpg: not plain text: it holds NUL bytes" in project.run(project.texts, *SAID).stdout


def test_an_old_encoding_is_reported(project: Project) -> None:
    project.write("b.txt", FIRST.encode("cp1252"))
    assert "b.txt, read as Windows-1252" in project.run(project.texts / "b.txt").stdout
    assert FIRST_PARAGRAPHS[1] in (project.articles / NEW[0]).read_text(encoding="utf-8")


@pytest.mark.parametrize("origin", ["", "nowhere"])
def test_nothing_to_import_from_is_one_clear_line(project: Project, origin: str) -> None:
    done = project.run(origin)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "FROM=file-or-folder" in done.stderr


def test_a_folder_that_cannot_be_written_is_one_clear_line_and_leaves_nothing(project: Project) -> None:
    (project.root / "var").write_text("in the way", encoding="utf-8")
    before = project.tree()
    done = project.run(project.texts, *SAID)
    assert (done.returncode, done.stderr.count("\n"), project.tree()) == (1, 1, before)
    assert "var" in done.stderr


def test_contacts_are_printed_and_not_written_without_a_terminal(project: Project) -> None:
    page = project.run(project.texts, *SAID).stdout
    assert re.search(r'\n +email = "baker@example.com"\n +phone = "212-555-0188"\n', page)
    assert (project.root / "site.toml").read_bytes() == SITE_TOML


def test_samples_go_and_come_back(project: Project) -> None:
    for name, data in (samples := shipped_samples()).items():
        (project.articles / name).write_bytes(data)
    before = project.tree()
    page = project.run(project.texts, *SAID).stdout
    assert project.essays() == sorted(["2014-05-04-mine.md", "2026-01-04-a-sample.md", *NEW])
    assert page.count("a sample, unedited") == len(samples)
    assert all(checksum(data) in SHIPPED for data in samples.values())
    undone = project.undo()
    assert undone.returncode == 0
    assert undone.stdout.count("restored") == len(samples)
    assert project.tree() == before


def test_an_edited_sample_and_an_essay_of_ones_own_stay(project: Project) -> None:
    project.run(project.texts, *SAID)
    assert (project.articles / "2026-01-04-a-sample.md").read_bytes() == SAMPLE
    assert (project.articles / "2014-05-04-mine.md").read_bytes() == OWN


def test_undo_keeps_and_names_an_essay_edited_since(project: Project) -> None:
    project.run(project.texts, *SAID)
    essay = project.articles / NEW[0]
    essay.write_bytes(b"Title: Better\n")
    done = project.undo()
    assert f"kept      content/articles/{NEW[0]}: you have edited it since" in done.stdout
    assert essay.read_bytes() == b"Title: Better\n"
    assert NEW[1] not in project.essays()


def test_undo_without_an_import_is_one_clear_line(project: Project) -> None:
    done = project.undo()
    assert (done.returncode, done.stderr) == (1, "import-undo: there is no import to take back\n")


def test_state_may_stand_elsewhere(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project.root / ".env").write_text(f"VAR_DIR={tmp_path / 'state'}\n", encoding="utf-8")
    monkeypatch.setattr(Project, "environ", lambda _: {"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"})
    project.run(project.texts, *SAID)
    assert len(list((tmp_path / "state" / "imports").iterdir())) == 1
    assert project.undo().returncode == 0
