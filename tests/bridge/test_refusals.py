"""What the system refuses is one line with a place and a remedy, whoever says it."""

import errno
import os
from pathlib import Path

import pytest

from bridge.refusals import KNOWN, refusal, refusal_in

VAR = Path("/srv/var")


@pytest.mark.parametrize("code", sorted(KNOWN), ids=lambda code: errno.errorcode[code])
def test_each_is_told_with_place_and_remedy(code: int):
    error = OSError(code, os.strerror(code), "/srv/var/x")
    line = refusal(error, VAR)
    assert line.startswith("/srv/var/x: ")
    assert "; " in line
    assert refusal_in(f"Traceback\n{type(error).__name__}: {error}\n", VAR) == line


def test_where_the_system_names_no_file_the_disk_is_named():
    assert refusal(OSError(errno.ENOSPC, "No space left on device"), VAR) == (
        "/srv/var: the disk is full; make room there and try again"
    )


def test_what_is_not_known_is_said_in_the_system_s_words():
    assert refusal(OSError(errno.ENODEV, "No such device", "/x"), VAR) == (
        "/x: No such device; look at its owner and the space left"
    )
    assert refusal(OSError("odd"), VAR).startswith("/srv/var: odd; ")


@pytest.mark.parametrize("log", ["", "ValueError: 3", "[Errno x] no", "a file called [Errno 2] no"])
def test_other_words_speak_of_none(log: str):
    assert refusal_in(log, VAR) is None
