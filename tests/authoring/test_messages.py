"""What the author reads: whole lines for programs, rows that fit for terminals, colours only where they are wanted."""

import pytest

from authoring.check.finding import Finding
from authoring.messages import NOTES_SHOWN, Screen, changes, done, findings, note, screen
from authoring.plan import Plan

DEAD = Finding(
    "content/articles/first.md", 7, "there is no page /2015/01/gone.html", "mend the address or take the link away"
)
HINT = Finding("content/articles/first.md", 5, "its summary has 40 characters", "120 to 160 read best", blocking=False)
TERMINAL = Screen(80, colour=True)


def test_without_a_terminal_a_finding_is_one_plain_line():
    assert list(findings([DEAD, HINT], Screen())) == [f"Not published. {DEAD}", f"Note: {HINT}"]


@pytest.mark.parametrize("width", [40, 80, 100])
def test_on_a_terminal_state_place_and_remedy_stand_in_rows_that_fit(width: int):
    lines = list(findings([DEAD], Screen(width)))
    assert lines[0].split() == ["Not", "published.", "content/articles/first.md:7"]
    assert all(len(line) <= max(width, len(lines[0])) for line in lines)
    words = " ".join(line.strip() for line in lines[1:])
    assert words == f"{DEAD.what} → {DEAD.remedy}"


def test_what_stops_comes_before_advice():
    assert [line.startswith("Not published.") for line in findings([HINT, DEAD], Screen())] == [True, False]


def test_advice_is_counted_where_there_is_much_of_it():
    many = [Finding(f"content/articles/{n}.md", 1, "it is long", "shorten it", blocking=False) for n in range(20)]
    lines = list(findings(many, Screen()))
    assert len(lines) == NOTES_SHOWN + 1
    assert lines[-1] == "Note: 8 more notes like these; make publish-check shows them all"
    assert len(list(findings(many, Screen(), None))) == 20


def test_nothing_that_stops_is_left_out():
    many = [Finding(f"{n}.html", 1, f"{n} is wrong", "mend it") for n in range(60)]
    assert len(list(findings(many, Screen()))) == 60


@pytest.mark.parametrize(
    ("is_terminal", "environ", "colour"),
    [
        (True, {"TERM": "xterm"}, True),
        (True, {"TERM": "xterm", "NO_COLOR": ""}, True),
        (True, {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (True, {"TERM": "dumb"}, False),
        (True, {}, False),
        (False, {"TERM": "xterm"}, False),
    ],
)
def test_colours_are_for_terminals_that_want_them(is_terminal: bool, environ: dict[str, str], colour: bool):
    lines = "".join(findings([DEAD], screen(is_terminal, 80, environ)))
    assert ("\x1b[" in lines) == colour


@pytest.mark.parametrize(("columns", "width"), [(20, 40), (80, 80), (300, 100)])
def test_rows_are_neither_narrow_nor_endless(columns: int, width: int):
    assert screen(True, columns, {}).width == width


def test_what_cannot_be_taken_back_is_said_last_however_much_changes():
    plan = Plan(added=tuple(f"{n}.html" for n in range(90)), announced=("One", "Two", "Three", "Four"))
    lines = list(changes(plan, Screen()))
    assert lines[0] == "This will add 90 pages, change 0, remove 0."
    assert lines[-2].endswith("lines more")
    assert lines[-1] == (
        "Feed readers will show as new: One, Two, Three and 1 more. What they have fetched cannot be called back."
    )


def test_names_have_the_colour_of_what_happens_to_them():
    plan = Plan(("a.html",), ("b.html",), ("c.html",), texts={"b.html": ("-Was.", "+Is.")})
    coloured = list(changes(plan, TERMINAL))
    assert [line[:5] for line in coloured[2:]] == ["\x1b[32m", "\x1b[33m", "\x1b[31m", "\x1b[32m", "\x1b[31m"]
    bare = list(changes(plan, Screen(80)))
    assert bare[2:] == ["  + /a.html", "  ~ /b.html", "      -Was.", "      +Is.", "  - /c.html"]


def test_a_long_paragraph_keeps_to_its_line():
    plan = Plan(changed=("b.html",), texts={"b.html": ("+" + "word " * 60,)})
    assert [len(line) for line in changes(plan, Screen(80))][-1] == 80


def test_the_last_sentence_names_the_way_back():
    said = done(4.4, "2026-11-22T0700", Screen())
    assert said == "Published in 4 s, release 2026-11-22T0700. Undo with `make rollback`."


def test_what_the_theme_does_wrong_on_every_page_is_said_once():
    many = [Finding(f"{n}/index.html", n, "there is no page /gone/", "mend it") for n in (7, 8, 9)]
    own = [Finding(f"content/articles/{n}.md", 3, "there is no page /gone/", "mend it") for n in (1, 2)]
    assert list(findings([*many, *own], Screen())) == [
        "Not published. 7/index.html:7: there is no page /gone/; mend it (the same in 2 more files)",
        "Not published. content/articles/1.md:3: there is no page /gone/; mend it",
        "Not published. content/articles/2.md:3: there is no page /gone/; mend it",
    ]


def test_a_note_on_the_whole_site_keeps_to_the_terminal_too():
    text = "Readers will see what is not yours; " + "put yourself into site.toml " * 4
    assert note(text, Screen()) == f"Note: {text}"
    lines = note(text, Screen(80)).splitlines()
    assert lines[0].startswith("Note:           Readers")
    assert max(map(len, lines)) <= 80
    assert " ".join(" ".join(lines).split()) == f"Note: {text}".strip()
