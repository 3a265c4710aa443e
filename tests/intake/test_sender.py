"""Who a sender is: new and unconfirmed, or a claim that changes nothing about the person we know."""

import pytest

from forms_service.db import Database
from forms_service.models import ContactPoint, Person, Submission
from tests.intake.conftest import Visitor, counts, rows


def test_a_sender_is_new_and_unconfirmed(visitor: Visitor, database: Database):
    visitor.sends("contact", phone="(212) 555-0123")
    (person,) = rows(database, Person)
    assert (person.name, person.source, person.confirmed_at) == ("A plumber", "form", None)
    assert [(p.kind, p.value, p.normalised, p.source, p.submission_id) for p in rows(database, ContactPoint)] == [
        ("email", "plumber@example.com", "plumber@example.com", "self", 1),
        ("phone", "(212) 555-0123", "+12125550123", "self", 1),
    ]
    assert rows(database, Submission)[0].is_claim is False


def test_a_known_address_makes_a_claim_and_changes_nothing(visitor: Visitor, database: Database):
    visitor.sends("contact")
    before = [vars(row).copy() for row in (*rows(database, Person), *rows(database, ContactPoint))]
    visitor.sends("contact", name="Somebody else", email="PLUMBER@example.com", phone="212 555 0199", message="Me too")
    after = [vars(row).copy() for row in (*rows(database, Person), *rows(database, ContactPoint))]
    for row in (*before, *after):
        row.pop("_sa_instance_state")
    assert after == before
    assert [(s.person_id, s.is_claim) for s in rows(database, Submission)] == [(1, False), (1, True)]


def test_the_answer_is_the_same_for_a_known_and_an_unknown_address(visitor: Visitor):
    first = visitor.is_thanked_for("contact").text
    again = visitor.is_thanked_for("contact", name="Somebody else", message="Something else").text
    unlike = [(a, b) for a, b in zip(first.splitlines(), again.splitlines(), strict=True) if a != b]
    assert all("reference" in a for a, _ in unlike)


@pytest.mark.parametrize(
    ("first", "second"),
    [("j.doe@bücher.example.com", "J.Doe@xn--bcher-kva.example.com"), ("a@example.com", " A@Example.COM ")],
)
def test_spellings_of_one_address_are_one_person(visitor: Visitor, database: Database, first: str, second: str):
    visitor.sends("contact", email=first, message="One")
    visitor.sends("contact", email=second, message="Two")
    assert counts(database)["person"] == 1


def test_a_phone_alone_is_recognised_in_another_spelling(visitor: Visitor, database: Database):
    visitor.sends("contact", email="", phone="212-555-0123")
    visitor.sends("contact", email="", phone="+1 (212) 555 0123", message="Again")
    assert [s.is_claim for s in rows(database, Submission)] == [False, True]


def test_a_family_that_shares_a_phone_stays_two_people(visitor: Visitor, database: Database):
    visitor.sends("contact", phone="212-555-0123")
    visitor.sends("contact", name="A painter", email="painter@example.com", phone="212-555-0123")
    assert [person.name for person in rows(database, Person)] == ["A plumber", "A painter"]


@pytest.mark.parametrize(
    ("known_as", "typed"), [("A potter", "a Potter"), ("Émile D", "Émile D"), ("Émile D", "emile d")]
)
def test_of_a_couple_with_one_address_the_one_of_that_name_is_meant(
    visitor: Visitor, database: Database, now, known_as: str, typed: str
):
    visitor.sends("contact")
    with database.write() as session:
        wife = Person(name=known_as, created_at=now, source="form")
        session.add(wife)
        session.flush()
        session.add(
            ContactPoint(
                person_id=wife.id,
                kind="email",
                value="plumber@example.com",
                normalised="plumber@example.com",
                source="author",
                added_at=now,
            )
        )
    visitor.sends("contact", name=typed, message="It is me")
    assert [s.person_id for s in rows(database, Submission)] == [1, 2]


def test_names_of_the_whole_world_are_kept(visitor: Visitor, database: Database):
    for number, name in enumerate(("Nguyễn Thị Minh Khai", "محمد", "O’Brien-Łukasz", "李小龍", "Ægir Þórsson")):
        visitor.sends("contact", name=name, email=f"n{number}@example.com")
        assert rows(database, Person)[-1].name == name
