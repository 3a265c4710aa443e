"""What the author did with a person, thanked him for, promised him or put off: one event each, said twice or not."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.models import Actor, Duty, Event, Kind, Note, Person, Referral
from forms_service.models.projection import record, standing
from forms_service.people.changes.notes import cleaned
from forms_service.people.changes.rows import ChangeError, locked, not_erased
from forms_service.people.duties import BY_THANKS, TO_A_REFERRER, WAYS
from forms_service.people.stages import REGULATED, ROLES

#: The same act again so soon is a second press of one button.
ONE_PRESS = timedelta(minutes=2)
LONGEST_NAME = 200
PLAIN = (
    Kind.MET, Kind.ONE_TO_ONE_HELD, Kind.CALLED, Kind.E_MAILED, Kind.IN_TOUCH, Kind.CARD_SENT, Kind.UPGRADED,
    Kind.EXPIRED, Kind.INTEREST_OPENED, Kind.CLIENT_CONFIRMED, Kind.PARTNER_CONFIRMED, Kind.MEETING_DECLINED,
    Kind.DO_NOT_CONTACT,
)  # fmt: skip
#: Acts that name a day, by what they call it.
DATED = {
    Kind.ONE_TO_ONE_BOOKED: "for", Kind.PURCHASED: "until", Kind.RENEWED: "until", Kind.PAUSED: "until",
    Kind.PROMISE_MADE: "due", Kind.FOLLOW_UP_SET: "due",
}  # fmt: skip
MAY_LACK_A_DAY = (Kind.PURCHASED,)
CHOICES = {Kind.INTEREST_CLOSED: ("as", ("bought", "not_now", "no")), Kind.CONTACT_LIFTED: ("by", ("author", "person"))}


def log_act(
    session: Session, person_id: int, kind: str, now: datetime, *, at: datetime | None = None,
    day: datetime | None = None, choice: str = "", note: str = "", is_timed: bool = False,
) -> Event | None:  # fmt: skip
    """An act that says no more than its kind, a `day` or a `choice`. `at`: when it happened, if not just now.

    `is_timed`: `day` is that very moment, and does not stand for its whole day.
    Raises ChangeError for what is no act, or says too little.
    """
    person = locked(session, Person, person_id)
    data = _said(kind, day, choice)
    if is_timed and kind == Kind.ONE_TO_ONE_BOOKED:
        data["timed"] = True
    if at is not None:
        if at > now:
            raise ChangeError("what has not happened yet cannot be logged; choose a day that is past")
        data["at"] = at.isoformat()
    return _once(session, Event(at=now, kind=kind, actor=Actor.AUTHOR, person_id=person.id, data=data), note)


def _said(kind: str, day: datetime | None, choice: str) -> dict[str, Any]:
    if kind in PLAIN:
        return {}
    if kind in DATED:
        if day is None and kind not in MAY_LACK_A_DAY:
            raise ChangeError("choose a day, and press again")
        more = {"by": choice if choice == "person" else "author"} if kind == Kind.PROMISE_MADE else {}
        if kind == Kind.RENEWED:
            more = {"automatic": choice == "automatic"}  # type: ignore[dict-item]
        return {DATED[Kind(kind)]: day.isoformat() if day else None, **more}
    if kind in CHOICES:
        name, allowed = CHOICES[Kind(kind)]
        if choice not in allowed:
            raise ChangeError(f"say which: {', '.join(allowed)}")
        return {name: choice}
    raise ChangeError(f"there is no act called {kind!r}")


def thank(
    session: Session, person_id: int, how: str, now: datetime, duty: str = "", referral_id: int | None = None,
    words: str = "", cost: str = "",
) -> Event | None:  # fmt: skip
    """Thanks given, with the author's `words` if he keeps any, and what they `cost`, for his books.

    `duty`: the number of the event that is thanked for, or which thanks to a referrer, or "" for nothing in particular.
    Raises ChangeError where that is not owed to this person, or the cost cannot be read.
    """
    person = locked(session, Person, person_id)
    if how not in WAYS:
        raise ChangeError("say how you thanked them")
    event = Event(at=now, kind=Kind.THANKED, actor=Actor.AUTHOR, person_id=person.id, data={"how": how, "duty": duty})
    if spent := _cost(cost):
        event.data = {**event.data, "cost": spent}
    if referral_id is not None:
        _about_referral(session, event, referral_id, duty)
    elif duty:
        _check_owed(session, person, duty)
    return _once(session, event, words)


def _cost(typed: str) -> str:
    """A sum as it is kept, "4.50"; "" for none."""
    said = "".join(typed.split()).lstrip("$€£").replace(",", ".")
    if not said:
        return ""
    if not re.fullmatch(r"[0-9]{1,6}(?:\.[0-9]{1,2})?", said):
        raise ChangeError(f"what it cost is a sum like 4.50, not {typed.strip()[:20]!r}; it may be left empty")
    spent = Decimal(said)
    return f"{spent:.2f}" if spent else ""


def _check_owed(session: Session, person: Person, duty: str) -> None:
    owed = session.get(Duty, int(duty)) if duty.isascii() and duty.isdigit() and len(duty) < 10 else None
    if owed is None or owed.person_id != person.id or owed.rule not in BY_THANKS:
        raise ChangeError("that is not owed to this person")


def tell_outcome(session: Session, referral_id: int, now: datetime, words: str = "") -> Event | None:
    """The referrer knows how it ended."""
    referral = locked(session, Referral, referral_id)
    event = Event(at=now, kind=Kind.OUTCOME_TOLD, actor=Actor.AUTHOR, person_id=referral.referrer_id, data={})
    _about_referral(session, event, referral_id, "tell")
    return _once(session, event, words)


def _about_referral(session: Session, event: Event, referral_id: int, duty: str) -> None:
    referral = locked(session, Referral, referral_id)
    allowed = ("tell",) if event.kind == Kind.OUTCOME_TOLD else tuple(rule for rule in TO_A_REFERRER if rule != "tell")
    if referral.referrer_id != event.person_id or duty not in allowed:
        raise ChangeError("that is not owed to this person for this referral")
    event.referral_id = referral.id
    if duty == "receipt":  # to thank them is to answer them
        event.submission_id = referral.submission_id


def keep_promise(session: Session, person_id: int, event_id: int, now: datetime) -> Event | None:
    """What was promised, or set for a day, is done."""
    person, made = locked(session, Person, person_id), session.get(Event, event_id)
    if made is None or made.person_id != person.id or made.kind not in (Kind.PROMISE_MADE, Kind.FOLLOW_UP_SET):
        raise ChangeError("there is no such promise")
    act = Event(at=now, kind=Kind.PROMISE_KEPT, actor=Actor.AUTHOR, person_id=person.id, data={"promise": made.id})
    return _once(session, act)


def put_off(session: Session, person_id: int, row: str, until: datetime | None, now: datetime) -> Event | None:
    """Take a row off Today until then, or (None) for good."""
    person = locked(session, Person, person_id)
    if not row or len(row) > 60:
        raise ChangeError("there is no such row on Today")
    data = {"row": row, "until": until.isoformat() if until else None}
    return _once(session, Event(at=now, kind=Kind.PUT_OFF, actor=Actor.AUTHOR, person_id=person.id, data=data))


def speak_of_term(session: Session, person_id: int, now: datetime) -> Event | None:
    """The author spoke with them about a term that ends. Raises ChangeError when none does."""
    person = locked(session, Person, person_id)
    if person.term_ends_at is None:
        raise ChangeError("they have no term that ends")
    data = {"ends": person.term_ends_at.isoformat()}
    return _once(session, Event(at=now, kind=Kind.TERM_SPOKEN_OF, actor=Actor.AUTHOR, person_id=person.id, data=data))


def set_roles(session: Session, person_id: int, roles: list[str], now: datetime) -> Event | None:
    person = locked(session, Person, person_id)
    if not set(roles) <= {*ROLES, REGULATED}:
        raise ChangeError(f"a person is one or more of {', '.join((*ROLES, REGULATED))}")
    data = {"roles": sorted(set(roles))}
    return _once(session, Event(at=now, kind=Kind.ROLES_SET, actor=Actor.AUTHOR, person_id=person.id, data=data))


def set_interval(session: Session, person_id: int, ideal: int, maximum: int, now: datetime) -> Event | None:
    """How many days of silence are good, and how many at most; 0 and 0 go back to what is suggested."""
    person = locked(session, Person, person_id)
    if (ideal, maximum) != (0, 0) and not 0 < ideal <= maximum <= 3650:
        raise ChangeError("the good interval is at least a day and not longer than the longest, ten years at most")
    data = {"ideal": ideal, "maximum": maximum} if ideal else {}
    return _once(session, Event(at=now, kind=Kind.INTERVAL_SET, actor=Actor.AUTHOR, person_id=person.id, data=data))


def _once(session: Session, event: Event, note: str = "") -> Event | None:
    """Record `event` with its `note`, unless just that was recorded a moment ago and still stands.

    Words that come with a second press are kept with the first; other words than its own are another act.
    Of somebody who was erased no words are kept: raises ChangeError.
    """
    words = cleaned(note) if note.strip() else ""
    if words and event.person_id is not None:
        not_erased(session, event.person_id)
    recent = select(Event).where(Event.person_id == event.person_id, Event.at > event.at - ONE_PRESS)
    for same in standing(session.scalars(recent)):
        kept = _words_of(session, same) if _is_same(same, event) else None
        if kept is not None and (not words or kept in ("", words)):
            return _with_words(session, same, words) if words and not kept else None
    return _with_words(session, record(session, event), words)


def _words_of(session: Session, event: Event) -> str:
    note = session.get(Note, event.id)
    return note.text if note else ""


def _with_words(session: Session, event: Event, words: str) -> Event:
    if words:
        session.add(Note(event_id=event.id, text=words))
        session.flush()
    return event


def _is_same(one: Event, other: Event) -> bool:
    """Two presses say all the same, the day it happened too: a call on Monday and one on Tuesday are two."""
    said = (other.kind, other.actor, other.referral_id, other.data)
    return (one.kind, one.actor, one.referral_id, one.data) == said
