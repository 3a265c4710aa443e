"""Stages follow from events and fall back by themselves; a call logged is a call remembered."""

from datetime import datetime, timedelta
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from forms_service.models import Event, Kind
from forms_service.people import stages
from tests.conftest import NOW

_numbers = count(1)


def days(number: float) -> datetime:
    return NOW + timedelta(days=number)


def act(kind: Kind, on: float = 0, **data) -> Event:
    spelled = {key: value.isoformat() if isinstance(value, datetime) else value for key, value in data.items()}
    return Event(id=next(_numbers), kind=kind, at=days(on), actor="author", data=spelled)


def stage(events: list[Event], on: float, *, known: bool = False) -> str:
    return stages.buying(events, known, days(on)).stage


def test_who_bought_nothing_is_an_acquaintance_and_an_open_interest_makes_a_prospect():
    assert stage([act(Kind.CALLED)], 1) == "acquaintance"
    opened = [act(Kind.CALLED), act(Kind.INTEREST_OPENED)]
    assert stage(opened, 1) == "prospect"
    for how in ("bought", "not_now", "no"):
        assert stage([*opened, act(Kind.INTEREST_CLOSED, **{"as": how})], 1) == "acquaintance"


@settings(max_examples=60)
@given(st.integers(1, 1000))
def test_a_customer_falls_back_thirty_days_after_the_term(length: int):
    bought = [act(Kind.PURCHASED, until=days(length))]
    assert stage(bought, length + 29.9) == "customer"
    assert stage(bought, length + 30) == "former"


def test_a_one_off_counts_twelve_months_and_an_expiry_ends_a_term_at_once():
    assert (stage([act(Kind.PURCHASED, until=None)], 364), stage([act(Kind.PURCHASED, until=None)], 365)) == (
        "customer", "former",
    )  # fmt: skip
    assert stage([act(Kind.PURCHASED, until=days(300)), act(Kind.EXPIRED, 10)], 10) == "former"


def test_a_client_is_suggested_confirmed_and_falls_back_with_the_term():
    events = [act(Kind.PURCHASED, until=days(100)), act(Kind.UPGRADED, 5)]
    assert stages.buying(events, False, days(6)).suggested == ""
    assert "upgraded" in stages.buying(events, True, days(6)).suggested
    events.append(act(Kind.CLIENT_CONFIRMED, 7))
    assert stage(events, 8, known=True) == "client"
    assert stage(events, 8, known=False) == "customer"
    assert stage(events, 130, known=True) == "former"
    events.append(act(Kind.PURCHASED, 200, until=days(300)))
    assert stage(events, 201, known=True) == "customer", "a new run of terms is confirmed anew"


def test_renewing_twice_or_automatically_is_a_sign_of_a_client():
    once = [act(Kind.PURCHASED, until=days(30)), act(Kind.RENEWED, 20, until=days(60), automatic=False)]
    assert stages.client_signs(once, False) == []
    twice = [*once, act(Kind.RENEWED, 50, until=days(90), automatic=False)]
    assert stages.client_signs(twice, False) == ["renews"]
    assert stages.client_signs([act(Kind.RENEWED, until=days(9), automatic=True)], False) == ["renews"]


LIFE = st.sampled_from([Kind.PURCHASED, Kind.RENEWED, Kind.UPGRADED, Kind.CLIENT_CONFIRMED, Kind.EXPIRED])


@settings(max_examples=100)
@given(st.lists(st.tuples(LIFE, st.integers(0, 400), st.integers(1, 400))), st.booleans())
def test_no_stage_of_a_buyer_outlasts_every_term(history, known: bool):
    events = [act(kind, on, until=days(on + length)) for kind, on, length in sorted(history, key=lambda each: each[1])]
    long_after = 400 + 400 + 366
    assert stage(events, long_after, known=known) in ("former", "acquaintance")


