"""The way to a host: ssh carries commands, rsync carries files, and neither ever asks the author anything."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from authoring.publishing.address import HostAddress
from authoring.publishing.target import TargetError
from authoring.publishing.troubles import NO_FOLDER, NO_PROJECT, NOT_SET_UP, OLD_PROJECT, is_broken, trouble
from authoring.publishing.version import version

#: Whom to trust is left to the author's own ssh settings; that nobody is asked is not.
OPTIONS = (
    "-T", "-a", "-x", "-oBatchMode=yes", "-oConnectTimeout=10", "-oServerAliveInterval=10", "-oServerAliveCountMax=3",
    "-oClearAllForwardings=yes", "-oLogLevel=ERROR",
)  # fmt: skip
SILENCE = 60  # seconds without a byte after which rsync gives up
HOST_MODULE = "authoring.publishing.host"
NOT_UNDERSTOOD = 2  # how a command ends that knows none of these words


class ConnectionLostError(TargetError):
    """The connection ended before the host had answered."""


class Connection:
    """To the project at `address`. Every method raises TargetError, with one line that names the host."""

    def __init__(self, address: HostAddress, environ: Mapping[str, str]) -> None:
        self.address, self._environ = address, dict(environ)

    def ask(self, *words: str) -> dict[str, Any]:
        """Run a command of `host.py` there; its answer."""
        given = ["--version", version(), *words]
        script = (
            f"cd -- {shlex.quote(self.address.path)} 2>/dev/null || exit {NO_FOLDER};"
            f" [ -f publishconf.py ] || exit {NO_PROJECT};"
            f" [ -f {HOST_MODULE.replace('.', '/')}.py ] || exit {OLD_PROJECT};"
            f" [ -x .venv/bin/python ] || exit {NOT_SET_UP};"
            f" exec .venv/bin/python -m {HOST_MODULE} {shlex.join(given)}"
        )
        done = self._run([*self._ssh(), "-C", self.address.login, f"exec sh -c {shlex.quote(script)}"])
        answer = _answer_in(done.stdout.decode(errors="replace"))
        if answer is None:
            said = done.stderr.decode(errors="replace")
            kind = ConnectionLostError if is_broken(done.returncode, said) else TargetError
            status = OLD_PROJECT if done.returncode in (0, NOT_UNDERSTOOD) else done.returncode
            raise kind(trouble(self.address, status, said))
        if "refused" in answer:
            raise TargetError(f"{self.address.host}: {answer['refused']}")
        return answer

    def fetch(self, source: str, target: Path, rules: Iterable[str]) -> None:
        """Make `target` hold what `rules` choose of the folder `source` there, and nothing else."""
        target.mkdir(parents=True, exist_ok=True)
        words = ["-rtzkm", "--delete", *rules, f"{self.address.login}:{source}/", f"{target}/"]
        self._rsync(words)

    def send(self, source: Path, target: str, known: str = "") -> None:
        """Make the folder `target` there hold what `source` holds; of what stands in `known` only what differs goes."""
        words = ["-rzc", "--delete", *([f"--link-dest={known}"] if known else [])]
        self._rsync([*words, f"{source}/", f"{self.address.login}:{target}/"])

    def _rsync(self, words: Iterable[str]) -> None:
        self._look_at_rsync()
        ssh = shlex.join(self._ssh())
        done = self._run(["rsync", "-s", f"--timeout={SILENCE}", "-e", ssh, *words])
        if done.returncode:
            said = done.stderr.decode(errors="replace")
            kind = ConnectionLostError if is_broken(done.returncode, said) else TargetError
            raise kind(trouble(self.address, done.returncode, said))

    def _ssh(self) -> list[str]:
        return ["ssh", *OPTIONS, *(["-p", self.address.port] if self.address.port else [])]

    def _look_at_rsync(self) -> None:
        if shutil.which("rsync", path=self._environ.get("PATH")) is None:
            raise TargetError("rsync is missing here; apt install rsync (macOS: brew install rsync)")
        said = self._run(["rsync", "--version"]).stdout.decode(errors="replace")
        if not said.startswith("rsync  version 3."):
            first = " ".join((said.splitlines() or ["nothing"])[0].split())
            raise TargetError(f"rsync says {first!r}, and version 3 is needed; macOS: brew install rsync")

    def _run(self, words: list[str]) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, env=self._environ, check=False)
        except FileNotFoundError:
            raise TargetError(f"{words[0]} is missing here; apt install openssh-client rsync") from None


def _answer_in(output: str) -> dict[str, Any] | None:
    """The host's last line; a login script may have said something before it."""
    for line in reversed(output.splitlines()):
        if line.startswith('{"gratitude"'):
            try:
                return dict(json.loads(line))
            except ValueError:
                return None
    return None
