"""Whoever was thanked is in the list, once, however often the service died under 200 visitors' posts."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.support.project import environment


@pytest.mark.slow
def test_sixty_deaths_lose_nothing_and_double_nothing():
    done = subprocess.run(
        [sys.executable, "-m", "bench.kill", "--kills", "60"],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
    )
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
