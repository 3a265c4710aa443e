"""Settings: read from `.env`, overruled by the environment, refused in one line when they make no sense."""

import re
from datetime import time
from pathlib import Path

import pytest

from bridge.places import KEYS
from forms_service.config import Config, ConfigError
from tests.conftest import ROOT

SECRET = {"SECRET_KEY": "x" * 40}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "site.toml").write_bytes((ROOT / "site.toml").read_bytes())
    return tmp_path


def test_a_fresh_project_keeps_everything_in_sqlite_below_var(project: Path):
    config = Config.from_env(SECRET, project)
    assert config.database_url == f"sqlite:///{project}/var/gratitude.sqlite3"
    assert config.catches_mail


def test_the_environment_overrules_dotenv(project: Path):
    (project / ".env").write_text(f"SECRET_KEY={'y' * 40}\nVAR_DIR=state\n")
    config = Config.from_env({"VAR_DIR": "elsewhere"}, project)
    assert (config.secret_key, config.var_dir) == ("y" * 40, project / "elsewhere")


@pytest.mark.parametrize(("said", "at"), [("", time(7)), ("05:45", time(5, 45)), ("off", None)])
def test_the_morning_mail_comes_at_seven_unless_told_otherwise(project: Path, said: str, at: time | None):
    assert Config.from_env({**SECRET, "MORNING_MAIL": said}, project).morning_mail == at


def test_every_setting_is_explained_in_the_example():
    example = (ROOT / ".env.example").read_text()
    named = re.findall(r"^([A-Z_]+)=", example, re.M)
    assert tuple(named) == KEYS
    assert all(re.search(rf"#[^\n]+\n{key}=", example) for key in KEYS)


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({}, "SECRET_KEY is missing or short"),
        ({**SECRET, "DATABASE_URL": "mysql://host/db"}, "DATABASE_URL must start with"),
        ({**SECRET, "SMTP_URL": "mail.example.com"}, "SMTP_URL must look like"),
        ({**SECRET, "SMTP_URL": "smtp://me:pa[ss@mail.example.com"}, "SMTP_URL must look like"),
        ({**SECRET, "SMTP_URL": "smtp://mail.example.com:99999"}, "SMTP_URL must look like"),
        ({**SECRET, "SMTP_URL": "smtp://mail.example.com"}, "say who gets the mail"),
        ({**SECRET, "TRUSTED_PROXIES": "yes"}, "TRUSTED_PROXIES must be a whole number"),
        ({**SECRET, "RATELIMIT_ENABLED": "maybe"}, "RATELIMIT_ENABLED must be 1 or 0"),
        ({**SECRET, "RATELIMIT_STORAGE_URL": "redsi://localhost"}, "RATELIMIT_STORAGE_URL must look like redis://"),
        ({**SECRET, "RATELIMIT_STORAGE_URL": "localhost:6379"}, "RATELIMIT_STORAGE_URL must look like redis://"),
        ({**SECRET, "RATELIMIT_STORAGE_URL": "redis://localhost:63790000"}, "RATELIMIT_STORAGE_URL must look like"),
        ({**SECRET, "RATELIMIT_STORAGE_URL": "redis+unix://"}, "RATELIMIT_STORAGE_URL must look like"),
        ({**SECRET, "MORNING_MAIL_WHEN_EMPTY": "yes"}, "MORNING_MAIL_WHEN_EMPTY must be 1 or 0"),
        ({**SECRET, "MORNING_MAIL": "early"}, "MORNING_MAIL must be a time of day such as 07:00, or off"),
    ],
)
def test_nonsense_is_refused_in_one_line(project: Path, values: dict[str, str], complaint: str):
    with pytest.raises(ConfigError, match=complaint) as error:
        Config.from_env(values, project)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "url", ["redis://localhost", "rediss://:word@host:6379/0", "redis+unix:///run/redis.sock", "memory://"]
)
def test_posts_may_be_counted_elsewhere(project: Path, url: str):
    assert Config.from_env({**SECRET, "RATELIMIT_STORAGE_URL": url}, project).ratelimit_storage_url == url


def test_an_unknown_key_in_dotenv_is_refused_with_its_line(project: Path):
    (project / ".env").write_text("# a comment\nSECRET=x\n")
    with pytest.raises(ConfigError, match=r"\.env:2: 'SECRET' is not a setting"):
        Config.from_env({}, project)
