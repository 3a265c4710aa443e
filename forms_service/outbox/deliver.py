"""The only file that speaks SMTP: hands one message to the mail server, or says why not.

Never inside a transaction. However slow the server, a delivery ends by its deadline.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from threading import Timer
from urllib.parse import SplitResult, unquote, urlsplit

from forms_service.outbox.plain import one_line


class DeliveryError(Exception):
    """The message did not go out. `permanent`: trying again will not help. One line."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.permanent = permanent


@dataclass(frozen=True)
class Patience:
    """How many seconds each step may take, and all of them together (much less than `queue.LEASE`)."""

    step: float = 30
    deadline: float = 240


PATIENCE = Patience()


def deliver(smtp_url: str, message: EmailMessage, patience: Patience = PATIENCE) -> None:
    """Hand `message` to the server at `smtp_url`. Raises DeliveryError."""
    sender, recipient = (message[name].addresses[0].addr_spec for name in ("From", "To"))
    url = urlsplit(smtp_url)
    try:
        with _connected(url, patience, introduced_as=sender.rpartition("@")[2]) as server:
            server.sendmail(sender, [recipient], message.as_bytes())
            # The message is theirs now. We say goodbye and wait for no answer: the row wants to be marked.
            with suppress(OSError):
                server.putcmd("quit")
    except OSError as error:  # smtplib's own errors are OSErrors too
        raise _in_words(error, url.hostname or "") from error


@contextmanager
def _connected(url: SplitResult, patience: Patience, introduced_as: str) -> Iterator[smtplib.SMTP]:
    server = _server(url, introduced_as, patience.step)
    host = url.hostname or ""
    server._host = host  # type: ignore[attr-defined]  # the name that certificates are checked for
    cut = Timer(patience.deadline, _cut, [server])
    cut.daemon = True
    cut.start()
    try:
        server.connect(host, url.port or _usual_port(url))
        _encrypt_and_sign_in(server, url)
        yield server
    finally:
        cut.cancel()
        server.close()


def _server(url: SplitResult, introduced_as: str, step: float) -> smtplib.SMTP:
    """Not given the host yet, or it would connect before the deadline can reach its socket."""
    if url.scheme != "smtps":
        return smtplib.SMTP(local_hostname=introduced_as, timeout=step)
    # Left to itself, smtplib takes any certificate, and whoever shows it gets the password.
    return smtplib.SMTP_SSL(local_hostname=introduced_as, timeout=step, context=ssl.create_default_context())


def _usual_port(url: SplitResult) -> int:
    if url.scheme == "smtps":
        return 465
    return 587 if url.username else 25


def _encrypt_and_sign_in(server: smtplib.SMTP, url: SplitResult) -> None:
    """`smtp://` encrypts where it can and tells no password where it cannot; `smtp+insecure://` does neither."""
    server.ehlo_or_helo_if_needed()
    if url.scheme == "smtp" and server.has_extn("starttls"):
        server.starttls(context=ssl.create_default_context())
        server.ehlo()
    elif url.scheme == "smtp" and url.username:
        raise DeliveryError(f"{url.hostname} offers no encryption, so the password was not sent; try smtps://")
    if url.username:
        server.login(unquote(url.username), unquote(url.password or ""))


def _cut(server: smtplib.SMTP) -> None:
    if server.sock is not None:
        with suppress(OSError):
            server.sock.shutdown(socket.SHUT_RDWR)


def _in_words(error: OSError, host: str) -> DeliveryError:
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, words = next(iter(error.recipients.values()))
            return _refusal(host, "the recipient", code, words)
        case smtplib.SMTPSenderRefused():
            return _refusal(host, "the sender", error.smtp_code, error.smtp_error)
        case smtplib.SMTPDataError():
            return _refusal(host, "the message", error.smtp_code, error.smtp_error)
        case smtplib.SMTPResponseException():
            return DeliveryError(f"{host} said: {_said(error.smtp_code, error.smtp_error)}")
        case TimeoutError():
            return DeliveryError(f"{host} did not answer in time")
    return DeliveryError(f"{host} could not be reached: {one_line(error.strerror or str(error))}")


def _refusal(host: str, refused: str, code: int, words: bytes | str) -> DeliveryError:
    # 5xx is final, but not where it asks for (other) credentials: those the author will mend.
    final = 500 <= code <= 599 and code not in (530, 534, 535, 538)
    return DeliveryError(f"{host} refused {refused}: {_said(code, words)}", permanent=final)


def _said(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return one_line(f"{code} {text}", longest=300)
