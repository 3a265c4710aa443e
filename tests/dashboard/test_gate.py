"""The one check: strangers go to sign-in, forged forms are refused, and opening a page changes nothing."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forms_service.config import Config
from forms_service.dashboard.gate import OPEN
from forms_service.db import Database
from forms_service.models import AuthorSession
from tests.dashboard.conftest import OWN, Author, Post, dump, fresh_link

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def rules(app: Flask, method: str) -> Iterator[tuple[str, str]]:
    """Every address below /dashboard with its endpoint, numbers put in."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/dashboard") and method in (rule.methods or ()):
            path = re.sub(r"<int:[^>]+>", "1", rule.rule)
            yield rule.endpoint, re.sub(r"<[^>]+>", "a-name", path)


def test_strangers_are_sent_to_sign_in_from_every_page(app: Flask, client: FlaskClient, post: Post):
    pages = [(endpoint, path) for endpoint, path in rules(app, "GET") if endpoint not in OPEN]
    assert len(pages) >= 14
    for _, path in pages:
        for answer in (client.get(path), client.head(path)):
            assert (answer.status_code, answer.location) == (303, "/dashboard/sign-in"), path
            assert answer.headers["Cache-Control"] == "no-store"


def test_what_strangers_post_is_refused_everywhere(app: Flask, client: FlaskClient, post: Post, database: Database):
    before = dump(database)
    acts = [path for endpoint, path in rules(app, "POST") if endpoint not in OPEN]
    assert len(acts) >= 12
    for path in acts:
        assert client.post(path, data={"form_token": "x"}, headers=OWN).status_code == 403, path
    assert dump(database) == before


def test_only_signing_in_is_open():
    assert {name.removeprefix("dashboard.") for name in OPEN} == {
        "sign_in_page", "send_link", "link_sent", "sign_in_link", "sign_in",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "token"),
    [
        ({}, "right"),
        ({"Origin": "https://elsewhere.example"}, "right"),
        ({"Sec-Fetch-Site": "cross-site"}, "right"),
        ({"Sec-Fetch-Site": "same-origin"}, ""),
        ({"Sec-Fetch-Site": "same-origin"}, "0" * 64),
    ],
    ids=["no origin", "other origin", "cross-site", "no token", "wrong token"],
)
def test_a_forged_form_does_nothing(
    app: Flask, author: Author, post: Post, database: Database, headers: dict[str, str], token: str
):
    token = author.token() if token == "right" else token
    before = dump(database)
    for _, path in rules(app, "POST"):
        if "sign-in" not in path:
            assert author.client.post(path, data={"form_token": token}, headers=headers).status_code == 403, path
    assert dump(database) == before


def test_a_post_without_a_content_type_does_nothing(author: Author, post: Post, database: Database):
    before = dump(database)
    body = f"form_token={author.token()}"
    answer = author.client.post(f"/dashboard/inbox/{post.odd}/answered", data=body, headers=OWN)
    assert answer.status_code == 403
    assert dump(database) == before


@pytest.mark.parametrize("content_type", [None, "text/plain", "application/json"])
def test_what_is_no_form_asks_for_no_link(client: FlaskClient, database: Database, content_type: str | None):
    before = dump(database)
    asked = client.post("/dashboard/sign-in", data="{}", content_type=content_type, headers=OWN)
    assert asked.status_code == 403
    assert dump(database) == before


def test_a_token_of_another_session_does_nothing(app: Flask, author: Author, config: Config, database, post: Post):
    other = app.test_client()
    other.post(fresh_link(config, database), data={"press": "1"}, headers=OWN)
    fields = {"form_token": author.token()}
    assert other.post(f"/dashboard/inbox/{post.odd}/answered", data=fields, headers=OWN).status_code == 403


def every_address(app: Flask, post: Post, link: str) -> list[str]:
    """Every page, each with numbers that exist and with one that does not, lists also sieved and searched."""
    numbers = {
        "submission_id": [post.gardener, post.baker, post.plumber, post.teacher_contact, post.spammer, post.odd, 999],
        "comment_id": [post.comment, 999],
        "person_id": [1, 2, 3, 999],
        "referral_id": [post.referral, 999],
    }
    lists = ("inbox?show=spam", "inbox?kind=referral&page=2", "people?q=rose", "comments?show=pending",
             "outbox?show=held", "referrals?show=open")  # fmt: skip
    found = [link, *(f"/dashboard/{each}" for each in lists)]
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/dashboard") and "GET" in (rule.methods or ()):
            name = next(iter(rule.arguments), "")
            found += [re.sub(r"<[^>]+>", str(value), rule.rule) for value in numbers.get(name, ["x"])]
    return found


