"""A real sshd on loopback, run by whoever runs the tests, with keys and settings of its own."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path

from tests.support.programs import MISSING, SSH, SSHD
from tests.support.project import free_port, until

#: Its standard input closes when the tests end, however they end.
UNTIL_WE_END = '"$@" & read -r _; kill $!'
SERVER = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/{key}
PidFile none
AuthorizedKeysFile {folder}/own.pub
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
LogLevel ERROR
MaxStartups 100
{more}
"""
CLIENT = """
Host *
  User {user}
  IdentityFile {folder}/own
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile {folder}/known_hosts
  GlobalKnownHostsFile none
"""


@dataclass
class Sshd:
    """A server that lets this user in, and the programs that know the way to it."""

    folder: Path
    port: int

    @property
    def path(self) -> str:
        """A PATH whose ssh has the settings of this test and nobody else's."""
        return f"{self.folder}/bin:{os.environ['PATH']}"

    def address(self, project: Path, port: int = 0) -> str:
        return f"ssh://127.0.0.1:{port or self.port}{project}"

    def know(self, key: str = "host", port: int = 0) -> None:
        """Trust the server by one of its keys, and by no other."""
        kind, words = (self.folder / f"{key}.pub").read_text().split()[:2]
        (self.folder / "known_hosts").write_text(f"[127.0.0.1]:{port or self.port} {kind} {words}\n")


def prepared(folder: Path) -> Sshd:
    """Keys and settings, no server yet."""
    folder.mkdir(parents=True)
    for name in ("host", "other", "own"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    (folder / "client").write_text(CLIENT.format(folder=folder, user=getuser()))
    (folder / "bin").mkdir()
    (folder / "bin" / "ssh").write_text(f'#!/bin/sh\nexec {SSH} -F {folder}/client "$@"\n')
    (folder / "bin" / "ssh").chmod(0o755)
    server = Sshd(folder, free_port())
    server.know()
    return server


@contextmanager
def sshd(folder: Path, more: str = "", **started: object) -> Iterator[Sshd]:
    """The server, answering; `more` are lines of its settings, `started` is for Popen."""
    assert not MISSING, f"{', '.join(MISSING)} missing here; apt install openssh-server openssh-client rsync"
    server = prepared(folder)
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # where root's sshd locks itself in
    (folder / "server").write_text(SERVER.format(folder=folder, port=server.port, key="host", more=more))
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            ["sh", "-c", UNTIL_WE_END, "sh", SSHD, "-D", "-e", "-f", folder / "server"], stdin=subprocess.PIPE,
            stderr=log, start_new_session=True, **started,  # type: ignore[call-overload]
        )  # fmt: skip
    try:
        until(lambda: _answers(server, process))
        yield server
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=20)


def _answers(server: Sshd, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, (server.folder / "log").read_text()
    try:
        with socket.create_connection(("127.0.0.1", server.port), timeout=2):
            return True
    except OSError:
        return False
