"""When a post is not taken in, it comes back with an honest status, clear words and everything typed."""

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import text

from forms_service.app import create_app
from forms_service.config import Config
from forms_service.db import Database
from forms_service.intake import routes
from forms_service.links.tokens import Link, sign
from forms_service.models import Submission
from tests.intake.conftest import CLOSED, WORDS, Visitor, counts, fields, rows
from tests.support.pages import Page

FIRST = ["comment", "contact", "referral"]


def assert_everything_typed_is_there(kind: str, html: str) -> None:
    page = Page(html)
    for name, value in fields(kind).items():
        if name != "referral-level":
            assert page.values[name] == value
    if kind == "referral":
        assert "checked" in page.by_id("referral-level-2")


@pytest.mark.parametrize("kind", FIRST)
def test_a_post_from_another_site_is_refused(passer_by: Visitor, kind: str):
    refused = passer_by.sends(kind, headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example.com"})
    assert refused.status_code == 403
    assert_everything_typed_is_there(kind, refused.text)


def test_a_browser_that_says_nothing_is_suspect_but_heard(visitor: Visitor, database: Database):
    assert visitor.sends("contact", headers={}).status_code == 303
    assert rows(database, Submission)[0].suspicions == ["the browser did not say which page it came from"]


def test_our_own_page_is_beyond_suspicion(visitor: Visitor, database: Database):
    visitor.sends("contact")
    assert rows(database, Submission)[0].suspicions == []


@pytest.mark.parametrize("kind", FIRST)
def test_who_sends_too_much_has_to_wait(site: Config, database: Database, kind: str):
    visitor = Visitor(create_app(dataclasses.replace(site, ratelimit_enabled=True), database).test_client())
    name = {"comment": "text", "contact": "message", "referral": "need"}[kind]
    for number in range(10):
        assert visitor.sends(kind, **{name: f"Number {number}"}).status_code == 303
    refused = visitor.sends(kind)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) == 600
    assert_everything_typed_is_there(kind, refused.text)
    assert counts(database)["submission"] == 10


def test_mistakes_cost_nobody_a_turn(site: Config, database: Database):
    visitor = Visitor(create_app(dataclasses.replace(site, ratelimit_enabled=True), database).test_client())
    for _ in range(20):
        assert visitor.sends("contact", email="nonsense").status_code == 422
    assert visitor.sends("contact").status_code == 303


@pytest.mark.parametrize("kind", FIRST)
def test_a_database_that_is_away_loses_no_words(visitor: Visitor, database: Database, kind: str):
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE submission_key RENAME TO elsewhere"))
    refused = visitor.sends(kind)
    assert refused.status_code == 503
    assert_everything_typed_is_there(kind, refused.text)
    assert "mailto:author@example.com" in refused.text
    assert "submission_key" not in refused.text


@pytest.mark.parametrize("kind", ["contact", "referral"])
def test_where_nobody_can_stand_in_line_to_write_no_words_are_lost(passer_by: Visitor, kind: str):
    refused = passer_by.sends(kind)  # the database's folder is not there, nor any place for the line
    assert refused.status_code == 503
    assert_everything_typed_is_there(kind, refused.text)


@pytest.mark.parametrize("index", ["{", "[]", '{"format": 99}', None])
def test_an_unreadable_index_of_essays_loses_no_words(passer_by: Visitor, tmp_path: Path, index: str | None):
    path = tmp_path / "output" / ".build" / "page_index.json"
    if index is None:
        path.unlink()
    else:
        path.write_text(index)
    refused = passer_by.sends("comment")
    assert refused.status_code == 503
    assert_everything_typed_is_there("comment", refused.text)


def test_a_new_build_is_noticed(visitor: Visitor, site: Config):
    assert visitor.sends("comment", article=CLOSED).status_code == 422
    path = site.output_dir / ".build" / "page_index.json"
    path.write_text(path.read_text().replace('"comments_closed": true', '"comments_closed": false'))
    assert visitor.sends("comment", article=CLOSED).status_code == 303


def test_a_body_beyond_all_limits_is_not_read(passer_by: Visitor):
    refused = passer_by.sends("contact", message="x" * 600_000)
    assert refused.status_code == 413
    assert "too long" in refused.text


