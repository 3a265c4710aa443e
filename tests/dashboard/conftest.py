"""A signed-in author, and a morning's post of his: everyone in it a role, taken in by the real intake."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from re import findall

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from bridge.page_index import IndexedArticle, PageIndex, SiteFacts, save_page_index
from forms_service.config import Config
from forms_service.dashboard.sign_in import create_link, link_url
from forms_service.db import Database
from forms_service.forms import FORMS
from forms_service.intake.people import Sender
from forms_service.intake.record import Circumstances, SecondStep, take_in
from forms_service.models import Base, Comment, Person, Referral, Submission
from forms_service.people.changes import mark_answered, mark_spam

ESSAY = "2026/11/saying-thanks"
OWN = {"Sec-Fetch-Site": "same-origin"}
WORDS = {
    "comment": {"name": "A baker", "email": "baker@example.com", "text": "I thank my miller.", "article": ESSAY},
    "contact": {
        "name": "A gardener",
        "email": "gardener@example.com",
        "phone": "+1 212-555-0143",
        "message": "May I call you about the roses?",
        "looking_for": "Ein Müller für die Gärtnerei",
    },
    "referral": {
        "name": "A plumber",
        "email": "plumber@example.com",
        "level": "L2",
        "referred_name": "A teacher",
        "need": "Someone who writes thank-you cards with a whole class.",
        "look_out_for": "A landlord with old pipes",
    },
    "referral_contact": {"email": "teacher@example.com", "phone": "+1 212-555-0167", "consent": "2026-11"},
}


@dataclass(frozen=True)
class Sending:
    """Visitors, without a browser: the real forms and the real intake."""

    database: Database
    secret: str
    now: datetime

    def __call__(self, kind: str, *, after: timedelta = timedelta(0), **changes: str) -> Submission:
        step = changes.pop("step", None)
        about = Circumstances(
            now=self.now + after,
            suspicions=["a field that people leave empty was filled in"] if changes.get("topic") else [],
            silent=bool(changes.get("topic")),
            second_step=step,  # type: ignore[arg-type]
        )
        words = {f"{kind}-{name}": value for name, value in {**WORDS[kind], **changes}.items()}
        form = FORMS[kind](MultiDict(words))
        assert form.validate(), form.errors
        receipt = take_in(self.database, self.secret, form, about)
        with self.database.read() as session:
            return session.get_one(Submission, receipt.submission_id)


@pytest.fixture
def send(database: Database, config: Config, now: datetime) -> Sending:
    return Sending(database, config.secret_key, now)


@pytest.fixture(autouse=True)
def at_now(now: datetime) -> Iterator[time_machine.Traveller]:
    """The clock stands a little after the post came in; a test may move it."""
    with time_machine.travel(now + timedelta(minutes=5), tick=False) as clock:
        yield clock


@dataclass(frozen=True)
class Post:
    """What lies in the inbox, by the role of who sent it. All are row numbers."""

    gardener: int
    baker: int
    plumber: int
    teacher_contact: int
    spammer: int
    odd: int
    comment: int
    referral: int


@pytest.fixture
def post(send: Sending, database: Database, now: datetime) -> Post:
    """A known prospect, a stranger's comment, a referral with its second step, spam, and something odd."""
    gardener, baker, plumber = send("contact"), send("comment"), send("referral")
    with database.read() as session:
        referral = session.scalars(select(Referral)).one()
    step = SecondStep(referral.id, Sender(referral.referrer_id, is_claim=False))
    contact = send("referral_contact", step=step)
    spammer = send("contact", name="A seller", email="seller@example.com", phone="", message="Cheap links")
    odd = send("contact", name="A stranger", email="stranger@example.com", phone="", message="Hello", topic="x")
    with database.write() as session:
        mark_answered(session, gardener.id, now)
        mark_spam(session, spammer.id, now)
        comment = session.scalars(select(Comment.id)).one()
    return Post(
        gardener.id, baker.id, plumber.id, contact.id, spammer.id, odd.id, comment, referral.id
    )  # fmt: skip


@pytest.fixture
def essay(config: Config, now: datetime) -> None:
    """The essay under discussion, in a build."""
    facts = SiteFacts("A Site", "http://localhost", "", "The Author", "en", "America/New_York")
    article = IndexedArticle(ESSAY, "Saying Thanks", f"/{ESSAY}.html", now, None, False)
    save_page_index(config.output_dir, PageIndex(facts, {ESSAY: article}))


@dataclass(frozen=True)
class Author:
    """The author at his browser. He presses the buttons that are on the page, with all they carry."""

    client: FlaskClient

    def opens(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    def posts(self, path: str, **fields: str | list[str]) -> TestResponse:
        return self.client.post(path, data={"form_token": self.token(), **fields}, headers=OWN)

    def acts(self, path: str, **fields: str | list[str]) -> str:
        """Post and read the page that follows."""
        answer = self.posts(path, **fields)
        assert answer.status_code == 303, (path, answer.status_code, answer.text)
        return self.opens(answer.location)

    def undoes(self, page: str) -> str:
        """Press the Undo beside what was just said."""
        said = page.split('<div class="said"', 1)[1].split("</div>", 1)[0]
        path = unescape(findall(r'action="([^"]+)"', said)[0])
        fields = MultiDict(
            (unescape(name), unescape(value)) for name, value in findall(r'name="([^"]+)" value="([^"]*)"', said)
        )
        answer = self.client.post(path, data=fields, headers=OWN)
        assert answer.status_code == 303
        return self.opens(answer.location)

    def token(self) -> str:
        return findall(r'name="form_token" value="([0-9a-f]+)"', self.client.get("/dashboard/sessions").text)[0]


@pytest.fixture
def author(app: Flask, config: Config, database: Database) -> Author:
    client = app.test_client()
    assert client.post(fresh_link(config, database), data={"press": "1"}, headers=OWN).status_code == 303
    return Author(client)


def fresh_link(config: Config, database: Database) -> str:
    """The path of a link that signs in."""
    from forms_service.access import now

    with database.write() as session:
        return link_url(config, create_link(session, now())).removeprefix(config.identity.url)


def dump(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with database.read() as session:
        return {
            table.name: sorted(map(tuple, session.execute(select(table)).all()), key=repr)
            for table in Base.metadata.sorted_tables
        }


def person_named(database: Database, name: str) -> int:
    with database.read() as session:
        return session.scalars(select(Person.id).where(Person.name == name)).one()
