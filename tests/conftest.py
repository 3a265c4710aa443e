"""Fixtures every test may ask for. A test that takes `database` runs on SQLite and on PostgreSQL."""

import dataclasses
import locale
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings

from bridge.identity import Identity, load_identity
from forms_service.config import Config
from forms_service.db import Database, make_engine
from forms_service.errors import Service
from tests.support.databases import postgres_copy, postgres_template, sqlite_copy, sqlite_template
from tests.support.postgres import throwaway_postgres
from tests.support.programs import LEFT_OUT
from tests.support.rules import remember_rules
from tests.support.templates import remember_templates

ROOT = Path(__file__).resolve().parent.parent
# How long an example takes on a busy machine is not what the tests are about. The same examples each time: a test
# that fails fails because of the change. EXPLORE=1 looks for new ones.
settings.register_profile(
    "suite", deadline=None, derandomize=not os.environ.get("EXPLORE"), suppress_health_check=[HealthCheck.too_slow],
    max_examples=300 if os.environ.get("EXPLORE") else 50,
)  # fmt: skip
settings.load_profile("suite")

SPELT_OUT = 20  # bytes that a test may be named by
LONG = ("tests/journeys/", "tests/authoring/publishing/", "tests/deploy/", "tests/theme/")
OUR_LOCALE = locale.setlocale(locale.LC_ALL)
NOW = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)  # a Wednesday


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if LEFT_OUT:
        terminalreporter.write_line(f"Publishing to a host was not tested: {LEFT_OUT}", yellow=True)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """All processes of a run name a test alike; packed files hold the hour at which each of them packed its own."""
    return argname if isinstance(val, bytes) and len(val) > SPELT_OUT else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that no process is still at it when the others have nothing left to do."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


@pytest.fixture(autouse=True)
def _own_locale() -> None:
    """Pelican, wherever it ran, has set the locale of the whole process; each test has ours again."""
    locale.setlocale(locale.LC_ALL, OUR_LOCALE)


@pytest.fixture(scope="session", autouse=True)
def _remembered_rules() -> None:
    remember_rules(Service)


@pytest.fixture(scope="session", autouse=True)
def _ready_pelican() -> Iterator[None]:
    from tests.support.ready_pelican import ready_pelican

    with ready_pelican():
        yield


@pytest.fixture(scope="session")
def _sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sqlite_template(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def _postgres() -> Iterator[str]:
    with throwaway_postgres() as server:
        yield postgres_template(server)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated, empty database of this test's own."""
    if request.param == "sqlite":
        yield sqlite_copy(request.getfixturevalue("_sqlite"), tmp_path)
    else:
        with postgres_copy(request.getfixturevalue("_postgres")) as url:
            yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    engine = make_engine(database_url)
    yield Database(engine)
    engine.dispose()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def identity() -> Identity:
    return load_identity(ROOT / "site.toml", {})


@pytest.fixture
def config(identity: Identity, database_url: str, tmp_path: Path) -> Config:
    """Settings of a service that keeps everything in this test's own folder, rate limits off."""
    var = tmp_path / "var"
    var.mkdir()
    return Config(
        identity=dataclasses.replace(identity, url="http://localhost"),
        secret_key="a secret for tests only, long enough to serve",
        database_url=database_url,
        root=ROOT,
        var_dir=var,
        output_dir=tmp_path / "output",
        mail_to="author@example.com",
        mail_from="forms@example.com",
        ratelimit_enabled=False,
    )


@pytest.fixture
def app(config: Config, database: Database) -> Flask:
    from forms_service.app import create_app

    app = create_app(config, database)
    remember_templates(app.jinja_env)
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
