"""Whatever ends a command is told in one line that helps."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from authoring.importing.shell import run
from bridge.places import ROOT


def fill_a_disk() -> str:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        os.write(full, b"words")
    finally:
        os.close(full)
    return "written"


def read_what_is_gone() -> str:
    return Path("/nowhere/essay.md").read_text()


def read_what_is_spoilt() -> str:
    raise OSError("Bad CRC-32 for file 'loaf.jpg'")


@pytest.mark.parametrize(("work", "line"), [
    (fill_a_disk, f"import: {ROOT}: the disk is full; make room there and try again\n"),
    (read_what_is_gone, "import: /nowhere/essay.md: it is not there; bring it back, or take away what names it\n"),
    (read_what_is_spoilt, "import: Bad CRC-32 for file 'loaf.jpg'; mend that and run it again\n"),
])  # fmt: skip
def test_what_the_system_refuses_is_said_in_one_line(
    work: Callable[[], str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", work) == 1
    assert capsys.readouterr() == ("", line)