@pytest.mark.parametrize(
    ("kind", "name", "limit"),
    [
        ("comment", "name", 100), ("comment", "text", 10_000), ("contact", "message", 10_000),
        ("contact", "looking_for", 2_000), ("contact", "good_at", 2_000), ("contact", "phone", 50),
        ("referral", "need", 5_000), ("referral", "look_out_for", 2_000), ("referral", "referred_name", 100),
    ],
)  # fmt: skip
def test_limits_hold_without_a_browser(passer_by: Visitor, kind: str, name: str, limit: int):
    refused = passer_by.sends(kind, **{name: "é" * (limit + 1)})
    assert refused.status_code == 422
    assert Page(refused.text).values[f"{kind}-{name}"] == "é" * (limit + 1)


def test_ten_thousand_emoji_fit_in_a_comment(visitor: Visitor):
    assert visitor.sends("comment", text="😀" * 10_000, name="é" * 100).status_code == 303


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind in FIRST for name in WORDS[kind]])
def test_a_null_byte_is_refused_in_every_field(passer_by: Visitor, kind: str, name: str):
    assert passer_by.sends(kind, **{name: f"{WORDS[kind][name]}\0"}).status_code == 422


@pytest.mark.parametrize("body", [b"", b"%FF%FE=\x00&&&=%", b"contact-name", b"contact-name=%ED%A0%80"])
def test_a_body_without_our_fields_is_an_incomplete_form(passer_by: Visitor, body: bytes):
    for content_type in ("application/x-www-form-urlencoded", "application/json", "text/plain"):
        sent = passer_by.client.post("/forms/contact", data=body, content_type=content_type)
        assert sent.status_code == 422


def test_a_fault_shows_nothing_of_the_inside(visitor: Visitor, site: Config, monkeypatch):
    def fail(*_):
        raise RuntimeError(f"secret detail of {site.root}")

    monkeypatch.setattr(routes, "take_in", fail)
    failed = visitor.sends("contact")
    assert failed.status_code == 500
    assert "secret detail" not in failed.text
    assert str(site.root) not in failed.text
    assert Page(failed.text).all("a", href="mailto:author@example.com")


def test_the_log_says_where_a_fault_lies_and_nothing_that_was_sent(visitor: Visitor, monkeypatch, caplog):
    def fail(_database, _secret, form, _about):
        raise RuntimeError(f"cannot bear {form.as_sent}")

    monkeypatch.setattr(routes, "take_in", fail)
    visitor.sends("contact")
    assert "RuntimeError on POST /forms/<" in caplog.text
    assert "_take_in" in caplog.text
    assert not [word for word in WORDS["contact"].values() if word in caplog.text]


def test_the_log_tells_no_signed_address(passer_by: Visitor, config: Config, now, caplog):
    token = sign(config.secret_key, Link("thanks", 1, ""), now + timedelta(days=1))
    assert passer_by.client.get(f"/forms/contact/thanks/{token}").status_code == 500
    assert "on GET /forms/<" in caplog.text
    assert token not in caplog.text


@pytest.mark.parametrize("address", ["/forms/unknown", "/forms/referral_contact", "/forms/contact/thanks/x", "/forms/"])
def test_what_is_not_there_says_so(passer_by: Visitor, address: str):
    missing = passer_by.client.get(address)
    assert missing.status_code == 404
    assert "This page is not here" in missing.text


def test_only_get_and_post_are_known(passer_by: Visitor):
    assert passer_by.client.put("/forms/contact").status_code == 405
    assert passer_by.client.put("/forms/contact").headers["Allow"]


@pytest.mark.parametrize("address", ["/forms/contact", "/forms/nothing", "/forms/comment"])
def test_every_answer_forbids_scripts_frames_and_copies(passer_by: Visitor, address: str):
    headers = passer_by.client.get(address).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "script-src" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_what_waits_a_year_is_still_there(visitor: Visitor, database: Database, now):
    visitor.sends("comment")
    with time_machine.travel(now + timedelta(days=366), tick=False):
        visitor.sends("contact")
    assert counts(database)["comment"] == 1
