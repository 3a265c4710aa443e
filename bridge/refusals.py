"""What the operating system refuses, in one line for the author: where, what is wrong, how to mend it. Pure."""

from __future__ import annotations

import errno
import re
from pathlib import Path

_FULL = "the disk is full", "make room there and try again"
_NOT_YOURS = "the system does not let you", "look at its owner (ls -ld), and who you are (id)"
_IN_THE_WAY = "something else stands in the way", "look what it is and move it away"
_MISSING = "it is not there", "bring it back, or take away what names it"
KNOWN = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EACCES: _NOT_YOURS,
    errno.EPERM: _NOT_YOURS,
    errno.EROFS: ("its disk can only be read", "mount it for writing, or set VAR_DIR elsewhere"),
    errno.EEXIST: _IN_THE_WAY,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EISDIR: _IN_THE_WAY,
    errno.ENOTEMPTY: _IN_THE_WAY,
    errno.ENOENT: _MISSING,
    errno.ENAMETOOLONG: ("its name is too long", "give it a shorter one"),
    errno.ELOOP: ("the link leads back to itself", "take it away"),
    errno.EXDEV: ("it lies on another disk than what it shares files with", "let all of var/ lie on one"),
    errno.EMFILE: ("too many files are open", "raise the limit: ulimit -n 4096"),
    errno.EIO: ("the disk does not answer as it should", "make a backup elsewhere and look at dmesg"),
}
_SAID = re.compile(
    r"^(?:[\w.]+\.)?\w*(?:Error|Exception)?(?:: )?\[Errno (?P<code>\d+)\] (?P<said>[^:\n]+)"
    r"(?:: ['\"](?P<file>[^'\"\n]+)['\"])?",
    re.MULTILINE,
)


def refusal(error: OSError, elsewhere: Path) -> str:
    """The line for `error`; `elsewhere` is named where the system names no file."""
    return _line(str(error.filename or elsewhere), error.errno, error.strerror or str(error))


def refusal_in(log: str, elsewhere: Path) -> str | None:
    """The line for the last refusal that a program's output speaks of; None if it speaks of none."""
    said = list(_SAID.finditer(log))
    if not said:
        return None
    last = said[-1]
    return _line(last["file"] or str(elsewhere), int(last["code"]), last["said"])


def _line(where: str, code: int | None, said: str) -> str:
    what, remedy = KNOWN.get(code or 0, (said, "look at its owner and the space left"))
    return f"{where}: {what}; {remedy}"
