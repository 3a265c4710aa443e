"""`make releases` and `make rollback`, where they are cut off; what they show and do, publishing tests."""

import shutil
from pathlib import Path

import pytest

from authoring.releases import main
from tests.conftest import ROOT
from tests.support.publishing import environment


def cut_off(*_: object) -> int:
    raise KeyboardInterrupt


@pytest.mark.parametrize(("command", "step"), [("list", "show"), ("rollback", "rollback")])
def test_ctrl_c_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str, step: str
):
    shutil.copy(ROOT / "site.toml", tmp_path)
    monkeypatch.setattr(f"authoring.releases.{step}", cut_off)
    try:
        status = main([command], tmp_path, environment())
    except KeyboardInterrupt:
        status = -1
    assert status == 130
    assert capsys.readouterr().err.startswith("\nStopped. Readers see a whole site, ")
