"""`.env` comes with a secret of its own, for its owner's eyes only, and is never written over."""

import stat
from pathlib import Path

import pytest

from bridge.places import KEYS
from forms_service.config import SHORTEST_SECRET, Config
from tests.conftest import ROOT
from tools import dotenv


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (".env.example", "site.toml"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    monkeypatch.setattr(dotenv, "ROOT", tmp_path)
    return tmp_path


def test_a_fresh_secret_is_written_and_the_service_starts_with_it(project: Path):
    dotenv.main()
    secret = Config.from_env({}, project).secret_key
    assert len(secret) >= SHORTEST_SECRET
    (project / ".env").unlink()
    dotenv.main()
    assert Config.from_env({}, project).secret_key != secret


def test_nobody_else_can_read_it(project: Path):
    dotenv.main()
    assert stat.S_IMODE((project / ".env").stat().st_mode) == 0o600


def test_every_key_stays_explained(project: Path):
    dotenv.main()
    written = (project / ".env").read_text()
    assert all(f"\n{key}=" in written for key in KEYS)
    assert written.count("#") == (ROOT / ".env.example").read_text().count("#")


def test_what_stands_there_is_never_written_over(project: Path):
    (project / ".env").write_text("SECRET_KEY=mine\n")
    with pytest.raises(FileExistsError):
        dotenv.main()
    assert (project / ".env").read_text() == "SECRET_KEY=mine\n"
