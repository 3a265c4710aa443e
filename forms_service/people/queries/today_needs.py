"""What Today asks about other people's needs: who can help, which introductions wait, whose comments have no answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from forms_service.models import Comment, Duty, Event, Need, OutboundReferral, Person, Submission
from forms_service.people.categories import Categories
from forms_service.people.days import Day
from forms_service.people.introducing import CHECK_BACK_DAYS
from forms_service.people.matching import Path
from forms_service.people.queries.needs import NeedRow, open_needs_with_matches
from forms_service.people.queries.today_basis import CAP, is_put_off, may_contact, named, put_off_rows

#: How long the two sides have to answer before the author is reminded that he asked.
ASKED_FOR = timedelta(days=3)
COMMENTS_KEPT = timedelta(days=14)


@dataclass(frozen=True)
class Matched:
    """A need and the best way to help, those left out whom the author did not want to ask."""

    row: NeedRow
    path: Path


@dataclass(frozen=True)
class Between:
    """An outbound referral that waits for the author. `helper`: who helps or introduces, once that is known."""

    row: OutboundReferral
    need: Need
    asker: Person | None
    helper: Person | None


def matched(session: Session, now: datetime, categories: Categories) -> list[Matched]:
    """Open needs for which somebody was found and nothing is under way, the newest first."""
    found: list[Matched] = []
    for rows in open_needs_with_matches(session, now, categories):
        found += _not_put_off(session, rows, now)
        if len(found) > CAP:
            break
    return found


def _not_put_off(session: Session, rows: Sequence[NeedRow], now: datetime) -> Iterator[Matched]:
    off = put_off_rows(session, {f"need-{row.need.id}" for row in rows}, now)
    later = {name for _, name, for_good in off if not for_good}
    never = {(name, number) for number, name, for_good in off if for_good}
    for row in rows:
        name = f"need-{row.need.id}"
        paths = [path for group in row.help.groups.values() for path in group]
        wanted = [path for path in paths if (name, person_of(row, path)) not in never]
        if name not in later and wanted:
            yield Matched(row, wanted[0])


def person_of(row: NeedRow, path: Path) -> int | None:
    """Whom the row is about: whom to turn to, or who needs it where the author can do it himself."""
    return path.turn_to.id if path.turn_to else row.need.person_id


def between(session: Session, day: Day) -> list[Between]:
    """Introductions to make, to ask after, and those that somebody was asked about days ago; oldest first."""
    asker, helper = aliased(Person), Person
    asked = func.coalesce(OutboundReferral.helper_asked_at, OutboundReferral.asker_asked_at)
    status = OutboundReferral.status
    waits = or_(
        status == "agreed",
        and_(status == "drafted", OutboundReferral.drafted_at < day.begins),
        and_(status == "asked", asked <= day.now - ASKED_FOR),
        and_(status == "introduced", OutboundReferral.introduced_at <= day.now - timedelta(days=CHECK_BACK_DAYS)),
    )
    query = select(OutboundReferral, Need, asker, helper).join(Need, OutboundReferral.need_id == Need.id)
    query = query.outerjoin(asker, Need.person_id == asker.id)
    query = query.outerjoin(helper, func.coalesce(OutboundReferral.via_id, OutboundReferral.helper_id) == helper.id)
    query = query.where(or_(asker.id.is_(None), may_contact(day.now, asker)), or_(
        helper.id.is_(None), may_contact(day.now)
    ))  # fmt: skip
    free = select(Person.id).where(may_contact(day.now))
    query = query.where(or_(OutboundReferral.helper_id.is_(None), OutboundReferral.helper_id.in_(free)))
    query = query.where(waits, OutboundReferral.ended_at.is_(None), Need.text != "", ~is_put_off(
        named("between", OutboundReferral.id), day.now
    ))  # fmt: skip
    found = session.execute(query.order_by(OutboundReferral.drafted_at, OutboundReferral.id).limit(CAP + 1))
    return [Between(*row) for row in found]


def comments_without_answer(session: Session, day: Day) -> Sequence[tuple[Comment, int | None]]:
    """Comments of the last two weeks that stand on a page without a word of the author's; with whose they are.

    Those of substance stand among the thanks, and are left out.
    """
    reply = aliased(Comment)
    thanked_for = exists().where(Duty.rule == "reply", Duty.event_id == Event.id, Event.comment_id == Comment.id)
    query = select(Comment, Submission.person_id).outerjoin(Submission, Comment.submission_id == Submission.id)
    query = query.outerjoin(Person, Submission.person_id == Person.id).where(
        Comment.state == "approved", ~Comment.by_author, Comment.text != "",
        Comment.decided_at > day.now - COMMENTS_KEPT,
        or_(Person.id.is_(None), may_contact(day.now)),
        ~exists().where(reply.parent_id == Comment.id, reply.by_author, reply.state == "approved"), ~thanked_for,
        ~is_put_off(named("comment", Comment.id), day.now),
    )  # fmt: skip
    found = session.execute(query.order_by(Comment.written_at, Comment.id).limit(CAP + 1))
    return [(comment, number) for comment, number in found]
