"""`/healthz`: 200 while what is sent can be kept and passed on, 503 when somebody has to look."""

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from forms_service.app import create_app
from forms_service.config import Config
from forms_service.db import Database, downgrade
from forms_service.models import MailState, OutboxMail
from tests.support import received
from tests.support.dump import dump


def put(database: Database, age: timedelta, **values: object) -> None:
    """A mail that waits since `age`."""
    with database.write() as session:
        mail = received.contact(session, datetime.now(UTC) - age)
        for name, value in values.items():
            setattr(mail, name, value)


def health(client: FlaskClient) -> tuple[int, dict[str, object]]:
    answer = client.get("/healthz")
    return answer.status_code, answer.json or {}


def test_a_service_at_rest_is_well(client: FlaskClient):
    assert health(client) == (200, {"database": "ok", "outbox": {"waiting": 0, "late": 0, "failed": 0}})


def test_mail_that_has_just_come_in_is_no_worry(client: FlaskClient, database: Database):
    put(database, timedelta(minutes=14))
    assert health(client) == (200, {"database": "ok", "outbox": {"waiting": 1, "late": 0, "failed": 0}})


def test_mail_that_no_worker_takes_is_one(client: FlaskClient, database: Database):
    put(database, timedelta(minutes=16))
    assert health(client) == (503, {"database": "ok", "outbox": {"waiting": 1, "late": 1, "failed": 0}})


def test_a_mail_server_that_is_down_for_an_hour_is_the_workers_affair(client: FlaskClient, database: Database):
    put(database, timedelta(hours=1), attempts=4)
    assert health(client)[0] == 200


def test_mail_that_was_given_up_needs_somebody(client: FlaskClient, database: Database):
    put(database, timedelta(days=2), attempts=28, state=MailState.FAILED)
    assert health(client) == (503, {"database": "ok", "outbox": {"waiting": 0, "late": 0, "failed": 1}})


@pytest.mark.parametrize("state", [MailState.SENT, MailState.SILENCED])
def test_mail_that_is_settled_needs_nobody(client: FlaskClient, database: Database, state: MailState):
    put(database, timedelta(days=2), state=state)
    assert health(client)[0] == 200


def test_without_its_database_the_service_is_not_well(config: Config, database: Database):
    OutboxMail.metadata.drop_all(database.engine)
    assert health(create_app(config, database).test_client()) == (503, {"database": "unreachable"})


def test_tables_older_than_the_code_are_named(config: Config, database: Database):
    downgrade(database.engine, "base")
    status, said = health(create_app(config, database).test_client())
    assert (status, said) == (503, {"database": "older than the code; run: python -m forms_service migrate"})


def test_tables_newer_than_the_code_are_named(config: Config, database: Database):
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    status, said = health(create_app(config, database).test_client())
    newer = "newer than the code (at migration 0999); run the code that made it so"
    assert (status, said) == (503, {"database": newer})


def test_asking_changes_nothing_and_nobody_keeps_the_answer(client: FlaskClient, config: Config, database: Database):
    put(database, timedelta(days=1))
    before = dump(database)
    assert client.head("/healthz").status_code == 503
    assert client.get("/healthz").headers["Cache-Control"] == "no-store"
    assert dump(database) == before


def test_the_answer_tells_nothing_about_anybody(config: Config, database: Database):
    put(database, timedelta(days=1))
    app = create_app(dataclasses.replace(config, mail_to="secret@example.com"), database)
    assert "@" not in app.test_client().get("/healthz").text
