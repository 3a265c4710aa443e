"""Signing in: a link that a button uses up once, and only before its time is over."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from forms_service.app import create_app
from forms_service.config import Config
from forms_service.db import Database
from forms_service.links.tokens import Link, sign
from forms_service.models import AuthorSession, OutboxMail, SignInLink
from tests.dashboard.conftest import OWN, Author, dump, fresh_link


def count(database: Database, table: type) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def press(client: FlaskClient, path: str):
    return client.post(path, data={}, headers={**OWN, "Content-Type": "application/x-www-form-urlencoded"})


def test_the_button_behind_the_link_signs_in(client: FlaskClient, config: Config, database: Database):
    link = fresh_link(config, database)
    assert "Sign in" in client.get(link).text
    assert press(client, link).location == "/dashboard/"
    assert client.get("/dashboard/inbox").status_code == 200


def test_opening_the_link_changes_nothing_and_makes_no_session(client, config: Config, database: Database):
    link = fresh_link(config, database)
    before = dump(database)
    for _ in range(3):
        assert "Set-Cookie" not in client.get(link).headers
        assert "Set-Cookie" not in client.head(link).headers
    assert dump(database) == before
    assert press(client, link).status_code == 303


def test_a_link_signs_in_once(app: Flask, config: Config, database: Database):
    link = fresh_link(config, database)
    press(app.test_client(), link)
    again = press(app.test_client(), link)
    assert again.status_code == 403
    assert "used already" in again.text
    assert count(database, AuthorSession) == 1


def test_a_second_click_on_the_button_leads_where_the_first_did(client, config: Config, database: Database):
    link = fresh_link(config, database)
    press(client, link)
    again = press(client, link)
    assert (again.status_code, again.location) == (303, "/dashboard/")
    assert "Set-Cookie" not in again.headers
    assert count(database, AuthorSession) == 1


def test_of_two_who_press_at_once_one_is_signed_in(app: Flask, config: Config, database: Database):
    link = fresh_link(config, database)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: press(app.test_client(), link).status_code, range(4)))
    assert sorted(answers) == [303, 403, 403, 403]
    assert count(database, AuthorSession) == 1


def test_a_link_is_worth_nothing_after_its_time(client, config: Config, database: Database, at_now):
    link = fresh_link(config, database)
    at_now.shift(timedelta(minutes=16))
    assert "Its time is over" in client.get(link).text
    assert press(client, link).status_code == 403
    assert count(database, AuthorSession) == 0


@pytest.mark.parametrize("change", ["cut", "other purpose", "other nonce", "other secret"])
def test_a_link_that_is_not_ours_signs_nobody_in(client, config: Config, database: Database, change: str, now):
    path, token = fresh_link(config, database).rsplit("/", 1)
    with database.read() as session:
        row = session.scalars(select(SignInLink)).one()
    later = now + timedelta(hours=1)
    forged = {
        "cut": token[:-1],
        "other purpose": sign(config.secret_key, Link("comment", row.id, "approve", row.nonce), later),
        "other nonce": sign(config.secret_key, Link("sign_in", row.id, "", "guess"), later),
        "other secret": sign("x" * 40, Link("sign_in", row.id, "", row.nonce), later),
    }[change]
    assert client.get(f"{path}/{forged}").status_code == 403
    assert press(client, f"{path}/{forged}").status_code == 403
    assert count(database, AuthorSession) == 0


def test_asking_for_a_link_mails_the_author(client, database: Database):
    answer = press(client, "/dashboard/sign-in")
    assert answer.status_code == 303
    assert "on its way" in client.get(answer.location).text
    with database.read() as session:
        mail = session.scalars(select(OutboxMail)).one()
        assert (mail.kind, mail.state, mail.sign_in_link_id) == ("sign_in", "queued", 1)


def test_nobody_can_fill_the_authors_mailbox_with_links(client, database: Database, at_now):
    answers = {press(client, "/dashboard/sign-in").location for _ in range(12)}
    assert answers == {"/dashboard/sign-in/sent"}
    assert count(database, OutboxMail) == 5
    at_now.shift(timedelta(minutes=16))
    press(client, "/dashboard/sign-in")
    assert count(database, OutboxMail) == 6


def test_one_client_is_slowed_down(config: Config, database: Database):
    client = create_app(replace(config, ratelimit_enabled=True), database).test_client()
    assert [press(client, "/dashboard/sign-in").status_code for _ in range(12)][-1] == 429


def test_a_form_of_another_site_asks_for_nothing(client, database: Database):
    foreign = {"Origin": "https://elsewhere.example", "Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/dashboard/sign-in", headers=foreign).status_code == 403
    assert count(database, OutboxMail) == 0


def test_the_cookie_stays_with_the_dashboard_and_away_from_scripts(client, config: Config, database: Database):
    cookie = press(client, fresh_link(config, database)).headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/dashboard"} <= {part.strip() for part in cookie.split(";")}
    assert "Secure" not in cookie


def test_the_cookie_of_a_site_with_https_never_travels_without(config: Config, database: Database):
    safe = replace(config, identity=replace(config.identity, url="https://example.com"))
    client = create_app(safe, database).test_client()
    assert "Secure" in press(client, fresh_link(safe, database)).headers["Set-Cookie"]


def test_the_table_of_sessions_holds_no_token(author: Author, database: Database):
    with author.client.session_transaction(path="/dashboard") as cookie:
        token = cookie["token"]
    assert token not in repr(dump(database))


def test_signing_in_again_leaves_one_session_of_this_browser(author: Author, config: Config, database: Database):
    press(author.client, fresh_link(config, database))
    with database.read() as session:
        live = session.scalars(select(AuthorSession).where(AuthorSession.revoked_at.is_(None))).all()
        assert len(live) == 1
