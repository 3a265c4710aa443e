"""What the author's morning is made of: a query or two a group, each capped, what was put off left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from forms_service.models import Comment, Person, Referral
from forms_service.people.categories import Categories
from forms_service.people.days import Day
from forms_service.people.duties import BY_THANKS, RULES
from forms_service.people.queries import today_needs as needs
from forms_service.people.queries import today_owed as owed
from forms_service.people.queries import today_people as people
from forms_service.people.queries.today_needs import Between, Matched
from forms_service.people.queries.today_owed import Introduced, OwedForAct, OwedForReferral, Waiting
from forms_service.people.queries.today_people import Meeting
from forms_service.people.stages import REGULATED

BY_KEEPING = tuple(rule for rule in RULES if rule not in BY_THANKS)


@dataclass(frozen=True)
class Due:
    """What somebody waits for, unworded. `regulated`: whom of them the author may thank with words and cards only."""

    replies: Sequence[Waiting]
    introductions: Sequence[Introduced]
    asking: Sequence[tuple[Referral, Person]]
    referrals: Sequence[OwedForReferral]
    thanks: Sequence[OwedForAct]
    promises: Sequence[OwedForAct]
    meetings: Sequence[Meeting]
    between: Sequence[Between]
    privacy: Sequence[tuple[Referral, Person]]
    regulated: frozenset[int]


@dataclass(frozen=True)
class CanWait:
    """What nobody waits for. `clients`: who of `terms` wants no offers."""

    unthanked: Person | None = None
    drifting: Sequence[Person] = ()
    matched: Sequence[Matched] = ()
    terms: Sequence[Person] = ()
    clients: frozenset[int] = frozenset()
    comments: Sequence[tuple[Comment, int | None]] = ()


def due(session: Session, day: Day) -> Due:
    """Also on a day off."""
    referrals = owed.owed_to_referrers(session, day)
    return Due(
        replies=owed.replies(session, day),
        introductions=owed.introductions(session, day),
        asking=owed.asking(session, day),
        referrals=referrals,
        thanks=owed.acts(session, day, BY_THANKS),
        promises=owed.acts(session, day, BY_KEEPING),
        meetings=people.meetings(session, day),
        between=needs.between(session, day),
        privacy=owed.privacy(session, day),
        regulated=frozenset(people.with_role(session, {row.referrer.id for row in referrals}, REGULATED)),
    )


def can_wait(session: Session, day: Day, found: Due, categories: Categories, *, with_comments: bool) -> CanWait:
    """On days that are not off. Who is owed thanks in `found` is not brought up for thanks again."""
    terms = people.terms(session, day)
    thanked_anyway = {row.referrer.id for row in found.referrals} | {row.person.id for row in found.thanks}
    return CanWait(
        unthanked=people.longest_unthanked(session, day, thanked_anyway),
        drifting=people.drifting(session, day),
        matched=needs.matched(session, day.now, categories),
        terms=terms,
        clients=frozenset(people.clients(session, terms, day.now)),
        comments=needs.comments_without_answer(session, day) if with_comments else (),
    )
