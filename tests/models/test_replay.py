"""Events are the truth: with every projection spoiled, replaying the events gives the whole database again."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import Boolean, DateTime, Integer, delete, update
from sqlalchemy.orm import Session

from forms_service.db import Database
from forms_service.models import (
    Actor,
    Comment,
    Duty,
    Event,
    Hint,
    Kind,
    Knows,
    Need,
    Note,
    Offer,
    OutboundReferral,
    Person,
    PutOff,
    Referral,
    Submission,
)
from forms_service.models.projection import SUBJECTS, record, replay, undo
from tests.support.dump import dump

#: What stands in each table because somebody said it. Every other column of these tables must follow from events:
#: a new column is spoiled here like the rest, until it is either projected or named.
SAID = {
    Person: {"id", "name", "folded_name", "created_at", "source"},
    Submission: {"id", "reference", "kind", "payload", "received_at", "person_id", "is_claim", "network", "suspicions",
                 "indexed_at"},
    Comment: {"id", "submission_id", "article_id", "parent_id", "name", "text", "written_at", "by_author", "is_erased"},
    Referral: {"id", "submission_id", "referrer_id", "referred_name", "need", "look_out_for", "claimed_level",
               "received_at"},
    Need: {"id", "person_id", "text", "category", "place", "source", "submission_id", "told_at"},
    Offer: {"id", "person_id", "text", "category", "place", "source", "recommended_by_id", "submission_id", "told_at"},
    Knows: {"id", "person_id", "other_id", "depth", "source", "told_at"},
    Hint: {"id", "person_id", "category", "source", "told_at"},
    OutboundReferral: {"id", "need_id", "via_id", "hop", "drafted_at"},
}  # fmt: skip
SOON = "2026-12-01T12:00:00+00:00"
#: An example of every kind: what its data say, and what it is about beside the person.
EXAMPLES: dict[Kind, tuple[dict[str, Any], str]] = {
    **{kind: ({}, "person") for kind in Kind},
    **{kind: ({}, "submission") for kind in (Kind.SUBMITTED, Kind.ANSWERED, Kind.MARKED_SPAM)},
    **{
        kind: ({}, "comment")
        for kind in (Kind.COMMENT_APPROVED, Kind.COMMENT_REJECTED, Kind.COMMENT_REPLIED, Kind.COMMENT_IMPORTED)
    },
    **{kind: ({}, "need") for kind in (Kind.NEED_TOLD, Kind.NEED_RENEWED, Kind.NEED_ANSWERED, Kind.NEED_WITHDRAWN)},
    **{kind: ({}, "offer") for kind in (Kind.OFFER_TOLD, Kind.OFFER_ENDED)},
    **{kind: ({}, "knows") for kind in (Kind.KNOWS_TOLD, Kind.KNOWS_REPLACED)},
    Kind.HINT_TOLD: ({}, "hint"),
    Kind.CONTACT_DETAILS_GIVEN: ({"own_yes": True}, "referral"),
    Kind.OWN_YES_SET: ({"needed": True}, "referral"),
    Kind.OUTCOME_TOLD: ({}, "referral"),
    Kind.LEVEL_CONFIRMED: ({"level": "L2"}, "referral"),
    Kind.REFERRAL_MOVED: ({"to": "customer"}, "referral"),
    Kind.REFERRED_TAKEN_UP: ({"person_id": 2}, "referral"),
    Kind.TOLD_SET_ASIDE: ({"field": "looking_for"}, "submission"),
    Kind.VOUCHED: ({"as": "yes"}, "person"),
    Kind.OUTBOUND_DRAFTED: ({"helper_id": 2, "agreed": ["asker"]}, "outbound"),
    Kind.OUTBOUND_ASKED: ({"side": "helper"}, "outbound"),
    Kind.OUTBOUND_AGREED: ({"side": "helper"}, "outbound"),
    Kind.HELPER_NAMED: ({"helper_id": 2, "with": []}, "outbound"),
    Kind.OUTBOUND_MOVED: ({"to": "introduced"}, "outbound"),
    Kind.ONE_TO_ONE_BOOKED: ({"for": SOON, "timed": True}, "person"),
    Kind.PURCHASED: ({"until": SOON}, "person"),
    Kind.RENEWED: ({"until": SOON, "automatic": True}, "person"),
    Kind.TERM_SPOKEN_OF: ({"ends": SOON}, "person"),
    Kind.INTEREST_CLOSED: ({"as": "no"}, "person"),
    Kind.PAUSED: ({"until": SOON}, "person"),
    Kind.CONTACT_LIFTED: ({"by": "person"}, "person"),
    Kind.ROLES_SET: ({"roles": ["friend"]}, "person"),
    Kind.INTERVAL_SET: ({"ideal": 7, "maximum": 9}, "person"),
    Kind.THANKED: ({"how": "card", "duty": ""}, "person"),
    Kind.FAVOUR_DONE: ({"provider_id": 1, "introducer_id": 2}, "person"),
    Kind.PROMISE_MADE: ({"due": SOON, "by": "author"}, "person"),
    Kind.PROMISE_KEPT: ({"promise": 1}, "person"),
    Kind.FOLLOW_UP_SET: ({"due": SOON}, "person"),
    Kind.PUT_OFF: ({"row": "drift", "until": SOON}, "person"),
    Kind.FACT_NOTED: ({"field": "usual", "from": "person"}, "person"),
    Kind.NOTED_TOGETHER: ({"on": "sheet", "with": []}, "person"),
}
#: What is undone, or ends everything, has its place behind all the others.
ANY_ORDER = [kind for kind in Kind if kind not in (Kind.UNDONE, Kind.ERASED)]


def subjects(session: Session, now: datetime) -> None:
    """Two people and a row of everything that events are about, all of the first's."""
    session.add_all([Person(name=name, created_at=now, source="form") for name in ("A baker", "A miller")])
    session.flush()
    session.add(Submission(
        reference="K7QM3F", kind="comment", payload={}, received_at=now, person_id=1, is_claim=False
    ))  # fmt: skip
    session.add(Need(person_id=1, text="A miller", category="miller", source="author", told_at=now, asked_at=now))
    session.flush()
    session.add_all([
        Comment(submission_id=1, article_id="2026/11/a", name="A baker", text="Yes.", written_at=now),
        Referral(submission_id=1, referrer_id=1, need="Flour", claimed_level="L1", received_at=now),
        Offer(person_id=1, text="Bread", category="baker", source="author", told_at=now),
        Knows(person_id=1, other_id=2, depth="know", source="author", told_at=now),
        Hint(person_id=1, category="cook", source="author", told_at=now),
        OutboundReferral(need_id=1, hop="1", drafted_at=now),
    ])  # fmt: skip
    session.flush()


