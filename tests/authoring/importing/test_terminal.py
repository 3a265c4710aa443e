"""`make import` at a real terminal: it asks, takes proposals by Enter, and never insists."""

from collections.abc import Sequence

from tests.authoring.importing.conftest import SITE_TOML, Project
from tests.support.terminal import converse as converse_with

SEQUEL = "2016-03-13-reading-the-list.md"


def converse(project: Project, talk: Sequence[tuple[str, str]], *arguments: object) -> tuple[int, str]:
    """Run the import at a pseudo-terminal."""
    return converse_with(project.command(*arguments), project.environ(), talk)


def test_a_title_is_asked_for_and_a_proposed_date_taken_by_enter(project: Project) -> None:
    talk = [("Title: ", "Reading the List\n"), ("Date [2016-03-13]: ", "\n"), ("[Y/n] ", "n\n")]
    status, shown = converse(project, talk, project.texts)
    assert status == 0
    assert "a.txt has no title and no date. It begins:" in shown
    assert "It may have appeared on Sunday, March 13, 2016, a week after “The List by the Oven”." in shown
    assert "07:00 America/New_York (proposed, confirmed by you)" in shown
    assert SEQUEL in project.essays()


def test_a_title_is_never_made_up(project: Project) -> None:
    talk = [
        ("Title: ", "\n"),
        ("Title: ", "  \n"),
        ("Title: ", "Reading the List\n"),
        ("Date ", "\n"),
        ("[Y/n] ", "n\n"),
    ]
    status, shown = converse(project, talk, project.texts)
    assert status == 0
    assert shown.count("a title is one line of text") == 2


def test_another_date_may_be_said(project: Project) -> None:
    talk = [("Title: ", "Late\n"), ("Date ", "soon\n"), ("Date ", "March 20, 2016\n"), ("[Y/n] ", "n\n")]
    status, shown = converse(project, talk, project.texts)
    assert status == 0
    assert '"soon" is no date' in shown
    assert "2016-03-20-late.md" in project.essays()


def test_contacts_are_written_when_the_author_says_so_and_undone(project: Project) -> None:
    before = project.tree()
    talk = [("Title: ", "Reading the List\n"), ("Date ", "\n"), ("[Y/n] ", "perhaps\n"), ("[Y/n] ", "\n")]
    status, shown = converse(project, talk, project.texts)
    assert status == 0
    assert 'now says email = "baker@example.com" and phone = "212-555-0188"' in shown
    assert b'email = "baker@example.com"\nphone = "212-555-0188"\n' in (project.root / "site.toml").read_bytes()
    assert project.undo().returncode == 0
    assert project.tree() == before


def test_contacts_stay_out_when_the_author_says_no(project: Project) -> None:
    status, _ = converse(project, [("[Y/n] ", "n\n")], project.texts / "b.txt")
    assert status == 0
    assert (project.root / "site.toml").read_bytes() == SITE_TOML


def test_what_the_author_has_put_there_stays_unless_he_says_otherwise(project: Project) -> None:
    own = SITE_TOML.replace(b"author@example.com", b"me@mine.test")
    (project.root / "site.toml").write_bytes(own)
    status, shown = converse(project, [("put there? [y/N] ", "\n")], project.texts / "b.txt")
    assert status == 0
    assert "site.toml says me@mine.test.\n" in shown
    assert (project.root / "site.toml").read_bytes() == own


def test_a_dry_run_asks_and_writes_nothing(project: Project) -> None:
    before = project.tree()
    talk = [("Title: ", "Reading the List\n"), ("Date ", "\n"), ("[Y/n] ", "y\n")]
    status, shown = converse(project, talk, project.texts, "--dry-run")
    assert status == 0
    assert "Would import 2 essays; nothing was written." in shown
    assert "would say email" in shown
    assert project.tree() == before


def test_walking_away_changes_nothing(project: Project) -> None:
    before = project.tree()
    for leaving in ("\x03", "\x04"):  # Ctrl-C, Ctrl-D
        status, shown = converse(project, [("Title: ", leaving)], project.texts)
        assert status == 130
        assert "stopped; everything is as it was" in shown
    assert project.tree() == before
