"""Advice on a real project: every kind with file and line, nothing stopped, and nothing said twice."""

from pathlib import Path

import pytest

from authoring.publish import screen
from tests.support.publishing import publish, write_essay

HEAVY = "Organizational responsibilities necessitate comprehensive institutional reconsideration. " * 30
PROMISE = "Good bread.\n\nHow it is baked, next week."
WANTED = (
    "content/articles/third.md:7: perhaps misspelt: “recieve” (receive?); mend it, or write the word into",
    "content/articles/third.md:9: its reading ease is -",
    "content/articles/third.md:4: 3 of its tags are not in your list: bread, vans, mornings; choose from content/tags",
    "content/articles/third.md:5: its summary has 9 characters; 120 to 160 are shown whole",
    "content/articles/old.md:8: it promised something for “next week” 24 days ago, and nothing has followed; write it",
    "content/images/loaf.svg: the picture has 293 KB; make it smaller: 200 KB are plenty",
)


@pytest.fixture
def advised(project: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Path, list[str]]:
    """A project with something of everything, published; and what was noted."""
    (project / "content/tags.txt").write_text("# mine\nThanks\n")
    (project / "content/dictionary.txt").write_text("wibbling\n")
    (project / "content/images/loaf.svg").write_text(f"<svg>{' ' * 300_032}</svg>")
    write_essay(
        project, "third", "2026-11-17", f"I recieve wibbling.\n\n{HEAVY}", Tags="thanks, bread, vans, mornings",
        Summary="Too short",
    )  # fmt: skip
    write_essay(project, "old", "2026-10-26", PROMISE, Summary="")
    assert publish(project) == 0
    said = capsys.readouterr().err.splitlines()
    return project, [line.removeprefix("Note: ") for line in said if line.startswith("Note: content/")]


def test_every_kind_of_advice_is_given_and_stops_nothing(advised: tuple[Path, list[str]]):
    _, notes = advised
    assert [wanted for wanted in WANTED if not any(note.startswith(wanted) for note in notes)] == []
    assert len(notes) == len(WANTED)


def test_what_was_published_as_it_is_is_not_nagged_about(
    advised: tuple[Path, list[str]], capsys: pytest.CaptureFixture[str]
):
    project, _ = advised
    assert publish(project, "--check") == 0
    said = capsys.readouterr().err
    assert "third.md" not in said
    assert "old.md:8: it promised" in said  # that one is still to be kept


def test_what_waits_is_named_with_its_day_and_how_to_have_it_now(project: Path, capsys: pytest.CaptureFixture[str]):
    write_essay(project, "plan", "2026-11-29")
    write_essay(project, "idea", "2026-11-17", Status="draft")
    assert publish(project) == 0
    said = capsys.readouterr()
    assert "Nothing to publish." in said.out
    assert "Note: content/articles/plan.md waits for Sunday, November 29, 2026, 7:00 AM; to publish it now," in said.err
    assert "Note: content/articles/idea.md is a draft, and readers see nothing of it; take its Status" in said.err


def test_a_real_terminal_has_colours_and_a_file_has_none(tmp_path: Path):
    import os

    own, theirs = os.openpty()
    try:
        with open(theirs, "w", closefd=False) as terminal, (tmp_path / "log").open("w") as log:
            assert screen(terminal, {"TERM": "xterm"}).colour
            assert not screen(terminal, {"TERM": "xterm", "NO_COLOR": "1"}).colour
            assert screen(log, {"TERM": "xterm"}).width == 0
    finally:
        os.close(own)
        os.close(theirs)
