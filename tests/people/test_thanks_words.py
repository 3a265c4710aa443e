"""The facts beside the box: both ends of a favour see the whole of it; and nothing breaks out of the mail's address."""

from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_service.models import Kind, Need, OutboundReferral, Person
from forms_service.people.duties import THANKS, WAYS
from forms_service.people.queries.thanks import Favour, Given, Thanks
from forms_service.people.thanks_words import WAY_LABELS, Telling, facts, given_words, mailto
from tests.conftest import NOW
from tests.people.test_stages import act

TOLD = Telling(ZoneInfo("America/New_York"), THANKS)


def somebody(number: int, name: str) -> Person:
    return Person(id=number, name=name, preferred_name="", usual="", created_at=NOW, source="form")


ASKER, PROVIDER, INTRODUCER = somebody(1, "An asker"), somebody(2, "A plumber"), somebody(3, "A partner")


@pytest.mark.parametrize(
    ("person", "asker", "did", "named_by"),
    [
        (PROVIDER, None, "Helped you", "A partner"),
        (PROVIDER, ASKER, "Helped An asker", "A partner"),
        (INTRODUCER, None, "Named A plumber, who helped you", None),
        (INTRODUCER, ASKER, "Named A plumber, who helped An asker", None),
    ],
)
def test_each_end_of_a_favour_is_told_its_part(person: Person, asker: Person | None, did: str, named_by: str | None):
    row = OutboundReferral(id=1, status="helped", helper_id=2, via_id=3, ended_at=NOW)
    favour = Favour(row, Need(text="A leak"), asker, PROVIDER, INTRODUCER)
    said = {fact.label: fact.words for fact in facts(Thanks(person, "favour", "7", NOW, favour=favour), TOLD)}
    assert (said["What they did"], said.get("Who named them"), said["What was needed"]) == (did, named_by, "A leak")
    assert said["When"] == "Wednesday, November 18, 2026"


@pytest.mark.parametrize("how", WAYS)
def test_each_way_of_thanking_has_a_button_and_is_told_afterwards(how: str):
    assert WAY_LABELS[how].startswith("I ")
    thanked = Given(act(Kind.THANKED, how=how, duty=""))
    assert given_words(thanked, TOLD) == f"You {WAYS[how]}, Wednesday, November 18, 2026"


def test_what_was_noted_in_another_way_is_told_as_it_was():
    assert "told them" in given_words(Given(act(Kind.OUTCOME_TOLD)), TOLD)
    assert "noted that they were thanked" in given_words(Given(act(Kind.REFERRAL_MOVED, to="acknowledged")), TOLD)


@given(st.text(min_size=1, max_size=80), st.from_regex(r"[a-z.+&?=%]{1,20}@example\.com", fullmatch=True))
def test_words_and_addresses_stay_what_they_are_in_the_mail(words: str, address: str):
    words = words.encode("utf-8", "ignore").decode()
    opened = urlsplit(mailto(address, words))
    body = parse_qs(opened.query, keep_blank_values=True, strict_parsing=True)
    assert list(body) == ["body"]
    assert body["body"] == [words.replace("\r\n", "\n").replace("\n", "\r\n")]
    assert not set(opened.path) & set("?&#")
