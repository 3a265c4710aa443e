"""Real mail servers for tests: one that takes mail, and several that do not behave."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

STEPS = ("MAIL", "RCPT", "DATA")
PATIENCE = 20.0


class Mailbox:
    """What a server got, and how it answers. `answers` are given in turn to DATA, then it accepts.

    With `stall` naming a step (one of STEPS) it says nothing more once it got there; `reached` tells.
    The stall of DATA comes after the whole message has arrived: it is in `raw`, and nobody was told.
    """

    def __init__(self, *answers: str, stall: str = "", at_recipient: str = "") -> None:
        self.raw: list[bytes] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.reached = Event()
        self.may_answer = Event()
        self.said_goodbye = Event()
        self.port = 0
        self._answers, self._stall, self._at_recipient = list(answers), stall, at_recipient

    @property
    def url(self) -> str:
        return f"smtp+insecure://127.0.0.1:{self.port}"

    @property
    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=policy.default) for raw in self.raw]

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]):  # noqa: N802
        await self._perhaps_stall("MAIL")
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]):  # noqa: N802
        await self._perhaps_stall("RCPT")
        if self._at_recipient:
            return self._at_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope):  # noqa: N802
        if self._answers:
            return self._answers.pop(0)
        self.raw.append(bytes(envelope.content))
        self.envelopes.append((envelope.mail_from, list(envelope.rcpt_tos)))
        await self._perhaps_stall("DATA")
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope):  # noqa: N802
        self.said_goodbye.set()
        return "221 Bye"

    async def _perhaps_stall(self, step: str) -> None:
        if step == self._stall:
            self.reached.set()
            while not self.may_answer.is_set():
                await asyncio.sleep(0.01)


@contextmanager
def mail_server(mailbox: Mailbox, **options) -> Iterator[Mailbox]:
    """`mailbox` listening on a port of its own. (The Controller cannot find itself one.)"""
    mailbox.port = closed_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port, **options)
    controller.start()
    try:
        yield mailbox
    finally:
        mailbox.may_answer.set()
        controller.stop()


def closed_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def silent_server() -> Iterator[str]:
    """The URL of a server that lets anybody connect and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"smtp+insecure://127.0.0.1:{listening.getsockname()[1]}"


@contextmanager
def crowded_server() -> Iterator[str]:
    """The URL of a server whose queue is full: connecting to it never comes to an end."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listening:
        before = [socket.socket() for _ in range(4)]
        for caller in before:
            caller.setblocking(False)
            caller.connect_ex(listening.getsockname())
        try:
            yield f"smtp+insecure://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            for caller in before:
                caller.close()


@contextmanager
def dripping_server() -> Iterator[str]:
    """The URL of a server that sends one letter of its greeting every now and then, for ever."""
    from threading import Thread

    over = Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            caller, _ = listening.accept()
            with caller:
                while not over.wait(0.05):
                    try:
                        caller.send(b"2")
                    except OSError:
                        return

        thread = Thread(target=drip)
        thread.start()
        try:
            yield f"smtp+insecure://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            over.set()
            thread.join()
