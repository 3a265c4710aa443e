"""The Sunday timer: what is due goes out and the author hears of it, or hears why not. Nothing due, no mail."""

import subprocess
import sys
import time
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pytest

from authoring.check.essays import Published
from authoring.publish_due import failure, main, published
from authoring.publishing.manifest import Manifest
from tests.conftest import ROOT
from tests.support.publishing import LATER, current, environment, write_essay

SUNDAY = LATER + timedelta(days=3)  # 2026-11-22, 09:00
PATIENCE = 30.0


@pytest.fixture
def environ(project: Path) -> dict[str, str]:
    """The service keeps its database and its caught mail in this project."""
    return environment(VAR_DIR=str(project / "var"), SECRET_KEY="s" * 40, SMTP_URL="", MAIL_TO="author@example.com")


def mail_caught(project: Path, environ: dict[str, str]) -> list[EmailMessage]:
    """What the real worker sends of what waits; it is given some seconds."""
    worker = subprocess.Popen([sys.executable, "-m", "forms_service", "work"], cwd=ROOT, env=environ)
    deadline = time.monotonic() + PATIENCE
    try:
        while time.monotonic() < deadline and not list((project / "var/mail").glob("*.eml")):
            time.sleep(0.05)
    finally:
        worker.terminate()
        worker.wait(PATIENCE)
    parser = BytesParser(policy=policy.default)
    return [parser.parsebytes(path.read_bytes()) for path in sorted((project / "var/mail").glob("*.eml"))]


def test_an_essay_whose_hour_has_come_is_published_and_told(project: Path, environ: dict[str, str]):
    write_essay(project, "third", "2026-11-22", "Warm words.")
    assert main(project, LATER, environ) == 0
    assert not (project / "var/gratitude.sqlite3").exists()  # before its time nobody is told anything
    assert main(project, SUNDAY, environ) == 0
    assert "Warm words." in (current(project) / "2026/11/third.html").read_text(encoding="utf-8")
    (mail,) = mail_caught(project, environ)
    assert mail["Subject"] == "“Third” is out"
    assert mail["To"] == "author@example.com"
    text = mail.get_content().replace("\r\n", "\n")
    assert "“Third” is out:\nhttps://example.com/2026/11/third.html\n" in text
    assert "In all: 1 page added, " in text
    assert "Release 2026-11-22T0900. To take it back: make rollback" in text


def test_what_keeps_it_back_is_told_in_its_one_line(
    project: Path, environ: dict[str, str], capsys: pytest.CaptureFixture[str]
):
    write_essay(project, "third", "2026-11-22", "Read [this](/2015/01/gone.html).")
    assert main(project, SUNDAY, environ) == 1
    assert "Not published. content/articles/third.md:7: there is no page" in capsys.readouterr().out
    (mail,) = mail_caught(project, environ)
    assert mail["Subject"] == "Not published: something is to be mended"
    words = " ".join(mail.get_content().split())
    assert "content/articles/third.md:7: there is no page /2015/01/gone.html; mend the address or take" in words
    assert "readers see what they saw before" in words


def test_an_author_who_cannot_be_told_makes_the_timer_fail(
    project: Path, environ: dict[str, str], capsys: pytest.CaptureFixture[str]
):
    """systemd shows a failed unit; the site is published all the same."""
    (project / "var/gratitude.sqlite3").mkdir()
    write_essay(project, "third", "2026-11-18")
    assert main(project, SUNDAY, environ) == 1
    assert "The author could not be told: " in capsys.readouterr().err
    assert (current(project) / "2026/11/third.html").is_file()


def test_a_mail_that_says_nothing_is_not_queued(project: Path, environ: dict[str, str]):
    command = [sys.executable, "-m", "forms_service", "mail-author", "--subject", "Nothing"]
    done = subprocess.run(command, cwd=ROOT, env=environ, input=b" \n", capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr.decode() == "there is nothing to mail; give the text on standard input\n"
    assert not (project / "var/gratitude.sqlite3").exists()


def release(*added: str) -> Manifest:
    essays = {name: Published("a.md", f"2026/11/{name}.html", "", name.title()) for name in ("one", "two", "thrée")}
    changes = tuple(f"+ /2026/11/{name}.html" for name in added)
    made = datetime.fromisoformat("2026-11-22T07:00+00:00")
    return Manifest("2026-11-22T0700", 2, made, {}, "", essays, "2 pages added", changes)


def test_several_essays_are_counted_and_each_is_named():
    report = published(release("one", "thrée"), "https://example.com", [])
    assert report is not None
    assert report.subject == "2 essays are out"
    assert "“Thrée” is out:\nhttps://example.com/2026/11/thr%C3%A9e.html" in report.text


def test_a_change_without_a_new_essay_says_so_and_passes_advice_on():
    report = published(release(), "https://example.com", ["Note: a.md:1: it is long; shorten it"])
    assert report is not None
    assert report.subject == "Your site has changed"
    assert report.text.endswith("To take it back: make rollback\n\nNote: a.md:1: it is long; shorten it")


def test_a_failure_nobody_foresaw_is_told_too():
    assert "MemoryError: ; try make publish" in failure("Not published. MemoryError: ; try make publish\n").text
    assert "the last words" in failure("odd\nthe last words\n").text