def test_opening_every_address_changes_nothing(app, client, author: Author, post: Post, config, database, essay):
    link = fresh_link(config, database)
    before = dump(database)
    for address in every_address(app, post, link):
        for visitor in (client, author.client):
            for answer in (visitor.get(address), visitor.head(address)):
                assert answer.status_code in (200, 303, 308, 403, 404), address
    assert dump(database) == before
    assert client.post(link, data={}, headers=OWN | FORM).status_code == 303


def test_a_posts_address_opened_instead_does_nothing(app: Flask, author: Author, post: Post, database: Database):
    before = dump(database)
    only_posts = {path for _, path in rules(app, "POST")} - {path for _, path in rules(app, "GET")}
    for path in only_posts:
        assert author.client.get(path).status_code in (404, 405), path
    assert dump(database) == before


def test_no_page_is_kept_by_browsers(author: Author, post: Post):
    for path in ("/dashboard/inbox", f"/dashboard/inbox/{post.odd}", "/dashboard/inbox/999"):
        assert author.client.get(path).headers["Cache-Control"] == "no-store"


def test_the_dashboard_without_its_slash_is_found(author: Author):
    assert author.client.get("/dashboard").location == "/dashboard/"


def test_a_session_ends_after_its_time(author: Author, at_now):
    at_now.shift(timedelta(days=29))
    assert author.client.get("/dashboard/inbox").status_code == 200
    at_now.shift(timedelta(days=1, minutes=1))
    assert author.client.get("/dashboard/inbox").status_code == 303


def test_signing_out_ends_the_session(author: Author, database: Database):
    stolen = author.client.get_cookie("author", path="/dashboard").value
    assert author.posts("/dashboard/sign-out").location == "/dashboard/sign-in"
    author.client.set_cookie("author", stolen, path="/dashboard")
    assert author.client.get("/dashboard/inbox").status_code == 303


def test_a_revoked_session_ends_at_once(app: Flask, author: Author, config: Config, database: Database):
    lost = app.test_client()
    lost.post(fresh_link(config, database), data={"press": "1"}, headers=OWN | {"User-Agent": "Firefox Linux"})
    with database.read() as session:
        number = session.scalars(select(AuthorSession.id).order_by(AuthorSession.id.desc())).first()
    assert "Firefox on Linux" in author.opens("/dashboard/sessions")
    assert "Firefox on Linux" not in author.acts(f"/dashboard/sessions/{number}/end")
    assert lost.get("/dashboard/inbox").status_code == 303
    assert author.client.get("/dashboard/inbox").status_code == 200


def test_signing_out_everywhere_else_keeps_this_browser(app: Flask, author: Author, config, database: Database):
    other = app.test_client()
    other.post(fresh_link(config, database), data={"press": "1"}, headers=OWN)
    author.acts("/dashboard/sessions/end-others")
    assert other.get("/dashboard/inbox").status_code == 303
    assert author.client.get("/dashboard/inbox").status_code == 200


@pytest.mark.parametrize("number", ["999999999", "2147483648", "9" * 30])
def test_a_number_no_row_has_leads_nowhere(app: Flask, author: Author, post: Post, database: Database, number: str):
    with_numbers = [(rule.methods or (), rule.rule) for rule in app.url_map.iter_rules() if "<int:" in rule.rule]
    token, before = author.token(), dump(database)
    for methods, rule in with_numbers:
        path = re.sub(r"<int:[^>]+>", number, rule)
        words = {"form_token": token, "text": "Thank you", "to": "met", "level": "L2", "row": "drift", "days": "7"}
        if "GET" in methods:
            assert author.client.get(path).status_code == 404, path
        elif "/outbox/" not in path and "/sessions/" not in path:
            # Where the same address can also be read, a number that no row can have is refused by the method first.
            assert author.client.post(path, data=words, headers=OWN).status_code in (404, 405), path
    assert dump(database) == before


@pytest.mark.parametrize("act", ["approve", "reject", "spam", "undo"])
def test_a_decision_about_no_comment_leads_nowhere(author: Author, post: Post, act: str):
    words = {"form_token": author.token(), "one": f"{act}-999999999"}
    assert author.client.post("/dashboard/comments/decide", data=words, headers=OWN).status_code == 404


def test_a_slip_of_ours_is_not_taken_for_a_wrong_address(author: Author, monkeypatch, caplog):
    monkeypatch.setattr("forms_service.dashboard.people.queries.people", lambda *_: {}["nobody"])
    assert author.client.get("/dashboard/people").status_code == 500
    assert "KeyError on GET /dashboard/people" in caplog.text
