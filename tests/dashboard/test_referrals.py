"""A referral: what was claimed, what the author knows, where it stands, and whom it brought."""

import pytest
from sqlalchemy import select

from forms_service.db import Database
from forms_service.models import ContactPoint, Person, Referral
from tests.dashboard.conftest import Author, Post, Sending, dump, person_named


def referral(database: Database) -> Referral:
    with database.read() as session:
        return session.scalars(select(Referral)).one()


def people(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """The projections that referrals move."""
    return {name: rows for name, rows in dump(database).items() if name in ("person", "referral")}


def test_the_list_says_what_to_do_next(author: Author, post: Post):
    page = author.opens("/dashboard/referrals")
    assert "A teacher" in page
    assert "Told them, and they agreed to hear from you" in page
    assert "write or call, and say who gave you the name" in page


def test_the_page_shows_the_address_with_its_consent(author: Author, post: Post):
    page = author.opens(f"/dashboard/referrals/{post.referral}")
    for words in ("teacher@example.com", "stated their consent (wording 2026-11)", "A landlord with old pipes"):
        assert words in page


def test_without_an_address_the_referrer_is_asked(author: Author, send: Sending):
    send("referral", level="L1")
    page = author.opens("/dashboard/referrals/1")
    assert "Do not write to them" in page
    assert "No address was given" in page


def test_the_authors_word_on_how_far_it_went_and_its_undo(author: Author, post: Post, database: Database):
    before = people(database)
    page = author.acts(f"/dashboard/referrals/{post.referral}/level", level="L3")
    assert (referral(database).claimed_level, referral(database).confirmed_level) == ("L2", "L3")
    author.undoes(page)
    assert people(database) == before


def test_where_it_stands_moves_by_recorded_events_and_back(author: Author, post: Post, database: Database):
    first = author.acts(f"/dashboard/referrals/{post.referral}/move", to="acknowledged")
    second = author.acts(f"/dashboard/referrals/{post.referral}/move", to="customer")
    assert referral(database).status == "customer"
    assert "Tell the referrer how it ended" in second
    author.undoes(second)
    assert referral(database).status == "acknowledged"
    author.undoes(first)
    assert referral(database).status == "received"


@pytest.mark.parametrize("to", ["", "received", "expired", "rich"])
def test_it_cannot_be_moved_to_what_is_not_the_authors_to_say(author: Author, post: Post, database: Database, to: str):
    assert author.posts(f"/dashboard/referrals/{post.referral}/move", to=to).status_code == 422
    assert referral(database).status == "received"


def test_until_taken_up_the_person_referred_is_in_no_list(author: Author, post: Post):
    assert "A teacher" not in author.opens("/dashboard/people")


def test_taking_up_brings_the_person_into_the_list_and_undo_takes_them_out(author: Author, post: Post, database):
    before = people(database)["referral"]
    page = author.acts(f"/dashboard/referrals/{post.referral}/take-up")
    teacher = person_named(database, "A teacher")
    own = author.opens(f"/dashboard/people/{teacher}")
    for words in ("teacher@example.com", "given by the referrer", "referred by A plumber"):
        assert words in own
    assert "A teacher" in author.opens("/dashboard/people")
    author.undoes(page)
    assert "A teacher" not in author.opens("/dashboard/people")
    assert people(database)["referral"] == before


def test_taking_up_again_makes_no_double(author: Author, post: Post, database: Database):
    author.undoes(author.acts(f"/dashboard/referrals/{post.referral}/take-up"))
    for _ in range(2):
        author.acts(f"/dashboard/referrals/{post.referral}/take-up")
    person_named(database, "A teacher")
    with database.read() as session:
        points = session.scalars(select(ContactPoint.value).where(ContactPoint.source == "referrer")).all()
    assert sorted(points) == ["+1 212-555-0167", "teacher@example.com"]


def test_somebody_known_can_be_taken_for_the_person_referred(author: Author, post: Post, send: Sending, database):
    send("contact", name="Mrs Teacher", email="teacher@example.com", phone="")
    known = person_named(database, "Mrs Teacher")
    assert "Yes: <bdi>Mrs Teacher</bdi>" in author.opens(f"/dashboard/referrals/{post.referral}")
    author.acts(f"/dashboard/referrals/{post.referral}/take-up", person=str(known))
    assert referral(database).referred_id == known
    with database.read() as session:
        assert "A teacher" not in session.scalars(select(Person.name)).all()


def test_a_mere_situation_names_nobody_to_take_up(author: Author, send: Sending, database: Database):
    send("referral", level="L0", referred_name="")
    assert "into your list" not in author.opens("/dashboard/referrals/1")
    assert author.posts("/dashboard/referrals/1/take-up").status_code == 422


def test_acting_on_a_referral_confirms_who_sent_it(author: Author, post: Post, database: Database):
    author.acts(f"/dashboard/referrals/{post.referral}/take-up")
    with database.read() as session:
        assert session.get_one(Person, person_named(database, "A plumber")).confirmed_at is not None


def test_spam_is_no_referral(author: Author, post: Post):
    author.acts(f"/dashboard/inbox/{post.plumber}/spam")
    assert "A teacher" not in author.opens("/dashboard/referrals")


def test_an_empty_list_says_what_will_stand_there(author: Author):
    assert "No referrals yet" in author.opens("/dashboard/referrals")
    assert "None has come to an end" in author.opens("/dashboard/referrals?show=closed")


def test_only_the_authors_own_acts_can_be_taken_back(author: Author, post: Post, database: Database):
    before = dump(database)
    for event in ("1", "999", "x", ""):
        assert author.posts("/dashboard/undo", event=event).status_code == 422
    assert dump(database) == before
