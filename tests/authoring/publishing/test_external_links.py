"""What is said of foreign links: dead ones and moved ones with file and line, once a week, and only on request."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from authoring.check.external import Answer, due, dumped, link_findings, loaded, named
from authoring.check.page import Page, Reference
from authoring.check.sources import Sources
from authoring.check.web import Web
from authoring.external_links import dead_external_links
from bridge.places import places
from tests.authoring.check.test_advice import source
from tests.authoring.check.test_web import AGENT, Host, host, resolve
from tests.support.publishing import LATER, publish, write_essay

__all__ = ["host"]

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
THERE = "https://there.example/page"


def test_links_that_lead_out_are_found_and_others_are_not():
    references = [
        Reference("https://there.example/a#b", 3), Reference("https://there.example/a", 4), Reference("/archive/", 5),
        Reference("https://example.com/about/", 6), Reference("mailto:a@there.example", 7), Reference("tel:+1", 8),
        Reference("https://cdn.example/x.css", 9, fetched=True), Reference("https://[", 10),
    ]  # fmt: skip
    found = named({"index.html": Page(references=references)}, "https://example.com")
    assert found == {"https://there.example/a": ("index.html", "https://there.example/a#b")}


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        (None, True),
        (Answer(NOW - timedelta(days=6), 200), False),
        (Answer(NOW - timedelta(days=7), 200), True),
        (Answer(NOW - timedelta(days=1), 403), False),
        (Answer(NOW - timedelta(minutes=1), 404), True),
        (Answer(NOW - timedelta(minutes=1), trouble="does not answer in time"), True),
    ],
)
def test_whoever_answered_has_peace_for_a_week(answer: Answer | None, asked: bool):
    assert due([THERE], {THERE: answer} if answer else {}, NOW) == [THERE] * asked


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(NOW, 200), ""),
        (Answer(NOW, 403), ""),
        (Answer(NOW, 404), "leads nowhere (404); find its new place, or take it away"),
        (Answer(NOW, 410), "leads nowhere (410); find its new place, or take it away"),
        (Answer(NOW, 503), "leads to an error (503); look again in some days, or take it away"),
        (Answer(NOW, 200, "https://new.example/"), "has moved for good; write https://new.example/"),
        (Answer(NOW, trouble="does not answer in time"), "does not answer in time; mend it, or take it away"),
    ],
)
def test_a_dead_link_is_advice_with_file_and_line(answer: Answer, said: str):
    essay = source(f"Words.\n\nSee [this]({THERE}).")
    found = list(link_findings({THERE: (essay.page, THERE)}, {THERE: answer}, Sources({essay.page: essay}, ())))
    wanted = f"content/articles/one.md:6: the link to {THERE} {said}"
    assert [str(finding) for finding in found] == [wanted] * bool(said)
    assert not [finding for finding in found if finding.blocking]


def test_answers_are_remembered_and_damage_only_asks_again():
    answers = {THERE: Answer(NOW, 200, "https://new.example/ä"), "http://a.example/": Answer(NOW, trouble="no")}
    assert loaded(dumped(answers)) == answers
    for damage in (b"", b"[1]", b'{"a": 1}', b'{"a": {"at": "x"}}', b"\xff"):
        assert loaded(damage) == {}


def test_the_authors_links_are_asked_once_a_week(project: Path, host: Host):
    """Real pages, a real server, and what is kept in between."""
    write_essay(project, "third", "2026-11-18", f"[a]({host.address('/fine')})\n\n[b]({host.address('/status/404')})")
    assert publish(project, "--check") == 0
    where, staging = places({}, project), project / "var/staging/release"
    web = Web(AGENT, resolve, lambda _: True, pause=0.0)

    def look(days: int) -> list[str]:
        host.asked.clear()
        found = dead_external_links(staging, where, "https://example.com", LATER + timedelta(days), web=web)
        return list(map(str, found))

    assert look(0) == [
        f"content/articles/third.md:9: the link to {host.address('/status/404')} leads nowhere (404);"
        " find its new place, or take it away"
    ]
    assert {path for _, _, path in host.asked} == {"/fine", "/status/404"}
    look(6)
    assert {path for _, _, path in host.asked} == {"/status/404"}
    look(8)
    assert {path for _, _, path in host.asked} == {"/fine", "/status/404"}


def test_a_private_address_is_named_on_request_only(project: Path, capsys: pytest.CaptureFixture[str]):
    write_essay(project, "third", "2026-11-18", "See [my desk](http://127.0.0.1:9/).")
    assert publish(project, "--check", "--links") == 0
    said = capsys.readouterr().err
    assert (
        "Note: content/articles/third.md:7: the link to http://127.0.0.1:9/ leads into a private network,"
        " where no reader can follow; mend it, or take it away" in said
    )
    assert "Asking " in said
    shutil.rmtree(project / "var/staging")
    assert publish(project, "--check") == 0
    assert "private network" not in capsys.readouterr().err
