"""What went wrong between here and a host, in one line: from what ssh and rsync say to what to do about it. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

from authoring.publishing.address import HostAddress

NO_FOLDER, NO_PROJECT, OLD_PROJECT, NOT_SET_UP = 91, 92, 93, 94  # how the words we send end on the host
BROKEN = re.compile(
    r"connection (unexpectedly )?closed|connection reset|broken pipe|timeout, server .* not responding"
    r"|connection to .* closed|io timeout|closed by remote host|error in rsync protocol",
    re.IGNORECASE,
)
BROKEN_WORDS = "the connection broke; publish again, what has arrived already is not sent twice"
SSH_FAILED = 255
#: rsync's status for an error in file I/O; the words about it may be lost with the end over there.
NOT_KEPT = 11
FULL = re.compile(r"(No space left on device|Disk quota exceeded|File too large|Read-only file system)")
DENIED = re.compile(r'"([^"]+)"[^:]*: (Permission denied)')
UNREACHABLE = re.compile(
    r"(Connection refused|(?:Connection )?timed out|No route to host|Network is unreachable|Host is down)",
    re.IGNORECASE,
)

Words = Callable[[HostAddress, str], str]

#: What stands in the complaint, and what is said of it; the first that fits.
KNOWN: tuple[tuple[re.Pattern[str], Words], ...] = (
    (
        re.compile("HOST IDENTIFICATION HAS CHANGED"),
        lambda to, _: (
            "it shows another key than before; find out why before you trust it, and only then take"
            f" the old one away: ssh-keygen -R '{_known_as(to)}'"
        ),
    ),
    (
        re.compile("Host key verification failed|host key is known"),
        lambda to, _: f"its key is not known here; connect once by hand and compare it: {to.ssh_words}",
    ),
    (
        re.compile(r"Permission denied \([a-z]"),
        lambda to, _: (
            "it lets nobody in with your keys; bring yours there with ssh-copy-id,"
            f" unlock it with ssh-add, and try: {to.ssh_words}"
        ),
    ),
    (
        re.compile("Could not resolve hostname"),
        lambda to, _: "no host of that name is found; look at the name, and whether you are connected",
    ),
    (
        UNREACHABLE,
        lambda to, said: (
            f"it does not answer ({_first(UNREACHABLE, said)}); look at its name and port, and whether it runs"
        ),
    ),
    (
        re.compile("rsync: (command )?not found|rsync: No such file"),
        lambda to, _: "rsync is missing there; on the host: apt install rsync",
    ),
    (
        FULL,
        lambda to, said: f"it cannot keep what is sent ({_first(FULL, said)}); make room there and publish again",
    ),
    (
        DENIED,
        lambda to, said: (
            f"{_first(DENIED, said)} may not be written by {to.user or 'you'}; log in as the one whose files they are"
        ),
    ),
)
ENDED: dict[int, Words] = {
    NO_FOLDER: lambda to, _: f"there is no folder {to.path}; look at the path behind the host's name",
    NO_PROJECT: lambda to, _: f"the folder {to.path} does not hold this project; clone it there (docs/operate.md)",
    OLD_PROJECT: lambda to, _: f"the project in {to.path} is of another version; bring both to the same: git pull",
    NOT_SET_UP: lambda to, _: f"the project in {to.path} is not set up; on the host: make setup",
}


def trouble(to: HostAddress, status: int, said: str) -> str:
    """One line about a command that ended with `status` and wrote `said` on its error channel."""
    if status in ENDED:
        return f"{to.host}: {ENDED[status](to, said)}"
    for pattern, words in KNOWN:
        if pattern.search(said):
            return f"{to.host}: {words(to, said)}"
    if is_broken(status, said):
        return f"{to.host}: {BROKEN_WORDS}"
    if status == NOT_KEPT and not said.strip():
        return f"{to.host}: it cannot keep what is sent (error in file I/O); make room there and publish again"
    last = " ".join((said.strip().splitlines() or [f"status {status}"])[-1].split())
    return f"{to.host}: {last}; try by hand: {to.ssh_words}"


def is_broken(status: int, said: str) -> bool:
    """Whether the connection ended in the middle, so that nobody here knows what became of it."""
    return bool(BROKEN.search(said)) or (status == SSH_FAILED and not said.strip())


def _known_as(to: HostAddress) -> str:
    """As `known_hosts` names it."""
    return f"[{to.host.strip('[]')}]:{to.port}" if to.port not in ("", "22") else to.host.strip("[]")


def _first(pattern: re.Pattern[str], said: str) -> str:
    found = pattern.search(said)
    return found[1] if found else ""
