"""Someone is referred: five levels, each with its next step; details of a third person only after consent."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from forms_service.db import Database
from forms_service.erasure.erase import erase_referred
from forms_service.forms.referral import AGREED
from forms_service.links.tokens import Link, sign
from forms_service.models import (
    LEVELS,
    ContactPoint,
    Event,
    OutboxMail,
    Person,
    Referral,
    ReferredContact,
    Submission,
)
from tests.intake.conftest import Visitor, counts, rows
from tests.support.pages import Page


def second_step(visitor: Visitor, **changes: str) -> str:
    """Refers someone who agreed; the address the second form is sent to."""
    page = Page(visitor.is_thanked_for("referral", **changes).text)
    return page.all("form")[0]["action"]


def test_a_referral_is_kept_as_claimed(visitor: Visitor, database: Database):
    visitor.sends("referral", look_out_for="A mayor")
    (referral,) = rows(database, Referral)
    assert (referral.claimed_level, referral.confirmed_level, referral.status) == ("L2", None, "received")
    assert (referral.referred_name, referral.need, referral.look_out_for) == (
        "A caterer",
        "A bigger kitchen.",
        "A mayor",
    )
    assert [(mail.kind, mail.state) for mail in rows(database, OutboxMail)] == [("referral_received", "queued")]


def test_the_referred_person_stays_inside_the_referral(visitor: Visitor, database: Database):
    visitor.sends("referral")
    assert [person.name for person in rows(database, Person)] == ["A florist"]
    assert rows(database, Referral)[0].referred_id is None


@pytest.mark.parametrize("level", LEVELS)
def test_only_who_agreed_may_be_reached(visitor: Visitor, level: str):
    page = Page(visitor.is_thanked_for("referral", level=level).text)
    assert len(page.all("form")) == (1 if level in AGREED else 0)
    assert "Thank you" in page.title


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_has_an_introduction_to_copy_or_to_open(visitor: Visitor, level: str):
    page = Page(visitor.is_thanked_for("referral", level=level, need="Rock & roll = 100%?").text)
    (link,) = [a["href"] for a in page.all("a") if a["href"].startswith("mailto:?")]
    query = parse_qs(urlsplit(link).query, strict_parsing=True)
    assert query["cc"] == ["author@example.com"]
    assert query["body"][0].replace("\r\n", "\n") == page.values["introduction"]
    assert "Rock & roll = 100%?" in query["body"][0]


def test_a_mere_situation_needs_no_name(visitor: Visitor, database: Database):
    assert visitor.sends("referral", level="L0", referred_name="").status_code == 303
    assert rows(database, Referral)[0].referred_name == ""


@pytest.mark.parametrize("level", [level for level in LEVELS if level != "L0"])
def test_everything_beyond_needs_a_name(passer_by: Visitor, level: str):
    refused = passer_by.sends("referral", level=level, referred_name=" ")
    assert refused.status_code == 422
    assert "#referral-referred_name" in [a["href"] for a in Page(refused.text).all("a")]


def test_the_second_step_keeps_how_to_reach_them(visitor: Visitor, database: Database):
    sent = visitor.sends("referral_contact", to=second_step(visitor), phone="212-555-0142")
    assert sent.status_code == 303
    assert "how to reach" in visitor.client.get(sent.location).text
    (contact,) = rows(database, ReferredContact)
    assert (contact.referral_id, contact.submission_id) == (1, 2)
    assert (contact.email, contact.phone, contact.consent_version) == ("caterer@example.com", "212-555-0142", "2026-11")


def test_the_second_step_makes_nobody_a_person_or_a_contact_point(visitor: Visitor, database: Database):
    visitor.sends("referral_contact", to=second_step(visitor))
    assert [point.value for point in rows(database, ContactPoint)] == ["florist@example.com"]
    assert [(s.kind, s.person_id, s.is_claim) for s in rows(database, Submission)] == [
        ("referral", 1, False),
        ("referral_contact", 1, False),
    ]


def test_the_second_step_is_an_event_and_a_mail_of_its_own(visitor: Visitor, database: Database):
    visitor.sends("referral_contact", to=second_step(visitor))
    event = rows(database, Event)[-1]
    assert (event.kind, event.actor, event.referral_id, event.submission_id) == (
        "contact_details_given",
        "submitter",
        1,
        2,
    )
    assert rows(database, OutboxMail)[-1].kind == "referral_contact_received"


def test_a_second_click_on_the_second_step_adds_nothing(visitor: Visitor, database: Database):
    action = second_step(visitor)
    first, again = (visitor.sends("referral_contact", to=action).location for _ in range(2))
    assert first == again
    assert counts(database)["referred_contact"] == 1


def test_other_details_are_added_and_overwrite_nothing(visitor: Visitor, database: Database):
    action = second_step(visitor)
    visitor.sends("referral_contact", to=action)
    visitor.sends("referral_contact", to=action, email="kitchen@example.com")
    assert [c.email for c in rows(database, ReferredContact)] == ["caterer@example.com", "kitchen@example.com"]


def test_without_consent_nothing_is_taken_in_and_nothing_typed_is_lost(visitor: Visitor, database: Database):
    refused = visitor.sends("referral_contact", to=second_step(visitor), consent="")
    page = Page(refused.text)
    assert refused.status_code == 422
    assert page.title.startswith("Error:")
    assert page.values["referral_contact-email"] == "caterer@example.com"
    assert "referred_contact" not in counts(database)
    (back,) = [a["href"] for a in page.all("a") if "/thanks/" in a["href"]]
    assert "introduction" in Page(visitor.client.get(back).text).values


def test_consent_to_another_wording_does_not_count(visitor: Visitor, database: Database):
    refused = visitor.sends("referral_contact", to=second_step(visitor), consent="2019-01")
    assert refused.status_code == 422
    assert "referral_contact-consent" not in Page(refused.text).values


@pytest.mark.parametrize("level", ["L0", "L1"])
def test_nobody_can_give_details_of_someone_who_did_not_agree(
    visitor: Visitor, database: Database, level: str, site, now
):  # fmt: skip
    visitor.sends("referral", level=level)
    token = sign(site.secret_key, Link("thanks", 1, ""), now + timedelta(days=365))
    assert visitor.client.get(f"/forms/referral_contact/{token}").status_code == 404
    assert visitor.sends("referral_contact", to=f"/forms/referral_contact/{token}").status_code == 404
    assert "referred_contact" not in counts(database)


def test_the_second_step_belongs_to_a_referral_only(visitor: Visitor, database: Database, site, now):
    visitor.sends("contact")
    token = sign(site.secret_key, Link("thanks", 1, ""), now + timedelta(days=365))
    assert visitor.sends("referral_contact", to=f"/forms/referral_contact/{token}").status_code == 404


def test_a_link_for_something_else_opens_no_thank_you_page(visitor: Visitor, site, now):
    visitor.sends("referral")
    for link in (Link("submission", 1, "answered"), Link("thanks", 99, "")):
        token = sign(site.secret_key, link, now + timedelta(days=1))
        assert visitor.client.get(f"/forms/referral/thanks/{token}").status_code == 404
        assert visitor.client.get(f"/forms/referral_contact/{token}").status_code == 404


def test_a_thank_you_page_opens_under_its_own_kind_only(visitor: Visitor):
    location = visitor.sends("referral").location
    assert visitor.client.get(location.replace("/referral/", "/contact/")).status_code == 404
    assert visitor.client.get(location[:-1]).status_code == 404


def test_a_thank_you_page_serves_for_a_year(visitor: Visitor, now):
    location = visitor.sends("referral").location
    for days, status in ((364, 200), (366, 404)):
        with time_machine.travel(now + timedelta(days=days), tick=False):
            assert visitor.client.get(location).status_code == status


def test_looking_at_pages_changes_nothing(visitor: Visitor, database: Database):
    action = second_step(visitor)
    thanks = visitor.sends("referral").location
    before = counts(database)
    for address in (action, thanks, "/forms/comment", "/forms/contact", "/forms/referral"):
        assert visitor.client.get(address).status_code == 200
        assert visitor.client.head(address).status_code == 200
    assert counts(database) == before


def test_the_introduction_tells_nothing_of_a_known_person(visitor: Visitor):
    visitor.sends("contact", name="A florist with a secret name", email="florist@example.com")
    assert "secret" not in visitor.is_thanked_for("referral").text


@pytest.mark.parametrize("level", ["L0", "L2"])
def test_nobody_is_introduced_who_was_erased(visitor: Visitor, database: Database, now, level: str):
    location = visitor.sends("referral", level=level).location
    with database.write() as session:
        erase_referred(session, 1, now)
    page = visitor.client.get(location)
    assert page.status_code == 200
    assert "Your message" not in page.text
    assert "mailto:?" not in page.text
