"""One mail after the other: claim, compose, hand over, write down how it went."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from threading import Event

from bridge.files import replace_file
from forms_service.config import Config
from forms_service.db import Database
from forms_service.models import OutboxMail
from forms_service.outbox import queue
from forms_service.outbox.deliver import PATIENCE, DeliveryError, Patience, deliver
from forms_service.outbox.gather import NothingToSendError, gather
from forms_service.outbox.message import Email, Envelope, to_message
from forms_service.outbox.plain import one_line
from forms_service.outbox.queue import Claim

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Dispatcher:
    """One worker's way of sending. `clock` is read anew for each step, since a server may take its time."""

    config: Config
    database: Database
    worker: str
    clock: Callable[[], datetime]
    patience: Patience = PATIENCE

    def send_due(self, stop: Event) -> int:
        """Try every mail that is due until `stop` is set; how many this worker tried."""
        tried = 0
        for mail_id in queue.due(self.database, self.clock()):
            claim = None if stop.is_set() else queue.claim(self.database, mail_id, self.worker, self.clock())
            if claim is not None:
                self._send(claim)
                tried += 1
        return tried

    def _send(self, claim: Claim) -> None:
        try:
            self._hand_over(claim)
        except NothingToSendError as reason:
            queue.silence(self.database, claim, str(reason))
        except DeliveryError as error:
            log.warning("mail %d was not sent: %s", claim.mail_id, error)
            self._failed(claim, str(error), error.permanent)
        except Exception as error:  # one mail that cannot be made must not keep the others
            # The author may read the message; the log may not, for it may hold a visitor's words.
            log.warning("mail %d was not sent: %s", claim.mail_id, type(error).__name__)
            self._failed(claim, one_line(f"{type(error).__name__}: {error}", 500), permanent=False)
        else:
            queue.mark_sent(self.database, claim, self.clock())

    def _hand_over(self, claim: Claim) -> None:
        with self.database.read() as session:
            mail = session.get_one(OutboxMail, claim.mail_id)
            message = self._compose(mail, gather(session, mail, self.config, self.clock()))
            name = caught_name(mail)
        if self.config.catches_mail:
            replace_file(self.config.mail_dir / name, message.as_bytes(), durable=True)
        else:
            deliver(self.config.smtp_url, message, self.patience)

    def _failed(self, claim: Claim, reason: str, permanent: bool) -> None:
        if permanent:
            queue.give_up(self.database, claim, reason)
        else:
            queue.put_back(self.database, claim, reason, self.clock())

    def _compose(self, mail: OutboxMail, email: Email) -> EmailMessage:
        config = self.config
        return to_message(
            email,
            Envelope(config.identity.name, config.mail_from, config.mail_to, mail.message_id, self.clock()),
        )


def caught_name(mail: OutboxMail) -> str:
    """The file of a mail caught in development: the same mail, however often, has one file."""
    return f"{mail.created_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{mail.id}.eml"