def test_a_partner_has_sat_down_with_you_and_one_helped_the_other():
    held = act(Kind.ONE_TO_ONE_HELD)
    referral = act(Kind.REFERRAL_MOVED, to="contacted")
    referral.referral_id = 1
    assert stages.partnership([], NOW).stage == ""
    assert stages.partnership([act(Kind.ONE_TO_ONE_BOOKED, **{"for": days(3)})], NOW).stage == "getting to know"
    assert stages.partnership([held], NOW).stage == "getting to know"
    assert stages.partnership([referral], NOW) == stages.Partnership("", "no one-to-one yet", is_suggested=True)
    assert stages.partnership([held, referral], NOW).stage == "partner"
    assert stages.partnership([act(Kind.PARTNER_CONFIRMED)], NOW).stage == "partner"
    assert stages.partnership([held, referral], days(61)).stage == "resting"
    assert stages.partnership([held, referral, act(Kind.CALLED, 50)], days(61)).stage == "partner"


def test_automatic_mail_is_no_touch_and_telling_their_boss_is_none_either():
    assert stages.last_touch([act(Kind.SUBMITTED), act(Kind.REFERRAL_MOVED, to="met")]) is None
    assert stages.last_touch([act(Kind.THANKED, how="told_boss", duty="")]) is None
    assert stages.last_touch([act(Kind.THANKED, how="card", duty="")]) == NOW
    assert stages.last_touch([act(Kind.CALLED, 5, at=days(2)), act(Kind.MET, 1)]) == days(2)


def test_the_interval_is_the_authors_word_or_the_closest_of_their_roles():
    assert stages.interval([]) == stages.Interval(90, 180)
    vendor = act(Kind.ROLES_SET, roles=["vendor"])
    assert stages.interval([vendor]) == stages.Interval(120, 240)
    assert stages.interval([vendor, act(Kind.PARTNER_CONFIRMED)]) == stages.Interval(30, 60)
    own = act(Kind.INTERVAL_SET, ideal=7, maximum=14)
    assert stages.interval([vendor, own]) == stages.Interval(7, 14)
    assert stages.interval([vendor, own, act(Kind.INTERVAL_SET)]) == stages.Interval(120, 240)


def test_only_the_person_lifts_do_not_contact():
    never = [act(Kind.DO_NOT_CONTACT)]
    assert stages.contact([*never, act(Kind.CONTACT_LIFTED, by="author")]).status == "do_not_contact"
    assert stages.contact([*never, act(Kind.PAUSED, until=days(1))]).allows(days(2)) is False
    assert stages.contact([*never, act(Kind.CONTACT_LIFTED, by="person")]).status == "free"
    assert stages.contact([act(Kind.MEETING_DECLINED), act(Kind.CONTACT_LIFTED, by="author")]).status == "free"


def test_only_an_agreed_term_has_an_end_to_wait_for():
    once = act(Kind.PURCHASED, until=None)
    assert stages.term_ends([once]) is None
    assert stages.term_ends([once, act(Kind.PURCHASED, until=days(30))]) == days(30)


def test_a_pause_ends_by_itself():
    paused = stages.contact([act(Kind.PAUSED, until=days(3))])
    assert (paused.allows(days(2.9)), paused.allows(days(3))) == (False, True)


def test_a_one_to_one_stands_until_it_is_held_or_declined():
    booked = act(Kind.ONE_TO_ONE_BOOKED, **{"for": days(3)})
    assert stages.next_meeting([booked]) == days(3)
    assert stages.next_meeting([booked, act(Kind.ONE_TO_ONE_HELD, 3)]) is None
    assert stages.next_meeting([booked, act(Kind.MEETING_DECLINED, 1)]) is None


def test_a_partner_never_touched_rests_from_the_day_you_said_so():
    said = [act(Kind.PARTNER_CONFIRMED)]
    assert stages.partnership(said, days(60)).stage == "partner"
    assert stages.partnership(said, days(61)).stage == "resting"


def test_who_declined_the_meeting_is_not_being_got_to_know():
    booked = act(Kind.ONE_TO_ONE_BOOKED, **{"for": days(3)})
    assert stages.partnership([booked, act(Kind.MEETING_DECLINED, 1)], days(2)).stage == ""


# Any life of acts, each on its day and none taken back

