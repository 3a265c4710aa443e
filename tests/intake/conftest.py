"""A built site with three essays, and visitors who fill in its forms."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from bridge.identity import Identity
from bridge.page_index import IndexedArticle, PageIndex, SiteFacts, save_page_index
from forms_service.app import create_app
from forms_service.config import Config
from forms_service.db import Database
from forms_service.models import Base
from tests.conftest import ROOT

OPEN, OTHER, CLOSED, CLOSING = "2026/11/open", "2026/11/other", "2026/10/closed", "2026/11/closing"

WORDS = {
    "comment": {"name": "A baker", "email": "baker@example.com", "text": "Yes.\n\nAnd thank you.", "article": OPEN},
    "contact": {"name": "A plumber", "email": "plumber@example.com", "message": "May I call you?"},
    "referral": {
        "name": "A florist",
        "email": "florist@example.com",
        "level": "L2",
        "referred_name": "A caterer",
        "need": "A bigger kitchen.",
    },
    "referral_contact": {"email": "caterer@example.com", "consent": "2026-11"},
}


def fields(kind: str, **changes: str) -> dict[str, str]:
    """What a browser sends for the form `kind`, filled in like WORDS but for `changes`."""
    return {f"{kind}-{name}": value for name, value in {**WORDS[kind], **changes}.items()}


@dataclass(frozen=True)
class Visitor:
    """Someone with a browser on one of our pages."""

    client: FlaskClient

    def sends(self, kind: str, *, to: str = "", headers: dict[str, str] | None = None, **changes: str) -> TestResponse:
        headers = {"Sec-Fetch-Site": "same-origin"} if headers is None else headers
        return self.client.post(to or f"/forms/{kind}", data=fields(kind, **changes), headers=headers)

    def is_thanked_for(self, kind: str, **changes: str) -> TestResponse:
        """Sends the form, follows to the thank-you page and returns that."""
        sent = self.sends(kind, **changes)
        assert sent.status_code == 303
        page = self.client.get(sent.location)
        assert page.status_code == 200
        return page


@pytest.fixture(autouse=True)
def _today(now: datetime):
    with time_machine.travel(now, tick=False):
        yield


def build_site(config: Config, now: datetime) -> Config:
    facts = SiteFacts("Gratitude Marketing", "http://localhost", "", "The Author", "en", "America/New_York")
    essay = IndexedArticle(OPEN, "On “thanks” & <others>", f"/{OPEN}.html", now - timedelta(days=3), None, False)
    essays = [
        essay,
        replace(essay, id=OTHER, path=f"/{OTHER}.html", date=now - timedelta(days=10)),
        replace(essay, id=CLOSED, path=f"/{CLOSED}.html", comments_closed=True),
        replace(essay, id=CLOSING, path=f"/{CLOSING}.html", comments_close_at=now, date=now - timedelta(days=30)),
    ]
    save_page_index(config.output_dir, PageIndex(facts, {article.id: article for article in essays}))
    return config


@pytest.fixture
def site(config: Config, now: datetime) -> Config:
    """The settings, with a built site standing at `output_dir`."""
    return build_site(config, now)


@pytest.fixture
def passer_by(identity: Identity, tmp_path: Path, now: datetime) -> Visitor:
    """Someone who gets to see what needs no database: he finds none."""
    nowhere = Config(
        identity=replace(identity, url="http://localhost"), secret_key="a secret for tests only, long enough to serve",
        database_url="sqlite:////nowhere/at/all.sqlite3", root=ROOT, var_dir=tmp_path, output_dir=tmp_path / "output",
        ratelimit_enabled=False,
    )  # fmt: skip
    return Visitor(create_app(build_site(nowhere, now)).test_client())


@pytest.fixture
def visitor(site: Config, client: FlaskClient) -> Visitor:
    return Visitor(client)


def rows(database: Database, model: type[Base]) -> list:
    """All rows of `model`, oldest first."""
    with database.read() as session:
        return list(session.scalars(select(model).order_by(*model.__table__.primary_key)))


def counts(database: Database) -> dict[str, int]:
    """How many rows each table has that has any."""
    with database.read() as session:
        found = {name: session.scalar(select(func.count()).select_from(t)) for name, t in Base.metadata.tables.items()}
    return {name: count for name, count in found.items() if count}
