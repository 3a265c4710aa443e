"""Ten thousand pages through nginx while releases come and go and comments are approved and withdrawn."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.support.project import environment


@pytest.mark.slow
def test_readers_get_whole_pages_of_one_release_with_what_is_approved():
    race = [sys.executable, "-m", "bench.release_race", "--fetches", "10000", "--switches", "6"]
    done = subprocess.run(race, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
