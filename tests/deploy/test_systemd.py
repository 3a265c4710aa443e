"""The units we ship, as systemd itself reads them, and the folder they stand in as they name it."""

import configparser
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
ANALYZE = shutil.which("systemd-analyze")


def read(path: Path) -> configparser.RawConfigParser:
    unit = configparser.RawConfigParser(strict=True, delimiters="=", comment_prefixes="#")
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(path.read_text(encoding="utf-8"))
    return unit


PROXY = "gratitude-proxy.service"  # speaks to systemd, and touches no file
SERVICES = [path for path in UNITS if path.suffix == ".service" and path.name != PROXY]


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_unit_runs_a_command_that_exists_and_may_write_what_it_must(path: Path):
    service = read(path)["Service"]
    words = service["ExecStart"].split()
    assert words[0] in ("/srv/gratitude/.venv/bin/python", "/usr/bin/make")
    if words[1:3] == ["-m", "forms_service"]:
        from forms_service.cli import main

        assert words[3] in main.commands
    if words[0] == "/usr/bin/make":
        assert f"\n{words[1]}: " in (ROOT / "Makefile").read_text(encoding="utf-8")
    assert service["WorkingDirectory"] == "/srv/gratitude"
    assert any(
        part.lstrip("-") in ("/srv/gratitude", "/srv/gratitude/var") for part in service["ReadWritePaths"].split()
    )


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_says_what_it_is_for(path: Path):
    unit = read(path)
    assert unit["Unit"]["Description"].startswith("Gratitude Marketing: ")
    assert set(unit.sections()) <= {"Unit", "Service", "Timer", "Path", "Install"}


def test_a_new_release_has_the_proxy_read_its_maps():
    folder = ROOT / "deploy" / "systemd"
    assert read(folder / "gratitude-proxy.path")["Path"]["PathChanged"] == "/srv/gratitude/var/releases"
    assert read(folder / PROXY)["Service"]["ExecStart"] == "/usr/bin/systemctl reload nginx"


if ANALYZE:  # where systemd is installed, which is where these files are used

    @pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
    def test_systemd_finds_no_fault(path: Path, tmp_path: Path):
        for unit in UNITS:
            (tmp_path / unit.name).write_text(unit.read_text(encoding="utf-8").replace("/srv/gratitude", str(ROOT)))
        verify = [ANALYZE, "verify", str(tmp_path / path.name)]
        done = subprocess.run(verify, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