def happens(session: Session, kind: Kind, at: datetime) -> Event:
    data, about = EXAMPLES[kind]
    event = Event(at=at, kind=kind, actor=Actor.AUTHOR, data=data, person_id=1)
    if about != "person":
        setattr(event, f"{about}_id", 1)
    if kind == Kind.FACT_NOTED:
        session.add(event)
        session.flush()
        session.add(Note(event_id=event.id, text=f"Rye, {event.id}"))
    return record(session, event)


def spoil(session: Session) -> None:
    """Every projection is gone or wrong."""
    session.execute(delete(Duty))
    session.execute(delete(PutOff))
    for table, said in SAID.items():
        wrong = {name: spoiled(column) for name, column in table.__table__.columns.items() if name not in said}
        session.execute(update(table).values(**wrong))
    session.expire_all()


def spoiled(column: Any) -> object:
    if column.nullable:
        return None
    kinds = {Boolean: True, DateTime: datetime(2001, 1, 1).astimezone(), Integer: 9}
    impl = getattr(column.type, "impl", column.type)
    return next((value for kind, value in kinds.items() if isinstance(impl, kind)), "spoiled")


def test_every_table_with_projections_is_spoiled_and_every_kind_has_its_example():
    assert {subject.table for subject in SUBJECTS} == set(SAID)
    assert set(EXAMPLES) == set(Kind)


@pytest.mark.parametrize("seed", range(2))
def test_replaying_every_kind_of_event_gives_the_whole_database_again(database: Database, now: datetime, seed: int):
    chance = Random(seed)  # noqa: S311  # an order, no secret
    order = chance.sample(ANY_ORDER, len(ANY_ORDER))
    with database.write() as session:
        subjects(session, now)
        events = [happens(session, kind, now + timedelta(minutes=number)) for number, kind in enumerate(order)]
        for event in chance.sample(events, len(events) // 4):
            undo(session, event, now + timedelta(days=1))
        replay(session)  # rows that no event is about are brought up too
    lived = dump(database)
    with database.write() as session:
        spoil(session)
    assert dump(database) != lived
    with database.write() as session:
        replay(session)
    assert dump(database) == lived


def test_what_follows_is_the_same_live_and_replayed_along_the_way(database: Database, now: datetime):
    with database.write() as session:
        subjects(session, now)
        replay(session)
    kinds = [*ANY_ORDER, Kind.ERASED]
    for first in range(0, len(kinds), 12):
        with database.write() as session:
            for number, kind in enumerate(kinds[first : first + 12], first):
                happens(session, kind, now + timedelta(minutes=number))
        lived = dump(database)
        with database.write() as session:
            replay(session)
        assert dump(database) == lived, kinds[first : first + 12]
