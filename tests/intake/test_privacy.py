"""What is never kept: a full address of a client, in no table, no file and no line of the log."""

import dataclasses
import logging
from pathlib import Path

import pytest
from sqlalchemy import select

from forms_service.app import create_app
from forms_service.config import Config
from forms_service.db import Database
from forms_service.models import Base, RateWindow, Submission
from tests.intake.conftest import Visitor, fields, rows


def everything(database: Database) -> str:
    with database.read() as session:
        return "\n".join(str(row) for t in Base.metadata.sorted_tables for row in session.execute(select(t)))


def post(config: Config, database: Database, client: str, forwarded: str = "", message: str = "Hello") -> None:
    app = create_app(dataclasses.replace(config, ratelimit_enabled=True), database)
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    environ = {"REMOTE_ADDR": client}
    sent = app.test_client().post(
        "/forms/contact", data=fields("contact", message=message), headers=headers, environ_overrides=environ
    )
    assert sent.status_code == 303


@pytest.mark.parametrize(
    ("client", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1234:5678:9abc:def0:1234:5678", "2001:db8:1234::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("", ""),
    ],
)
def test_of_an_address_only_the_network_is_kept(site, database: Database, caplog, client: str, network: str):
    caplog.set_level(logging.DEBUG)
    post(site, database, client)
    assert rows(database, Submission)[0].network == network
    if client:
        assert client not in everything(database) + caplog.text


def test_a_header_of_the_visitors_own_names_no_other_client(site, database: Database):
    post(site, database, "203.0.113.77")
    post(site, database, "203.0.113.77", forwarded="198.51.100.1", message="Again")
    assert {s.network for s in rows(database, Submission)} == {"203.0.113.0/24"}
    assert [window.hits for window in rows(database, RateWindow)] == [2]


def test_behind_one_proxy_the_last_header_names_the_client(site, database: Database):
    behind = dataclasses.replace(site, trusted_proxies=1)
    post(behind, database, "127.0.0.1", forwarded="6.6.6.6, 203.0.113.77")
    assert rows(database, Submission)[0].network == "203.0.113.0/24"


@pytest.mark.parametrize("name", ["name", "email", "text", "article", "parent", "topic"])
def test_no_field_reaches_a_file(passer_by: Visitor, tmp_path: Path, name: str):
    before = sorted(str(path) for path in tmp_path.rglob("*"))
    refused = passer_by.sends("comment", **{name: "../../../var/comments/x\\..\\y"})
    after = sorted(str(path) for path in tmp_path.rglob("*"))
    assert after == before
    assert str(tmp_path) not in refused.text


def test_an_address_a_visitor_names_is_never_visited(visitor: Visitor, monkeypatch):
    def no_network(*_):
        raise AssertionError("somebody looked up a name")

    monkeypatch.setattr("socket.getaddrinfo", no_network)
    sent = visitor.sends("comment", text="See http://tracker.example.com/?a=1", email="a@unknown-domain-of-nobody.com")
    assert sent.status_code == 303
