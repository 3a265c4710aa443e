"""The worker: sends mail, brings decided comments onto the pages, sweeps. Any number may run at once.

Mail has a thread of its own, so that a mail server that hangs holds up no page. A job that fails
says so in one line and is tried again; it never stops the others.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from secrets import token_hex
from threading import Event, Thread
from time import monotonic

from forms_service.config import Config
from forms_service.db import Database
from forms_service.erasure.clock import let_go
from forms_service.erasure.log import keep_log
from forms_service.erasure.scrub import scrub
from forms_service.journal import write_back
from forms_service.moderation import publish
from forms_service.outbox.deliver import PATIENCE, Patience
from forms_service.outbox.dispatch import Dispatcher
from forms_service.outbox.forget import forget_caught_mails
from forms_service.outbox.housekeeping import index_words, sweep
from forms_service.outbox.morning import queue_morning
from forms_service.outbox.plain import one_line

log = logging.getLogger(__name__)

#: Seconds between two rounds, after a failure, and between two sweeps.
PAUSE = 0.5
PAUSE_AFTER_FAILURE = 5.0
PAUSE_BETWEEN_FORGETTINGS = 5.0
#: Twice a second it kept the disk busy, and who wrote meanwhile waited for that.
PAUSE_BETWEEN_WRITINGS_BACK = 10.0
PAUSE_BETWEEN_SWEEPS = 600.0
PAUSE_BETWEEN_MORNINGS = 20.0
#: How long a delivery under way may hold up the end. What is cut off then is sent again, after its lease.
LAST_WORDS = 5.0


class Job:
    """Something to do again and again, `every` so many seconds."""

    def __init__(self, name: str, act: Callable[[], object], every: float = PAUSE) -> None:
        self.name, self.act, self.every = name, act, every
        self._next, self._complaint = 0.0, ""

    def turn(self) -> None:
        """Do it if it is time. A failure is told once, not every few seconds, and its end too."""
        if monotonic() < self._next:
            return
        try:
            self.act()
        except Exception as error:  # whatever it is, the other jobs go on
            self._complain(one_line(f"{type(error).__name__}: {error}", 300))
            self._next = monotonic() + PAUSE_AFTER_FAILURE
            return
        self._complain("")
        self._next = monotonic() + self.every

    def _complain(self, complaint: str) -> None:
        if complaint and complaint != self._complaint:
            log.error("%s failed and is tried again: %s", self.name, complaint)
        elif self._complaint and not complaint:
            log.info("%s works again", self.name)
        self._complaint = complaint


def run(config: Config, database: Database, stop: Event, patience: Patience = PATIENCE) -> None:
    """Work until `stop` is set."""
    dispatcher = Dispatcher(config, database, _own_name(), _now, patience)
    post = [Job("sending mail", lambda: dispatcher.send_due(stop))]
    rest = [
        Job("writing the journal back", lambda: write_back(database), every=PAUSE_BETWEEN_WRITINGS_BACK),
        Job("bringing comments onto the pages", lambda: publish.refresh(database, config)),
        Job("letting go of who has not agreed", lambda: let_go(database, _now()), every=PAUSE_BETWEEN_SWEEPS),
        Job("forgetting whom you erased", lambda: _forget(config, database), every=PAUSE_BETWEEN_FORGETTINGS),
        Job("indexing words", lambda: index_words(database, _now())),
        Job("queuing the morning mail", lambda: queue_morning(database, config, _now()), every=PAUSE_BETWEEN_MORNINGS),
        Job("sweeping", lambda: sweep(database, _now()), every=PAUSE_BETWEEN_SWEEPS),
    ]
    postman = Thread(target=_keep_doing, args=(post, stop), name="post", daemon=True)
    postman.start()
    _keep_doing(rest, stop)
    postman.join(LAST_WORDS)


def _forget(config: Config, database: Database) -> None:
    """The log first: whatever happens then, an older archive can be put right."""
    keep_log(database, config)
    forget_caught_mails(database, config)
    scrub(database, config)


def _keep_doing(jobs: Sequence[Job], stop: Event) -> None:
    while not stop.is_set():
        for job in jobs:
            job.turn()
        stop.wait(PAUSE)


def _own_name() -> str:
    """Told apart from every other worker, also from one that had this process number before."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{token_hex(4)}"


def _now() -> datetime:
    return datetime.now(UTC)
