"""`make setup` at a real terminal, with a real mail server: everything is asked, checked and written, or nothing."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bridge.dotenv import read_dotenv
from bridge.identity import load_identity
from bridge.places import KEYS
from tests.conftest import ROOT
from tests.support.smtp import Mailbox, closed_port, mail_server
from tests.support.terminal import converse

Talk = list[tuple[str, str]]
SITE: Talk = [
    ("Name of the site [", "-\n"),
    ("Name of the site [", "The “Baker's” Letter\n"),
    ("Tagline [", "-\n"),
    ("Address [", "letter.test\n"),
    ("Address [", "https://letter.test/\n"),
    ("Time zone [", "Berlin\n"),
    ("Time zone [", "Europe/Berlin\n"),
    ("Country [", "de\n"),
    ("Your name [", "A baker\n"),
    ("Your e-mail address [", "baker\n"),
    ("Your e-mail address [", "baker@letter.test\n"),
    ("Your phone number [", "call me\n"),
    ("Your phone number [", "030 1234567\n"),
    ("Your postal address [", "1 Oven Street; Berlin\n"),
]
KEEP: Talk = [
    (prompt, "\n")
    for prompt in ("Name of the site [", "Tagline", "Address [", "Time zone [", "Country [", "Your name [",
                   "e-mail address [", "phone number [", "postal address [")
]  # fmt: skip


def mail_talk(port: int, test: str = "y") -> Talk:
    return [
        ("Mail server [", "127.0.0.1\n"),
        ("Encryption [", "none\n"),
        ("Port [", f"{port}\n"),
        ("User [", "\n"),
        ("Mail goes to [", "\n"),
        ("Mail comes from [", "\n"),
        ("Send a test mail", f"{test}\n"),
    ]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "site.toml").write_bytes((ROOT / "site.toml").read_bytes())
    text = (ROOT / ".env.example").read_text().replace("SECRET_KEY=\n", f"SECRET_KEY={'s' * 40}\n")
    (tmp_path / ".env").write_text(text)
    (tmp_path / ".env").chmod(0o644)
    return tmp_path


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server(Mailbox()) as mailbox:
        yield mailbox


def environ(project: Path) -> dict[str, str]:
    left = {key: value for key, value in os.environ.items() if key not in KEYS}
    return {**left, "PYTHONUTF8": "1", "SECRET_KEY": "s" * 40, "VAR_DIR": str(project / "var")}


def command(project: Path) -> list[str]:
    return [sys.executable, "-m", "authoring.setup", "--root", str(project)]


def talk_with(project: Path, talk: Sequence[tuple[str, str]]) -> tuple[int, str]:
    return converse(command(project), environ(project), talk)


def files(project: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in project.iterdir() if path.is_file()}


def test_everything_said_is_checked_and_written(project: Path, mailbox: Mailbox):
    before = (project / "site.toml").read_text()
    status, shown = talk_with(project, [*SITE, *mail_talk(mailbox.port)])
    assert status == 0, shown
    for complaint in (
        "this cannot be left out",
        "is no address",
        "perhaps Europe/Berlin",
        "no e-mail address",
        "no phone number of DE",
    ):
        assert complaint in shown
    identity = load_identity(project / "site.toml", {})
    assert (identity.name, identity.tagline, identity.url) == ("The “Baker's” Letter", "", "https://letter.test")
    assert (identity.timezone, identity.country, identity.email) == ("Europe/Berlin", "DE", "baker@letter.test")
    assert (identity.phone, identity.address) == ("030 1234567", ("1 Oven Street", "Berlin"))
    comments = [line.partition("#")[2] for line in before.splitlines() if "#" in line]
    after = (project / "site.toml").read_text()
    assert [line.partition("#")[2] for line in after.splitlines() if "#" in line] == comments
    values = read_dotenv(project / ".env", KEYS)
    assert values["SMTP_URL"] == mailbox.url
    assert (values["MAIL_TO"], values["MAIL_FROM"]) == ("baker@letter.test", "forms@letter.test")
    assert values["SECRET_KEY"] == "s" * 40


def test_the_test_mail_arrives(project: Path, mailbox: Mailbox):
    _, shown = talk_with(project, [*SITE, *mail_talk(mailbox.port)])
    assert "127.0.0.1 took it" in shown
    assert mailbox.envelopes == [("forms@letter.test", ["baker@letter.test"])]
    assert mailbox.messages[0]["Subject"] == "A test mail from your site"


def test_the_secrets_are_for_the_owner_only(project: Path, mailbox: Mailbox):
    talk_with(project, [*SITE, *mail_talk(mailbox.port, "n")])
    assert stat.S_IMODE((project / ".env").stat().st_mode) == 0o600
    assert stat.S_IMODE((project / "site.toml").stat().st_mode) != 0o600
    assert mailbox.raw == []


def test_enter_keeps_everything(project: Path, mailbox: Mailbox):
    talk_with(project, [*SITE, *mail_talk(mailbox.port)])
    before = files(project)
    mail = [(prompt, "\n") for prompt, _ in mail_talk(mailbox.port)]
    status, shown = talk_with(project, [*KEEP, *mail])
    assert status == 0, shown
    assert files(project) == before
    assert len(mailbox.raw) == 2


def test_a_server_that_does_not_answer_is_said_and_can_be_mended(project: Path, mailbox: Mailbox):
    again = [("Change the mail server's settings? [y]", "\n"), ("Mail server [127.0.0.1]", "\n"),
             ("Encryption [none]", "\n"), ("Port [", f"{mailbox.port}\n"), *mail_talk(0)[3:]]  # fmt: skip
    status, shown = talk_with(project, [*KEEP, *mail_talk(closed_port()), *again])
    assert status == 0, shown
    assert "the test mail did not leave: 127.0.0.1 could not be reached" in shown
    assert read_dotenv(project / ".env", KEYS)["SMTP_URL"] == mailbox.url
    assert len(mailbox.raw) == 1


def test_a_password_is_kept_and_never_shown(project: Path):
    def talk(user: str, password: str) -> Talk:
        return [
            ("Mail server [", "mail.letter.test\n"), ("Encryption [", "tls\n"), ("Port [465]", "\n"),
            ("User [", user), ("Password [unchanged]: " if not password else "Password (not shown): ", f"{password}\n"),
            ("Mail goes to [", "\n"), ("Mail comes from [", "\n"), ("Send a test mail", "n\n"),
        ]  # fmt: skip

    status, shown = talk_with(project, [*KEEP, *talk("baker@letter.test\n", "p@ss:w/rd %")])
    assert status == 0, shown
    assert "w/rd" not in shown
    values = read_dotenv(project / ".env", KEYS)
    assert values["SMTP_URL"] == "smtps://baker%40letter.test:p%40ss%3Aw%2Frd%20%25@mail.letter.test:465"
    assert values["MAIL_FROM"] == "baker@letter.test"
    before = files(project)
    status, shown = talk_with(project, [*KEEP, *talk("\n", "")])
    assert status == 0, shown
    assert files(project) == before


def test_without_a_mail_server_mail_stays_caught(project: Path):
    status, shown = talk_with(project, [*KEEP, ("Mail server [-]", "\n")])
    assert status == 0, shown
    assert read_dotenv(project / ".env", KEYS)["SMTP_URL"] == ""


@pytest.mark.parametrize("leaving", ["\x03", "\x04"])  # Ctrl-C, Ctrl-D
def test_walking_away_changes_nothing(project: Path, leaving: str):
    before = files(project)
    status, shown = talk_with(project, [*SITE, ("Mail server [", leaving)])
    assert status == 130
    assert "stopped; everything is as it was" in shown
    assert files(project) == before


def test_without_a_terminal_it_is_one_line(project: Path):
    before = files(project)
    done = subprocess.run(
        command(project), cwd=ROOT, env=environ(project), stdin=subprocess.DEVNULL, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == "setup: it asks questions and needs a terminal; without one, edit site.toml and .env\n"
    assert files(project) == before


def test_a_file_that_cannot_be_changed_is_left_whole(project: Path):
    """The table is written inline, which is good TOML but no line to change."""
    text = (project / "site.toml").read_text().replace('name = "The Author"', "name = '''The Author'''")
    (project / "site.toml").write_text(text)
    before = files(project)
    status, shown = talk_with(project, [*KEEP, ("Mail server [", "\n")])
    assert status == 1
    assert "write it there yourself" in shown
    assert files(project) == before
