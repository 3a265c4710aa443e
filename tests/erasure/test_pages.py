"""What follows an erasure: pages, every kept release, caught mails, links of mails and thank-you pages."""

import dataclasses
from datetime import datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from authoring.publishing.local import LocalTarget
from authoring.publishing.manifest import Manifest, checksums, machinery_of
from forms_service.config import Config
from forms_service.db import Database
from forms_service.erasure.erase import erase_person
from forms_service.links.addresses import LINK_LIFETIME, link_address
from forms_service.links.tokens import Link
from forms_service.models import Comment, OutboxMail, Person
from forms_service.moderation.decide import approve
from forms_service.moderation.publish import refresh
from forms_service.outbox.dispatch import caught_name
from forms_service.outbox.forget import forget_caught_mails
from tests.support import received
from tests.support.built_site import FIRST, tree, write_site

SAID = "I thank my miller every Friday."


@pytest.fixture
def baker(database: Database, now: datetime) -> int:
    """The number of somebody whose comment is approved, with a gardener's beside it."""
    with database.write() as session:
        received.comment(session, now, article=FIRST)
        received.comment(session, now, article=FIRST, name="A gardener", text="Roses, too.")
        for comment in session.scalars(select(Comment.id)).all():
            approve(session, comment, now)
        return session.scalars(select(Person.id).where(Person.name == "A baker")).one()


def erase(database: Database, person: int, now: datetime) -> None:
    with database.write() as session:
        erase_person(session, person, now)


def test_the_comment_leaves_every_kept_release(
    config: Config, database: Database, baker: int, now: datetime, tmp_path: Path
):
    target, staging = LocalTarget(config.places), write_site(tmp_path / "staging")
    manifest = Manifest("one", 1, now, checksums(staging), machinery_of(staging))
    for number, name in enumerate(("one", "two"), 1):
        target.push(staging, dataclasses.replace(manifest, release=name, number=number))
        target.switch(name)
        refresh(database, config)
        target.rollback(name)
    target.rollback("one")
    (target.folder / "notes").mkdir()  # somebody's own folder is no release
    assert sum(SAID.encode() in data for data in tree(target.folder).values()) >= 4
    erase(database, baker, now)
    assert refresh(database, config) == [FIRST]
    for name in ("one", "two"):
        everything = b"".join(tree(target.folder / name).values())
        assert SAID.encode() not in everything
        assert b"A baker" not in everything
        assert b"Roses, too." in everything
    assert SAID not in "".join(path.read_text() for path in config.comments_dir.rglob("*.json"))


def test_caught_mails_go_and_others_stay(config: Config, database: Database, baker: int, now: datetime):
    config.mail_dir.mkdir()
    with database.read() as session:
        names = [caught_name(mail) for mail in session.scalars(select(OutboxMail).order_by(OutboxMail.id))]
    for name in names:
        (config.mail_dir / name).write_text("Subject: words\n")
    erase(database, baker, now)
    for _ in range(2):
        forget_caught_mails(database, config)
        assert [path.name for path in config.mail_dir.iterdir()] == names[1:]


def test_a_button_of_an_old_mail_leads_nowhere(
    client: FlaskClient, config: Config, database: Database, baker: int, now: datetime
):
    with database.read() as session:
        comment = session.scalars(select(Comment).where(Comment.name == "A baker")).one()
    links = [Link("comment", comment.id, "reject"), Link("submission", comment.submission_id or 0, "answered")]
    addresses = [link_address("", config.secret_key, link, datetime.now(now.tzinfo) + LINK_LIFETIME) for link in links]
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    erase(database, baker, now)
    assert [client.get(address).status_code for address in addresses] == [410, 410]
    assert [client.post(address).status_code for address in addresses] == [410, 410]
