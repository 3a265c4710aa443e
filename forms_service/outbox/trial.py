"""The mail that `make setup` sends to see whether mail leaves. Pure."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage

from bridge.identity import Identity
from forms_service.outbox.message import Email, Envelope, to_message

BODY = """\
This is a test: the mail server takes mail from your site.

What visitors send you will come the same way.
"""


def trial_message(identity: Identity, sender: str, recipient: str, at: datetime) -> EmailMessage:
    message_id = f"test-{at:%Y%m%d%H%M%S%f}@{identity.host}"
    return to_message(
        Email("A test mail from your site", BODY), Envelope(identity.name, sender, recipient, message_id, at)
    )
