"""What the author notes of what he was told: needs, offers, who knows whom, what sort of people somebody knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.models import DEPTHS, Actor, Event, Hint, Kind, Knows, Need, Offer, Person, Submission
from forms_service.models.projection import record
from forms_service.people.categories import LONGEST_TERM, folded
from forms_service.people.changes.rows import ChangeError, locked, not_erased, one_line, standing_acts
from forms_service.people.proposals import FIELDS
from forms_service.people.relations import REFERENCE_KINDS, VOUCHES, reference_since, vouch_in

LONGEST_TOLD = 2_000
LONGEST_PLACE = 100
NEED_ENDINGS = {
    "answered": Kind.NEED_ANSWERED, "withdrawn": Kind.NEED_WITHDRAWN, "renewed": Kind.NEED_RENEWED,
}  # fmt: skip
Row = TypeVar("Row", Need, Offer)


@dataclass(frozen=True)
class Told:
    """One need or offer in words. `person_id`: whose; None is the author's own. `category`: a trade, or "".

    `source` is one of models.TOLD_SOURCES; `submission_id` and `field` say which words of which form it was.
    """

    person_id: int | None
    text: str
    category: str = ""
    place: str = ""
    source: str = "author"
    submission_id: int | None = None
    field: str = ""
    recommended_by_id: int | None = None


def tell_need(session: Session, told: Told, now: datetime) -> Event | None:
    """Somebody needs something; open for sixty days from now."""
    row = _row(session, Need, told, now)
    if row is None:
        return None
    row.state, row.asked_at = "open", now
    return _kept(session, row, told, Event(at=now, kind=Kind.NEED_TOLD, actor=Actor.AUTHOR), "need_id")


def tell_offer(session: Session, told: Told, now: datetime) -> Event | None:
    """Somebody does something well."""
    row = _row(session, Offer, told, now)
    if row is None:
        return None
    row.stands, row.recommended_by_id = True, told.recommended_by_id
    return _kept(session, row, told, Event(at=now, kind=Kind.OFFER_TOLD, actor=Actor.AUTHOR), "offer_id")


def tell_knows(
    session: Session, person_id: int, other_id: int, depth: str, now: datetime, source: str = "author"
) -> Event | None:
    """One person knows another; said again with another depth, the new word counts."""
    person, other = locked(session, Person, person_id), locked(session, Person, other_id)
    if depth not in DEPTHS:
        raise ChangeError(f"two people {', '.join(DEPTHS)} each other, not {depth!r}")
    if person.id == other.id:
        raise ChangeError("everybody knows themselves; choose somebody else")
    not_erased(session, person.id, other.id)
    said = select(Knows.depth).where(Knows.person_id == person.id, Knows.other_id == other.id, Knows.stands)
    if session.scalars(said).all() == [depth]:
        return None
    row = Knows(person_id=person.id, other_id=other.id, depth=depth, source=source, told_at=now)
    replaced = _replaced(session, person.id, other.id, now)
    session.add(row)
    session.flush()
    told = Event(at=now, kind=Kind.KNOWS_TOLD, actor=Actor.AUTHOR, person_id=person.id, knows_id=row.id)
    told.data = {"with": replaced} if replaced else {}
    return record(session, told)


def _replaced(session: Session, person_id: int, other_id: int, now: datetime) -> list[int]:
    """The events that end each row of these two: also those ended before, for any word since may be taken back."""
    earlier = select(Knows.id).where(Knows.person_id == person_id, Knows.other_id == other_id).order_by(Knows.id)
    return [
        record(session, Event(at=now, kind=Kind.KNOWS_REPLACED, actor=Actor.AUTHOR, knows_id=number)).id
        for number in session.scalars(earlier).all()
    ]


def tell_hint(session: Session, person_id: int, category: str, now: datetime) -> Event | None:
    """Somebody knows people of a trade; no third person is named."""
    person, category = locked(session, Person, person_id), _category(category)
    if not category:
        raise ChangeError("say which trade they know people of")
    not_erased(session, person.id)
    same = select(Hint.id).where(Hint.person_id == person.id, Hint.category == category, Hint.stands)
    if session.scalar(same.limit(1)) is not None:
        return None
    row = Hint(person_id=person.id, category=category, source="author", told_at=now)
    session.add(row)
    session.flush()
    return record(session, Event(at=now, kind=Kind.HINT_TOLD, actor=Actor.AUTHOR, person_id=person.id, hint_id=row.id))


def end_need(session: Session, need_id: int, how: str, now: datetime) -> Event | None:
    """It was answered, or is no longer wanted; or it still is, and stays open for another while."""
    need = locked(session, Need, need_id)
    if how not in NEED_ENDINGS:
        raise ChangeError(f"a need is {', '.join(NEED_ENDINGS)}, not {how!r}")
    if need.state == how or need.state == "taken_back" or (how == "renewed" and need.asked_at == now):
        return None
    return record(
        session,
        Event(at=now, kind=NEED_ENDINGS[how], actor=Actor.AUTHOR, person_id=need.person_id, need_id=need.id),
    )


def end_offer(session: Session, offer_id: int, now: datetime) -> Event | None:
    """They do it no longer."""
    offer = locked(session, Offer, offer_id)
    if not offer.stands:
        return None
    return record(
        session,
        Event(at=now, kind=Kind.OFFER_ENDED, actor=Actor.AUTHOR, person_id=offer.person_id, offer_id=offer.id),
    )


def set_aside(session: Session, submission_id: int, field: str, now: datetime) -> Event | None:
    """These words of a form are no need and no offer: they are proposed no more."""
    submission = locked(session, Submission, submission_id)
    if field not in FIELDS:
        raise ChangeError(f"no form proposes anything from {field!r}")
    said = standing_acts(session, Event.submission_id == submission.id, Kind.TOLD_SET_ASIDE)
    if any(event.data["field"] == field for event in said):
        return None
    return record(session, _about(submission, field, now))


def allow_introducing(session: Session, person_id: int, allowed: bool, now: datetime) -> Event | None:
    """They may be named as a helper without being asked each time, or want to be asked again."""
    person = locked(session, Person, person_id)
    not_erased(session, person.id)
    if allowed == (person.introducing_since is not None):
        return None
    kind = Kind.INTRODUCING_ALLOWED if allowed else Kind.INTRODUCING_ENDED
    return record(session, Event(at=now, kind=kind, actor=Actor.AUTHOR, person_id=person.id))


def allow_reference(session: Session, person_id: int, allowed: bool, now: datetime) -> Event | None:
    """They may name the author as a reference without asking each time, or ask again from now on."""
    person = locked(session, Person, person_id)
    not_erased(session, person.id)
    said = [e for kind in REFERENCE_KINDS for e in standing_acts(session, Event.person_id == person.id, kind)]
    if allowed == (reference_since(said) is not None):
        return None
    kind = Kind.REFERENCE_ALLOWED if allowed else Kind.REFERENCE_ENDED
    return record(session, Event(at=now, kind=kind, actor=Actor.AUTHOR, person_id=person.id))


def vouch(session: Session, person_id: int, word: str, now: datetime) -> Event | None:
    """Whether the author puts his name to them."""
    person = locked(session, Person, person_id)
    if word not in VOUCHES:
        raise ChangeError(f"you vouch for somebody with {', '.join(VOUCHES)}, not {word!r}")
    not_erased(session, person.id)
    if vouch_in(standing_acts(session, Event.person_id == person.id, Kind.VOUCHED)) == word:
        return None
    return record(session, Event(at=now, kind=Kind.VOUCHED, actor=Actor.AUTHOR, person_id=person.id, data={"as": word}))


def _about(submission: Submission, field: str, now: datetime) -> Event:
    return Event(
        at=now, kind=Kind.TOLD_SET_ASIDE, actor=Actor.AUTHOR, data={"field": field},
        person_id=submission.person_id, submission_id=submission.id,
    )  # fmt: skip


def _row(session: Session, table: type[Row], told: Told, now: datetime) -> Row | None:
    """A row of these words, not yet added; None if the same was told within a day, or came from the same form."""
    if told.person_id is not None:
        not_erased(session, locked(session, Person, told.person_id).id)
    text, category = one_line(told.text, LONGEST_TOLD), _category(told.category)
    if not text and not category:
        raise ChangeError("say in a few words what it is")
    if told.submission_id is not None and locked(session, Submission, told.submission_id).person_id != told.person_id:
        raise ChangeError("these words came from somebody else")
    values: Any = {
        "person_id": told.person_id, "text": text or category, "category": category,
        "place": one_line(told.place, LONGEST_PLACE), "source": told.source, "submission_id": told.submission_id,
    }  # fmt: skip
    return None if _told_before(session, table, values, now) else table(**values, told_at=now)


def _told_before(session: Session, table: type[Row], values: dict[str, Any], now: datetime) -> bool:
    stands = table.state == "open" if table is Need else table.stands  # type: ignore[attr-defined]
    same = [getattr(table, name) == values[name] for name in ("person_id", "text", "category", "submission_id")]
    query = select(table.id).where(stands, *same)
    if values["submission_id"] is None:  # a form says it once, however often its page is looked at
        query = query.where(table.told_at > now - timedelta(days=1))
    return session.scalar(query.limit(1)) is not None


def _kept(session: Session, row: Need | Offer, told: Told, event: Event, key: str) -> Event:
    session.add(row)
    session.flush()
    event.person_id, event.submission_id = told.person_id, told.submission_id
    event.data = {"field": told.field} if told.field else {}
    setattr(event, key, row.id)
    return record(session, event)


def _category(category: str) -> str:
    return folded(one_line(category, LONGEST_TERM))
