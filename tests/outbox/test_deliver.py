"""Delivery against real servers: what goes over the wire, and what each misbehaviour is called."""

import ssl
import time
from datetime import UTC, datetime

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from forms_service.outbox.deliver import DeliveryError, Patience, deliver
from forms_service.outbox.message import Email, Envelope, to_message
from tests.conftest import ROOT
from tests.support.smtp import Mailbox, closed_port, crowded_server, dripping_server, mail_server, silent_server

IMPATIENT = Patience(step=0.3, deadline=0.6)
CERTIFICATE = ROOT / "tests" / "support" / "localhost.pem"
NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
ENVELOPE = Envelope("Gratitude", "forms@example.com", "author@example.com", "<mail-1@example.com>", NOW)
LETTER = to_message(Email("A baker wrote to you", "Hello.\n.\nStill here: café.\n"), ENVELOPE)


def failure(url: str) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        deliver(url, LETTER, IMPATIENT)
    return caught.value


def test_a_message_arrives_whole():
    with mail_server(Mailbox()) as mailbox:
        deliver(mailbox.url, LETTER)
    assert mailbox.envelopes == [("forms@example.com", ["author@example.com"])]
    assert mailbox.raw == [LETTER.as_bytes()]
    assert mailbox.messages[0].get_content().splitlines() == ["Hello.", ".", "Still here: café."]


def test_a_server_that_is_down_is_tried_again():
    error = failure(f"smtp+insecure://127.0.0.1:{closed_port()}")
    assert str(error) == "127.0.0.1 could not be reached: Connection refused"
    assert not error.permanent


def test_a_busy_server_is_tried_again():
    with mail_server(Mailbox("451 Busy, come back later")) as mailbox:
        error = failure(mailbox.url)
        deliver(mailbox.url, LETTER)
    assert str(error) == "127.0.0.1 refused the message: 451 Busy, come back later"
    assert not error.permanent
    assert len(mailbox.raw) == 1


@pytest.mark.parametrize(
    ("mailbox", "words"),
    [
        (Mailbox("550 No such mail here"), "127.0.0.1 refused the message: 550 No such mail here"),
        (Mailbox(at_recipient="550 Nobody of that name"), "127.0.0.1 refused the recipient: 550 Nobody of that name"),
    ],
)
def test_a_final_no_is_not_tried_again(mailbox: Mailbox, words: str):
    with mail_server(mailbox):
        error = failure(mailbox.url)
    assert (str(error), error.permanent) == (words, True)


def test_a_server_that_hides_recipients_for_now_is_tried_again():
    with mail_server(Mailbox(at_recipient="450 Greylisted")) as mailbox:
        assert not failure(mailbox.url).permanent


@pytest.mark.parametrize("server", [silent_server, crowded_server, dripping_server])
def test_a_server_that_hangs_holds_nobody_up(server):
    with server() as url:
        began = time.monotonic()
        assert not failure(url).permanent
        assert time.monotonic() - began < 3


def encryption() -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(CERTIFICATE)
    return made


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The certificate of our localhost counts as issued by somebody known."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))


def keeper(known: list[tuple[str, str]]):
    def check(server, session, envelope, mechanism, login: LoginPassword) -> AuthResult:
        known.append((login.login.decode(), login.password.decode()))
        return AuthResult(success=True)

    return check


def test_the_password_goes_over_an_encrypted_line(trusting: None):
    told: list[tuple[str, str]] = []
    with mail_server(Mailbox(), tls_context=encryption(), authenticator=keeper(told)) as mailbox:
        deliver(f"smtp://the%20author:p%40ss%3Aword@localhost:{mailbox.port}", LETTER)
    assert told == [("the author", "p@ss:word")]
    assert len(mailbox.raw) == 1


def test_a_line_encrypted_from_the_start_works_too(trusting: None):
    with mail_server(Mailbox(), ssl_context=encryption()) as mailbox:
        deliver(f"smtps://localhost:{mailbox.port}", LETTER)
    assert len(mailbox.raw) == 1


def test_a_server_without_encryption_is_not_told_the_password():
    told: list[tuple[str, str]] = []
    with mail_server(Mailbox(), authenticator=keeper(told), auth_require_tls=False) as mailbox:
        error = failure(f"smtp://author:password@127.0.0.1:{mailbox.port}")
    assert "the password was not sent" in str(error)
    assert (told, mailbox.raw) == ([], [])


@pytest.mark.parametrize(("scheme", "how"), [("smtp", "tls_context"), ("smtps", "ssl_context")])
def test_a_certificate_of_somebody_else_is_refused(scheme: str, how: str):
    told: list[tuple[str, str]] = []
    with mail_server(Mailbox(), authenticator=keeper(told), **{how: encryption()}) as mailbox:
        error = failure(f"{scheme}://author:password@localhost:{mailbox.port}")
    assert "certificate" in str(error).lower()
    assert (told, mailbox.raw) == ([], [])


@pytest.mark.parametrize(("scheme", "how"), [("smtp", "tls_context"), ("smtps", "ssl_context")])
def test_a_certificate_for_another_name_is_refused(trusting: None, scheme: str, how: str):
    with mail_server(Mailbox(), **{how: encryption()}) as mailbox:
        error = failure(f"{scheme}://127.0.0.1:{mailbox.port}")
    assert "certificate" in str(error).lower()
    assert mailbox.raw == []
