"""Where the author publishes to, as he writes it: `ssh://…` for a host, `git+…` for a branch. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from authoring.publishing.target import TargetError

HOST = re.compile(
    r"ssh://(?:(?P<user>[A-Za-z0-9_][\w.-]*)@)?"
    r"(?P<host>[A-Za-z0-9_][\w.-]*|\[[0-9A-Fa-f:.]+\])"
    r"(?::(?P<port>[0-9]{1,5}))?/(?P<path>[^\x00-\x1f\x7f]*)",
    re.ASCII,
)
BRANCH = re.compile(r"git\+(?P<remote>[^#\x00-\x20\x7f-][^#\x00-\x1f\x7f]*)#(?P<branch>[A-Za-z0-9_][\w./-]*)", re.ASCII)
KNOWN = "write ssh://user@host/folder for a host, git+remote#branch for a branch, or leave TO out for this host"


@dataclass(frozen=True)
class HostAddress:
    """The project's folder on a host. `path` is absolute, or below the home of `user` when written `/~/…`."""

    text: str
    user: str
    host: str
    port: str
    path: str

    @property
    def login(self) -> str:
        """As ssh and rsync want it."""
        return f"{self.user}@{self.host}" if self.user else self.host

    @property
    def ssh_words(self) -> str:
        """What the author would type to log in himself."""
        return f"ssh {f'-p {self.port} ' if self.port else ''}{self.login}"


@dataclass(frozen=True)
class BranchAddress:
    """A branch of a git remote. `remote` is an address, a path, or the name of a remote of this project."""

    text: str
    remote: str
    branch: str


def address_of(text: str) -> HostAddress | BranchAddress | None:
    """What `TO=` or `AT=` says; None for this host. Raises TargetError."""
    if not text:
        return None
    if found := HOST.fullmatch(text):
        return HostAddress(text, found["user"] or "", found["host"], found["port"] or "", _path(found["path"]))
    if (found := BRANCH.fullmatch(text)) and _is_branch(found["branch"]) and "::" not in found["remote"]:
        return BranchAddress(text, found["remote"], found["branch"])
    raise TargetError(f"{text}: this is no place to publish to; {KNOWN}")


def _path(text: str) -> str:
    """`srv/site` was written `/srv/site`; `~/site` was written `/~/site` and begins at home, as with git."""
    if text == "~" or text.startswith("~/"):
        return text[2:].rstrip("/") or "."
    return f"/{text.rstrip('/')}"


def _is_branch(name: str) -> bool:
    """As `git check-ref-format` judges, as far as the characters allow anything else."""
    parts = name.split("/")
    return ".." not in name and all(p and p[0] != "." and p[-1] != "." and not p.endswith(".lock") for p in parts)