BUYING_ACTS = (
    Kind.PURCHASED, Kind.RENEWED, Kind.UPGRADED, Kind.EXPIRED, Kind.CLIENT_CONFIRMED, Kind.INTEREST_OPENED,
    Kind.INTEREST_CLOSED,
)  # fmt: skip
PARTNER_ACTS = (
    Kind.ONE_TO_ONE_BOOKED,
    Kind.ONE_TO_ONE_HELD,
    Kind.PARTNER_CONFIRMED,
    Kind.FAVOUR_DONE,
    Kind.REFERRAL_MOVED,
)
CONTACT_ACTS = (Kind.PAUSED, Kind.MEETING_DECLINED, Kind.DO_NOT_CONTACT, Kind.CONTACT_LIFTED)
TOUCHING = (Kind.MET, Kind.CALLED, Kind.E_MAILED, Kind.CARD_SENT)


def example(kind: Kind, on: int, length: int) -> Event:
    said = {"until": days(on + length), "for": days(on + length), "as": "not_now", "by": "author", "to": "met"}
    event = act(kind, on, **said)
    event.referral_id = 1 if kind == Kind.REFERRAL_MOVED else None
    return event


def lives(*kinds: Kind) -> st.SearchStrategy[list[Event]]:
    days_of = st.lists(st.tuples(st.integers(0, 400), st.sampled_from(kinds), st.integers(1, 300)), max_size=12)
    return days_of.map(lambda acts: [example(kind, on, long) for on, kind, long in sorted(acts)])


@given(lives(*BUYING_ACTS), lives(*PARTNER_ACTS, *CONTACT_ACTS, *TOUCHING), st.integers(0, 900), st.booleans())
def test_what_they_buy_and_what_they_are_to_you_have_nothing_to_do_with_each_other(bought, other, on: int, known: bool):
    together = sorted([*bought, *other], key=lambda event: event.at)
    assert stages.buying(together, known, days(on)) == stages.buying(bought, known, days(on))
    assert stages.is_partner(together) == stages.is_partner(other)
    assert stages.partnership(together, days(on)).is_suggested == stages.partnership(other, days(on)).is_suggested


@given(lives(*BUYING_ACTS), st.integers(0, 900), st.booleans())
def test_a_client_was_confirmed_by_you_has_a_term_and_two_signs(events, on: int, known: bool):
    now = days(on)
    found = stages.buying(events, known, now)
    running = any(each.start <= now < each.lasts for each in stages.covers(events))
    assert (found.stage in ("customer", "client")) == running
    if found.stage == "client" or found.suggested:
        said = Kind.CLIENT_CONFIRMED in {event.kind for event in events}
        assert (known + any(e.kind == Kind.RENEWED for e in events) + any(e.kind == Kind.UPGRADED for e in events)) >= 2
        assert said or found.stage == "customer"
        assert not (found.stage == "client" and found.suggested)


@given(lives(*PARTNER_ACTS, *TOUCHING), st.integers(0, 900))
def test_any_act_of_a_referral_suggests_a_partner_until_there_is_one(events, on: int):
    found = stages.partnership(events, days(on))
    helped = any(event.kind in (Kind.FAVOUR_DONE, Kind.REFERRAL_MOVED) for event in events)
    assert (found.stage in ("partner", "resting")) == stages.is_partner(events)
    assert found.is_suggested == (helped and not stages.is_partner(events))


@given(lives(*PARTNER_ACTS, *TOUCHING), st.integers(400, 900), st.sampled_from(TOUCHING))
def test_being_in_touch_wakes_whoever_rests(events, on: int, how: Kind):
    now = days(on)
    was = stages.partnership(events, now).stage
    awake = stages.partnership([*events, act(how, on)], now).stage
    assert awake == ("partner" if was == "resting" else was)


@given(lives(*CONTACT_ACTS), lives(*CONTACT_ACTS), st.integers(0, 2000))
def test_no_act_of_yours_lifts_what_only_they_can(before, after, on: int):
    asked = [*before, act(Kind.DO_NOT_CONTACT, 400), *after]
    assert stages.contact(asked) == stages.Contact("do_not_contact")
    assert not stages.contact(asked).allows(days(on))
    assert stages.contact([*asked, act(Kind.CONTACT_LIFTED, 900, by="person")]).allows(days(on))


@given(lives(*CONTACT_ACTS, *BUYING_ACTS, *TOUCHING), st.integers(0, 900))
def test_a_pause_is_the_only_thing_that_time_lifts(events, on: int):
    found = stages.contact(events)
    if found.allows(days(on)):
        assert found.status == "free" or (found.status == "paused" and found.until <= days(on))
