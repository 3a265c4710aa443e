"""What `make setup` takes for an answer, and what it says to others."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authoring.setup import checks
from authoring.setup.checks import SetupError
from authoring.setup.mail_server import MailServer, in_use, with_settings
from bridge.dotenv import read_dotenv
from bridge.places import KEYS
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("check", "typed", "kept"),
    [
        (checks.one_line, "  A   Site ", "A Site"),
        (checks.address, "https://a.example/", "https://a.example"),
        (checks.address, "https://a.example/blog", "https://a.example/blog"),
        (checks.address, "http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        (checks.time_zone, "Europe/Berlin", "Europe/Berlin"),
        (checks.time_zone, "america/new york", "America/New_York"),
        (checks.country, "de", "DE"),
        (checks.email, "baker@bücher.example", "baker@bücher.example"),
        (checks.lines, "1 Street; Town ;", ("1 Street", "Town")),
        (checks.lines, "", ()),
        (checks.port, "587", 587),
        (checks.host_name, "mail.example.com", "mail.example.com"),
    ],
)
def test_good_answers_are_taken(check: Callable[[str], object], typed: str, kept: object):
    assert check(typed) == kept


@pytest.mark.parametrize(
    ("check", "typed", "said"),
    [
        (checks.one_line, "", "one line"),
        (checks.address, "a.example", "https://your-site.example"),
        (checks.address, "ftp://a.example", "https://your-site.example"),
        (checks.address, "https://a.example/?q=1", "https://your-site.example"),
        (checks.address, "https://a.example:99999", "https://your-site.example"),
        (checks.address, "https://[a", "https://your-site.example"),
        (checks.address, "https://me:pw@a.example", "https://your-site.example"),
        (checks.address, "https://somewhere", "no host that readers can reach"),
        (checks.time_zone, "Berlin", "Europe/Berlin"),
        (checks.time_zone, "EU/Berlyn", "Europe/Berlin"),
        (checks.time_zone, "../etc/passwd", "no time zone"),
        (checks.country, "XX", "two letters"),
        (checks.email, "nobody", "no e-mail address"),
        (checks.port, "0", "1 to 65535"),
        (checks.port, "²", "1 to 65535"),
        (checks.host_name, "smtp://mail.example.com", "host name"),
        (checks.yes_or_no, "perhaps", "answer y"),
    ],
)
def test_other_answers_are_refused_with_what_would_do(check: Callable[[str], object], typed: str, said: str):
    with pytest.raises(SetupError, match=said):
        check(typed)


def test_a_phone_number_is_read_by_its_country():
    assert checks.phone("030 1234567", "DE") == "030 1234567"
    assert checks.phone("+1 212-555-0123", "DE") == "+1 212-555-0123"
    for typed in ("1", "call me", ""):
        with pytest.raises(SetupError, match="no phone number of DE"):
            checks.phone(typed, "DE")


VISIBLE = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF, exclude_categories=("Cc", "Cs")), max_size=20)


@given(VISIBLE, VISIBLE, st.integers(1, 65535), st.sampled_from(["starttls", "tls", "none"]))
def test_a_mail_server_survives_being_written_and_read(user: str, password: str, port: int, security: str):
    said = MailServer("mail.example.com", security, port, user, password if user else "", "a@b.example", "f@b.example")
    assert in_use(said.settings) == said


@pytest.mark.parametrize("typed", ["smtp://me:pa[ss@mail.example.com:587", "smtps://[mail.example.com"])
def test_a_mail_server_that_nobody_can_read_is_asked_for_anew(typed: str):
    assert in_use({"SMTP_URL": typed, "MAIL_TO": "a@b.example"}) == MailServer(to="a@b.example")


def test_settings_keep_every_other_line(tmp_path):
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    changed = with_settings(example, {"SMTP_URL": "smtp://a:25", "MAIL_TO": "a@b.example"})
    pairs = zip(example.splitlines(), changed.splitlines(), strict=True)
    assert [new for old, new in pairs if old != new] == ["SMTP_URL=smtp://a:25", "MAIL_TO=a@b.example"]
    (tmp_path / ".env").write_text(changed)
    assert read_dotenv(tmp_path / ".env", KEYS)["MAIL_TO"] == "a@b.example"


def test_a_missing_setting_is_put_at_the_end():
    assert with_settings("# MAIL_TO=x\nSECRET_KEY=s", {"MAIL_TO": "a"}) == "# MAIL_TO=x\nSECRET_KEY=s\nMAIL_TO=a\n"
