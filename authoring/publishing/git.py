"""A repository of ours beside the site: what is on a branch elsewhere, and what is to be. git never asks anything."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from authoring.publishing.target import TargetError

#: Whatever the author has set for his own repositories must not change what readers get.
SETTINGS = (
    "core.autocrlf=false", "core.attributesFile=/dev/null", "core.excludesFile=/dev/null", "core.fileMode=false",
    "core.hooksPath=/dev/null", "push.gpgSign=false", "http.lowSpeedLimit=1000", "http.lowSpeedTime=60",
)  # fmt: skip
#: What git says, and what is said of it; the first that fits.
KNOWN: tuple[tuple[str, str], ...] = (
    (
        r"HOST IDENTIFICATION HAS CHANGED",
        "its host shows another key than before; find out why before you trust it, and only then take the old one"
        " away with ssh-keygen -R",
    ),
    (r"Host key verification failed", "its host's key is not known here; connect once by hand with ssh and compare it"),
    (
        r"Permission denied \(|Authentication failed|could not read (Username|Password)|terminal prompts disabled"
        r"|returned error: 403",
        "it lets nobody in with your keys or passwords; try by hand: git ls-remote {remote}",
    ),
    (r"Could not resolve host", "no host of that name is found; look at the name, and whether you are connected"),
    (
        r"Connection refused|timed out|No route to host|unreachable|Could not connect|Failed to connect",
        "its host does not answer; look at the address, and whether it runs",
    ),
    (
        r"\[rejected\]|fetch first|non-fast-forward|failed to update ref|reference already exists|cannot lock ref",
        "somebody else has published there meanwhile; publish again",
    ),
    (
        r"\[remote rejected\]|hook declined|protected branch",
        "it does not take the branch ({last}); look at its rules, or name another branch",
    ),
    (r"No space left on device|Disk quota exceeded|unpacker error", "it cannot keep what is sent; make room there"),
    (
        r"not appear to be a git repository|Repository not found|does not exist|not found",
        "there is no such repository; look at the address",
    ),
)


class Git:
    """git in the bare repository `folder`. Every method raises TargetError, with one line that names `called`."""

    def __init__(self, folder: Path, called: str, environ: Mapping[str, str]) -> None:
        self.folder, self._called = folder, called
        ssh = f"{environ.get('GIT_SSH_COMMAND', 'ssh')} -oBatchMode=yes -oConnectTimeout=10"
        told = {"GIT_SSH_COMMAND": ssh, "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "true", "LC_ALL": "C"}
        ours = {key: value for key, value in environ.items() if not key.startswith("GIT_")}
        self._environ = {**ours, **told}

    def __call__(self, *words: str, given: bytes = b"", environ: Mapping[str, str] | None = None) -> str:
        """What git prints."""
        done = self._run(*words, given=given, environ=environ)
        if done.returncode:
            raise TargetError(trouble(self._called, done.stderr.decode(errors="replace")))
        return done.stdout.decode(errors="replace").strip()

    def agrees(self, *words: str) -> bool:
        """Whether git ends a question with yes."""
        return self._run(*words).returncode == 0

    def remote_of(self, project: Path, name: str) -> str:
        """The address of what the author calls `name`: a remote of his project, a path below it, or itself."""
        path = project / Path(name).expanduser()
        if path.exists():
            return str(path)
        if re.fullmatch(r"[\w.-]+", name):
            done = self._run("-C", str(project), "remote", "get-url", name, git_dir=False)
            return done.stdout.decode().strip() or name
        return name

    def _run(
        self, *words: str, given: bytes = b"", environ: Mapping[str, str] | None = None, git_dir: bool = True
    ) -> subprocess.CompletedProcess[bytes]:
        here = [f"--git-dir={self.folder}"] if git_dir else []
        settings = [word for setting in SETTINGS for word in ("-c", setting)]
        try:
            return subprocess.run(
                ["git", *here, *settings, *words], input=given, capture_output=True, check=False,
                env={**self._environ, **(environ or {})},
            )  # fmt: skip
        except FileNotFoundError:
            raise TargetError("git is missing here; apt install git") from None


def trouble(called: str, said: str) -> str:
    """One line from what git has said of the repository `called`: what is wrong there, and what to do."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    last = re.sub(r"^(fatal|error|!): *", "", lines[-1]) if lines else "it failed without a word"
    for pattern, words in KNOWN:
        if found := re.search(rf".*(?:{pattern}).*", said):
            return f"{called}: {words.format(remote=called, last=found[0].strip())}"
    return f"{called}: {last}; try by hand: git ls-remote {called}"
