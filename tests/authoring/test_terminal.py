"""Who stops reading stops nothing: `make releases | head -1` ends well."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

CODE = """
import sys
from pathlib import Path
from authoring.terminal import say
say("one")
say("two")
Path(sys.argv[1]).write_text("went on")
"""


def test_whoever_reads_may_go(tmp_path: Path):
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-c", CODE, str(tmp_path / "left")]
    done = subprocess.run(command, cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "left").read_text() == "went on"


def test_a_terminal_that_lacks_a_character_stops_nothing(tmp_path: Path):
    command = [sys.executable, "-c", CODE.replace("one", "Grüße … “日本”"), str(tmp_path / "left")]
    odd = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(command, cwd=ROOT, env=odd, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode("latin-1") == "Grüße ? ????\ntwo\n"
