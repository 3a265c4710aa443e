"""An Email becomes a message of the mail protocols: plain text, headers that no input can break. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy

from email_validator import EmailNotValidError, validate_email

from forms_service.outbox.plain import one_line

LONGEST_SUBJECT = 150
LONGEST_ADDRESS = 320


class _WholeAddresses(EmailPolicy):
    """Headers on one line each, for a folded address or Message-ID is a broken one; a subject does fold."""

    def fold_binary(self, name: str, value: str) -> bytes:
        return _folded_subject(value) if name == "Subject" else super().fold_binary(name, value)


def _folded_subject(subject: str) -> bytes:
    # The policies of Python 3.11 lose or add spaces where they fold, the older Header does not.
    header = Header(subject, None if subject.isascii() else "utf-8", header_name="Subject")
    return f"Subject: {header.encode(linesep=EOL)}{EOL}".encode("ascii")


EOL = "\r\n"
#: Text other than ASCII travels encoded, so that every server can take it.
SEVEN_BIT = SMTP.clone(cte_type="7bit")
POLICY = _WholeAddresses(linesep=EOL, max_line_length=998, cte_type="7bit")


@dataclass(frozen=True)
class Email:
    """A composed mail to the author. `reply_to` is what the visitor typed, valid or not."""

    subject: str
    body: str
    reply_to: str = ""


@dataclass(frozen=True)
class Envelope:
    """Where a mail comes from, where it goes, and what makes it the same mail when sent twice."""

    sender_name: str
    sender: str
    recipient: str
    message_id: str
    at: datetime


def to_message(email: Email, envelope: Envelope) -> EmailMessage:
    """The message to send: every header from us but a Reply-To, and that only when it is one valid address."""
    message = EmailMessage(policy=SEVEN_BIT)
    # "=?" would begin an encoded word, which mail programs turn into other text.
    message["Subject"] = one_line(email.subject, LONGEST_SUBJECT).replace("=?", "= ?")
    message["From"] = _mailbox(envelope.sender_name, envelope.sender)
    message["To"] = _mailbox("", envelope.recipient)
    if reply_to := valid_address(email.reply_to):
        message["Reply-To"] = _mailbox("", reply_to)
    message["Date"] = envelope.at
    message["Message-ID"] = f"<{_in_ascii(envelope.message_id.strip('<>'))}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_storable(email.body))
    message.policy = POLICY
    return message


def valid_address(typed: str) -> str:
    """The one address in `typed`, as mail headers write it; empty when there is none, or more than one."""
    try:
        return validate_email(typed.strip(), check_deliverability=False, test_environment=True).ascii_email or ""
    except EmailNotValidError:
        return ""


def _mailbox(name: str, address: str) -> Address:
    return Address(display_name=one_line(name), addr_spec=_in_ascii(address))


def _in_ascii(address: str) -> str:
    """With its domain as the name servers know it: `bücher.example` would need a server that speaks SMTPUTF8."""
    local, at, domain = one_line(address, LONGEST_ADDRESS).rpartition("@")
    return local + at + domain.encode("idna").decode("ascii")


def _storable(text: str) -> str:
    """Without halves of characters, which no encoding of mail can carry."""
    return text.encode("utf-8", "replace").decode("utf-8")
