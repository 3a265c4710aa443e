"""Today: whom to answer, whom to thank, whom to meet, and what was promised, each with its reason and its acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import redirect, render_template
from werkzeug.wrappers import Response

from bridge.dates import long_date, short_date
from bridge.identity import Identity
from forms_service.access import config, database, now
from forms_service.dashboard.blueprint import dashboard
from forms_service.dashboard.presenting import ROW_WORDS, address, excerpt
from forms_service.dashboard.thanks_table import thanks_or_built_in
from forms_service.essays import essays
from forms_service.models import Need, OutboundReferral, Person, Referral, Submission
from forms_service.people import queries
from forms_service.people.days import day_of, is_day_off
from forms_service.people.deadlines import due_at, in_words, time_left
from forms_service.people.duties import BY_THANKS, Thanks, fitting
from forms_service.people.introducing import CHECK_BACK_DAYS
from forms_service.people.queries.needs import NeedRow, introduced_before, open_needs_with_matches
from forms_service.people.queries.today import (
    CAP,
    MOST_DRIFTING,
    PRIVACY_LIMIT,
    Morning,
    OwedForAct,
    OwedForReferral,
    term_mark,
)
from forms_service.people.referral_words import STATUS_WORDS
from forms_service.people.stages import REGULATED
from forms_service.people.today_words import (
    OUTCOME_WORDS,
    THANKS_FOR,
    Group,
    Press,
    Row,
    day_words,
    empty_words,
    group,
    meeting_words,
    off_buttons,
    silent_for,
    thanks_buttons,
    touch_buttons,
)
from forms_service.people.trades import trades

SAID = {"spoken": "Said it", "e_mail": "Wrote", "card": "Sent a card"}
SAID_TOO = {"call": "Called", "gift": "Gave a gift", "told_boss": "Told their boss"}
SOON = timedelta(hours=6)
NEW_ESSAY_AFTER = timedelta(days=6)


@dashboard.get("")
def without_slash() -> Response:
    """One page has one address, to which its buttons come back."""
    return redirect(address("today"), 303)


@dashboard.get("/")
def today() -> str:
    moment, who = now(), config().identity
    with database().read() as session:
        found = queries.morning(session, day_of(moment, who.zone))
        needs = open_needs_with_matches(session, moment, trades(config().root)[0])
        introduced = introduced_before(session, moment - timedelta(days=CHECK_BACK_DAYS))
        regulated = queries.with_role(session, {row.referrer.id for row in found.referrals}, REGULATED)
    table, wrong = thanks_or_built_in(config().root)
    told = _Telling(moment, who, table, frozenset(regulated))
    off = is_day_off(moment, who.days_off, who.zone)
    check = group("check", "Did it help?", [_check_back(row, need) for row, need in introduced], CAP)
    groups = [each for each in (*told.groups(found, off, [] if off else needs), check) if each.rows]
    return render_template(
        "dashboard/today.html",
        groups=groups, day=long_date(moment.astimezone(who.zone)), is_day_off=off, nothing=empty_words(off),
        essay_due=_essay_due(moment, who), wrong=wrong,
    )  # fmt: skip


def _essay_due(moment: datetime, who: Identity) -> str:
    """On a Sunday without a new essay: since when the newest has stood."""
    dates = [article.date for article in essays(config().site_roots).values() if article.date <= moment]
    is_sunday = moment.astimezone(who.zone).weekday() == 6
    if not is_sunday or not dates or moment - max(dates) < NEW_ESSAY_AFTER:
        return ""
    return f"The newest essay is from {short_date(max(dates).astimezone(who.zone))}. This Sunday’s is not out yet."


@dataclass(frozen=True)
class _Telling:
    """Turns what was found into rows with words."""

    now: datetime
    who: Identity
    table: Mapping[str, Thanks]
    regulated: frozenset[int]

    def groups(self, found: Morning, is_off: bool, needs: Sequence[NeedRow]) -> list[Group]:
        """The groups in the order of the morning. On a day off, what can wait does."""
        thanks = [self._for_referral(row) for row in found.referrals if row.owed.rule != "tell"]
        thanks += [self._for_act(row) for row in found.acts if row.duty.rule in BY_THANKS]
        promised = [self._for_referral(row) for row in found.referrals if row.owed.rule == "tell"]
        promised += [self._promise(row) for row in found.acts if row.duty.rule not in BY_THANKS]
        drifting = [] if is_off else [self._drifting(person) for person in found.drifting]
        terms = [] if is_off else [self._term(person) for person in found.terms]
        unthanked = [self._unthanked(found.unthanked)] if found.unthanked and not is_off else []
        return [
            group("reply", "Reply", [self._reply(row) for row in found.replies], CAP),
            group("thank", "Thank", thanks, CAP),
            group("someone", "Thank somebody for nothing in particular", unthanked, 1),
            group("meet", "Meetings", [self._meeting(person) for person in found.meetings], CAP),
            group("promised", "Promised", promised, CAP),
            group("drift", "Drifting away", drifting, MOST_DRIFTING),
            group("needs", "You know who can help", [self._need(row) for row in needs], CAP),
            group("terms", "Terms that end", terms, CAP),
            group("privacy", "Details you may not keep for long", [self._privacy(row) for row in found.privacy], CAP),
        ]

    def _due(self, since: datetime) -> tuple[str, str]:
        """The hours left to answer, and how urgent that is."""
        who = self.who
        left = time_left(self.now, due_at(since, who.answer_hours, who.days_off, who.zone), who.days_off, who.zone)
        return in_words(left), "overdue" if left < timedelta(0) else "soon" if left < SOON else ""

    def _day(self, at: datetime) -> str:
        return day_words(at, self.now, self.who.zone)

    def _reply(self, row: Submission) -> Row:
        due, urgency = self._due(row.received_at)
        name = row.payload.get("name") or (row.person.name if row.person else "Someone")
        words = row.payload.get("message") or row.payload.get("text") or ""
        page = ("submission", {"submission_id": row.id})
        answered = Press("I answered", "mark_answered", {"submission_id": row.id})
        more = off_buttons(row.person_id, f"reply-{row.id}") if row.person_id else ()
        acts = () if row.kind == "comment" else (answered,)
        return Row(
            f"reply-{row.id}", name, page, ROW_WORDS[row.kind], due, urgency, excerpt(words, 160), acts, more
        )  # fmt: skip

    def _for_referral(self, row: OwedForReferral) -> Row:
        rule, referral, person = row.owed.rule, row.referral, row.referrer
        key = f"referral-{referral.id}-{rule}"
        fields = {"duty": rule, "referral": str(referral.id)}
        acts = thanks_buttons(person.id, SAID, fields)
        more = thanks_buttons(person.id, SAID_TOO, fields)
        if rule == "tell":
            acts, more = (Press("I told them", "tell_outcome", {"referral_id": referral.id}),), ()
        due, urgency = self._due(referral.received_at) if rule == "receipt" else ("", "")
        page = ("referral", {"referral_id": referral.id})
        more = (*more, *off_buttons(person.id, key))
        return Row(key, person.name, page, self._referral_reason(row), due, urgency, "", acts, more)

    def _referral_reason(self, row: OwedForReferral) -> str:
        referral = row.referral
        whom = referral.referred_name or "a situation"
        if row.owed.rule == "receipt":
            return f"Referred {whom} to you. Thanks are due whatever comes of it; fitting: {self._fitting(row)}"
        if row.owed.rule == "tell":
            how = STATUS_WORDS[referral.status]
            by = self._day(row.owed.since + timedelta(days=7))
            return f"Wants to know what came of {whom}: {how[:1].lower()}{how[1:]}. Tell them by {by}"
        became = OUTCOME_WORDS.get(referral.status, "somebody helped")
        if row.owed.rule == "outcome":
            return f"Through them, {whom} became {became}. Thank them again"
        return f"Two weeks ago {whom} became {became} through them. Fitting: {self._fitting(row)}"

    def _fitting(self, row: OwedForReferral) -> str:
        level = row.referral.confirmed_level or "L0"
        when = "outcome" if row.owed.rule == "reward" else "receipt"
        return " and ".join(fitting(self.table, level, when, row.referrer.id in self.regulated))

    def _for_act(self, row: OwedForAct) -> Row:
        person, fields = row.person, {"duty": str(row.duty.event_id)}
        key = f"duty-{row.duty.event_id}"
        reason = f"{THANKS_FOR[row.event.kind]}: {self._day(row.duty.since)}"
        more = (*thanks_buttons(person.id, SAID_TOO, fields), *off_buttons(person.id, key))
        return Row(
            key, person.name, _page(person), reason, "", "", row.note, thanks_buttons(person.id, SAID, fields), more
        )  # fmt: skip

    def _promise(self, row: OwedForAct) -> Row:
        person, number = row.person, row.duty.event_id
        if row.duty.rule == "follow_up":
            reason, label = "The day you set for being in touch", "Done"
        elif row.event.data["by"] == "author":
            reason, label = "You promised", "I kept it"
        else:
            reason, label = "They promised you. Ask, if you still need it", "They kept it"
        done = Press(label, "keep_promise", {"person_id": person.id}, {"promise": str(number)})
        late = row.duty.since < self.now - timedelta(days=1)
        acts = (done, *touch_buttons(person.id)) if row.duty.rule == "follow_up" else (done,)
        return Row(
            f"duty-{number}", person.name, _page(person), reason, self._day(row.duty.since), "overdue" if late else "",
            row.note, acts, off_buttons(person.id, f"duty-{number}", 1),
        )  # fmt: skip

    def _unthanked(self, person: Person) -> Row:
        said = (
            f"You last thanked them {self._day(person.thanked_at)}" if person.thanked_at else "You never thanked them"
        )
        more = (*thanks_buttons(person.id, SAID_TOO, {"duty": ""}), *off_buttons(person.id, "unthanked", 30))
        reason = f"{said}. Say what they did for you, and sell nothing"
        return Row(
            f"unthanked-{person.id}", person.name, _page(person), reason,
            acts=thanks_buttons(person.id, SAID, {"duty": ""}), more=more,
        )  # fmt: skip

    def _meeting(self, person: Person) -> Row:
        assert person.meets_at is not None
        held = Press("We sat down", "log_act", {"person_id": person.id}, {"kind": "one_to_one_held"})
        words = ". ".join(
            part
            for part in (
                f"They go by {person.preferred_name}" if person.preferred_name else "",
                person.usual,
                f"You were last in touch {self._day(person.touched_at)}" if person.touched_at else "",
            )
            if part
        )
        reason = meeting_words(person.meets_at, self.now, self.who.zone)
        more = off_buttons(person.id, "meeting")
        return Row(f"meet-{person.id}", person.name, _page(person), reason, words=words, acts=(held,), more=more)

    def _drifting(self, person: Person) -> Row:
        assert person.touched_at is not None
        assert person.lapses_at is not None
        is_late = person.lapses_at < self.now
        reason = f"Nothing for {silent_for(person.touched_at, self.now)}, since {self._day(person.touched_at)}"
        more = (*touch_buttons(person.id, more=True), *off_buttons(person.id, "drift", 7))
        due, urgency = ("too long", "overdue") if is_late else ("longer than you like", "soon")
        return Row(
            f"drift-{person.id}", person.name, _page(person), reason, due, urgency, "", touch_buttons(person.id), more
        )  # fmt: skip

    def _need(self, row: NeedRow) -> Row:
        who = row.asker.name if row.asker else "You"
        why = f"{row.help.best.reason}." if row.help.best else ""
        return Row(f"need-{row.need.id}", who, ("needs", {}), f"Needed: {row.need.text.rstrip('.')}", words=why)

    def _term(self, person: Person) -> Row:
        assert person.term_ends_at is not None
        row = f"term-{term_mark(person.term_ends_at, self.now)}"
        until = Press("Spoke about it", "spoke_of_term", {"person_id": person.id}, {"row": row})
        reason = f"What they have from you ends {self._day(person.term_ends_at)}"
        more = off_buttons(person.id, row, 7)
        return Row(f"term-{person.id}", person.name, _page(person), reason, acts=(until,), more=more)

    def _privacy(self, referral: Referral) -> Row:
        last = self._day(referral.received_at + PRIVACY_LIMIT)
        reason = f"They have not agreed to be in your files. Ask for an introduction, or erase them, by {last}"
        page = ("referral", {"referral_id": referral.id})
        return Row(f"privacy-{referral.id}", referral.referred_name, page, reason)


def _check_back(row: OutboundReferral, need: Need) -> Row:
    page = {"outbound_id": row.id}
    acts = tuple(
        Press(label, "move_outbound", page, {"to": to})
        for to, label in (("helped", "It helped"), ("not_helped", "It did not"), ("no_answer", "No answer"))
    )
    reason = "Two weeks ago you introduced them. Ask how it went"
    return Row(f"check-{row.id}", excerpt(need.text, 60), ("outbound", page), reason, acts=acts)


def _page(person: Person) -> tuple[str, Mapping[str, int]]:
    return "person", {"person_id": person.id}
